import type { Pattern } from "../model/pattern.ts";
import type { StateBin } from "./fleet-state.ts";

/** Tasks that are to be packed anew, by shape. */
export type Pool = Map<number, number>;

export const addTo = (pool: Pool, pattern: Pattern): void => {
  for (let i = 0; i < pattern.length; i += 2) {
    const s = pattern[i] as number;
    pool.set(s, (pool.get(s) ?? 0) + (pattern[i + 1] as number));
  }
};

export const poolOf = (bins: readonly StateBin[]): Pool => {
  const pool: Pool = new Map();
  for (const { pattern } of bins) addTo(pool, pattern);
  return pool;
};

/** Pairs of shape and count, in order of shape. */
export const listPool = (pool: Pool): number[] =>
  [...pool]
    .filter(([, n]) => n > 0)
    .sort((a, b) => a[0] - b[0])
    .flat();
