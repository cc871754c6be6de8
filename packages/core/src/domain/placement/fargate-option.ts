import { ephemeralUsage, fargateUsage } from "../billing/fargate.ts";
import { sumLines } from "../costing/costed-lines.ts";
import type { PricedLines } from "../costing/line-item.ts";
import { priceUsage } from "../costing/price-usage.ts";
import type { BillableUsage } from "../pricing/billable-usage.ts";
import type { PriceCatalogue } from "../pricing/price.ts";
import type { Purchase } from "../pricing/purchase.ts";
import { Decimal } from "../units/decimal.ts";
import { atQuantityResolution } from "../units/quantity.ts";
import type { Demand, Service } from "../workload/service.ts";
import type { TaskShape } from "../workload/task.ts";
import { billedTaskHours } from "./service-hours.ts";

/**
 * What all tasks of a service cost on Fargate under one purchase. A Savings Plan is committed to for every hour: where
 * counts change by the hour it covers the number of tasks that makes the month cheapest, and the rest is on demand.
 */
export const priceOnFargate = (
  service: Service,
  task: TaskShape,
  demand: Demand,
  purchase: Purchase,
  hours: Decimal,
  catalogue: PriceCatalogue,
): PricedLines => {
  if (purchase.startsWith("compute-sp") && demand.kind === "hourly") {
    return cheapestCoverage(task, demand.counts, purchase, hours, catalogue);
  }
  const taskHours = billedTaskHours(service, demand, task.os, hours);
  return priceUsage(fargateUsage(task, purchase, taskHours), catalogue);
};

const cheapestCoverage = (
  task: TaskShape,
  counts: readonly number[],
  purchase: Purchase,
  hours: Decimal,
  catalogue: PriceCatalogue,
): PricedLines => {
  const covered = coveredTasks(task, counts, purchase, catalogue);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const beyond = counts.reduce((total, count) => total + Math.max(0, count - covered), 0);
  const onDemandHours = atQuantityResolution(hours.times(beyond).div(Math.max(1, counts.length)));
  // Storage is no part of a plan: it is billed for the hours in which tasks run.
  const bare = { ...task, ephemeralStorageGiB: 0 };
  const usage: BillableUsage[] = [
    ...fargateUsage(bare, purchase, hours.times(covered)),
    ...fargateUsage(bare, "on-demand", onDemandHours),
    ...ephemeralUsage(task, atQuantityResolution(hours.times(total).div(Math.max(1, counts.length)))),
  ];
  return priceUsage(usage, catalogue);
};

/**
 * Tasks to commit to: as many as run often enough that on-demand hours would cost more than the plan's, that is in more
 * than `plan rate / on-demand rate` of all hours.
 */
const coveredTasks = (
  task: TaskShape,
  counts: readonly number[],
  purchase: Purchase,
  catalogue: PriceCatalogue,
): number => {
  const [plan, onDemand] = [purchase, "on-demand"].map((bought) => hourlyRate(task, bought, catalogue));
  if (plan === undefined || onDemand === undefined || onDemand.isZero()) return Math.max(0, ...counts);
  const sorted = [...counts].sort((a, b) => b - a);
  const worthwhile = plan.div(onDemand).times(sorted.length);
  return sorted[worthwhile.floor().toNumber()] ?? 0;
};

const hourlyRate = (task: TaskShape, purchase: Purchase, catalogue: PriceCatalogue): Decimal | undefined => {
  const priced = priceUsage(fargateUsage({ ...task, ephemeralStorageGiB: 0 }, purchase, new Decimal(1)), catalogue);
  return priced.unpriced.length === 0 ? sumLines(priced.lineItems) : undefined;
};
