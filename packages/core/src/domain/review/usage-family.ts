import type { BilledMeter } from "../bill/billed-meter.ts";

/**
 * What a usage type could be replaced with at another price: the same meter of Fargate whatever the market, platform and
 * region, all instance-hours, and otherwise the same usage of the same service in any region.
 */
export const usageFamily = (service: string, meter: BilledMeter): string => {
  switch (meter.kind) {
    case "fargate":
      return `fargate ${meter.key.slice(meter.key.lastIndexOf("/") + 1)}`;
    case "instance":
      return "instance-hour";
    case "management-fee":
      return "management-hour";
    default:
      return `${service} ${meter.rest}`;
  }
};
