import type { Aws } from "../client/open-aws.ts";
import type { FoundLoadBalancer } from "../discovery/load-balancers.ts";
import type { RegionFacts } from "../discovery/region-facts.ts";
import { insightsOf } from "../discovery/shared-facts.ts";
import { SECONDS_PER_SAMPLE, type ServiceRef, type TargetRef } from "../metrics/series.ts";
import { readSums, type SumQuery, type SumWindow } from "./read-sums.ts";

/** What a service did in a window; undefined where CloudWatch has nothing of it. */
export interface ServiceTraffic {
  /** Requests that its application load balancers sent to it. */
  readonly requests: number | undefined;
  /** Only where Container Insights is on. */
  readonly receivedBytes: number | undefined;
  readonly sentBytes: number | undefined;
}

interface NamedQuery {
  readonly service: string;
  readonly field: keyof ServiceTraffic;
  readonly query: SumQuery;
}

/** The target groups of services behind application load balancers, as CloudWatch names them. */
const targetsBehind = ({ arn, type, targetGroups }: FoundLoadBalancer) =>
  type !== "application"
    ? []
    : targetGroups.map(({ arn: group, service }) => ({
        service,
        target: { targetGroup: group.split(":").at(-1) ?? "", loadBalancer: arn.replace(/^.*:loadbalancer\//, "") },
      }));

/** Finds the target groups of a service, for a scan of its requests. */
export const targetFinder = ({ loadBalancers }: RegionFacts): ((service: ServiceRef) => readonly TargetRef[]) => {
  const groups = Map.groupBy(loadBalancers.flatMap(targetsBehind), ({ service }) => service);
  return ({ cluster, service }) => (groups.get(`${cluster}/${service}`) ?? []).map(({ target }) => target);
};

const requestQueries = (balancer: FoundLoadBalancer): readonly NamedQuery[] =>
  targetsBehind(balancer).map(({ service, target }) => ({
    service,
    field: "requests",
    query: {
      namespace: "AWS/ApplicationELB",
      metric: "RequestCount",
      dimensions: { TargetGroup: target.targetGroup, LoadBalancer: target.loadBalancer },
    },
  }));

const networkQueries = (cluster: RegionFacts["clusters"][number]): readonly NamedQuery[] => {
  if (insightsOf(cluster) === "off") return [];
  return cluster.services.flatMap(({ serviceName = "" }) => {
    const service = `${cluster.name}/${serviceName}`;
    const dimensions = { ClusterName: cluster.name, ServiceName: serviceName };
    const query = (metric: string): SumQuery => ({ namespace: "ECS/ContainerInsights", metric, dimensions });
    return [
      { service, field: "receivedBytes" as const, query: query("NetworkRxBytes") },
      { service, field: "sentBytes" as const, query: query("NetworkTxBytes") },
    ];
  });
};

const NOTHING: ServiceTraffic = { requests: undefined, receivedBytes: undefined, sentBytes: undefined };

/**
 * Requests and network bytes of services in a window, by `cluster/service`, for those of which CloudWatch has any.
 * Action: cloudwatch:GetMetricData.
 *
 * @throws {BorderError} where CloudWatch is denied or does not answer.
 */
export const readServiceTraffic = async (
  aws: Aws,
  facts: RegionFacts,
  window: SumWindow,
): Promise<ReadonlyMap<string, ServiceTraffic>> => {
  const queries = [...facts.loadBalancers.flatMap(requestQueries), ...facts.clusters.flatMap(networkQueries)];
  const sums = await readSums(
    aws,
    facts.region,
    queries.map(({ query }) => query),
    window,
  );
  const traffic = new Map<string, ServiceTraffic>();
  for (const [at, { service, field }] of queries.entries()) {
    const sum = sums[at];
    if (sum === undefined) continue;
    const known = traffic.get(service) ?? NOTHING;
    const value = field === "requests" ? sum : sum * SECONDS_PER_SAMPLE;
    traffic.set(service, { ...known, [field]: (known[field] ?? 0) + value });
  }
  return new Map([...traffic].sort(([a], [b]) => (a < b ? -1 : 1)));
};
