import type { Assumption } from "../issues/issue.ts";
import type { StrategyItem } from "../workload/service.ts";
import { splitTasks } from "./split.ts";

/** Tasks by capacity provider. */
export type TaskCounts = ReadonlyMap<string, number>;

/** What the steady split and the way to it rest on, because AWS documents only the ratio. */
export const SPLIT_ASSUMPTIONS = {
  rounding: {
    code: "strategy-split",
    detail:
      "AWS documents only the ratio of a strategy. Tasks above the base are divided by largest remainder, equal remainders to the provider listed first; this agrees with the published observations.",
  },
  adding: {
    code: "split-one-at-a-time",
    detail:
      "Each new task is placed with the provider that is furthest below its split of the new count; ECS moves no task that already runs.",
  },
  scaleIn: {
    code: "split-scale-in",
    detail:
      "AWS does not say which provider loses tasks first. Each task that stops is taken from the provider that is furthest above its split of the new count.",
  },
  deployment: {
    code: "split-deployment",
    detail:
      "A deployment's new tasks are taken to be split on their own, base included, while the old ones run on as they were placed.",
  },
  zeroWeight: {
    code: "base-counts-at-weight-zero",
    detail: "A provider of weight 0 is taken to receive its base all the same, as has been observed.",
  },
} as const satisfies Record<string, Assumption>;

/**
 * Places `count` more tasks one at a time beside those that run, each with the provider furthest below its split
 * (ties: listed first). From a steady split of two providers it arrives at the steady split of the new count.
 */
export const addTasks = (running: TaskCounts, count: number, items: readonly StrategyItem[]): TaskCounts =>
  step(running, count, items, 1);

/** Stops `count` tasks one at a time, each at the provider furthest above its split (ties: listed last). */
export const removeTasks = (running: TaskCounts, count: number, items: readonly StrategyItem[]): TaskCounts =>
  step(running, Math.min(count, total(running)), items, -1);

/** Brings running tasks to a desired count by adding or stopping one at a time. */
export const scaleTasks = (running: TaskCounts, desired: number, items: readonly StrategyItem[]): TaskCounts => {
  const change = desired - total(running);
  return change >= 0 ? addTasks(running, change, items) : removeTasks(running, -change, items);
};

export interface DeploymentTasks {
  readonly before: TaskCounts;
  /** Old and new tasks together when most of them run. */
  readonly peak: TaskCounts;
  readonly after: TaskCounts;
}

/**
 * Tasks by provider before, at the peak of and after a rolling deployment. `maximumPercent` as in ECS (default 200,
 * which doubles the tasks for a while); the peak is rounded down to whole tasks, as ECS does.
 */
export const deploymentTasks = (
  desired: number,
  items: readonly StrategyItem[],
  maximumPercent = 200,
): DeploymentTasks => {
  const before = splitTasks(desired, items);
  const extra = Math.max(0, Math.floor((desired * maximumPercent) / 100) - desired);
  const fresh = addTasks(new Map(), Math.min(extra, desired), items);
  const peak = new Map([...before].map(([provider, tasks]) => [provider, tasks + (fresh.get(provider) ?? 0)]));
  return { before, peak, after: addTasks(fresh, desired - total(fresh), items) };
};

const step = (running: TaskCounts, count: number, items: readonly StrategyItem[], change: 1 | -1): TaskCounts => {
  const tasks = new Map([...items.map((item) => [item.capacityProvider, 0] as const), ...running]);
  let now = total(tasks);
  for (let i = 0; i < count; i += 1) {
    now += change;
    const provider = furthest(tasks, splitTasks(now, items), change);
    tasks.set(provider, (tasks.get(provider) ?? 0) + change);
  }
  return tasks;
};

const furthest = (tasks: TaskCounts, split: TaskCounts, change: 1 | -1): string => {
  let best: { provider: string; distance: number } | undefined;
  for (const [provider, current] of tasks) {
    const distance = ((split.get(provider) ?? 0) - current) * change;
    const better = best === undefined || distance > best.distance || (change === -1 && distance === best.distance);
    if (better && (change === 1 || current > 0)) best = { provider, distance };
  }
  return best?.provider ?? "";
};

const total = (tasks: TaskCounts): number => [...tasks.values()].reduce((a, b) => a + b, 0);
