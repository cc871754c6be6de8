import type { BillableUsage } from "../pricing/billable-usage.ts";
import { FARGATE_EPHEMERAL_KEY, fargateKey } from "../pricing/price-key.ts";
import type { Purchase } from "../pricing/purchase.ts";
import { Decimal } from "../units/decimal.ts";
import { atQuantityResolution } from "../units/quantity.ts";
import { CPU_UNITS_PER_VCPU, MIB_PER_GB } from "../units/size.ts";
import type { TaskShape } from "../workload/task.ts";

/**
 * Ephemeral storage that comes with every Fargate task, in GiB.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html (checked 2026-11-20)
 */
export const FARGATE_INCLUDED_EPHEMERAL_GIB = 20;

/** What Fargate meters for so many hours of a task: vCPU, GB, the Windows licence and storage above 20 GB. */
export const fargateUsage = (task: TaskShape, purchase: Purchase, taskHours: Decimal): BillableUsage[] => {
  if (taskHours.isZero()) return [];
  const vcpuHours = hoursOf(taskHours, new Decimal(task.cpu).div(CPU_UNITS_PER_VCPU));
  const usage: BillableUsage[] = [
    { key: fargateKey(task.os, task.architecture, purchase, "vcpu-hour"), quantity: vcpuHours },
    {
      key: fargateKey(task.os, task.architecture, purchase, "gb-hour"),
      quantity: hoursOf(taskHours, new Decimal(task.memory).div(MIB_PER_GB)),
    },
  ];
  if (task.os === "windows") {
    usage.push({ key: fargateKey("windows", task.architecture, "on-demand", "os-vcpu-hour"), quantity: vcpuHours });
  }
  return [...usage, ...ephemeralUsage(task, taskHours)];
};

/** GB-hours of ephemeral storage above what is included. */
export const ephemeralUsage = (task: TaskShape, taskHours: Decimal): BillableUsage[] => {
  const extraGiB = task.ephemeralStorageGiB - FARGATE_INCLUDED_EPHEMERAL_GIB;
  if (extraGiB <= 0 || taskHours.isZero()) return [];
  return [{ key: FARGATE_EPHEMERAL_KEY, quantity: hoursOf(taskHours, new Decimal(extraGiB)) }];
};

const hoursOf = (taskHours: Decimal, perTask: Decimal): Decimal => atQuantityResolution(taskHours.times(perTask));
