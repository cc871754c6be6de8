import { settlePlacement } from "../../domain/placement/assume-placement.ts";
import { judgeFeasibility } from "../../domain/placement/feasibility.ts";
import type { Placement, Service, StrategyItem } from "../../domain/workload/service.ts";
import type { Architecture } from "../../domain/workload/task.ts";
import { capacity } from "../capacity/capacity.ts";
import type { CostContext } from "../context/cost-context.ts";
import type { PlanSettings, SettledPlanSettings } from "./settings.ts";

/** How a service would run on Fargate on one architecture; undefined where it cannot or may not. */
export type FargateWays = (service: Service, architecture: Architecture) => readonly Service[];

const ON_DEMAND: Placement = { kind: "launch-type", launchType: "FARGATE" };
const SPOT_ONLY: Placement = { kind: "strategy", items: [{ capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 }] };

/** The service on Fargate, its size rounded up to a legal one; undefined where something keeps it off. */
const onFargate = (service: Service, architecture: Architecture, placement: Placement): Service | undefined => {
  const { task } = service;
  if (task === undefined || service.demand === undefined || service.scheduling === "daemon") return undefined;
  const purchase = placement === SPOT_ONLY ? "spot" : "on-demand";
  const { blockers, task: placed } = judgeFeasibility(service, task, { product: "fargate", purchase, architecture });
  return blockers.length > 0 ? undefined : { ...service, task: { ...placed, networkMode: "awsvpc" }, placement };
};

/**
 * Ways on Fargate: on demand, and the cheapest strategy with Spot that keeps enough tasks running where the service may
 * be interrupted. Standalone runs that may be interrupted go to Spot as they come.
 */
export const fargateWays = (
  services: readonly Service[],
  architectures: readonly Architecture[],
  context: CostContext,
  settings: PlanSettings,
  settled: SettledPlanSettings,
): FargateWays => {
  const strategies = new Map(
    settled.spot
      ? architectures.map((architecture) => [architecture, spotStrategies(services, architecture, context, settings)])
      : [],
  );
  return (service, architecture) => {
    const onDemand = onFargate(service, architecture, onDemandOf(service, context));
    if (onDemand === undefined) return [];
    const spot = withSpot(onDemand, strategies.get(architecture)?.get(service.id), settled);
    return spot === undefined ? [onDemand] : [onDemand, spot];
  };
};

/** What runs on Fargate on demand stays spelled as it is. */
const onDemandOf = (service: Service, { inventory }: CostContext): Placement => {
  const today = settlePlacement(service, inventory.shared);
  return today.kind === "launch-type" && today.launchType === "FARGATE" ? service.placement : ON_DEMAND;
};

const withSpot = (
  onDemand: Service,
  strategy: readonly StrategyItem[] | undefined,
  { spot }: SettledPlanSettings,
): Service | undefined => {
  if (!spot || onDemand.interruptible === "no" || onDemand.task?.os === "windows") return undefined;
  if (onDemand.demand?.kind === "runs") {
    return onDemand.interruptible === "yes" ? { ...onDemand, placement: SPOT_ONLY } : undefined;
  }
  if (strategy === undefined || !strategy.some(({ capacityProvider }) => capacityProvider === "FARGATE_SPOT")) {
    return undefined;
  }
  return { ...onDemand, placement: { kind: "strategy", items: strategy } };
};

const spotStrategies = (
  services: readonly Service[],
  architecture: Architecture,
  { inventory, catalogue }: CostContext,
  settings: PlanSettings,
): ReadonlyMap<string, readonly StrategyItem[]> => {
  const moved = services.flatMap((service) => {
    const mayBeInterrupted = service.interruptible === "yes" || service.interruptible === "partly";
    return mayBeInterrupted ? (onFargate(service, architecture, ON_DEMAND) ?? []) : [];
  });
  if (moved.length === 0) return new Map();
  const { hoursPerMonth, availability } = settings;
  const report = capacity({ ...inventory, services: moved }, catalogue, {
    ...(hoursPerMonth === undefined ? {} : { hoursPerMonth }),
    ...(availability === undefined ? {} : { availability }),
  });
  return new Map(
    report.services.flatMap(({ cluster, name, feasible, strategy }) =>
      feasible && strategy.length > 0 ? [[`${cluster}/${name}`, strategy]] : [],
    ),
  );
};
