import type { Guidance } from "../column-generation/guidance.ts";
import { exactEffort, solveExactly } from "../exact/exact.ts";
import { solveWithIdle } from "../exact/exact-count.ts";
import { leastOverSpreads } from "../exact/spread-bound.ts";
import { startAssigning } from "../heuristic/assign-classes.ts";
import { type Bin, type EndGame, packGreedily, retype } from "../model/greedy.ts";
import type { FleetSettings } from "../model/idle-instances.ts";
import type { Offer } from "../model/offers.ts";
import { copiesOf, loadOf, type ShapeTable } from "../model/pattern.ts";
import type { Shape } from "../model/resources.ts";
import type { Coarse } from "../model/shape-classes.ts";

/** Filled instances of each zone. */
export type ZoneBins = readonly (readonly Bin[])[];

/** Demand of each zone by shape. */
export type Demands = readonly (readonly number[])[];

const EXACT_PAIRS = 300_000;
const END_PAIRS = 4_000;

/** Maps equal demands to one result. */
const shareEqual = <Result>(demands: Demands, pack: (demand: readonly number[]) => Result): readonly Result[] => {
  const known = new Map<string, Result>();
  return demands.map((demand) => {
    const key = demand.join();
    const result = known.get(key) ?? pack(demand);
    known.set(key, result);
    return result;
  });
};

/** Whether the fullest zone is small enough for the exact search. */
export const isSmall = (ceiling: readonly number[]): boolean => exactEffort(ceiling) <= EXACT_PAIRS;

/** Least-cost bins of small zones at prices surcharged per instance, and the least cost of any even spread. */
export const packExactly = (
  table: ShapeTable,
  offers: readonly Offer[],
  demands: Demands,
  spread: { readonly shapes: readonly Shape[]; readonly ceiling: readonly number[] },
  surcharge: number,
): { readonly zones: ZoneBins; readonly bound: number } => {
  const solved = solveExactly(table, offers, spread.ceiling, surcharge);
  return {
    zones: demands.map((demand) => solved.bins(demand)),
    bound: leastOverSpreads(solved, spread.shapes, demands.length) ?? 0,
  };
};

/** Exact search over the number of instances too, for tiny fleets in one zone whose idle instances count. */
export const packWithIdle = (
  table: ShapeTable,
  offers: readonly Offer[],
  demands: Demands,
  settings: FleetSettings,
  effort: number,
): { readonly zones: ZoneBins; readonly bound: number } | undefined => {
  const [demand, other] = demands;
  if (demand === undefined || other !== undefined) return undefined;
  const solved = solveWithIdle(table, offers, demand, settings, exactEffort(demand), effort);
  return solved && { zones: [solved.bins], bound: solved.bound };
};

const takeOff = (remaining: Float64Array, { pattern, copies }: Bin): void => {
  for (let i = 0; i < pattern.length; i += 2) {
    const s = pattern[i] as number;
    remaining[s] = (remaining[s] as number) - copies * (pattern[i + 1] as number);
  }
};

const holding = (offers: readonly Offer[], load: readonly number[]): Offer | undefined =>
  offers.find((offer) => load.every((need, k) => need <= (offer.capacity[k] as number)));

const whole = (amount: number, share: number): number => Math.floor(amount * share + 1e-6);

/** Whole instances of a fractional solution: its patterns by shape, rounded down. */
const roundDown = (
  table: ShapeTable,
  offers: readonly Offer[],
  guidance: Guidance,
  share: number,
  remaining: Float64Array,
): readonly Bin[] => {
  const bins: Bin[] = [];
  for (const { pattern, amount } of guidance.patterns) {
    const copies = Math.min(whole(amount, share), copiesOf(pattern, remaining));
    const offer = holding(offers, loadOf(table, pattern));
    if (copies <= 0 || offer === undefined) continue;
    bins.push({ offer, pattern, copies });
    takeOff(remaining, { offer, pattern, copies });
  }
  return bins;
};

/** Whole instances of a fractional solution in classes: tasks of each class are assigned to its patterns. */
const assignDown = (
  table: ShapeTable,
  coarse: Coarse,
  offers: readonly Offer[],
  guidance: Guidance,
  share: number,
  remaining: Float64Array,
): readonly Bin[] => {
  const assign = startAssigning(table, coarse, remaining);
  const bins: Bin[] = [];
  for (const { pattern: byClass, amount } of guidance.patterns) {
    const offer = holding(offers, loadOf(coarse.table, byClass));
    for (let copy = whole(amount, share); copy > 0 && offer; copy--) {
      const pattern = assign(offer.capacity, byClass);
      if (pattern.length > 0) bins.push({ offer, pattern, copies: 1 });
    }
  }
  return bins;
};

const endGame =
  (table: ShapeTable, offers: readonly Offer[]): EndGame =>
  (remaining) =>
    exactEffort(remaining) <= END_PAIRS ? solveExactly(table, offers, remaining, 0).bins() : undefined;

/** Packs one zone along the guidance: by its values alone, or on top of its patterns rounded down. */
const packGuided = (
  table: ShapeTable,
  offers: readonly Offer[],
  demand: readonly number[],
  guidance: Guidance,
  share: number,
): readonly Bin[] => {
  const remaining = Float64Array.from(demand);
  const bins =
    share === 0
      ? []
      : guidance.coarse
        ? assignDown(table, guidance.coarse, offers, guidance, share, remaining)
        : roundDown(table, offers, guidance, share, remaining);
  const rest = packGreedily(
    table,
    { offers, likely: guidance.quick ? guidance.efficient : offers },
    remaining,
    guidance.values,
    endGame(table, offers),
  );
  return retype(table, [...bins, ...rest], offers);
};

/** Packs every zone along the guidance: the quick way, or several. */
export const packAlong = (
  table: ShapeTable,
  offers: readonly Offer[],
  demands: Demands,
  guidance: Guidance,
): readonly ZoneBins[] =>
  (guidance.quick || guidance.later ? [1] : [0, 1]).map((share) =>
    shareEqual(demands, (demand) => packGuided(table, offers, demand, guidance, share / demands.length)),
  );

/** Packs every zone by rounding the programme step by step, where its shapes were not grouped. */
export const packDiving = (
  table: ShapeTable,
  offers: readonly Offer[],
  demands: Demands,
  guidance: Guidance,
): ZoneBins | undefined => {
  const finish: EndGame = (remaining) =>
    exactEffort(remaining) <= 5 * END_PAIRS ? solveExactly(table, offers, remaining, 0).bins() : undefined;
  const zones = shareEqual(demands, (demand) => guidance.dive?.(demand, finish));
  return zones.includes(undefined) ? undefined : zones.map((bins) => retype(table, bins ?? [], offers));
};

/** A plan of another market at the prices of this one: each pattern on the cheapest offer that holds it. */
export const packLike = (table: ShapeTable, offers: readonly Offer[], plan: ZoneBins): ZoneBins | undefined => {
  let complete = true;
  const zones = plan.map((bins) =>
    bins.flatMap((bin) => {
      const offer = holding(offers, loadOf(table, bin.pattern));
      if (offer === undefined) complete = false;
      return offer ? [{ ...bin, offer }] : [];
    }),
  );
  return complete ? zones : undefined;
};
