import type { Issue } from "../../../domain/issues/issue.ts";
import type { InstanceGroup } from "../../../domain/workload/instance-group.ts";
import type { CapacityProvider } from "../../../domain/workload/shared.ts";
import { type Block, textIn, textsIn } from "./block.ts";
import { findCluster } from "./clusters.ts";
import type { Joined } from "./joined.ts";
import {
  isKnown,
  known,
  type Planned,
  type PlannedCapacityProvider,
  type ProviderPurchase,
  UNKNOWN,
} from "./planned.ts";
import type { PlannedRequirements } from "./requirements.ts";

/** What decides how the instances of an Auto Scaling group are bought. */
export interface GroupMarket {
  /** Instances that are on demand whatever the rest is; 0 where not set. */
  readonly base: Planned<number>;
  /** Percent of the rest that is on demand; 100 where not set. */
  readonly percentAbove: Planned<number>;
  /** Whether its launch template or configuration asks for Spot instances; undefined where there is none. */
  readonly spotTemplate: Planned<boolean>;
}

/** How the instances of a group are bought. */
export const groupPurchase = ({ base, percentAbove, spotTemplate }: GroupMarket): Planned<ProviderPurchase> => {
  if (spotTemplate === true) return "spot";
  if (base === UNKNOWN || percentAbove === UNKNOWN) return UNKNOWN;
  if (percentAbove !== undefined && percentAbove < 100) {
    return percentAbove === 0 && (base ?? 0) === 0 ? "spot" : "mixed";
  }
  return spotTemplate === false || percentAbove === 100 ? "on-demand" : UNKNOWN;
};

/** One purchase where all agree, else both. */
export const joinPurchases = (all: readonly Planned<ProviderPurchase>[]): Planned<ProviderPurchase> => {
  const [first, ...others] = [...new Set(all)];
  if (all.includes(UNKNOWN) || first === undefined) return UNKNOWN;
  return others.length === 0 ? first : "mixed";
};

/** Managed instances are on demand unless they are said to be Spot. */
export const managedPurchase = (template: Planned<Block>, key: string): Planned<ProviderPurchase> => {
  if (template === UNKNOWN) return UNKNOWN;
  const option = template === undefined ? undefined : textIn(template, key);
  if (option === UNKNOWN) return UNKNOWN;
  return option === "SPOT" ? "spot" : "on-demand";
};

const isInstanceType = (text: string): boolean => /^[a-z0-9-]+\.[a-z0-9-]+$/.test(text);

/** Types that managed instances are limited to, where they are named one by one and not by patterns. */
export const allowedTypes = (requirements: Planned<Block>, key: string): readonly string[] => {
  const allowed = isKnown(requirements) ? known(textsIn(requirements, key)) : undefined;
  return allowed?.every(isInstanceType) === true ? [...new Set(allowed)].sort() : [];
};

/** What managed instances have to be like, and the size of their volumes. */
export const managedNeeds = (
  read: PlannedRequirements | undefined,
  volumeGiB: Planned<number>,
): Pick<PlannedCapacityProvider, "requirements" | "openRequirements" | "volumeGiB"> => ({
  volumeGiB,
  ...(read === undefined ? {} : { requirements: read.requirements, openRequirements: read.open }),
});

/** A provider is called by its name, or by its address where the name is known only after deployment. */
export const nameOfProvider = ({ name, address }: PlannedCapacityProvider): string => known(name) ?? address;

/** What the planned providers are. */
export const plannedProviders = (joined: Joined): readonly CapacityProvider[] =>
  joined.inputs.flatMap(({ capacityProviders }) =>
    capacityProviders.map((provider): CapacityProvider => {
      const { kind, address } = provider;
      const cluster = provider.cluster === undefined ? undefined : findCluster(joined, provider.cluster);
      const purchase = known(provider.purchase);
      const volumeGiB = known(provider.volumeGiB);
      const target = kind === "auto-scaling-group" ? known(provider.targetCapacity) : undefined;
      const instanceTypes = provider.instanceTypes.filter(isInstanceType);
      return {
        name: nameOfProvider(provider),
        ...(cluster === undefined || cluster.unknown === true ? {} : { cluster: cluster.name }),
        type: kind,
        ...(purchase === undefined ? {} : { purchase: purchase === "mixed" ? "on-demand" : purchase }),
        ...(instanceTypes.length === 0 ? {} : { instanceTypes }),
        ...(provider.requirements === undefined ? {} : { requirements: provider.requirements }),
        ...(volumeGiB === undefined ? {} : { volumeGiB }),
        ...(target === undefined || target < 1 || target > 100 ? {} : { targetCapacity: target }),
        address,
      };
    }),
  );

/** Providers of which something is not known: how a part is bought, or what their instances have to be like. */
export const providerIssues = (joined: Joined, groups: readonly InstanceGroup[]): readonly Issue[] =>
  joined.inputs
    .flatMap(({ capacityProviders }) => capacityProviders)
    .flatMap((provider) => [...mixedIssue(provider, groups), ...openIssue(provider)]);

/** A part of Spot instances is priced where the group is known. */
const mixedIssue = (provider: PlannedCapacityProvider, groups: readonly InstanceGroup[]): readonly Issue[] => {
  const { address, purchase } = provider;
  const isKnownGroup = groups.some(({ capacityProvider }) => capacityProvider === nameOfProvider(provider));
  if (purchase !== "mixed" || isKnownGroup) return [];
  const detail =
    "its instances are partly Spot, and how many is left to its group; services on it are priced on demand, and compare has the Spot price";
  return [{ code: "unknown-cost", severity: "warning", subject: address, detail }];
};

const openIssue = ({ address, openRequirements = [] }: PlannedCapacityProvider): readonly Issue[] => {
  if (openRequirements.length === 0) return [];
  const detail = `what it requires of instances is not read wholly (${openRequirements.join(", ")}); dearer types may be chosen than are priced`;
  return [{ code: "unknown-cost", severity: "warning", subject: address, detail }];
};
