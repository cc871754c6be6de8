import type { FilledInstances, FleetPlan } from "../packing/model/request.ts";
import type { PriceCatalogue } from "../pricing/price.ts";
import type { InstanceGroup } from "../workload/instance-group.ts";
import type { Ec2Settings } from "../workload/shared.ts";
import type { ConfiguredFleet } from "./configured-fleets.ts";
import { typeOfGroup } from "./idle-groups.ts";

/** The group whose instances a fleet of today is on; each is found for one fleet at most. */
export const groupsOfFleets = (
  fleets: readonly ConfiguredFleet[],
  groups: readonly InstanceGroup[],
  catalogue: PriceCatalogue,
): ReadonlyMap<ConfiguredFleet, InstanceGroup> => {
  const found = new Map<ConfiguredFleet, InstanceGroup>();
  const taken = new Set<InstanceGroup>();
  const take = (fleet: ConfiguredFleet, matches: (group: InstanceGroup) => boolean): void => {
    if (found.has(fleet) || fleet.provider.type !== "auto-scaling-group") return;
    const group = groups.find(
      (each) => !taken.has(each) && (each.cluster ?? fleet.cluster) === fleet.cluster && matches(each),
    );
    if (group === undefined) return;
    found.set(fleet, group);
    taken.add(group);
  };
  const runs = (group: InstanceGroup, { architecture }: ConfiguredFleet): boolean =>
    (typeOfGroup(group, catalogue)?.architecture ?? architecture) === architecture;
  for (const fleet of fleets) {
    const { name } = fleet.provider;
    if (name !== undefined) take(fleet, (group) => group.capacityProvider === name);
  }
  const unnamed = fleets.filter(({ provider }) => provider.name === undefined);
  for (const fleet of unnamed) take(fleet, (group) => group.capacityProvider === undefined && runs(group, fleet));
  for (const fleet of unnamed) take(fleet, (group) => runs(group, fleet));
  return found;
};

/** How the fleet on a group is planned: its types, at least as many instances as it keeps, and its volumes. */
export const groupSettings = (settings: Ec2Settings, group: InstanceGroup): Ec2Settings => {
  const { managed, min, desired, instanceTypes, volumes } = group;
  const own: Partial<Ec2Settings> = {
    minInstances: managed ? min : desired,
    ...(managed ? {} : { targetCapacity: 100 }),
    ...(instanceTypes.length === 0 ? {} : { instanceTypes: managed ? instanceTypes : instanceTypes.slice(0, 1) }),
    ...(volumes.length === 0 ? {} : { rootVolumeGiB: volumes.reduce((total, { gib }) => total + gib, 0) }),
  };
  return { ...settings, ...own, given: [...new Set([...settings.given, ...Object.keys(own)])].sort() };
};

/** The most instances that a group runs; undefined where nothing limits it. */
export const mostInstances = ({ managed, max, desired }: InstanceGroup): number | undefined =>
  managed ? max : desired;

/** A plan with no more instances than its group runs: the last of them are left out. */
export const withinGroup = (plan: FleetPlan, most: number): FleetPlan => {
  let left = most;
  const instances = plan.instances.flatMap((filled): FilledInstances[] => {
    const count = Math.min(left, filled.count);
    left -= count;
    return count === 0 ? [] : [{ ...filled, count }];
  });
  return { ...plan, instances };
};
