import type { CapacityProvider, Cluster } from "@aws-sdk/client-ecs";
import type { CapacityProvider as ToldProvider } from "../../../domain/workload/shared.ts";
import { allPages } from "../client/paged.ts";
import type { FoundInstance } from "./instances.ts";
import { attempt, callOf, type RegionRun, recordsOf, sortedBy } from "./region-run.ts";

/** A capacity provider of the account's own. */
export interface FoundProvider {
  readonly name: string;
  readonly kind: "auto-scaling-group" | "managed-instances";
  /** The cluster that it belongs to, where it belongs to one alone. */
  readonly cluster?: string;
  /** Percent; undefined where managed scaling is off, and for managed instances. */
  readonly targetCapacity?: number;
  /** Whether its managed instances are Spot. */
  readonly spot: boolean;
}

const providerOf = (provider: CapacityProvider): readonly FoundProvider[] => {
  const { name = "", cluster, autoScalingGroupProvider: group, managedInstancesProvider: managed } = provider;
  const own = cluster === undefined ? {} : { cluster: cluster.split("/").at(-1) ?? cluster };
  if (managed !== undefined) {
    const spot = managed.instanceLaunchTemplate?.capacityOptionType === "SPOT";
    return [{ name, kind: "managed-instances", ...own, spot }];
  }
  if (group === undefined) return [];
  const { status, targetCapacity } = group.managedScaling ?? {};
  const target = status === "ENABLED" && targetCapacity !== undefined ? { targetCapacity } : {};
  return [{ name, kind: "auto-scaling-group", ...own, ...target, spot: false }];
};

const describe = async (run: RegionRun, cluster: string | undefined): Promise<readonly CapacityProvider[]> => {
  const { aws, region } = run;
  const call = callOf(run, "ecs:DescribeCapacityProviders");
  const client = await aws.clients.ecs(region);
  const { DescribeCapacityProvidersCommand } = await import("@aws-sdk/client-ecs");
  return allPages(aws, call, (nextToken) => async (abortSignal) => {
    const command = new DescribeCapacityProvidersCommand({ nextToken, ...(cluster === undefined ? {} : { cluster }) });
    const page = await client.send(command, { abortSignal });
    return { items: recordsOf(call, page.capacityProviders, ["name"]), next: page.nextToken };
  });
};

/**
 * Capacity providers on Auto Scaling groups, and on managed instances, which AWS tells only to who names their cluster.
 * Action: DescribeCapacityProviders.
 */
export const readProviders = async (
  run: RegionRun,
  clusters: readonly Cluster[],
): Promise<readonly FoundProvider[]> => {
  const all = await attempt(run, run.region, "capacity providers are missing", () => describe(run, undefined));
  if (all === undefined) return [];
  const known = new Set(all.map(({ name }) => name).concat("FARGATE", "FARGATE_SPOT"));
  const withOthers = clusters.filter(({ capacityProviders = [] }) =>
    capacityProviders.some((name) => !known.has(name)),
  );
  const others = await Promise.all(
    withOthers.map(async ({ clusterName = "", clusterArn }) => {
      const missing = "its capacity providers are missing";
      const found = (await attempt(run, clusterName, missing, () => describe(run, clusterArn))) ?? [];
      return found.filter(({ name }) => !known.has(name)).map((each) => ({ cluster: clusterName, ...each }));
    }),
  );
  return sortedBy([...all, ...others.flat()].flatMap(providerOf), ({ name, cluster = "" }) => `${name} ${cluster}`);
};

type SeenInstance = Pick<FoundInstance, "capacityProvider" | "instanceType">;

/** What the instances of a provider are, as far as ECS tells. */
const toldOf = (provider: FoundProvider, instances: readonly SeenInstance[]): ToldProvider => {
  const { name, kind, cluster, targetCapacity, spot } = provider;
  const seen = instances.filter(({ capacityProvider }) => capacityProvider === name);
  const instanceTypes = [...new Set(seen.flatMap(({ instanceType }) => (instanceType === "" ? [] : [instanceType])))];
  return {
    name,
    ...(cluster === undefined ? {} : { cluster }),
    type: kind,
    ...(kind === "managed-instances" ? { purchase: spot ? "spot" : "on-demand" } : {}),
    ...(kind === "auto-scaling-group" && instanceTypes.length > 0 ? { instanceTypes: instanceTypes.sort() } : {}),
    ...(targetCapacity === undefined ? {} : { targetCapacity }),
  };
};

/** A cluster with the providers that it may use and its instances. */
export interface ProvidedCluster {
  readonly name: string;
  readonly cluster: Pick<Cluster, "capacityProviders">;
  readonly instances: readonly SeenInstance[];
}

/**
 * The providers that clusters of the region may use. How the instances of an Auto Scaling group are bought is not told
 * by ECS; which types managed instances may be is left to AWS.
 */
export const providersOf = (
  providers: readonly FoundProvider[],
  clusters: readonly ProvidedCluster[],
): readonly ToldProvider[] =>
  providers.flatMap((provider) => {
    const { name, cluster } = provider;
    const having = clusters.filter(
      (each) =>
        (cluster === undefined || each.name === cluster) &&
        (cluster === each.name || each.cluster.capacityProviders?.includes(name) === true),
    );
    return having.length === 0
      ? []
      : [
          toldOf(
            provider,
            having.flatMap(({ instances }) => instances),
          ),
        ];
  });
