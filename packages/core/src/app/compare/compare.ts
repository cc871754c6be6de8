import { fleetTasks } from "../../domain/billing/task-hours.ts";
import { type AverageTasks, connectivityOptions } from "../../domain/costing/connectivity.ts";
import type { Reason } from "../../domain/issues/issue.ts";
import { instanceProvidersOf, isOnFargate, settlePlacement } from "../../domain/placement/assume-placement.ts";
import { type BreakEven, breakEvenOf } from "../../domain/placement/break-even.ts";
import { judgeFeasibility } from "../../domain/placement/feasibility.ts";
import { optionId } from "../../domain/placement/option.ts";
import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import type { Purchase } from "../../domain/pricing/purchase.ts";
import { bestOption, type LongestTerm, rankOptions } from "../../domain/ranking/rank-options.ts";
import { reportFleet } from "../../domain/report/fleet-report.ts";
import type { CompareReport, FleetReport, OptionReport, ServiceComparison } from "../../domain/report/report.ts";
import { Decimal, ZERO } from "../../domain/units/decimal.ts";
import type { Inventory } from "../../domain/workload/inventory.ts";
import type { Service } from "../../domain/workload/service.ts";
import type { InstanceProviderType } from "../../domain/workload/shared.ts";
import { type CostContext, type CostSettings, createContext } from "../context/cost-context.ts";
import { NAMED } from "../context/named-assumptions.ts";
import { identityOf } from "../context/service-identity.ts";
import { noteCosts, reportHead, reportTail, totalsOf } from "../estimate/estimate.ts";
import { type EstimatedCosts, estimateCosts, type ServiceCost } from "../estimate/service-costs.ts";
import { type ComparedFleets, compareFleets } from "./compare-fleets.ts";
import { type Comparable, derivedBy, serviceOptions } from "./compare-service.ts";

export interface CompareSettings extends CostSettings {
  /** Longest commitment in years that the best option may have, 0 for none and unless given. All options are listed. */
  readonly longestTerm?: LongestTerm;
}

/**
 * What every service of an inventory costs in a month on every way to run it, in USD, ranked. Fleets on instances are
 * shared by the services of a cluster; an option that cannot be had carries every reason.
 */
export const compare = (
  inventory: Inventory,
  catalogue: PriceCatalogue,
  settings: CompareSettings = {},
): CompareReport => {
  const context = createContext(inventory, catalogue, settings);
  const costs = estimateCosts(context);
  noteCosts(costs, context);
  context.notes.assume(NAMED.fullCoverage);
  const fleets = compareFleets(context);
  const breakEven = breakEvens(context);
  const services = costs.services.map((cost) =>
    comparison(cost, fleets, breakEven, settings.longestTerm ?? 0, context),
  );
  return {
    ...reportHead("compare", context),
    ...totalsOf(costs, context),
    services,
    shared: costs.shared,
    fleets: fleetReports(fleets, context),
    connectivity: connectivityOptions(inventory, averageTasksOf(costs), catalogue, context.hours),
    ...reportTail(context),
  };
};

const averageTasksOf = (costs: EstimatedCosts): AverageTasks => {
  const known = new Map(costs.services.map(({ compute }) => [compute.service.id, compute.averageTasks]));
  return ({ id }) => known.get(id);
};

const fleetReports = ({ fleets }: ComparedFleets, { hours, catalogue }: CostContext): readonly FleetReport[] =>
  fleets.flatMap(({ id, fleet }) => {
    const report = reportFleet(id, fleet, hours, catalogue);
    return report === undefined || report.instances.length === 0 ? [] : [report];
  });

const comparison = (
  { compute, lines, overhead, computeComplete }: ServiceCost,
  fleets: ComparedFleets,
  breakEven: (comparable: Comparable) => BreakEven | null,
  longestTerm: LongestTerm,
  context: CostContext,
): ServiceComparison => {
  const { service, runsOn } = compute;
  const head = {
    ...identityOf(service),
    current: {
      runsOn,
      monthlyCost: computeComplete ? lines.monthlyCost : null,
      complete: lines.complete,
      ...derivedBy(lines.lineItems),
    },
  };
  if (service.task === undefined) {
    return { ...head, best: null, bestMonthlyCost: null, monthlySaving: null, options: [], breakEven: null };
  }
  const comparable: Comparable = { service, task: service.task, demand: service.demand, overhead };
  const options = rankOptions(serviceOptions(comparable, fleets, context));
  const advised = bestOption(options, service.interruptible, service.demand?.kind === "runs" ? 0 : longestTerm);
  const todaysId = todaysOption(service, context);
  const today = options.find(({ id }) => id === todaysId);
  const best = cheaperThan(advised, today) ? advised : today;
  return {
    ...head,
    best: best?.id ?? null,
    bestMonthlyCost: best?.monthlyCost ?? null,
    monthlySaving: savingOf(head.current.monthlyCost, best),
    options,
    breakEven: breakEven(comparable),
  };
};

/** Whether an option costs less than today's; one that costs the same is no reason to move. */
const cheaperThan = (option: OptionReport | undefined, today: OptionReport | undefined): boolean =>
  today?.monthlyCost == null || option?.monthlyCost == null || option.monthlyCost.lessThan(today.monthlyCost);

/** Id of the option that the service runs on, where it is one. */
const todaysOption = (service: Service, { inventory }: CostContext): string | undefined => {
  const placement = settlePlacement(service, inventory.shared);
  if (placement.kind === "fargate-strategy") {
    const [only, other] = placement.items;
    if (only === undefined || other !== undefined) return undefined;
    return only.capacityProvider === "FARGATE" ? "fargate" : "fargate-spot";
  }
  if (isOnFargate(placement)) return "fargate";
  const [first, ...others] = [
    ...new Set(
      instanceProvidersOf(placement, inventory.shared).map(({ type, purchase }) => instanceOption(type, purchase)),
    ),
  ];
  return others.length === 0 ? first : undefined;
};

const instanceOption = (type: InstanceProviderType, purchase: Purchase): string => {
  const product = type === "managed-instances" ? type : "ec2";
  return optionId({ product, purchase, architecture: "x86_64" }, "x86_64");
};

const savingOf = (current: Decimal | null, best: OptionReport | undefined): Decimal | null => {
  if (current === null) return null;
  if (best?.monthlyCost == null) return ZERO;
  return Decimal.max(ZERO, current.minus(best.monthlyCost));
};

/** Break-even points, worked out once for each task shape. */
const breakEvens = ({ inventory, hours, catalogue }: CostContext): ((comparable: Comparable) => BreakEven | null) => {
  const known = new Map<string, ReturnType<typeof breakEvenOf>>();
  return ({ service, task, demand }) => {
    if (demand === undefined || task.os === "windows") return null;
    const option = { product: "fargate", purchase: "on-demand", architecture: task.architecture } as const;
    const { blockers, task: onFargate }: { blockers: readonly Reason[]; task: typeof task } = judgeFeasibility(
      service,
      task,
      option,
    );
    if (blockers.length > 0) return null;
    const { cpu, memory, architecture, gpu, networkMode, ephemeralStorageGiB, ports } = task;
    const key = JSON.stringify([cpu, memory, architecture, gpu, networkMode, ephemeralStorageGiB, ports]);
    if (!known.has(key)) known.set(key, breakEvenOf(onFargate, task, inventory.shared.ec2, hours, catalogue));
    return known.get(key)?.(fleetTasks(demand, hours)) ?? null;
  };
};
