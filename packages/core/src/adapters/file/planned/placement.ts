import { effectiveStrategy } from "../../../domain/capacity/strategy-rules.ts";
import type { LaunchType, Placement, StrategyItem } from "../../../domain/workload/service.ts";
import { clusterMatches } from "./clusters.ts";
import { type Joined, nameOf } from "./joined.ts";
import {
  isKnown,
  isLink,
  known,
  type Planned,
  type PlannedCapacityProvider,
  type PlannedCluster,
  type PlannedService,
  type PlannedStrategyItem,
  type PlannedTaskDefinition,
  UNKNOWN,
} from "./planned.ts";
import { nameOfProvider } from "./providers.ts";

/** Where the tasks of a planned service run, or what about it is not known. */
export interface PlannedPlacement {
  readonly placement: Placement;
  readonly unknown?: string;
}

const LAUNCH_TYPES: readonly string[] = ["FARGATE", "EC2", "EXTERNAL", "MANAGED_INSTANCES"] satisfies LaunchType[];

const providerOf = (joined: Joined, item: PlannedStrategyItem): PlannedCapacityProvider | undefined => {
  const settled = joined.settle(item.capacityProvider);
  const all = joined.inputs.flatMap(({ capacityProviders }) => capacityProviders);
  if (isLink(settled)) return all.find(({ key }) => key === settled.to);
  return typeof settled === "string" ? all.find(({ name }) => name === nameOf(settled)) : undefined;
};

const providerName = (joined: Joined, item: PlannedStrategyItem, index: number): string => {
  const settled = joined.settle(item.capacityProvider);
  if (typeof settled === "string") return nameOf(settled);
  const provider = providerOf(joined, item);
  return provider === undefined ? `capacity-provider-${index + 1}` : nameOfProvider(provider);
};

const isUnknownItem = ({ base, weight }: PlannedStrategyItem): boolean => base === UNKNOWN || weight === UNKNOWN;

const strategyOf = (joined: Joined, items: readonly PlannedStrategyItem[]): PlannedPlacement => {
  const named = items.map(
    (item, i): StrategyItem => ({
      capacityProvider: providerName(joined, item, i),
      base: known(item.base) ?? 0,
      weight: known(item.weight) ?? 0,
    }),
  );
  const placement: Placement = { kind: "strategy", items: effectiveStrategy(named) };
  const open = items.length > 1 && items.some(isUnknownItem);
  return { placement, ...(open ? { unknown: "base and weights of its capacity providers" } : {}) };
};

const given = (strategy: Planned<readonly PlannedStrategyItem[]>): readonly PlannedStrategyItem[] =>
  isKnown(strategy) ? strategy : [];

const defaultStrategy = (joined: Joined, cluster: PlannedCluster | undefined): readonly PlannedStrategyItem[] => {
  if (cluster === undefined) return [];
  const own = given(cluster.defaultStrategy);
  if (own.length > 0) return own;
  const beside = joined.inputs
    .flatMap(({ clusterProviders }) => clusterProviders)
    .find((providers) => clusterMatches(joined, providers.cluster, cluster));
  return beside === undefined ? [] : given(beside.defaultStrategy);
};

/**
 * As ECS decides: the strategy of the service, its launch type, the default strategy of its cluster, then EC2; the last
 * only where the cluster is in the inputs and the task may run there.
 */
export const plannedPlacement = (
  joined: Joined,
  service: PlannedService,
  cluster: PlannedCluster | undefined,
  task: PlannedTaskDefinition | undefined,
): PlannedPlacement => {
  const own = given(service.strategy);
  if (own.length > 0) return strategyOf(joined, own);
  const launchType = known(service.launchType);
  if (launchType !== undefined && LAUNCH_TYPES.includes(launchType)) {
    return { placement: { kind: "launch-type", launchType: launchType as LaunchType } };
  }
  if (service.strategy === UNKNOWN || (launchType === undefined && service.launchType === UNKNOWN)) {
    return { placement: { kind: "unspecified" }, unknown: "launch type and capacity providers" };
  }
  const fallback = defaultStrategy(joined, cluster);
  if (fallback.length > 0) return strategyOf(joined, fallback);
  const compatible = task === undefined ? [] : (known(task.requiresCompatibilities) ?? []);
  const mayBeEc2 = compatible.length === 0 || compatible.includes("EC2");
  return cluster !== undefined && mayBeEc2
    ? { placement: { kind: "launch-type", launchType: "EC2" } }
    : { placement: { kind: "unspecified" } };
};
