import { BorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import { endsEverything } from "../client/aws-error.ts";
import { awsIssue } from "../client/aws-issue.ts";
import type { Aws } from "../client/open-aws.ts";
import type { FoundLoadBalancer } from "../discovery/load-balancers.ts";
import type { RegionFacts } from "../discovery/region-facts.ts";
import { readSums, type SumQuery, type SumWindow } from "./read-sums.ts";
import { familyKey, minutesQuery, scheduledFamilies } from "./run-seconds.ts";

/** Sums over the window, undefined where CloudWatch has none. */
export interface BalancerTraffic {
  readonly newConnections: number | undefined;
  /** Connections open in a minute, summed over the minutes. */
  readonly activeConnectionMinutes: number | undefined;
  readonly processedBytes: number | undefined;
  readonly ruleEvaluations: number | undefined;
  readonly requests: number | undefined;
}

/** What went through a region's gateways, endpoints, load balancers and log groups in a window. */
export interface RegionTraffic {
  readonly window: SumWindow;
  /** Bytes by NAT gateway. */
  readonly natGateways: ReadonlyMap<string, number | undefined>;
  /** Bytes by VPC endpoint. */
  readonly endpoints: ReadonlyMap<string, number | undefined>;
  /** By ARN. */
  readonly loadBalancers: ReadonlyMap<string, BalancerTraffic>;
  /** Bytes taken in by log group. */
  readonly logGroups: ReadonlyMap<string, number | undefined>;
  /** Minutes that tasks of a schedule ran, by `cluster/family`. */
  readonly taskMinutes: ReadonlyMap<string, number | undefined>;
  readonly issues: readonly Issue[];
}

const query = (namespace: string, metric: string, dimensions: SumQuery["dimensions"]): SumQuery => ({
  namespace,
  metric,
  dimensions,
});

/** A NAT gateway bills each byte that it takes in, from either side (Amazon VPC user guide, checked 2026-11-20). */
const natQueries = (id: string): readonly SumQuery[] =>
  ["BytesInFromSource", "BytesInFromDestination"].map((metric) =>
    query("AWS/NATGateway", metric, { NatGatewayId: id }),
  );

const endpointQuery = ({ id, vpc, service }: RegionFacts["network"]["endpoints"][number], region: string): SumQuery =>
  query("AWS/PrivateLinkEndpoints", "BytesProcessed", {
    "Endpoint Type": "Interface",
    "Service Name": `com.amazonaws.${region}.${service}`,
    "VPC Endpoint Id": id,
    "VPC Id": vpc,
  });

const APPLICATION = [
  "NewConnectionCount",
  "ActiveConnectionCount",
  "ProcessedBytes",
  "RuleEvaluations",
  "RequestCount",
];
const NETWORK = ["NewFlowCount", "ActiveFlowCount", "ProcessedBytes"];

const balancerQueries = ({ arn, type }: FoundLoadBalancer): readonly SumQuery[] => {
  const dimensions = { LoadBalancer: arn.replace(/^.*:loadbalancer\//, "") };
  const [namespace, metrics] =
    type === "application" ? (["AWS/ApplicationELB", APPLICATION] as const) : (["AWS/NetworkELB", NETWORK] as const);
  return metrics.map((metric) => query(namespace, metric, dimensions));
};

const total = (sums: readonly (number | undefined)[]): number | undefined =>
  sums.some((sum) => sum === undefined) ? undefined : sums.reduce<number>((all, sum) => all + (sum ?? 0), 0);

/** Sums of several things that each have queries of their own, asked for together. */
const sumsOf = async <T>(
  aws: Aws,
  region: string,
  things: readonly T[],
  queriesOf: (thing: T) => readonly SumQuery[],
  window: SumWindow,
) => {
  const queries = things.map(queriesOf);
  const sums = [...(await readSums(aws, region, queries.flat(), window))];
  return things.map((thing, at) => [thing, sums.splice(0, queries[at]?.length ?? 0)] as const);
};

/** What went through the infrastructure of a region in a window. Action: cloudwatch:GetMetricData. */
export const readTraffic = async (aws: Aws, facts: RegionFacts, window: SumWindow): Promise<RegionTraffic> => {
  const { region, network, loadBalancers, logGroups } = facts;
  const issues: Issue[] = [];
  const interfaces = network.endpoints.filter(({ type }) => type === "interface");
  const read = async <T>(things: readonly T[], queriesOf: (thing: T) => readonly SumQuery[], missing: string) => {
    try {
      return await sumsOf(aws, region, things, queriesOf, window);
    } catch (error) {
      if (!(error instanceof BorderError) || error.source !== "aws" || endsEverything(error)) throw error;
      issues.push(awsIssue(error, region, missing));
      return [];
    }
  };
  const [nats, endpoints, balancers, groups, families] = await Promise.all([
    read(network.natGateways, ({ id }) => natQueries(id), "the traffic of NAT gateways is missing"),
    read(interfaces, (endpoint) => [endpointQuery(endpoint, region)], "the traffic of VPC endpoints is missing"),
    read(loadBalancers, balancerQueries, "the traffic of load balancers is missing"),
    read(
      logGroups,
      ({ name }) => [query("AWS/Logs", "IncomingBytes", { LogGroupName: name })],
      "what is logged is missing",
    ),
    read(scheduledFamilies(facts), (family) => [minutesQuery(family)], "how long scheduled tasks run is missing"),
  ]);
  return {
    window,
    natGateways: new Map(nats.map(([{ id }, sums]) => [id, total(sums)])),
    endpoints: new Map(endpoints.map(([{ id }, sums]) => [id, total(sums)])),
    loadBalancers: new Map(
      balancers.map(
        ([{ arn }, [newConnections, activeConnectionMinutes, processedBytes, ruleEvaluations, requests]]) => [
          arn,
          { newConnections, activeConnectionMinutes, processedBytes, ruleEvaluations, requests },
        ],
      ),
    ),
    logGroups: new Map(groups.map(([{ name }, sums]) => [name, total(sums)])),
    taskMinutes: new Map(families.map(([family, sums]) => [familyKey(family), total(sums)])),
    issues: issues.sort((a, b) => (a.detail < b.detail ? -1 : 1)),
  };
};
