import type { UsageDemand } from "../demand/demand-window.ts";
import { meanOf } from "../demand/quantile.ts";
import type { Reason } from "../issues/issue.ts";
import type { TaskSize } from "../sizing/fargate-sizes.ts";
import { describeSize, type SizeCost } from "../sizing/size-fit.ts";
import { byCost, holds, type SizeGrid } from "./size-grid.ts";

/** A target tracking policy on a utilization of the service. */
export interface TargetTracking {
  readonly metric: "cpu" | "memory";
  /** Percent of the task size that Application Auto Scaling holds. */
  readonly targetPercent: number;
  readonly minTasks: number;
  readonly maxTasks: number;
}

/** Running tasks: mean over the hours, and the most. */
export interface RunningTasks {
  readonly mean: number;
  readonly most: number;
}

/** Task size and the mean number of tasks that the policies settle at. */
export interface TrackedSize {
  readonly size: TaskSize;
  /** Mean number of tasks. */
  readonly tasks: number;
}

/**
 * Mean number of tasks of a size: total load over the target, never below the minimum. A dimension with a target
 * divides over the tasks; the other one is taken to be the same in every task.
 */
export const tasksAt = (
  size: TaskSize,
  current: TaskSize,
  demand: UsageDemand,
  running: RunningTasks,
  policies: readonly TargetTracking[],
): number =>
  Math.max(
    ...policies.map(({ metric, targetPercent, minTasks }) => {
      const load = ((meanOf(demand, metric) ?? 0) / 100) * current[metric] * running.mean;
      return Math.max(minTasks, 1, load / ((targetPercent / 100) * size[metric]));
    }),
  );

/**
 * What one task of a size needs: the demand of a tracked dimension follows the number of tasks, and is at most the present
 * size, because more tasks make up for what is beyond it.
 */
export const neededPerTask = (
  size: TaskSize,
  current: TaskSize,
  needed: TaskSize,
  demand: UsageDemand,
  running: RunningTasks,
  policies: readonly TargetTracking[],
): TaskSize => {
  const fewer =
    tasksAt(current, current, demand, running, policies) / tasksAt(size, current, demand, running, policies);
  const perTask = (metric: "cpu" | "memory"): number =>
    isTracked(metric, policies) ? Math.min(needed[metric], current[metric]) * fewer : needed[metric];
  return { cpu: perTask("cpu"), memory: perTask("memory") };
};

/**
 * Cheapest size by cost per task times mean tasks, among those that hold what a task needs at that number of tasks and
 * reach the peak with the tasks that are allowed. Undefined where no size does.
 */
export const chooseTrackedSize = (
  grid: SizeGrid,
  current: TaskSize,
  needed: TaskSize,
  demand: UsageDemand,
  running: RunningTasks,
  policies: readonly TargetTracking[],
  cost: SizeCost,
): TrackedSize | undefined => {
  const sizes = (grid.kind === "list" ? grid.sizes : [current]).filter(
    (size) =>
      holds(size, neededPerTask(size, current, needed, demand, running, policies)) &&
      reachesPeak(size, current, running, policies),
  );
  const tasks = (size: TaskSize): number => tasksAt(size, current, demand, running, policies);
  const size = byCost(sizes, (candidate) => cost(candidate) * tasks(candidate))[0];
  return size === undefined ? undefined : { size, tasks: tasks(size) };
};

const isTracked = (metric: "cpu" | "memory", policies: readonly TargetTracking[]): boolean =>
  policies.some((policy) => policy.metric === metric);

const reachesPeak = (
  size: TaskSize,
  current: TaskSize,
  running: RunningTasks,
  policies: readonly TargetTracking[],
): boolean =>
  policies.every(
    ({ metric, maxTasks }) => Math.ceil((running.most * current[metric]) / size[metric] - 1e-9) <= maxTasks,
  );

/** Why size and count are chosen together, with both counts. */
export const trackingReason = (
  policies: readonly TargetTracking[],
  current: TaskSize,
  running: RunningTasks,
  chosen: TrackedSize,
): Reason => {
  const targets = policies.map(({ metric, targetPercent }) => `${targetPercent} % ${metric}`).join(" and ");
  const before = `${running.mean.toFixed(1)} tasks of ${describeSize(current)}`;
  const after = `${chosen.tasks.toFixed(1)} of ${describeSize(chosen.size)}`;
  const detail = `Target tracking holds ${targets}: a smaller task means more tasks, so both are chosen together. ${before} become ${after} on average.`;
  return { code: "target-tracking", detail };
};
