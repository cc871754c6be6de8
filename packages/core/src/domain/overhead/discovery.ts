import type { Service } from "../workload/service.ts";
import { type Overhead, overheadOf, usageOf } from "./overhead.ts";

/**
 * Resources registered in Cloud Map, by the month; discovery calls and hosted zones are not part of it.
 * @see https://aws.amazon.com/cloud-map/pricing/ checked 2026-11-20
 */
export const discoveryUsage = (service: Service): Overhead =>
  overheadOf(usageOf("cloudmap.resource_month", service.extras.cloudMapInstances));
