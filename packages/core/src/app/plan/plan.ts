import { sumLines } from "../../domain/costing/costed-lines.ts";
import type { UsageByService } from "../../domain/demand/usage-by-service.ts";
import { createNotes } from "../../domain/issues/notes.ts";
import type { KnownPlans } from "../../domain/placement/plan-fleets.ts";
import { solveAssignment } from "../../domain/planning/solve.ts";
import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import { gapOf } from "../../domain/report/join-plans.ts";
import type { PlanReport } from "../../domain/report/plan-report.ts";
import { Decimal, sum, ZERO } from "../../domain/units/decimal.ts";
import type { Inventory } from "../../domain/workload/inventory.ts";
import type { Service } from "../../domain/workload/service.ts";
import type { CapacityProvider } from "../../domain/workload/shared.ts";
import { type CostContext, createContext } from "../context/cost-context.ts";
import { knownTotal, noteCosts, reportHead, reportTail, totalsOf } from "../estimate/estimate.ts";
import { withAdvice } from "../estimate/reprice-service.ts";
import { type EstimatedCosts, estimateCosts, type ServiceCost } from "../estimate/service-costs.ts";
import type { RightsizeSettings } from "../rightsize/settings.ts";
import { advisedSizes } from "./advised-sizes.ts";
import { clusterProblem } from "./cluster-problem.ts";
import { fargateWays } from "./fargate-ways.ts";
import { plannedServices } from "./planned-services.ts";
import { type PlanSettings, type SettledPlanSettings, settlePlanSettings } from "./settings.ts";
import { type PlanState, type ServiceChange, stepChanges } from "./step-changes.ts";
import { takeSteps } from "./take-steps.ts";

/** A plan, and the inventory as it would be after all of its steps. */
export interface Planned {
  readonly report: PlanReport;
  readonly inventory: Inventory;
}

/** What a plan is made from. */
export interface PlanInput {
  readonly inventory: Inventory;
  readonly catalogue: PriceCatalogue;
  readonly settings?: PlanSettings;
  /** Utilization by service, for task sizes; sizes stay where it is not given. */
  readonly usage?: UsageByService;
  /** How sizes are found in it. */
  readonly rightsizing?: RightsizeSettings;
}

/**
 * The cheapest consistent way found to run everything, in USD a month: each service on one option, every fleet packed for
 * exactly its members, what is shared once. It never costs more than today.
 *
 * @throws {RangeError} where a setting is out of its range.
 */
export const plan = ({ inventory, catalogue, settings = {}, usage, rightsizing = {} }: PlanInput): Planned => {
  const settled = settlePlanSettings(settings);
  const known: KnownPlans = new Map();
  const context: CostContext = { ...createContext(inventory, catalogue, settings), fleets: { known } };
  const today = estimateCosts(context);
  noteCosts(today, context);
  const isKept = keeper(settled);
  const sizes =
    usage === undefined
      ? new Map<string, never>()
      : advisedSizes(inventory, catalogue, usage, { ...rightsizing, ...hoursOf(settings) }, context);
  const sized = inventory.services.map((service) =>
    isKept(service) ? service : withAdvice(service, sizes.get(service.id)),
  );
  const chosen = chooseWays(sized, context, settings, settled, isKept);
  const start: PlanState = { services: inventory.services, shared: inventory.shared };
  const changes = changesOf(inventory.services, sized, chosen.services);
  const steps = stepChanges(changes, inventory.shared, chosen.added);
  const taken = takeSteps(start, today, steps, context, settled.moves);
  const after: Inventory = { ...inventory, ...taken.state };
  const bound = Decimal.min(chosen.lowerBound, knownTotal(taken.costs));
  return { report: reportOf({ today, taken, bound, settled, inventory, context }), inventory: after };
};

const hoursOf = ({ hoursPerMonth }: PlanSettings): Pick<PlanSettings, "hoursPerMonth"> =>
  hoursPerMonth === undefined ? {} : { hoursPerMonth };

const keeper = ({ keep }: SettledPlanSettings): ((service: Service) => boolean) => {
  const names = new Set(keep);
  return ({ id, name }) => names.has(id) || names.has(name);
};

interface Chosen {
  readonly services: readonly Service[];
  readonly added: readonly CapacityProvider[];
  readonly lowerBound: Decimal;
}

