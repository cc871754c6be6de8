import type { CapacityProvider, Cluster } from "@aws-sdk/client-ecs";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { Placement } from "../../../domain/workload/service.ts";
import { allPages } from "../paged.ts";
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

/** Finds the provider that a strategy in a cluster names. */
const named = (providers: readonly FoundProvider[], cluster: string, name: string): FoundProvider | undefined => {
  const own = providers.filter((provider) => provider.name === name);
  return own.find((provider) => provider.cluster === cluster) ?? own.find((provider) => provider.cluster === undefined);
};

/** Where tasks run: a strategy over managed instances alone is their launch type. */
export const settledPlacement = (
  placement: Placement,
  cluster: string,
  providers: readonly FoundProvider[],
): Placement => {
  if (placement.kind !== "strategy") return placement;
  const kinds = placement.items.map(({ capacityProvider }) => named(providers, cluster, capacityProvider)?.kind);
  return kinds.every((kind) => kind === "managed-instances")
    ? { kind: "launch-type", launchType: "MANAGED_INSTANCES" }
    : placement;
};

/** What the launch type of managed instances does not tell. */
export const providerIssues = (providers: readonly FoundProvider[], region: string): readonly Issue[] =>
  providers
    .filter(({ kind, spot }) => kind === "managed-instances" && spot)
    .map(({ name, cluster }) => ({
      code: "ignored-input",
      severity: "warning",
      subject: cluster ?? region,
      detail: `the managed instances of the capacity provider ${name} are Spot; services on them are priced on demand, and compare has the Spot price`,
    }));
