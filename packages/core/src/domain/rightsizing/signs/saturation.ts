import type { UsageDemand } from "../../demand/demand-window.ts";
import { peakOf, percentileOf, shareAbove } from "../../demand/quantile.ts";

/** What stands at its limit: how much more would have been used is not in the data. */
export interface Saturation {
  /** Share of the time at the limit, 0 to 1. */
  readonly cpu: number;
  /** Whether memory reached its limit. */
  readonly memory: boolean;
}

/** Percent of the size from which on it is taken to be the limit that held the value down. */
export const CPU_LIMIT = 99;
export const MEMORY_LIMIT = 95;
/** Percent: memory that passes what the task has is not held down by it. */
const SOFT_LIMIT = 100.5;
/** Percent: a value that hardly moves at this height or more is held down too. */
const PLATEAU = 85;
const FLAT = 0.99;

/** How far CPU and memory were held down by their limits. */
export const saturationOf = (demand: UsageDemand, history: UsageDemand): Saturation => {
  const peak = peakOf(demand, "cpu") ?? 0;
  const middle = percentileOf(demand, "cpu", 50) ?? 0;
  const flat = peak >= PLATEAU && middle >= FLAT * peak;
  const memory = Math.max(peakOf(history, "memory") ?? 0, peakOf(history, "memoryMaximum") ?? 0);
  return {
    cpu: flat ? 1 : shareAbove(demand, "cpu", CPU_LIMIT),
    memory: memory >= MEMORY_LIMIT && memory <= SOFT_LIMIT,
  };
};
