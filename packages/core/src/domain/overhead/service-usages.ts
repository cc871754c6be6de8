import type { Issue } from "../issues/issue.ts";
import { Decimal } from "../units/decimal.ts";
import type { Service } from "../workload/service.ts";
import { insightsOf, type SharedInfrastructure } from "../workload/shared.ts";
import { addressUsage } from "./addresses.ts";
import { logUsage } from "./logs.ts";
import { serviceMetricUsage } from "./metrics.ts";
import { monthlyItemUsage } from "./monthly-items.ts";
import { imagePullUsage } from "./nat.ts";
import { joinOverheads, type Overhead, overheadOf } from "./overhead.ts";
import { secretUsage } from "./secrets.ts";
import { storageUsage } from "./storage.ts";
import { traceUsage } from "./tracing.ts";
import { transferUsage } from "./transfer.ts";

/**
 * Everything that one service brings along, whatever it runs on, for a month of this many hours. Without an average
 * number of tasks, what depends on it is left out and named in an issue.
 */
export const serviceUsages = (
  service: Service,
  averageTasks: Decimal | undefined,
  hoursPerMonth: Decimal,
  shared: SharedInfrastructure,
): Overhead => {
  const tasks = averageTasks ?? new Decimal(0);
  return joinOverheads([
    imagePullUsage(service, shared),
    addressUsage(service, tasks, hoursPerMonth),
    transferUsage(service),
    logUsage(service, hoursPerMonth),
    serviceMetricUsage(service, tasks, insightsOf(shared, service.cluster)),
    storageUsage(service, tasks),
    secretUsage(service),
    monthlyItemUsage(service),
    traceUsage(service),
    overheadOf([], [], averageTasks === undefined ? unknownTaskIssues(service, shared) : []),
  ]);
};

const unknownTaskIssues = (service: Service, shared: SharedInfrastructure): Issue[] => {
  const missing = [
    service.network.publicIp ? "public IPv4 addresses" : undefined,
    new Decimal(service.extras.ebsGiBPerTask).isZero() ? undefined : "task volumes",
    insightsOf(shared, service.cluster) === "off" ? undefined : "Container Insights metrics",
  ].filter((part) => part !== undefined);
  if (missing.length === 0) return [];
  return [
    {
      code: "unknown-cost",
      severity: "warning",
      subject: service.id,
      detail: `How many tasks run is not known, so these are not included: ${missing.join(", ")}.`,
    },
  ];
};
