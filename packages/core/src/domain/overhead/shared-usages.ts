import type { Decimal } from "../units/decimal.ts";
import type { Inventory } from "../workload/inventory.ts";
import { endpointUsage } from "./endpoints.ts";
import { loadBalancerUsage } from "./load-balancer.ts";
import { logGroupUsage } from "./logs.ts";
import { clusterMetricUsage } from "./metrics.ts";
import { natUsage } from "./nat.ts";
import { joinOverheads, type Overhead } from "./overhead.ts";
import { resourceUsage } from "./resources.ts";

/** Everything that belongs to clusters and the VPC rather than to one service, for a month of this many hours. */
export const sharedUsages = (inventory: Inventory, hoursPerMonth: Decimal): Overhead => {
  const { shared } = inventory;
  return joinOverheads([
    natUsage(shared.natGateways, hoursPerMonth),
    endpointUsage(shared, hoursPerMonth),
    loadBalancerUsage(shared.loadBalancers, hoursPerMonth),
    clusterMetricUsage(inventory),
    logGroupUsage(shared.logGroups, hoursPerMonth),
    resourceUsage(shared.resources, hoursPerMonth),
  ]);
};
