import type { Decimal } from "../units/decimal.ts";

/** What a target capacity below 100 keeps ready, and what it costs. */
export interface TargetCapacity {
  /** `targetCapacity` of the capacity provider's managed scaling, percent, 1 to 100. */
  readonly targetCapacity: number;
  /** Instances in the steady state. */
  readonly instances: number;
  /** Instances beyond those that the tasks need. */
  readonly idle: number;
  /** USD a month of the idle instances. */
  readonly idleMonthlyCost: Decimal;
}

/**
 * Steady state of managed scaling, which keeps CapacityProviderReservation = M / N x 100 at the target for the M
 * instances that the tasks need: N = ceil(M x 100 / target). From 0 instances ECS starts two at once.
 *
 * @example targetCapacityCost(9, 90, price, hours) // 10 instances, 1 idle
 */
export const targetCapacityCost = (
  needed: number,
  targetCapacity: number,
  instanceHour: Decimal,
  hoursPerMonth: Decimal,
): TargetCapacity => {
  if (!Number.isInteger(targetCapacity) || targetCapacity < 1 || targetCapacity > 100)
    throw new RangeError(`the target capacity is ${targetCapacity}: expected a whole number from 1 to 100`);
  const instances = Math.ceil((needed * 100) / targetCapacity);
  const idle = instances - needed;
  return { targetCapacity, instances, idle, idleMonthlyCost: instanceHour.times(hoursPerMonth).times(idle) };
};

/**
 * The highest target capacity that keeps room for `spareTasks` more tasks without waiting for an instance, for a
 * provider whose instances hold `tasksPerInstance` tasks; undefined where nothing runs, because M / N is 100 then.
 */
export const targetCapacityFor = (
  needed: number,
  spareTasks: number,
  tasksPerInstance: number,
  instanceHour: Decimal,
  hoursPerMonth: Decimal,
): TargetCapacity | undefined => {
  if (needed === 0) return undefined;
  const spare = Math.ceil(spareTasks / tasksPerInstance);
  for (let target = 100; target >= 1; target -= 1) {
    const plan = targetCapacityCost(needed, target, instanceHour, hoursPerMonth);
    if (plan.idle >= spare) return plan;
  }
  return undefined;
};
