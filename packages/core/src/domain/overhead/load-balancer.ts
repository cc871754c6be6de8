import type { BillableUsage } from "../pricing/billable-usage.ts";
import { Decimal } from "../units/decimal.ts";
import type { LoadBalancer } from "../workload/shared.ts";
import { IPV4_HOUR_KEY } from "./addresses.ts";
import { type Overhead, overheadOf, usageOf } from "./overhead.ts";

/** What one capacity unit holds. */
interface CapacityUnit {
  readonly newConnectionsPerSecond: number;
  readonly activeConnections: number;
  readonly gbPerHour: number;
  /** Undefined where rules do not count. */
  readonly ruleEvaluationsPerSecond?: number;
}

/**
 * Application: 25 new connections a second, 3,000 active ones a minute, 1 GB an hour, 1,000 rule evaluations a second.
 * Network (TCP): 800 new connections a second, 100,000 active ones, 1 GB an hour.
 * @see https://aws.amazon.com/elasticloadbalancing/pricing/ checked 2026-11-20
 */
const CAPACITY_UNITS: Readonly<Record<LoadBalancer["type"], CapacityUnit>> = {
  application: {
    newConnectionsPerSecond: 25,
    activeConnections: 3000,
    gbPerHour: 1,
    ruleEvaluationsPerSecond: 1000,
  },
  network: { newConnectionsPerSecond: 800, activeConnections: 100_000, gbPerHour: 1 },
};

const KEYS = {
  application: { hour: "alb.hour", lcu: "alb.lcu_hour" },
  network: { hour: "nlb.hour", lcu: "nlb.lcu_hour" },
} as const;

/**
 * Capacity units in use: the dimension that needs most of them, not rounded. The month's averages stand for each hour.
 *
 * @example 10,000 new connections a second at an application load balancer //=> 400
 */
export const capacityUnits = (balancer: LoadBalancer): Decimal => {
  const unit = CAPACITY_UNITS[balancer.type];
  const dimensions = [
    new Decimal(balancer.newConnectionsPerSecond).div(unit.newConnectionsPerSecond),
    new Decimal(balancer.activeConnections).div(unit.activeConnections),
    new Decimal(balancer.processedGbPerHour).div(unit.gbPerHour),
  ];
  if (unit.ruleEvaluationsPerSecond !== undefined) {
    dimensions.push(new Decimal(balancer.ruleEvaluationsPerSecond).div(unit.ruleEvaluationsPerSecond));
  }
  return Decimal.max(...dimensions);
};

/** Hours, capacity-unit-hours and public addresses of each load balancer, labelled with its name. */
export const loadBalancerUsage = (balancers: readonly LoadBalancer[], hours: Decimal): Overhead => {
  const usages = balancers.flatMap((balancer) => usagesOf(balancer, hours));
  const loaded = usages.some((usage) => usage.key.endsWith(".lcu_hour"));
  const averaged = {
    code: "load-balancer-averages",
    detail:
      "Capacity units are worked out from averages over the month; AWS bills the highest dimension of each hour, so " +
      "uneven traffic costs more.",
  };
  return overheadOf(usages, loaded ? [averaged] : []);
};

const usagesOf = (balancer: LoadBalancer, hours: Decimal): BillableUsage[] => {
  const keys = KEYS[balancer.type];
  return [
    ...usageOf(keys.hour, hours, balancer.name),
    ...usageOf(keys.lcu, capacityUnits(balancer).times(hours), balancer.name),
    ...usageOf(IPV4_HOUR_KEY, hours.times(balancer.publicIpv4Addresses), balancer.name),
  ];
};
