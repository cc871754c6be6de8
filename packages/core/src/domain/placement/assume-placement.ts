import type { Assumption } from "../issues/issue.ts";
import { isLegalSize } from "../sizing/fargate-sizes.ts";
import type { LaunchType, Service, StrategyItem } from "../workload/service.ts";
import type { SharedInfrastructure } from "../workload/shared.ts";
import { needsAccelerator } from "../workload/task.ts";
import { type FoundProvider, findProvider, type InstanceProvider, launchTypeProvider } from "./instance-provider.ts";

/** Where the tasks of a service run, settled: one launch type, or a strategy over Fargate or over instances. */
export type SettledPlacement =
  | { readonly kind: "launch-type"; readonly launchType: LaunchType; readonly assumption?: Assumption }
  | { readonly kind: "fargate-strategy"; readonly items: readonly StrategyItem[] }
  | {
      readonly kind: "instance-strategy";
      readonly items: readonly StrategyItem[];
      /** In the order of the items. */
      readonly providers: readonly FoundProvider["provider"][];
      readonly assumption?: Assumption;
    };

const FARGATE_PROVIDERS: ReadonlySet<string> = new Set(["FARGATE", "FARGATE_SPOT"]);

/**
 * Settles what is not said. A strategy over other providers than Fargate's runs on container instances; where neither
 * launch type nor strategy is given, the task definition decides, then whether Fargate accepts the task's size.
 */
export const settlePlacement = (
  service: Service,
  shared: Pick<SharedInfrastructure, "capacityProviders" | "ec2">,
): SettledPlacement => {
  const { placement, cluster } = service;
  if (placement.kind === "launch-type") return placement;
  if (placement.kind === "strategy") {
    const { items } = placement;
    if (items.every(({ capacityProvider }) => FARGATE_PROVIDERS.has(capacityProvider))) {
      return { kind: "fargate-strategy", items };
    }
    const found = items.map(({ capacityProvider }) => findProvider(capacityProvider, cluster, shared));
    const assumption = found.find((each) => each.assumption !== undefined)?.assumption;
    const providers = found.map(({ provider }) => provider);
    return { kind: "instance-strategy", items, providers, ...(assumption === undefined ? {} : { assumption }) };
  }
  return { kind: "launch-type", launchType: impliedLaunchType(service), assumption: LAUNCH_TYPE_ASSUMED };
};

/** Whether the tasks run on Fargate, Spot included. */
export const isOnFargate = (placement: SettledPlacement): boolean =>
  placement.kind === "launch-type" ? placement.launchType === "FARGATE" : placement.kind === "fargate-strategy";

/** What starts the instances that the tasks run on; empty for Fargate and ECS Anywhere. */
export const instanceProvidersOf = (
  placement: SettledPlacement,
  shared: Pick<SharedInfrastructure, "ec2">,
): readonly InstanceProvider[] => {
  if (placement.kind === "instance-strategy") return placement.providers;
  if (placement.kind === "fargate-strategy") return [];
  const { launchType } = placement;
  return launchType === "EC2" || launchType === "MANAGED_INSTANCES" ? [launchTypeProvider(launchType, shared)] : [];
};

const LAUNCH_TYPE_ASSUMED: Assumption = {
  code: "launch-type-assumed",
  detail:
    "Services with neither a launch type nor a strategy are taken to run where their task definition says, else on " +
    "Fargate if their size and network mode (awsvpc) are Fargate's, else on EC2. ECS itself would use the cluster's default strategy, else EC2.",
};

const impliedLaunchType = ({ task, scheduling }: Service): LaunchType => {
  if (scheduling === "daemon" || task === undefined) return "EC2";
  const named = task.requiresCompatibilities.filter((name): name is LaunchType => name !== "EXTERNAL");
  if (named.length === 1 && named[0] !== undefined) return named[0];
  const mayBeFargate = task.networkMode === "awsvpc" && task.fargateBlockers.length === 0;
  const onFargate = mayBeFargate && !needsAccelerator(task) && isLegalSize(task.cpu, task.memory, task.os);
  return onFargate || named.includes("FARGATE") ? "FARGATE" : "EC2";
};
