import { allocate } from "../../domain/costing/allocate.ts";
import { costLines } from "../../domain/costing/costed-lines.ts";
import type { LineItem, UnpricedUsage } from "../../domain/costing/line-item.ts";
import { taskWeight } from "../../domain/costing/task-weight.ts";
import type { Assumption } from "../../domain/issues/issue.ts";
import type { EstimateReport, ServiceEstimate } from "../../domain/report/report.ts";
import { sum, ZERO } from "../../domain/units/decimal.ts";
import type { SharedInfrastructure } from "../../domain/workload/shared.ts";

const ALLOCATED: Assumption = {
  code: "shared-allocated",
  detail:
    "Shared costs are divided over the services: a load balancer over the services it names in equal parts, everything " +
    "else over all services by their average tasks' CPU and memory at 9 : 1.",
};

/**
 * The same estimate with every shared line divided over the services; quantities and costs add up exactly, so the total
 * stays the same to the last digit. Without services nothing changes.
 */
export const allocateShared = (report: EstimateReport, shared: SharedInfrastructure): EstimateReport => {
  if (report.services.length === 0) return report;
  const weights = report.services.map(weightOf);
  const extra = report.services.map(() => ({ lineItems: [] as LineItem[], unpriced: [] as UnpricedUsage[] }));
  for (const line of report.shared.lineItems) {
    divide(line, weightsFor(line, report.services, weights, shared)).forEach((quantity, index) => {
      if (!quantity.isZero()) extra[index]?.lineItems.push({ ...line, quantity, cost: quantity.times(line.rate) });
    });
  }
  for (const usage of report.shared.unpriced) {
    divide(usage, weightsFor(usage, report.services, weights, shared)).forEach((quantity, index) => {
      if (!quantity.isZero()) extra[index]?.unpriced.push({ ...usage, quantity });
    });
  }
  return {
    ...report,
    services: report.services.map((service, index) => withLines(service, extra[index])),
    shared: costLines({ lineItems: [], unpriced: [] }),
    assumptions: [...report.assumptions, ALLOCATED].sort((a, b) => (a.code < b.code ? -1 : 1)),
  };
};

const divide = (usage: UnpricedUsage | LineItem, weights: readonly number[]) => allocate(usage.quantity, weights);

/** 9 : 1 weight of all tasks of a service, in thousandths so that average counts stay integers. */
const weightOf = ({ cpu, memory, tasks }: ServiceEstimate): number => {
  const count = Object.values(tasks ?? {}).reduce((a, b) => a + b, 0);
  return Math.round(count * 1000) * taskWeight(cpu ?? 0, memory ?? 0);
};

/** What a load balancer is billed for; other lines may bear the same label. */
const BALANCER_KEY = /^(alb|nlb|ipv4)\./;

const weightsFor = (
  { label, dimension }: UnpricedUsage | LineItem,
  services: readonly ServiceEstimate[],
  weights: readonly number[],
  shared: SharedInfrastructure,
): readonly number[] => {
  const balancer = BALANCER_KEY.test(dimension) ? shared.loadBalancers.find(({ name }) => name === label) : undefined;
  const named = services.map(({ name }) => (balancer?.services.includes(name) ? 1 : 0));
  return named.some((weight) => weight > 0) ? named : weights;
};

const withLines = (
  service: ServiceEstimate,
  extra: { readonly lineItems: readonly LineItem[]; readonly unpriced: readonly UnpricedUsage[] } | undefined,
): ServiceEstimate => {
  const lineItems = [...service.lineItems, ...(extra?.lineItems ?? [])];
  const unpriced = [...service.unpriced, ...(extra?.unpriced ?? [])];
  const known = lineItems.length > 0 || service.monthlyCost !== null;
  return {
    ...service,
    lineItems,
    unpriced,
    monthlyCost: known ? sum([ZERO, ...lineItems.map(({ cost }) => cost)]) : null,
    complete: service.complete && unpriced.length === 0,
  };
};
