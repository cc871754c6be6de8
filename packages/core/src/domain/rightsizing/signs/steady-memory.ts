import { hourRow } from "../../demand/day-usage.ts";
import type { UsageDemand } from "../../demand/demand-window.ts";
import { peakOf, percentileOf } from "../../demand/quantile.ts";

/** Memory that does not follow the load: a heap or cache that fills what it gets. */
export interface SteadyMemory {
  /** Percent of the task size. */
  readonly level: number;
  /** CPU at p95 over that at p10. */
  readonly cpuRatio: number;
}

const LEAST_LEVEL = 60;
const FLAT = 0.92;
const LEAST_CPU_RATIO = 2.5;
const FEWEST_HOURS = 24;

/** Memory that stands high and still while CPU moves; undefined where it does not. */
export const steadyMemoryOf = (demand: UsageDemand): SteadyMemory | undefined => {
  const [busy, quiet] = [percentileOf(demand, "cpu", 95), percentileOf(demand, "cpu", 10)];
  const level = peakOf(demand, "memory");
  if (busy === undefined || quiet === undefined || level === undefined || level < LEAST_LEVEL) return undefined;
  const cpuRatio = (busy + 0.5) / (quiet + 0.5);
  const lows = demand.days.flatMap((day) => Array.from(hourRow(day, "memoryLowest")).filter((low) => low >= 0));
  if (cpuRatio < LEAST_CPU_RATIO || lows.length < FEWEST_HOURS) return undefined;
  const still = lows.filter((low) => low >= FLAT * level).length;
  return still >= 0.9 * lows.length ? { level, cpuRatio } : undefined;
};
