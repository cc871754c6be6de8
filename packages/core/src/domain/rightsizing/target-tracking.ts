import type { UsageDemand } from "../demand/demand-window.ts";
import { meanOf } from "../demand/quantile.ts";
import type { Reason } from "../issues/issue.ts";
import type { TaskSize } from "../sizing/fargate-sizes.ts";
import { describeSize, type SizeCost } from "../sizing/size-fit.ts";
import { byCost, holds, type SizeGrid, steppedSize } from "../sizing/size-grid.ts";

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

/** Mean number of tasks of a size. */
export type TaskCounter = (size: TaskSize) => number;

/**
 * Mean number of tasks by size: total load over the target, never below the minimum. A dimension with a target divides
 * over the tasks; the other one is taken to be the same in every task. Where more tasks run than that explains, they stay
 * as many times more.
 */
export const taskCounter = (
  current: TaskSize,
  demand: UsageDemand,
  running: RunningTasks,
  policies: readonly TargetTracking[],
): TaskCounter => {
  const loads = policies.map((policy) => {
    const { metric, targetPercent, minTasks } = policy;
    const load = ((meanOf(demand, metric) ?? 0) / 100) * current[metric] * running.mean;
    return { metric, perSize: load / (targetPercent / 100), least: Math.max(minTasks, 1) };
  });
  const settled: TaskCounter = (size) =>
    Math.max(...loads.map(({ metric, perSize, least }) => Math.max(least, perSize / size[metric])));
  const heldUp = Math.max(1, running.mean / settled(current));
  return (size) => heldUp * settled(size);
};

/**
 * What one task of a size needs: the demand of a tracked dimension follows the number of tasks, and is at most the present
 * size, because more tasks make up for what is beyond it. CPU without a target is shared by the tasks too, but is never taken
 * to be less for more of them.
 */
export const neededPerTask = (
  size: TaskSize,
  current: TaskSize,
  needed: TaskSize,
  policies: readonly TargetTracking[],
  tasks: TaskCounter,
): TaskSize => {
  const fewer = tasks(current) / tasks(size);
  const tracked = (metric: "cpu" | "memory"): number => Math.min(needed[metric], current[metric]) * fewer;
  return {
    cpu: isTracked("cpu", policies) ? tracked("cpu") : needed.cpu * Math.max(1, fewer),
    memory: isTracked("memory", policies) ? tracked("memory") : needed.memory,
  };
};

/**
 * Cheapest size by cost per task times mean tasks, among those that hold what a task needs at that number of tasks and
 * reach the peak with the tasks that are allowed. Undefined where no size does.
 */
export const chooseTrackedSize = (
  grid: SizeGrid,
  current: TaskSize,
  needed: TaskSize,
  running: RunningTasks,
  policies: readonly TargetTracking[],
  tasks: TaskCounter,
  cost: SizeCost,
): TrackedSize | undefined => {
  const sizes = candidates(grid, current, needed, policies).filter(
    (size) =>
      holds(size, neededPerTask(size, current, needed, policies, tasks)) &&
      reachesPeak(size, current, running, policies),
  );
  const size = byCost(sizes, (candidate) => cost(candidate) * tasks(candidate))[0];
  return size === undefined ? undefined : { size, tasks: tasks(size) };
};

/**
 * Sizes to choose from. On instances a tracked dimension is never made larger: in all it stays the same, and larger tasks
 * are harder to place; the other one is as small as its demand. Where both are tracked they keep their proportion.
 */
const candidates = (
  grid: SizeGrid,
  current: TaskSize,
  needed: TaskSize,
  policies: readonly TargetTracking[],
): readonly TaskSize[] => {
  if (grid.kind === "list") return grid.sizes;
  const tracked = { cpu: isTracked("cpu", policies), memory: isTracked("memory", policies) };
  const metric = tracked.cpu ? "cpu" : "memory";
  return stepsUpTo(current[metric], grid.smallest[metric], grid.step[metric]).map((value) => {
    const share = value / current[metric];
    const wanted = {
      cpu: tracked.cpu ? current.cpu * share : needed.cpu,
      memory: tracked.memory ? current.memory * share : needed.memory,
    };
    return share === 1 ? { ...steppedSize(grid, wanted), [metric]: value } : steppedSize(grid, wanted);
  });
};

const stepsUpTo = (most: number, smallest: number, step: number): number[] => {
  const steps = Array.from({ length: Math.max(0, Math.ceil((most - smallest) / step)) }, (_, i) => smallest + i * step);
  return [...steps, most];
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
  current: TrackedSize,
  chosen: TrackedSize,
): Reason => {
  const targets = policies.map(({ metric, targetPercent }) => `${targetPercent} % ${metric}`).join(" and ");
  const before = `${current.tasks.toFixed(1)} tasks of ${describeSize(current.size)}`;
  const after = `${chosen.tasks.toFixed(1)} of ${describeSize(chosen.size)}`;
  const detail = `Target tracking holds ${targets}: a smaller task means more tasks, so both are chosen together. ${before} become ${after} on average.`;
  return { code: "target-tracking", detail };
};
