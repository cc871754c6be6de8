import type { Bin } from "../model/greedy.ts";
import type { Offer } from "../model/offers.ts";
import type { ShapeTable } from "../model/pattern.ts";
import { cheapestSingles, digitsOf, type States, type SubFleets, subFleetsOf } from "./sub-fleets.ts";

/** Number of (tasks left, tasks on the next instance) pairs that an exact search over these counts looks at. */
export const exactEffort = (demand: ArrayLike<number>): number => {
  let pairs = 1;
  for (let s = 0; s < demand.length; s++) pairs *= (((demand[s] ?? 0) + 1) * ((demand[s] ?? 0) + 2)) / 2;
  return pairs;
};

/** The cheapest ways to hold every subset of a small demand. */
export interface ExactTable {
  /** Least cost of the subset with these counts by shape; the demand itself where no counts are given. */
  readonly cost: (counts?: ArrayLike<number>) => number;
  readonly bins: (counts?: ArrayLike<number>) => readonly Bin[];
}

const search = (
  { states, parts, starts }: SubFleets,
  singles: Int32Array,
  prices: Float64Array,
): { cost: Float64Array; choice: Int32Array } => {
  const cost = new Float64Array(states.size).fill(Number.POSITIVE_INFINITY);
  const choice = new Int32Array(states.size);
  cost[0] = 0;
  for (let index = 1; index < states.size; index++) {
    let least = Number.POSITIVE_INFINITY;
    for (let at = starts[index] as number; at < (starts[index + 1] as number); at++) {
      const part = parts[at] as number;
      const single = singles[part] as number;
      if (single < 0) continue;
      const total = (prices[single] as number) + (cost[index - part] as number);
      if (total >= least) continue;
      least = total;
      choice[index] = part;
    }
    cost[index] = least;
  }
  return { cost, choice };
};

const unwind = (
  states: States,
  singles: Int32Array,
  choice: Int32Array,
  offers: readonly Offer[],
  from: number,
): readonly Bin[] => {
  const copies = new Map<number, number>();
  for (let index = from; index > 0; index -= choice[index] as number) {
    const part = choice[index] as number;
    copies.set(part, (copies.get(part) ?? 0) + 1);
  }
  return [...copies].map(([part, count]) => ({
    offer: offers[singles[part] as number] as Offer,
    pattern: digitsOf(states, part).flatMap((n, i) => (n > 0 ? [states.shapes[i] as number, n] : [])),
    copies: count,
  }));
};

/**
 * Dynamic programme over every subset of a small demand: least cost = min over what the next instance holds. Offers are
 * in order of price; each offer's price may be shifted by `surcharge` (nano-dollars per instance).
 */
export const solveExactly = (
  table: ShapeTable,
  offers: readonly Offer[],
  demand: ArrayLike<number>,
  surcharge: number,
): ExactTable => {
  const subFleets = subFleetsOf(table, demand);
  const { states } = subFleets;
  const singles = cheapestSingles(subFleets, offers);
  const { cost, choice } = search(
    subFleets,
    singles,
    Float64Array.from(offers, (offer) => offer.price + surcharge),
  );
  const indexOf = (counts: ArrayLike<number>): number =>
    states.shapes.reduce((index, s, i) => index + (counts[s] ?? 0) * (states.strides[i] ?? 1), 0);
  return {
    cost: (counts = demand) => cost[indexOf(counts)] ?? Number.POSITIVE_INFINITY,
    bins: (counts = demand) => unwind(states, singles, choice, offers, indexOf(counts)),
  };
};
