import type { ShapeTable } from "./fill.ts";
import { RESOURCES, zeros } from "./geometry.ts";
import type { Bin } from "./greedy.ts";
import type { Offer } from "./offers.ts";

/** Number of (tasks left, tasks on the next instance) pairs that an exact search over these counts looks at. */
export const exactEffort = (demand: ArrayLike<number>): number => {
  let pairs = 1;
  for (let s = 0; s < demand.length; s++) pairs *= (((demand[s] ?? 0) + 1) * ((demand[s] ?? 0) + 2)) / 2;
  return pairs;
};

/** Every sub-fleet of a small demand, numbered in mixed radix over the shapes that have tasks. */
export interface States {
  readonly shapes: readonly number[];
  readonly limits: readonly number[];
  readonly strides: readonly number[];
  readonly size: number;
}

export const statesOf = (demand: ArrayLike<number>): States => {
  const shapes = Array.from({ length: demand.length }, (_, s) => s).filter((s) => (demand[s] ?? 0) > 0);
  const limits = shapes.map((s) => demand[s] ?? 0);
  const strides: number[] = [];
  let size = 1;
  for (const limit of limits) {
    strides.push(size);
    size *= limit + 1;
  }
  return { shapes, limits, strides, size };
};

export const digitsOf = (states: States, index: number): number[] =>
  states.limits.map((limit, i) => Math.floor(index / (states.strides[i] ?? 1)) % (limit + 1));

const holdable = (table: ShapeTable, states: States, digits: readonly number[]): boolean => {
  const used = new Set<number>();
  for (let i = 0; i < digits.length; i++) {
    if ((digits[i] as number) === 0) continue;
    const ports = table.ports[states.shapes[i] as number] as readonly number[];
    if (ports.length > 0 && (digits[i] as number) > 1) return false;
    for (const port of ports) {
      if (used.has(port)) return false;
      used.add(port);
    }
  }
  return true;
};

/** For each set of tasks, the position of the cheapest offer that holds all of it on one instance; -1 for none. */
export const cheapestSingles = (table: ShapeTable, states: States, offers: readonly Offer[]): Int32Array => {
  const singles = new Int32Array(states.size).fill(-1);
  for (let index = 1; index < states.size; index++) {
    const digits = digitsOf(states, index);
    if (!holdable(table, states, digits)) continue;
    const load = zeros();
    digits.forEach((n, i) => {
      const base = (states.shapes[i] as number) * RESOURCES;
      for (let k = 0; k < RESOURCES; k++) load[k] = (load[k] as number) + n * (table.sizes[base + k] as number);
    });
    singles[index] = offers.findIndex((offer) => load.every((need, k) => need <= (offer.capacity[k] as number)));
  }
  return singles;
};

/** The cheapest ways to hold every subset of a small demand. */
export interface ExactTable {
  /** Least cost of the subset with these counts by shape; the demand itself where no counts are given. */
  readonly cost: (counts?: ArrayLike<number>) => number;
  readonly bins: (counts?: ArrayLike<number>) => readonly Bin[];
}

/** Visits every part of `digits` that has at least one task of its last shape, as its state number. */
export const forEachPart = (states: States, digits: readonly number[], visit: (part: number) => void): void => {
  let last = digits.length - 1;
  while (last >= 0 && digits[last] === 0) last--;
  const part = digits.map(() => 0);
  part[last] = 1;
  let index = states.strides[last] as number;
  for (;;) {
    visit(index);
    let i = 0;
    while (i <= last && part[i] === digits[i]) {
      const floor = i === last ? 1 : 0;
      index -= ((part[i] as number) - floor) * (states.strides[i] as number);
      part[i] = floor;
      i++;
    }
    if (i > last) return;
    part[i] = (part[i] as number) + 1;
    index += states.strides[i] as number;
  }
};

const search = (
  states: States,
  singles: Int32Array,
  prices: Float64Array,
): { cost: Float64Array; choice: Int32Array } => {
  const cost = new Float64Array(states.size).fill(Number.POSITIVE_INFINITY);
  const choice = new Int32Array(states.size);
  cost[0] = 0;
  for (let index = 1; index < states.size; index++) {
    forEachPart(states, digitsOf(states, index), (part) => {
      const single = singles[part] as number;
      if (single < 0) return;
      const total = (prices[single] as number) + (cost[index - part] as number);
      if (total < (cost[index] as number)) {
        cost[index] = total;
        choice[index] = part;
      }
    });
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
    filling: digitsOf(states, part).flatMap((n, i) => (n > 0 ? [states.shapes[i] as number, n] : [])),
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
  const states = statesOf(demand);
  const singles = cheapestSingles(table, states, offers);
  const { cost, choice } = search(
    states,
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
