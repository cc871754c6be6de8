import type { Assumption } from "../issues/issue.ts";
import type { Purchase } from "../pricing/purchase.ts";
import type { InstanceRequirements } from "../workload/instance-requirements.ts";
import type { CapacityProvider, Ec2Settings, InstanceProviderType, SharedInfrastructure } from "../workload/shared.ts";

/** What starts the instances that tasks run on, settled. */
export interface InstanceProvider {
  /** Absent for the instances that a launch type runs on. */
  readonly name?: string;
  readonly type: InstanceProviderType;
  readonly purchase: Purchase;
  /** Types that it may start; those of `ec2` where empty. */
  readonly instanceTypes: readonly string[];
  readonly targetCapacity?: number;
  readonly requirements?: InstanceRequirements;
  readonly volumeGiB?: number;
}

/** A provider that a strategy names, and whether something about it is guessed. */
export interface FoundProvider {
  readonly provider: InstanceProvider & { readonly name: string };
  readonly assumption?: Assumption;
}

/** Providers that are told of and that a service of the cluster may use: those of the cluster alone first. */
export const providersOfCluster = (
  cluster: string,
  { capacityProviders = [] }: Pick<SharedInfrastructure, "capacityProviders">,
): readonly CapacityProvider[] => {
  const own = capacityProviders.filter((provider) => provider.cluster === cluster);
  const names = new Set(own.map(({ name }) => name));
  return [...own, ...capacityProviders.filter((each) => each.cluster === undefined && !names.has(each.name))];
};

/** The provider behind a name in a strategy, as it is told or by the rule for those that nothing tells about. */
export const findProvider = (
  name: string,
  cluster: string,
  shared: Pick<SharedInfrastructure, "capacityProviders" | "ec2">,
): FoundProvider => {
  const told = providersOfCluster(cluster, shared).find((provider) => provider.name === name);
  const type = told?.type ?? "auto-scaling-group";
  const { purchase = purchaseByName(name, type, shared.ec2), targetCapacity, instanceTypes = [] } = told ?? {};
  const { requirements, volumeGiB } = told ?? {};
  return {
    provider: {
      ...{ name, type, purchase, instanceTypes },
      ...(targetCapacity === undefined ? {} : { targetCapacity }),
      ...(requirements === undefined ? {} : { requirements }),
      ...(volumeGiB === undefined ? {} : { volumeGiB }),
    },
    ...(told?.purchase === undefined ? { assumption: PROVIDER_BY_NAME } : {}),
  };
};

const purchaseByName = (name: string, type: InstanceProviderType, { purchase }: Ec2Settings): Purchase => {
  if (/spot/i.test(name)) return "spot";
  return type === "managed-instances" ? "on-demand" : purchase;
};

const PROVIDER_BY_NAME: Assumption = {
  code: "provider-kind-by-name",
  detail:
    "A capacity provider other than Fargate's that nothing tells about is taken to be an Auto Scaling group: of Spot " +
    "instances where its name has spot in it, else bought as the setting ec2.purchase says; shared.capacityProviders " +
    "tells what it is.",
};

/** What the instances of a launch type are. */
export const launchTypeProvider = (
  launchType: "EC2" | "MANAGED_INSTANCES",
  { ec2 }: Pick<SharedInfrastructure, "ec2">,
): InstanceProvider =>
  launchType === "EC2"
    ? { type: "auto-scaling-group", purchase: ec2.purchase, instanceTypes: [] }
    : { type: "managed-instances", purchase: "on-demand", instanceTypes: [] };

type ProviderSettings = Partial<
  Pick<InstanceProvider, "instanceTypes" | "targetCapacity" | "requirements" | "volumeGiB">
>;

/** How the fleet of a provider is built: its own settings, else those for all fleets. */
export const fleetSettings = (
  ec2: Ec2Settings,
  { instanceTypes = [], targetCapacity, requirements, volumeGiB }: ProviderSettings,
): Ec2Settings => {
  const own: Partial<Ec2Settings> = {
    ...(instanceTypes.length === 0 ? {} : { instanceTypes }),
    ...(targetCapacity === undefined ? {} : { targetCapacity }),
    ...(requirements === undefined ? {} : { requirements }),
    ...(volumeGiB === undefined ? {} : { rootVolumeGiB: volumeGiB }),
  };
  const names = Object.keys(own);
  return names.length === 0 ? ec2 : { ...ec2, ...own, given: [...new Set([...ec2.given, ...names])].sort() };
};
