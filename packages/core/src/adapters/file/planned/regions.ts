import type { Joined } from "./joined.ts";
import type { HeldResource, PlannedResource, PlannedResources } from "./planned.ts";

/** Region and account, as far as they are known. */
export type PlannedPlace = Pick<PlannedResource, "region" | "account">;

/** The region that a whole input is in, where it names one only. */
const regionOf = ({ regions }: PlannedResources): string | undefined => {
  const names = new Set(regions.map(({ region }) => region));
  return names.size === 1 ? [...names][0] : undefined;
};

/** Where a resource of an input is: as its own settings say, else where the whole input is. */
export const placeIn = (input: PlannedResources, { region, account }: PlannedPlace): PlannedPlace => {
  const found = region ?? regionOf(input);
  return { ...(found === undefined ? {} : { region: found }), ...(account === undefined ? {} : { account }) };
};

/** The same inputs with what is shared in each region alone; once where there is one region, or none is known. */
export const regionsIn = (
  joined: Joined,
): readonly { readonly region: string | undefined; readonly inRegion: Joined }[] => {
  const names = [...new Set(joined.inputs.flatMap(sharedRegions))].sort((a = "", b = "") =>
    a < b ? -1 : a > b ? 1 : 0,
  );
  if (names.length < 2) return [{ region: names[0], inRegion: joined }];
  return names.map((region) => ({
    region,
    inRegion: { ...joined, inputs: joined.inputs.map((input) => ({ ...input, ...sharedIn(input, region) })) },
  }));
};

const heldRegion = (input: PlannedResources, { region }: HeldResource): string | undefined =>
  region?.() ?? regionOf(input);

/** Regions of what is shared within a region. */
const sharedRegions = (input: PlannedResources): readonly (string | undefined)[] => {
  const { clusters, capacityProviders, instanceGroups, natGateways, endpoints, loadBalancers, logGroups } = input;
  const all: readonly PlannedPlace[] = [
    ...[...clusters, ...capacityProviders, ...instanceGroups, ...natGateways],
    ...[...endpoints, ...loadBalancers, ...logGroups],
  ];
  return [
    ...all.map((resource) => placeIn(input, resource).region),
    ...input.held.map((held) => heldRegion(input, held)),
  ];
};

const sharedIn = (input: PlannedResources, region: string | undefined): Partial<PlannedResources> => {
  const here = <R extends PlannedPlace>(resources: readonly R[]): readonly R[] =>
    resources.filter((resource) => placeIn(input, resource).region === region);
  return {
    clusters: here(input.clusters),
    capacityProviders: here(input.capacityProviders),
    instanceGroups: here(input.instanceGroups),
    natGateways: here(input.natGateways),
    endpoints: here(input.endpoints),
    loadBalancers: here(input.loadBalancers),
    logGroups: here(input.logGroups),
    held: input.held.filter((held) => heldRegion(input, held) === region),
  };
};
