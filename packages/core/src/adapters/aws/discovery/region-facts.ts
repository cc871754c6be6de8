import type { Cluster, Service } from "@aws-sdk/client-ecs";
import type { Issue } from "../../../domain/issues/issue.ts";
import { createGate } from "../client/limiter.ts";
import type { Aws } from "../client/open-aws.ts";
import { type FoundProvider, readProviders } from "./capacity-providers.ts";
import { readClusters } from "./clusters.ts";
import { readEventRules } from "./event-rules.ts";
import { type FoundInstance, readInstances } from "./instances.ts";
import { type FoundLoadBalancer, readLoadBalancers } from "./load-balancers.ts";
import { type FoundLogGroup, readLogGroups } from "./log-groups.ts";
import { type FoundNetwork, readNetwork } from "./network.ts";
import { orderedIssues, type RegionRun } from "./region-run.ts";
import { type FoundScaling, readScaling } from "./scaling.ts";
import { readSchedules } from "./scheduler.ts";
import type { FoundSchedule } from "./schedules.ts";
import { readServices } from "./services.ts";
import { readStandaloneTasks, type StandaloneTasks } from "./standalone-tasks.ts";
import { type DefinitionReader, definitionReader, type FoundTaskDefinition } from "./task-definitions.ts";

/** Which clusters and services are looked at; all where a filter is left out. */
export interface DiscoveryFilter {
  readonly cluster?: (name: string) => boolean;
  readonly service?: (name: string) => boolean;
}

/** A cluster with what runs in it, as AWS tells it. */
export interface FoundCluster {
  readonly name: string;
  readonly cluster: Cluster;
  readonly services: readonly Service[];
  readonly standalone: readonly StandaloneTasks[];
  readonly instances: readonly FoundInstance[];
}

/** Everything that AWS tells about one region. */
export interface RegionFacts {
  readonly region: string;
  /** Of the moment at which it was read. */
  readonly year: number;
  /** Number of the account, where the region has a cluster. */
  readonly account?: string;
  readonly clusters: readonly FoundCluster[];
  readonly taskDefinitions: readonly FoundTaskDefinition[];
  /** What rules and schedules start in the clusters that were looked at. */
  readonly schedules: readonly FoundSchedule[];
  readonly providers: readonly FoundProvider[];
  readonly scaling: readonly FoundScaling[];
  readonly loadBalancers: readonly FoundLoadBalancer[];
  readonly network: FoundNetwork;
  readonly logGroups: readonly FoundLogGroup[];
  readonly issues: readonly Issue[];
}

const CLUSTERS_AT_ONCE = 6;
const NO_NETWORK: FoundNetwork = { natGateways: [], endpoints: [], vpcs: undefined };

const readCluster = async (
  run: RegionRun,
  cluster: Cluster,
  filter: DiscoveryFilter,
  definitions: DefinitionReader,
): Promise<FoundCluster> => {
  const { clusterName: name = "" } = cluster;
  const services = await readServices(run, cluster, filter.service ?? (() => true));
  definitions.want(services.flatMap(({ taskDefinition }) => taskDefinition ?? []));
  const [standalone, instances] = await Promise.all([
    filter.service === undefined ? readStandaloneTasks(run, cluster, services) : [],
    readInstances(run, cluster),
  ]);
  definitions.want(standalone.map(({ taskDefinition }) => taskDefinition));
  run.aws.observe({ code: "discovery-progress", region: run.region, cluster: name, services: services.length });
  return { name, cluster, services, standalone, instances };
};

const readScheduled = async (run: RegionRun, { cluster }: DiscoveryFilter): Promise<readonly FoundSchedule[]> => {
  const found = await Promise.all([readEventRules(run), readSchedules(run)]);
  return found.flat().filter((each) => cluster === undefined || cluster(each.cluster));
};

const subnetsOf = (clusters: readonly FoundCluster[]): readonly string[] => {
  const all = clusters.flatMap(({ services }) =>
    services.flatMap(({ networkConfiguration }) => networkConfiguration?.awsvpcConfiguration?.subnets ?? []),
  );
  return [...new Set(all)].sort();
};

const accountOf = (clusters: readonly FoundCluster[]): Pick<RegionFacts, "account"> => {
  const account = clusters[0]?.cluster.clusterArn?.split(":")[4];
  return account === undefined || account === "" ? {} : { account };
};

const namedServices = (clusters: readonly FoundCluster[]): readonly (readonly [string, Service])[] =>
  clusters.flatMap(({ name, services }) =>
    services.map((service) => [`${name}/${service.serviceName}`, service] as const),
  );

/**
 * Asks AWS about one region. What is denied or fails is an issue and costs only itself.
 *
 * @throws {BorderError} where not even the clusters can be listed, or the credentials have expired.
 */
export const readRegionFacts = async (aws: Aws, region: string, filter: DiscoveryFilter = {}): Promise<RegionFacts> => {
  const run: RegionRun = { aws, region, issues: [] };
  const found = await readClusters(run, filter.cluster ?? (() => true));
  const atOnce = createGate(CLUSTERS_AT_ONCE);
  const definitions = definitionReader(run);
  const isEmpty = found.length === 0;
  const [clusters, schedules] = await Promise.all([
    Promise.all(found.map((cluster) => atOnce(() => readCluster(run, cluster, filter, definitions)))),
    isEmpty || filter.service !== undefined ? [] : readScheduled(run, filter),
  ]);
  definitions.want(schedules.flatMap(({ taskDefinition }) => (taskDefinition === "" ? [] : [taskDefinition])));
  const readLogs = async () => {
    const taskDefinitions = await definitions.all();
    return {
      taskDefinitions,
      logGroups: await readLogGroups(
        run,
        taskDefinitions.flatMap((each) => each.logGroups),
      ),
    };
  };
  const [logs, providers, scaling, loadBalancers, network] = await Promise.all([
    readLogs(),
    isEmpty ? [] : readProviders(run, found),
    isEmpty ? [] : readScaling(run),
    readLoadBalancers(run, namedServices(clusters)),
    isEmpty ? NO_NETWORK : readNetwork(run, subnetsOf(clusters)),
  ]);
  return {
    region,
    year: new Date(aws.timing.now()).getUTCFullYear(),
    ...accountOf(clusters),
    clusters,
    ...logs,
    schedules,
    providers,
    scaling,
    loadBalancers,
    network,
    issues: orderedIssues(run.issues),
  };
};
