import type { Offer } from "./offers.ts";
import { copiesOf, fillInstance, loadOf, type Pattern, type ShapeTable } from "./pattern.ts";
import { RESOURCES, zeros } from "./resources.ts";

/** Instances of one type with one pattern by shape. */
export interface Bin {
  readonly offer: Offer;
  readonly pattern: Pattern;
  readonly copies: number;
}

/** Offers that are tried far from the end. */
const HOT = 4;
/** With many shapes the best offer is reviewed every few instances only. */
const REVIEW = 8;
const MANY = 64;

const worth = (pattern: Pattern, values: Float64Array): number => {
  let total = 0;
  for (let i = 0; i < pattern.length; i += 2) total += (pattern[i + 1] ?? 0) * (values[pattern[i] ?? 0] ?? 0);
  return total;
};

interface Ranked {
  readonly offer: Offer;
  readonly pattern: Pattern;
  readonly ratio: number;
}

const rank = (
  table: ShapeTable,
  offers: readonly Offer[],
  remaining: Float64Array,
  active: readonly number[],
  values: Float64Array,
): Ranked[] =>
  offers
    .map((offer) => {
      const pattern = fillInstance(table, offer.capacity, remaining, active);
      return { offer, pattern, ratio: offer.price / worth(pattern, values) };
    })
    .filter(({ pattern }) => pattern.length > 0)
    .sort((a, b) => a.ratio - b.ratio || b.offer.price - a.offer.price);

const remainingLoad = (table: ShapeTable, remaining: Float64Array, active: readonly number[]): number[] => {
  const load = zeros();
  for (const s of active) {
    for (let k = 0; k < RESOURCES; k++) {
      load[k] = (load[k] as number) + (remaining[s] as number) * (table.sizes[s * RESOURCES + k] as number);
    }
  }
  return load;
};

/** Whether all offers should be looked at again: a good part of the rest was packed since the last time. */
const isDue = (load: readonly number[], before: readonly number[], share: number): boolean =>
  before.length === 0 || load.some((total, k) => total < share * (before[k] ?? 0));

/** All offers, and those worth trying while much is left to pack. */
export interface Choice {
  readonly offers: readonly Offer[];
  readonly likely: readonly Offer[];
}

/** Finishes a remainder of few tasks, or declines. */
export type EndGame = (remaining: Float64Array) => readonly Bin[] | undefined;

/**
 * Packs by value for money: buys again and again the offer whose pattern is worth most, at the given values of tasks,
 * per dollar. Far from the end only the best few offers are tried.
 */
export const packGreedily = (
  table: ShapeTable,
  { offers, likely }: Choice,
  demand: ArrayLike<number>,
  values: Float64Array,
  finish: EndGame,
): readonly Bin[] => {
  const remaining = Float64Array.from(demand);
  const bins: Bin[] = [];
  let active = Array.from(remaining.keys()).filter((s) => (remaining[s] as number) > 0);
  const load = remainingLoad(table, remaining, active);
  let open = active.length;
  let hot: readonly Offer[] = [];
  let before: readonly number[] = [];
  let favourite: Offer | undefined;
  for (let step = 0; open > 0; step++) {
    const far = !isDue(load, before, active.length > MANY ? 0.4 : 0.88);
    const end = far ? undefined : finish(remaining);
    if (end) return [...bins, ...end];
    const tried = far ? (favourite && step % REVIEW !== 0 ? [favourite] : hot) : open > MANY ? likely : offers;
    let ranked = rank(table, tried, remaining, active, values);
    if (ranked.length === 0 && tried !== offers) ranked = rank(table, offers, remaining, active, values);
    if (!far) {
      hot = ranked.slice(0, HOT).map(({ offer }) => offer);
      before = [...load];
    }
    const best = ranked[0];
    if (best === undefined) {
      if (active.length === open) throw new Error("packing: a task that fits no offer was not excluded");
      active = active.filter((s) => (remaining[s] as number) > 0);
      continue;
    }
    favourite = active.length > MANY ? best.offer : undefined;
    const copies = copiesOf(best.pattern, remaining);
    bins.push({ offer: best.offer, pattern: best.pattern, copies });
    for (let i = 0; i < best.pattern.length; i += 2) {
      const s = best.pattern[i] as number;
      const n = copies * (best.pattern[i + 1] as number);
      remaining[s] = (remaining[s] as number) - n;
      if (remaining[s] === 0) open--;
      for (let k = 0; k < RESOURCES; k++) {
        load[k] = (load[k] as number) - n * (table.sizes[s * RESOURCES + k] as number);
      }
    }
    if (open < active.length * 0.9 || active.length < MANY) active = active.filter((s) => (remaining[s] as number) > 0);
  }
  return bins;
};

/** Replaces each bin's type by the cheapest offer that holds its load. */
export const retype = (table: ShapeTable, bins: readonly Bin[], offers: readonly Offer[]): readonly Bin[] =>
  bins.map((bin) => {
    const load = loadOf(table, bin.pattern);
    const offer = offers.find((candidate) => load.every((need, k) => need <= (candidate.capacity[k] ?? 0)));
    return offer && offer.price < bin.offer.price ? { ...bin, offer } : bin;
  });
