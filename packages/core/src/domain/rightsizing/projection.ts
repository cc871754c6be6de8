import { hasMetric, type UsageDemand } from "../demand/demand-window.ts";
import { meanOf, peakOf, percentileOf, shareAbove } from "../demand/quantile.ts";
import type { TaskSize } from "../sizing/fargate-sizes.ts";

/** Utilization of one dimension at another size, in percent of that size. */
export interface ProjectedUtilization {
  readonly mean: number;
  readonly p99: number;
  readonly peak: number;
  /** Share of the points that need more than the size has, 0 to 1. */
  readonly shareAbove: number;
}

/** What the days looked at would have been at another size; null where a series is missing. */
export interface Projection {
  readonly cpu: ProjectedUtilization | null;
  readonly memory: ProjectedUtilization | null;
}

/**
 * Utilization at `size` of the load that was measured at `current`. `taskRatio` is tasks there over tasks here, and
 * divides the CPU of a task; `memoryRatio` does the same for memory, where the number of tasks follows it.
 */
export const projectUtilization = (
  demand: UsageDemand,
  current: TaskSize,
  size: TaskSize,
  taskRatio = 1,
  memoryRatio = 1,
): Projection => ({
  cpu: project(demand, "cpu", (size.cpu * taskRatio) / current.cpu),
  memory: project(demand, memorySeries(demand), (size.memory * memoryRatio) / current.memory),
});

/** The series that memory is judged by: the highest sample of any task where it is given. */
export const memorySeries = (demand: UsageDemand): "memory" | "memoryMaximum" =>
  hasMetric(demand, "memoryMaximum") ? "memoryMaximum" : "memory";

const project = (
  demand: UsageDemand,
  metric: "cpu" | "memory" | "memoryMaximum",
  ratio: number,
): ProjectedUtilization | null => {
  const mean = meanOf(demand, metric);
  const p99 = percentileOf(demand, metric, 99);
  const peak = peakOf(demand, metric);
  if (mean === undefined || p99 === undefined || peak === undefined) return null;
  const above = shareAbove(demand, metric, ratio * 100);
  return { mean: mean / ratio, p99: p99 / ratio, peak: peak / ratio, shareAbove: above };
};
