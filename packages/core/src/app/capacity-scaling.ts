import { targetCapacityCost, targetCapacityFor } from "../domain/capacity/target-capacity.ts";
import type { TargetCapacityAdvice } from "../domain/report/capacity-report.ts";
import type { StrategyItem } from "../domain/workload/service.ts";
import { largestRise } from "./capacity-demand.ts";
import type { Advisable, ServiceOptions } from "./capacity-options.ts";
import type { CostContext } from "./cost-context.ts";

/** Room that managed scaling keeps on the Auto Scaling group that a strategy uses first; null where it uses none. */
export const targetCapacityOf = (
  { service, profile }: Advisable,
  { priced }: ServiceOptions,
  strategy: readonly StrategyItem[],
  { inventory, hours }: CostContext,
): TargetCapacityAdvice | null => {
  const used = priced.find(
    ({ spec }) =>
      spec.type === "auto-scaling-group" &&
      strategy.some(({ capacityProvider }) => capacityProvider === spec.capacityProvider),
  );
  if (used?.price.fleet === undefined) return null;
  const { instances, tasksPerInstance, instanceHour } = used.price.fleet;
  const spareTasks = largestRise(service, profile);
  const { targetCapacity } = inventory.shared.ec2;
  return {
    capacityProvider: used.spec.capacityProvider,
    current: targetCapacityCost(instances, targetCapacity, instanceHour, hours),
    spareTasks,
    advised: targetCapacityFor(instances, spareTasks, tasksPerInstance, instanceHour, hours) ?? null,
  };
};
