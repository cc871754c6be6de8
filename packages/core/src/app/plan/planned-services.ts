import { instanceProvidersOf, settlePlacement } from "../../domain/placement/assume-placement.ts";
import { optionId } from "../../domain/placement/option.ts";
import type { PlannedService, PlannedState } from "../../domain/report/plan-report.ts";
import type { Service, StrategyItem } from "../../domain/workload/service.ts";
import type { Architecture } from "../../domain/workload/task.ts";
import type { CostContext } from "../context/cost-context.ts";
import { identityOf } from "../context/service-identity.ts";
import { savingBetween } from "../estimate/reprice-service.ts";
import type { EstimatedCosts, ServiceCost } from "../estimate/service-costs.ts";
import type { TakenSteps } from "./take-steps.ts";

/** Every service as it is and as the plan has it. */
export const plannedServices = (
  before: EstimatedCosts,
  { costs: after, state }: TakenSteps,
  context: CostContext,
): readonly PlannedService[] => {
  const planned: CostContext = { ...context, inventory: { ...context.inventory, shared: state.shared } };
  return after.services.flatMap((cost, index) => {
    const today = before.services[index];
    if (today === undefined) return [];
    const named = today.compute.service.task?.architecture ?? "x86_64";
    const [was, is] = [stateOf(today, named, context), stateOf(cost, named, planned)];
    return [
      {
        ...identityOf(cost.compute.service),
        ...is,
        before: was,
        changed: today.compute.service !== cost.compute.service,
        monthlySaving: savingBetween(today, cost),
        lineItems: cost.lines.lineItems,
        complete: cost.lines.complete,
      },
    ];
  });
};

const stateOf = ({ compute, lines }: ServiceCost, named: Architecture, context: CostContext): PlannedState => {
  const { service, tasks } = compute;
  return {
    option: optionOf(service, named, context),
    size: service.task === undefined ? null : { cpu: service.task.cpu, memory: service.task.memory },
    strategy: strategyOf(service, compute.runsOn),
    tasks:
      tasks === undefined
        ? null
        : Object.fromEntries([...tasks].map(([name, count]) => [name, count.toDecimalPlaces(6).toNumber()])),
    monthlyCost: lines.monthlyCost,
  };
};

const strategyOf = ({ placement }: Service, runsOn: readonly string[]): readonly StrategyItem[] => {
  if (placement.kind === "strategy") return placement.items;
  const [only] = runsOn;
  return only === "FARGATE" ? [{ capacityProvider: only, base: 0, weight: 1 }] : [];
};

const optionOf = (service: Service, named: Architecture, { inventory }: CostContext): string => {
  const architecture = service.task?.architecture ?? named;
  const suffix = architecture === named ? "" : `-${architecture}`;
  const placement = settlePlacement(service, inventory.shared);
  if (placement.kind === "fargate-strategy") {
    const names = new Set(placement.items.map(({ capacityProvider }) => capacityProvider));
    if (names.size > 1) return `fargate-with-spot${suffix}`;
    return `${names.has("FARGATE_SPOT") ? "fargate-spot" : "fargate"}${suffix}`;
  }
  const providers = instanceProvidersOf(placement, inventory.shared);
  if (providers.length === 0)
    return placement.kind === "launch-type" && placement.launchType === "EXTERNAL" ? "external" : `fargate${suffix}`;
  const ids = new Set(
    providers.map(({ type, purchase }) =>
      optionId({ product: type === "managed-instances" ? type : "ec2", purchase, architecture }, named),
    ),
  );
  const [only] = ids;
  return ids.size === 1 && only !== undefined ? only : `ec2-with-spot${suffix}`;
};
