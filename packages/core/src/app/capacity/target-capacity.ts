import type { CapacityAdvice } from "../../domain/capacity/capacity-advice.ts";
import { targetCapacityCost, targetCapacityFor } from "../../domain/capacity/target-capacity.ts";
import type { TargetCapacityAdvice } from "../../domain/report/capacity-report.ts";
import type { CostContext } from "../context/cost-context.ts";
import { largestRise } from "./demand.ts";
import type { Advisable, ServiceOptions } from "./options.ts";

/**
 * Room that managed scaling keeps for a service on the Auto Scaling group that its strategy uses first, as though the
 * instances held this service alone; null where it uses none.
 */
export const targetCapacityOf = (
  { service, profile }: Advisable,
  { priced }: ServiceOptions,
  { strategy, tasks }: Pick<CapacityAdvice, "strategy" | "tasks">,
  { inventory, hours }: CostContext,
): TargetCapacityAdvice | null => {
  const used = priced.find(
    ({ spec }) =>
      spec.type === "auto-scaling-group" &&
      strategy.some(({ capacityProvider }) => capacityProvider === spec.capacityProvider),
  );
  if (used?.price.fleet === undefined) return null;
  const { tasksPerInstance, instanceHour } = used.price.fleet;
  const instances = Math.ceil((tasks[used.spec.capacityProvider] ?? 0) / tasksPerInstance);
  const spareTasks = largestRise(service, profile);
  const targetCapacity = used.spec.targetCapacity ?? inventory.shared.ec2.targetCapacity;
  return {
    capacityProvider: used.spec.capacityProvider,
    current: targetCapacityCost(instances, targetCapacity, instanceHour, hours),
    spareTasks,
    advised: targetCapacityFor(instances, spareTasks, tasksPerInstance, instanceHour, hours) ?? null,
  };
};
