import type { Configuration } from "./configuration-program.ts";
import { exactEffort, solveExactly } from "./exact.ts";
import { copiesOf, loadOf, type ShapeTable } from "./fill.ts";
import { RESOURCES } from "./geometry.ts";
import { type Bin, type EndGame, packGreedily, retype } from "./greedy.ts";
import { idleSurcharge } from "./lower-bound.ts";
import type { Offer } from "./offers.ts";
import { priceResources } from "./resource-prices.ts";
import type { FleetSettings } from "./settle.ts";

/** Filled instances by zone, and the exact least cost of all zones where it is known. */
export interface Packed {
  readonly zones: readonly (readonly Bin[])[];
  /** Nano-dollars added to the price of each instance while searching. */
  readonly surcharge: number;
  /** Least sum of surcharged prices over all zones, proven. */
  readonly exact: number | undefined;
}

const EXACT_PAIRS = 300_000;
const END_PAIRS = 4_000;

/** What one task of each shape is worth at resource prices; never zero. */
const taskValues = (table: ShapeTable, offers: readonly Offer[], demand: readonly number[]): Float64Array => {
  const totals = new Array<number>(RESOURCES).fill(0);
  demand.forEach((n, s) => {
    for (let k = 0; k < RESOURCES; k++) totals[k] = (totals[k] ?? 0) + n * (table.sizes[s * RESOURCES + k] ?? 0);
  });
  const { perUnit, bound } = priceResources(offers, totals, 0);
  return Float64Array.from(demand, (_, s) => {
    let value = 0;
    for (let k = 0; k < RESOURCES; k++) {
      const size = table.sizes[s * RESOURCES + k] ?? 0;
      value += size * (perUnit[k] ?? 0) + ((totals[k] ?? 0) > 0 ? (1e-4 * bound * size) / (totals[k] ?? 1) : 0);
    }
    return value > 0 ? value : 1e-9;
  });
};

/** Values of tasks and fractional fillings that a configuration programme found for all zones together. */
export type Guidance = Pick<Configuration, "values" | "fillings">;

/** Whole instances of a fractional solution: its fillings, rounded down. */
const roundDown = (
  table: ShapeTable,
  offers: readonly Offer[],
  guidance: Guidance,
  share: number,
  remaining: Float64Array,
): readonly Bin[] => {
  const bins: Bin[] = [];
  for (const { filling, amount } of [...guidance.fillings].sort((a, b) => b.amount - a.amount)) {
    const copies = Math.min(Math.floor(amount * share + 1e-6), copiesOf(filling, remaining));
    const load = loadOf(table, filling);
    const offer = offers.find((candidate) => load.every((need, k) => need <= (candidate.capacity[k] ?? 0)));
    if (copies <= 0 || offer === undefined) continue;
    bins.push({ offer, filling, copies });
    for (let i = 0; i < filling.length; i += 2) {
      const s = filling[i] as number;
      remaining[s] = (remaining[s] as number) - copies * (filling[i + 1] as number);
    }
  }
  return bins;
};

/** Packs one zone along the guidance: by its values alone, or on top of its fillings rounded down. */
const packGuided = (
  table: ShapeTable,
  offers: readonly Offer[],
  demand: readonly number[],
  guidance: Guidance,
  share: number,
): readonly Bin[] => {
  const remaining = Float64Array.from(demand);
  const fallback = taskValues(table, offers, demand);
  const values = guidance.values.map((value, s) => Math.max(value, 1e-3 * (fallback[s] as number)));
  const whole = share > 0 ? roundDown(table, offers, guidance, share, remaining) : [];
  return [...whole, ...packGreedily(table, offers, remaining, values, endGame(table, offers))];
};

/** Packs every zone along the guidance, in several ways. */
export const packAlong = (
  table: ShapeTable,
  offers: readonly Offer[],
  demands: readonly (readonly number[])[],
  guidance: Guidance,
): readonly (readonly (readonly Bin[])[])[] =>
  [0, 1 / demands.length].map((share) => {
    const known = new Map<string, readonly Bin[]>();
    return demands.map((demand) => {
      const key = demand.join();
      const bins = known.get(key) ?? retype(table, packGuided(table, offers, demand, guidance, share), offers);
      known.set(key, bins);
      return bins;
    });
  });

const endGame =
  (table: ShapeTable, offers: readonly Offer[]): EndGame =>
  (remaining) =>
    exactEffort(remaining) <= END_PAIRS ? solveExactly(table, offers, remaining, 0).bins() : undefined;

const packZone = (
  table: ShapeTable,
  offers: readonly Offer[],
  demand: readonly number[],
  surcharge: number,
): { bins: readonly Bin[]; exact: number | undefined } => {
  if (exactEffort(demand) <= EXACT_PAIRS) {
    const solved = solveExactly(table, offers, demand, surcharge);
    return { bins: solved.bins(), exact: solved.cost() };
  }
  const priced = offers.map((offer) => ({ ...offer, price: offer.price + surcharge }));
  const bins = packGreedily(table, priced, demand, taskValues(table, priced, demand), endGame(table, priced));
  const original = new Map(offers.map((offer) => [offer.id, offer]));
  return {
    bins: retype(table, bins, offers).map((bin) => ({ ...bin, offer: original.get(bin.offer.id) ?? bin.offer })),
    exact: undefined,
  };
};

/** Packs every zone at prices that are surcharged per instance; zones with equal demand share the work. */
export const packZones = (
  table: ShapeTable,
  offers: readonly Offer[],
  demands: readonly (readonly number[])[],
  surcharge: number,
): Packed => {
  const known = new Map<string, ReturnType<typeof packZone>>();
  const zones = demands.map((demand) => {
    const key = demand.join();
    const packed = known.get(key) ?? packZone(table, offers, demand, surcharge);
    known.set(key, packed);
    return packed;
  });
  const exact = zones.every((zone) => zone.exact !== undefined)
    ? zones.reduce((total, zone) => total + (zone.exact ?? 0), 0)
    : undefined;
  return { zones: zones.map((zone) => zone.bins), surcharge, exact };
};

/** Surcharges worth searching with: the idle instances of each filled one, and credits for a minimum size. */
export const surchargesOf = (offers: readonly Offer[], settings: FleetSettings): readonly number[] => {
  const idle = idleSurcharge(offers, settings);
  const cheapest = Math.min(...offers.map((offer) => offer.price));
  return settings.minInstances > 1 ? [idle, -cheapest / 2, -cheapest] : [idle];
};