/** Fleets that a search may price, for the moves of single services and for the search over all choices. */
const BUDGET = { improve: 600, exact: 2_500 };

const chooseWays = (
  services: readonly Service[],
  context: CostContext,
  settings: PlanSettings,
  settled: SettledPlanSettings,
  isKept: (service: Service) => boolean,
): Chosen => {
  const sized: CostContext = { ...context, inventory: { ...context.inventory, services }, notes: createNotes() };
  const costs = estimateCosts(sized);
  const fargate = fargateWays(services, ["x86_64", "arm64"], sized, settings, settled);
  const byId = new Map<string, Service>();
  const added: CapacityProvider[] = [];
  let lowerBound = sum([costs.shared.monthlyCost ?? ZERO]);
  const clusters = [...Map.groupBy(costs.services, ({ compute }) => compute.service.cluster)];
  const share = Math.max(1, Math.floor(clusters.length / 4));
  for (const [cluster, members] of clusters) {
    const { problem, ways, fleets } = clusterProblem({
      cluster,
      costs: members,
      context: sized,
      settled,
      fargate,
      isKept,
    });
    const found = solveAssignment(problem, {
      improve: Math.ceil(BUDGET.improve / share),
      exact: Math.ceil(BUDGET.exact / share),
    });
    const taken = found.ways.flatMap((way, item) => ways[item]?.[way] ?? []);
    for (const { service } of taken) byId.set(service.id, service);
    const used = new Set(taken.flatMap(({ service }) => providersOf(service)));
    added.push(...fleets.flatMap(({ added: provider }) => (provider && used.has(provider.name) ? [provider] : [])));
    lowerBound = lowerBound.plus(found.lowerBound).plus(unplannedCost(members, byId));
  }
  return { services: services.map((service) => byId.get(service.id) ?? service), added, lowerBound };
};

const providersOf = ({ placement }: Service): readonly string[] =>
  placement.kind === "strategy" ? placement.items.map(({ capacityProvider }) => capacityProvider) : [];

/** What services that cannot be planned cost beside fleets: what comes along, and tasks that are priced in part. */
const unplannedCost = (members: readonly ServiceCost[], planned: ReadonlyMap<string, Service>): Decimal =>
  sum(
    members
      .filter(({ compute }) => !planned.has(compute.service.id))
      .map(({ compute, overhead }) =>
        compute.lines === undefined
          ? sumLines(overhead.lineItems)
          : sumLines([...compute.lines.lineItems, ...overhead.lineItems]),
      ),
  );

const changesOf = (
  before: readonly Service[],
  sized: readonly Service[],
  after: readonly Service[],
): readonly ServiceChange[] =>
  before.flatMap((service, index) => {
    const planned = after[index];
    return planned === undefined || planned === service
      ? []
      : [{ before: service, sized: sized[index] ?? service, after: planned }];
  });

interface Evidence {
  readonly today: EstimatedCosts;
  readonly taken: ReturnType<typeof takeSteps>;
  readonly bound: Decimal;
  readonly settled: SettledPlanSettings;
  readonly inventory: Inventory;
  readonly context: CostContext;
}

const reportOf = ({ today, taken, bound, settled, context }: Evidence): PlanReport => {
  const beforeMonthlyCost = knownTotal(today);
  const afterMonthlyCost = knownTotal(taken.costs);
  let saved = ZERO;
  const frontier = taken.steps.map(({ monthlySaving }, index) => {
    saved = saved.plus(monthlySaving);
    return { moves: index + 1, monthlySaving: saved };
  });
  return {
    ...reportHead("plan", context),
    settings: settled,
    totalMonthlyCost: afterMonthlyCost,
    beforeMonthlyCost,
    afterMonthlyCost,
    monthlySaving: beforeMonthlyCost.minus(afterMonthlyCost),
    lowerBound: bound,
    gap: gapOf(afterMonthlyCost, bound),
    complete: totalsOf(today, context).complete,
    steps: taken.steps,
    frontier,
    services: plannedServices(today, taken, context),
    shared: taken.costs.shared,
    fleets: taken.costs.fleets.reports,
    commitments: [],
    ...reportTail(context),
  };
};
