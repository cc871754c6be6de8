import { instanceProvidersOf, settlePlacement } from "../../domain/placement/assume-placement.ts";
import { type InstanceProvider, providersOfCluster } from "../../domain/placement/instance-provider.ts";
import type { Placement, Service } from "../../domain/workload/service.ts";
import type { CapacityProvider, SharedInfrastructure } from "../../domain/workload/shared.ts";
import type { SettledPlanSettings } from "./settings.ts";

/** Instances that services of one cluster may be put on, and how a service says so. */
export interface ClusterFleet {
  readonly provider: InstanceProvider;
  readonly placement: Placement;
  /** Set where the plan makes the provider. */
  readonly added?: CapacityProvider;
}

type Proposal = Pick<CapacityProvider, "name" | "type"> & { readonly purchase: "on-demand" | "spot" };

/** Names of providers must not begin with aws, ecs or fargate. */
const PROPOSALS: readonly Proposal[] = [
  { name: "plan-ec2", type: "auto-scaling-group", purchase: "on-demand" },
  { name: "plan-ec2-spot", type: "auto-scaling-group", purchase: "spot" },
  { name: "plan-managed-instances", type: "managed-instances", purchase: "on-demand" },
  { name: "plan-managed-instances-spot", type: "managed-instances", purchase: "spot" },
];

const joining = (name: string): Placement => ({
  kind: "strategy",
  items: [{ capacityProvider: name, base: 0, weight: 1 }],
});

/** The fleets that a cluster has today, and those that a plan could add to it. */
export const clusterFleets = (
  cluster: string,
  services: readonly Service[],
  shared: SharedInfrastructure,
  { effort, spot }: SettledPlanSettings,
): readonly ClusterFleet[] => {
  const today = new Map<string, ClusterFleet>();
  for (const service of services) {
    for (const provider of instanceProvidersOf(settlePlacement(service, shared), shared)) {
      const placement: Placement =
        provider.name === undefined
          ? { kind: "launch-type", launchType: provider.type === "managed-instances" ? "MANAGED_INSTANCES" : "EC2" }
          : joining(provider.name);
      today.set(provider.name ?? provider.type, { provider, placement });
    }
  }
  const had = [...today.values()];
  if (effort === "low") return had;
  const names = new Set(providersOfCluster(cluster, shared).map(({ name }) => name));
  return [...had, ...PROPOSALS.flatMap((proposal) => proposed(proposal, cluster, had, names, spot))];
};

/** A fleet like one that is there already, or of a name that is taken, is not proposed. */
const proposed = (
  proposal: Proposal,
  cluster: string,
  had: readonly ClusterFleet[],
  names: ReadonlySet<string>,
  spot: boolean,
): readonly ClusterFleet[] => {
  const { type, purchase, name } = proposal;
  const same = had.some(
    ({ provider }) => provider.type === type && provider.purchase === purchase && provider.instanceTypes.length === 0,
  );
  if (same || names.has(name) || (purchase === "spot" && !spot)) return [];
  const added: CapacityProvider = { ...proposal, cluster };
  return [{ provider: { name, type, purchase, instanceTypes: [] }, placement: joining(name), added }];
};
