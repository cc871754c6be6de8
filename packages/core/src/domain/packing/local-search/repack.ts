import type { Offer } from "../model/offers.ts";
import type { Pattern, ShapeTable } from "../model/pattern.ts";
import { RESOURCES } from "../model/resources.ts";

/** An instance of the repacked part: position of its offer, and its tasks. */
export interface Repacked {
  readonly offer: number;
  readonly pattern: Pattern;
}

/** Sub-fleets, and pairs of a sub-fleet and what its next instance holds, of the largest pool that is repacked exactly. */
export const MOST_STATES = 8_192;

/** Packs pools of few tasks at least cost, by dynamic programming over their sub-fleets; keeps its arrays. */
export interface Repacker {
  /** Number of pairs that packing the pool takes; `Infinity` where it has too many sub-fleets. */
  readonly work: (pool: ArrayLike<number>) => number;
  /** Packs the pool (pairs of shape and count) where each offer costs its price and `surcharge`; undefined if it cannot. */
  readonly pack: (pool: readonly number[], prices: Float64Array) => readonly Repacked[] | undefined;
}

export const startRepacking = (table: ShapeTable, offers: readonly Offer[]): Repacker => {
  const loads = new Float64Array(MOST_STATES * RESOURCES);
  const cost = new Float64Array(MOST_STATES);
  const choice = new Int32Array(MOST_STATES);
  const singles = new Int32Array(MOST_STATES);
  const strides = new Int32Array(32);
  const limits = new Int32Array(32);
  const digits = new Int32Array(32);
  const part = new Int32Array(32);
  const capacities = Float64Array.from(offers.flatMap(({ capacity }) => [...capacity]));

  const work = (pool: ArrayLike<number>): number => {
    let states = 1;
    let pairs = 1;
    for (let i = 1; i < pool.length; i += 2) {
      const n = pool[i] as number;
      states *= n + 1;
      pairs *= ((n + 1) * (n + 2)) / 2;
    }
    return states > MOST_STATES || pool.length > 64 ? Number.POSITIVE_INFINITY : pairs;
  };

  /** The first offer from `from` on that holds a load; -1 for none. */
  const holding = (index: number, from: number): number => {
    const at = index * RESOURCES;
    for (let o = from; o < offers.length; o++) {
      const c = o * RESOURCES;
      let k = 0;
      while (k < RESOURCES && (loads[at + k] as number) <= (capacities[c + k] as number)) k++;
      if (k === RESOURCES) return o;
    }
    return -1;
  };

  const conflicts = (pool: readonly number[]): boolean => {
    const used = new Set<number>();
    for (let i = 0; i < pool.length; i += 2) {
      if (digits[i >> 1] === 0) continue;
      const ports = table.ports[pool[i] as number] as readonly number[];
      if (ports.length > 0 && (digits[i >> 1] as number) > 1) return true;
      for (const port of ports) {
        if (used.has(port)) return true;
        used.add(port);
      }
    }
    return false;
  };

  const describe = (pool: readonly number[], size: number): void => {
    const shapes = pool.length >> 1;
    const hasPorts = pool.some((s, i) => i % 2 === 0 && (table.ports[s] as readonly number[]).length > 0);
    digits.fill(0, 0, shapes);
    for (let index = 1; index < size; index++) {
      let first = 0;
      while (digits[first] === limits[first]) digits[first++] = 0;
      digits[first] = (digits[first] as number) + 1;
      first = 0;
      while (digits[first] === 0) first++;
      const before = index - (strides[first] as number);
      const base = (pool[first * 2] as number) * RESOURCES;
      for (let k = 0; k < RESOURCES; k++) {
        loads[index * RESOURCES + k] = (loads[before * RESOURCES + k] as number) + (table.sizes[base + k] as number);
      }
      const least = before === 0 ? 0 : (singles[before] as number);
      singles[index] = least < 0 || (hasPorts && conflicts(pool)) ? -1 : holding(index, least);
    }
  };

  /** Least cost of one sub-fleet, over the parts of it that one instance holds and that have a task of its last shape. */
  const step = (index: number, shapes: number, prices: Float64Array): void => {
    let last = shapes - 1;
    while (digits[last] === 0) last--;
    part.fill(0, 0, shapes);
    part[last] = 1;
    let at = strides[last] as number;
    let least = Number.POSITIVE_INFINITY;
    let best = 0;
    for (;;) {
      const single = singles[at] as number;
      if (single >= 0) {
        const total = (prices[single] as number) + (cost[index - at] as number);
        if (total < least) {
          least = total;
          best = at;
        }
      }
      let i = 0;
      while (i <= last && part[i] === digits[i]) {
        const floor = i === last ? 1 : 0;
        at -= ((part[i] as number) - floor) * (strides[i] as number);
        part[i] = floor;
        i++;
      }
      if (i > last) break;
      part[i] = (part[i] as number) + 1;
      at += strides[i] as number;
    }
    cost[index] = least;
    choice[index] = best;
  };

  const unwind = (pool: readonly number[], size: number): readonly Repacked[] => {
    const bins: Repacked[] = [];
    for (let index = size - 1; index > 0; index -= choice[index] as number) {
      const held = choice[index] as number;
      const pattern: number[] = [];
      for (let i = 0; i < pool.length; i += 2) {
        const n = Math.floor(held / (strides[i >> 1] as number)) % ((limits[i >> 1] as number) + 1);
        if (n > 0) pattern.push(pool[i] as number, n);
      }
      bins.push({ offer: singles[held] as number, pattern });
    }
    return bins;
  };

  const pack = (pool: readonly number[], prices: Float64Array): readonly Repacked[] | undefined => {
    const shapes = pool.length >> 1;
    let size = 1;
    for (let i = 0; i < shapes; i++) {
      strides[i] = size;
      limits[i] = pool[i * 2 + 1] as number;
      size *= (limits[i] as number) + 1;
    }
    describe(pool, size);
    cost[0] = 0;
    digits.fill(0, 0, shapes);
    for (let index = 1; index < size; index++) {
      let first = 0;
      while (digits[first] === limits[first]) digits[first++] = 0;
      digits[first] = (digits[first] as number) + 1;
      step(index, shapes, prices);
    }
    return Number.isFinite(cost[size - 1] as number) ? unwind(pool, size) : undefined;
  };

  return { work, pack };
};
