import { averageTasks, pullTaskHours, runTaskHours } from "../billing/task-hours.ts";
import { splitTasks } from "../capacity/split.ts";
import { Decimal, sum, ZERO } from "../units/decimal.ts";
import { atQuantityResolution } from "../units/quantity.ts";
import type { Demand, Service, StrategyItem } from "../workload/service.ts";
import type { OperatingSystem } from "../workload/task.ts";

/** Hours that Fargate bills for all tasks of a service in a month, image pulls of a service's task starts included. */
export const billedTaskHours = (service: Service, demand: Demand, os: OperatingSystem, hours: Decimal): Decimal => {
  if (demand.kind === "runs") return atQuantityResolution(runTaskHours(demand, os));
  const { taskStartsPerMonth, imagePullSeconds } = service.network;
  return atQuantityResolution(
    averageTasks(demand, hours).times(hours).plus(pullTaskHours(taskStartsPerMonth, imagePullSeconds)),
  );
};

/** Average tasks by capacity provider; fractional where counts change over the month or runs are split by weight. */
export const averageSplit = (demand: Demand, items: readonly StrategyItem[], hours: Decimal): Map<string, Decimal> => {
  switch (demand.kind) {
    case "count":
      return new Map([...splitTasks(demand.tasks, items)].map(([name, tasks]) => [name, new Decimal(tasks)]));
    case "hourly":
      return hourlySplit(demand.counts, items);
    case "runs":
      return weightSplit(averageTasks(demand, hours), items);
  }
};

const hourlySplit = (counts: readonly number[], items: readonly StrategyItem[]): Map<string, Decimal> => {
  const hoursByCount = new Map<number, number>();
  for (const count of counts) hoursByCount.set(count, (hoursByCount.get(count) ?? 0) + 1);
  const totals = new Map(items.map(({ capacityProvider }) => [capacityProvider, ZERO]));
  for (const [count, hours] of hoursByCount) {
    for (const [name, tasks] of splitTasks(count, items)) {
      totals.set(name, (totals.get(name) ?? ZERO).plus(tasks * hours));
    }
  }
  return new Map([...totals].map(([name, total]) => [name, total.div(Math.max(1, counts.length))]));
};

const weightSplit = (total: Decimal, items: readonly StrategyItem[]): Map<string, Decimal> => {
  const weights = sum(items.map(({ weight }) => new Decimal(weight)));
  if (weights.isZero())
    return new Map(items.map(({ capacityProvider }, i) => [capacityProvider, i === 0 ? total : ZERO]));
  return new Map(items.map(({ capacityProvider, weight }) => [capacityProvider, total.times(weight).div(weights)]));
};

/** Divides hours over providers in proportion to their tasks; the parts sum to the hours exactly. */
export const hoursByProvider = (taskHours: Decimal, split: ReadonlyMap<string, Decimal>): Map<string, Decimal> => {
  const total = sum(split.values());
  const parts = new Map<string, Decimal>();
  if (total.isZero()) return parts;
  let left = taskHours;
  const entries = [...split];
  entries.forEach(([name, tasks], index) => {
    const part = index === entries.length - 1 ? left : atQuantityResolution(taskHours.times(tasks).div(total));
    parts.set(name, part);
    left = left.minus(part);
  });
  return parts;
};
