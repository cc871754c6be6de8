import { Decimal } from "../units/decimal.ts";
import type { Demand } from "../workload/service.ts";
import type { OperatingSystem } from "../workload/task.ts";

const SECONDS_PER_HOUR = 3600;

/**
 * Shortest time that Fargate bills for a task, in seconds.
 * @see https://aws.amazon.com/fargate/pricing/ (Linux 1 minute; Windows 5 minutes, one source, checked 2026-11-20)
 */
export const FARGATE_MINIMUM_SECONDS: Readonly<Record<OperatingSystem, number>> = { linux: 60, windows: 300 };

/** Seconds that one run is billed for: from the start of the image pull, rounded up, at least the minimum. */
export const billedRunSeconds = (seconds: number, pullSeconds: number, minimum: number): number =>
  Math.max(minimum, Math.ceil(seconds + pullSeconds));

/** Tasks that run on average over the month. */
export const averageTasks = (demand: Demand, hoursPerMonth: Decimal): Decimal => {
  switch (demand.kind) {
    case "count":
      return new Decimal(demand.tasks);
    case "hourly":
      return meanOf(demand.counts);
    case "runs":
      return new Decimal(demand.perMonth)
        .times(new Decimal(demand.seconds).plus(demand.pullSeconds))
        .div(SECONDS_PER_HOUR)
        .div(hoursPerMonth);
  }
};

/** Tasks that an always-on fleet must have room for: the highest count, or the average of runs rounded up. */
export const fleetTasks = (demand: Demand, hoursPerMonth: Decimal): number => {
  switch (demand.kind) {
    case "count":
      return demand.tasks;
    case "hourly":
      return demand.counts.reduce((a, b) => Math.max(a, b), 0);
    case "runs":
      return averageTasks(demand, hoursPerMonth).ceil().toNumber();
  }
};

/** Task-hours that Fargate bills for `perMonth` runs. */
export const runTaskHours = (demand: Demand & { kind: "runs" }, os: OperatingSystem): Decimal =>
  new Decimal(demand.perMonth)
    .times(billedRunSeconds(demand.seconds, demand.pullSeconds, FARGATE_MINIMUM_SECONDS[os]))
    .div(SECONDS_PER_HOUR);

/** Task-hours that image pulls add to a service: Fargate bills a task before ECS counts it as running. */
export const pullTaskHours = (taskStartsPerMonth: string, imagePullSeconds: number): Decimal =>
  new Decimal(taskStartsPerMonth).times(imagePullSeconds).div(SECONDS_PER_HOUR);

const meanOf = (counts: readonly number[]): Decimal => {
  if (counts.length === 0) return new Decimal(0);
  return new Decimal(counts.reduce((a, b) => a + b, 0)).div(counts.length);
};
