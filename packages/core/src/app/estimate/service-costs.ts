import { type CostedLines, concatLines, costLines } from "../../domain/costing/costed-lines.ts";
import type { PricedLines } from "../../domain/costing/line-item.ts";
import { pricePooled, type SubjectUsage } from "../../domain/costing/price-pooled.ts";
import type { Overhead } from "../../domain/overhead/overhead.ts";
import { serviceUsages } from "../../domain/overhead/service-usages.ts";
import { sharedUsages } from "../../domain/overhead/shared-usages.ts";
import { isOnFargate } from "../../domain/placement/assume-placement.ts";
import { Decimal } from "../../domain/units/decimal.ts";
import type { CostContext } from "../context/cost-context.ts";
import { type EstimatedFleets, estimateFleets } from "./configured-fleets.ts";
import { withoutAddresses } from "./public-addresses.ts";
import { type ServiceCompute, serviceCompute } from "./service-compute.ts";

/** A service as configured: what its tasks cost, what comes along, and both together. */
export interface ServiceCost {
  readonly compute: ServiceCompute;
  readonly overhead: PricedLines;
  /** Whether everything that its tasks run on has a price. */
  readonly computeComplete: boolean;
  readonly lines: CostedLines;
}

export interface EstimatedCosts {
  readonly services: readonly ServiceCost[];
  readonly shared: CostedLines;
  readonly fleets: EstimatedFleets;
}

/** Subject of what is shared; ids of services hold a slash, so they never collide with it. */
const SHARED = "shared";
const NOTHING: PricedLines = { lineItems: [], unpriced: [] };

/** Costs of everything in the inventory as it is configured. */
export const estimateCosts = (context: CostContext): EstimatedCosts => {
  const computes = context.inventory.services.map((service) => serviceCompute(service, context));
  const fleets = estimateFleets(computes, context);
  const settled = computes.map((compute) => withDaemonTasks(compute, fleets));
  const overheads = priceOverheads(settled, context);
  const services = settled.map((compute): ServiceCost => {
    const { id } = compute.service;
    const own = compute.lines ?? (fleets.unplaced.has(id) ? undefined : fleets.parts.get(id));
    const overhead = overheads.get(id) ?? NOTHING;
    const lines = costLines(concatLines([own ?? NOTHING, alongWith(compute, overhead, context)]));
    const known = own !== undefined && compute.known;
    const computeComplete = known && own.unpriced.length === 0;
    return { compute, overhead, computeComplete, lines: known ? lines : unknownPart(lines) };
  });
  return { services, shared: costLines(concatLines([overheads.get(SHARED) ?? NOTHING, ...fleets.idle])), fleets };
};

const alongWith = (compute: ServiceCompute, overhead: PricedLines, { notes }: CostContext): PricedLines => {
  const { placement, service } = compute;
  if (isOnFargate(placement)) return overhead;
  if (service.network.publicIp) {
    notes.report({
      code: "ignored-input",
      severity: "info",
      subject: service.id,
      detail: "Only tasks on Fargate can have a public address of their own, so none is billed.",
    });
  }
  return withoutAddresses(overhead);
};

/** Lines of which something is missing: never complete, and null instead of 0 where there are none. */
const unknownPart = (lines: CostedLines): CostedLines => ({
  ...lines,
  complete: false,
  monthlyCost: lines.lineItems.length === 0 ? null : lines.monthlyCost,
});

const withDaemonTasks = (compute: ServiceCompute, fleets: EstimatedFleets): ServiceCompute => {
  const count = fleets.daemonTasks.get(compute.service.id);
  if (count === undefined) return compute;
  if (count === 0) return { ...compute, known: false };
  const tasks = new Decimal(count);
  return { ...compute, averageTasks: tasks, tasks: new Map([[compute.runsOn.join(" + "), tasks]]), known: true };
};

const priceOverheads = (
  computes: readonly ServiceCompute[],
  context: CostContext,
): ReadonlyMap<string, PricedLines> => {
  const { inventory, hours, catalogue } = context;
  const usages: SubjectUsage[] = [];
  const collect = (subject: string, overhead: Overhead): void => {
    for (const assumption of overhead.assumptions) context.notes.assume(assumption);
    for (const issue of overhead.issues) context.notes.report(issue);
    for (const usage of overhead.usages) usages.push({ subject, usage });
  };
  for (const { service, averageTasks } of computes) {
    collect(service.id, serviceUsages(service, averageTasks, hours, inventory.shared));
  }
  collect(SHARED, sharedUsages(inventory, hours));
  return pricePooled(usages, catalogue);
};
