import type { UsageDemand } from "../demand/demand-window.ts";
import { peakOf } from "../demand/quantile.ts";

/** Percent of CPU that the highest value may reach once fewer tasks share the load. */
export const MOST_BUSY = 80;

/**
 * Tasks that even the highest CPU leaves below MOST_BUSY percent, never below `minimum`. Memory of a task is taken not to
 * depend on their number. Undefined where that is no fewer than today or the series is missing.
 */
export const fewerTasks = (demand: UsageDemand, tasks: number, minimum: number): number | undefined => {
  const average = peakOf(demand, "cpu");
  if (average === undefined) return undefined;
  const peak = Math.max(average, peakOf(demand, "cpuMaximum") ?? 0);
  const needed = Math.max(1, minimum, Math.ceil((tasks * peak) / MOST_BUSY - 1e-9));
  return needed < tasks ? needed : undefined;
};
