import type { Decimal } from "../units/decimal.ts";
import type { Service } from "../workload/service.ts";
import { type Overhead, overheadOf, usageOf } from "./overhead.ts";

export const IPV4_HOUR_KEY = "ipv4.hour";

/**
 * Address-hours of tasks that have a public IPv4 address: one for each running task.
 * @see https://aws.amazon.com/vpc/pricing/ "Public IPv4 Address", checked 2026-11-20
 */
export const addressUsage = (service: Service, averageTasks: Decimal, hours: Decimal): Overhead =>
  overheadOf(service.network.publicIp ? usageOf(IPV4_HOUR_KEY, averageTasks.times(hours)) : []);
