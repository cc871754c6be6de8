import type { Mass } from "./binomial.ts";
import { runningTasks, type SpotPool } from "./spot-pool.ts";

/**
 * P(at least `need` of the Spot tasks run), given the tasks wanted from each pool, rounded to 12 places so that equal
 * probabilities compare as equal. 1 where nothing is needed, 0 where more is needed than there is.
 */
export type Availability = (spotTasks: readonly number[], need: number) => number;

interface Pooled {
  readonly masses: readonly Mass[];
  /** P(running >= value of the mass at this index). */
  readonly tails: readonly number[];
}

const PLACES = 1e12;
/** A key has to stay an exact integer; above it the figure is computed anew. */
const KEY_LIMIT = Number.MAX_SAFE_INTEGER;

/** Availability over independent Spot pools, remembered by (tasks of each pool, need). */
export const createAvailability = (pools: readonly SpotPool[]): Availability => {
  const pooled = pools.map((pool) => rememberTasks(pool));
  const known = new Map<number, number>();
  const compute = (spotTasks: readonly number[], need: number): number =>
    Math.round(atLeast(pooled, spotTasks, 0, need) * PLACES) / PLACES;
  return (spotTasks, need) => {
    if (need <= 0) return 1;
    const total = spotTasks.reduce((a, b) => a + b, 0);
    if (need > total) return 0;
    const key = keyOf(spotTasks, need);
    if (key > KEY_LIMIT) return compute(spotTasks, need);
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(spotTasks, need);
    known.set(key, value);
    return value;
  };
};

/** Base 8192, one digit each: unique while no pool wants more than 8,191 tasks. */
const keyOf = (spotTasks: readonly number[], need: number): number => {
  let key = need;
  for (const tasks of spotTasks) {
    if (tasks > 8191 || need > 8191) return Number.POSITIVE_INFINITY;
    key = key * 8192 + tasks;
  }
  return key;
};

const atLeast = (
  pools: readonly ((tasks: number) => Pooled)[],
  spotTasks: readonly number[],
  index: number,
  need: number,
): number => {
  if (need <= 0) return 1;
  const pool = pools[index]?.(spotTasks[index] ?? 0);
  if (pool === undefined) return 0;
  if (index === pools.length - 1) return tailFrom(pool, need);
  let probability = 0;
  for (const [running, mass] of pool.masses) probability += mass * atLeast(pools, spotTasks, index + 1, need - running);
  return probability;
};

const rememberTasks = (pool: SpotPool): ((tasks: number) => Pooled) => {
  const known = new Map<number, Pooled>();
  return (tasks) => {
    const found = known.get(tasks);
    if (found !== undefined) return found;
    const masses = runningTasks(tasks, pool);
    const tails: number[] = new Array(masses.length).fill(0);
    for (let i = masses.length - 1, tail = 0; i >= 0; i -= 1) {
      tail += masses[i]?.[1] ?? 0;
      tails[i] = tail;
    }
    const pooled = { masses, tails };
    known.set(tasks, pooled);
    return pooled;
  };
};

const tailFrom = ({ masses, tails }: Pooled, need: number): number => {
  let low = 0;
  let high = masses.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((masses[middle]?.[0] ?? 0) >= need) high = middle;
    else low = middle + 1;
  }
  return tails[low] ?? 0;
};
