import type { Service } from "@aws-sdk/client-ecs";
import type { LoadBalancer, TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import { allPages } from "../client/paged.ts";
import { attempt, callOf, type RegionRun, recordsOf, sortedBy } from "./region-run.ts";

/** A target group of a service behind a load balancer. */
export interface FoundTargetGroup {
  readonly arn: string;
  /** `cluster/service`. */
  readonly service: string;
}

/** A load balancer in front of ECS services. */
export interface FoundLoadBalancer {
  readonly arn: string;
  readonly name: string;
  readonly type: "application" | "network";
  readonly internetFacing: boolean;
  readonly zones: number;
  /** `cluster/service`, sorted. */
  readonly services: readonly string[];
  readonly targetGroups: readonly FoundTargetGroup[];
}

const readBalancers = async (run: RegionRun): Promise<readonly LoadBalancer[]> => {
  const { aws, region } = run;
  const call = callOf(run, "elasticloadbalancing:DescribeLoadBalancers");
  const client = await aws.clients.loadBalancing(region);
  const { DescribeLoadBalancersCommand } = await import("@aws-sdk/client-elastic-load-balancing-v2");
  return allPages(aws, call, (Marker) => async (abortSignal) => {
    const page = await client.send(new DescribeLoadBalancersCommand({ Marker }), { abortSignal });
    return { items: recordsOf(call, page.LoadBalancers, ["LoadBalancerArn"]), next: page.NextMarker };
  });
};

const readTargetGroups = async (run: RegionRun): Promise<readonly TargetGroup[]> => {
  const { aws, region } = run;
  const call = callOf(run, "elasticloadbalancing:DescribeTargetGroups");
  const client = await aws.clients.loadBalancing(region);
  const { DescribeTargetGroupsCommand } = await import("@aws-sdk/client-elastic-load-balancing-v2");
  return allPages(aws, call, (Marker) => async (abortSignal) => {
    const page = await client.send(new DescribeTargetGroupsCommand({ Marker }), { abortSignal });
    return { items: recordsOf(call, page.TargetGroups, ["TargetGroupArn"]), next: page.NextMarker };
  });
};

/** Target groups of services by the load balancer that both name. */
const groupsBehind = (
  groups: readonly TargetGroup[],
  services: readonly (readonly [string, Service])[],
): ReadonlyMap<string, readonly FoundTargetGroup[]> => {
  const balancersOf = new Map(
    groups.map(({ TargetGroupArn, LoadBalancerArns = [] }) => [TargetGroupArn, LoadBalancerArns]),
  );
  const behind = new Map<string, FoundTargetGroup[]>();
  for (const [service, { loadBalancers = [] }] of services) {
    for (const { targetGroupArn: arn } of loadBalancers) {
      if (arn === undefined) continue;
      for (const balancer of balancersOf.get(arn) ?? []) {
        behind.set(balancer, [...(behind.get(balancer) ?? []), { arn, service }]);
      }
    }
  }
  return behind;
};

const balancerOf = (
  balancer: LoadBalancer,
  groups: readonly FoundTargetGroup[] | undefined,
): readonly FoundLoadBalancer[] => {
  const { LoadBalancerArn = "", LoadBalancerName = "", Type: type, Scheme, AvailabilityZones = [] } = balancer;
  if (groups === undefined || (type !== "application" && type !== "network")) return [];
  return [
    {
      arn: LoadBalancerArn,
      name: LoadBalancerName,
      type,
      internetFacing: Scheme === "internet-facing",
      zones: AvailabilityZones.length,
      services: [...new Set(groups.map(({ service }) => service))].sort(),
      targetGroups: sortedBy(groups, ({ service, arn }) => `${service} ${arn}`),
    },
  ];
};

/** Load balancers in front of these services (`cluster/name` first). Actions: DescribeLoadBalancers, DescribeTargetGroups. */
export const readLoadBalancers = async (
  run: RegionRun,
  services: readonly (readonly [string, Service])[],
): Promise<readonly FoundLoadBalancer[]> => {
  if (!services.some(([, { loadBalancers = [] }]) => loadBalancers.length > 0)) return [];
  const missing = "load balancers are missing";
  const [balancers, groups] = await Promise.all([
    attempt(run, run.region, missing, () => readBalancers(run)),
    attempt(run, run.region, missing, () => readTargetGroups(run)),
  ]);
  const behind = groupsBehind(groups ?? [], services);
  const found = (balancers ?? []).flatMap((each) => balancerOf(each, behind.get(each.LoadBalancerArn ?? "")));
  return sortedBy(found, ({ name, arn }) => `${name} ${arn}`);
};
