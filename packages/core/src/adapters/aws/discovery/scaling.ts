import type { ScalableTarget, ScalingPolicy } from "@aws-sdk/client-application-auto-scaling";
import type { TargetTracking } from "../../../domain/rightsizing/target-tracking.ts";
import { allPages } from "../paged.ts";
import { attempt, callOf, type RegionRun, recordsOf, sortedBy } from "./region-run.ts";

/** A policy that scales a service. */
export interface FoundPolicy {
  readonly name: string;
  /** `TargetTrackingScaling`, `StepScaling` or `PredictiveScaling`. */
  readonly type: string;
  /** What target tracking holds, as AWS names it, for example `ECSServiceAverageCPUUtilization`. */
  readonly metric?: string;
  readonly targetValue?: number;
}

/** How Application Auto Scaling scales a service. */
export interface FoundScaling {
  /** `cluster/service`. */
  readonly service: string;
  readonly minTasks: number;
  readonly maxTasks: number;
  readonly policies: readonly FoundPolicy[];
}

const policyOf = (policy: ScalingPolicy): FoundPolicy => {
  const { PolicyName: name = "", PolicyType: type = "", TargetTrackingScalingPolicyConfiguration: tracking } = policy;
  const metric = tracking?.PredefinedMetricSpecification?.PredefinedMetricType;
  return {
    name,
    type,
    ...(metric === undefined ? {} : { metric }),
    ...(tracking?.TargetValue === undefined ? {} : { targetValue: tracking.TargetValue }),
  };
};

const readTargets = async (run: RegionRun): Promise<readonly ScalableTarget[]> => {
  const { aws, region } = run;
  const call = callOf(run, "application-autoscaling:DescribeScalableTargets");
  const client = await aws.clients.scaling(region);
  const { DescribeScalableTargetsCommand } = await import("@aws-sdk/client-application-auto-scaling");
  return allPages(aws, call, (NextToken) => async (abortSignal) => {
    const command = new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs", NextToken, MaxResults: 50 });
    const page = await client.send(command, { abortSignal });
    return { items: recordsOf(call, page.ScalableTargets, ["ResourceId"]), next: page.NextToken };
  });
};

const readPolicies = async (run: RegionRun): Promise<readonly ScalingPolicy[]> => {
  const { aws, region } = run;
  const call = callOf(run, "application-autoscaling:DescribeScalingPolicies");
  const client = await aws.clients.scaling(region);
  const { DescribeScalingPoliciesCommand } = await import("@aws-sdk/client-application-auto-scaling");
  return allPages(aws, call, (NextToken) => async (abortSignal) => {
    const command = new DescribeScalingPoliciesCommand({ ServiceNamespace: "ecs", NextToken, MaxResults: 50 });
    const page = await client.send(command, { abortSignal });
    return { items: recordsOf(call, page.ScalingPolicies, ["ResourceId", "PolicyName"]), next: page.NextToken };
  });
};

/** Targets and policies of the region's services. Actions: DescribeScalableTargets, DescribeScalingPolicies. */
export const readScaling = async (run: RegionRun): Promise<readonly FoundScaling[]> => {
  const missing = "how services scale is missing";
  const [targets, policies] = await Promise.all([
    attempt(run, run.region, missing, () => readTargets(run)),
    attempt(run, run.region, missing, () => readPolicies(run)),
  ]);
  const byResource = Map.groupBy(policies ?? [], ({ ResourceId = "" }) => ResourceId);
  const found = (targets ?? []).map((target): FoundScaling => {
    const { ResourceId = "", MinCapacity = 0, MaxCapacity = 0 } = target;
    const own = (byResource.get(ResourceId) ?? []).map(policyOf);
    return {
      service: ResourceId.replace(/^service\//, ""),
      minTasks: MinCapacity,
      maxTasks: MaxCapacity,
      policies: sortedBy(own, ({ name }) => name),
    };
  });
  return sortedBy(found, ({ service }) => service);
};

const TRACKED: Readonly<Record<string, TargetTracking["metric"]>> = {
  ECSServiceAverageCPUUtilization: "cpu",
  ECSServiceAverageCPUUtilizationHighResolution: "cpu",
  ECSServiceAverageMemoryUtilization: "memory",
  ECSServiceAverageMemoryUtilizationHighResolution: "memory",
};

/** Target tracking on CPU and memory by service (`cluster/name`), as sizes are advised with. */
export const targetTrackingOf = (scaling: readonly FoundScaling[]): ReadonlyMap<string, readonly TargetTracking[]> =>
  new Map(
    scaling.flatMap(({ service, minTasks, maxTasks, policies }) => {
      const tracking = policies.flatMap(({ metric = "", targetValue }): TargetTracking[] => {
        const tracked = TRACKED[metric];
        if (tracked === undefined || targetValue === undefined) return [];
        return [{ metric: tracked, targetPercent: targetValue, minTasks, maxTasks }];
      });
      return tracking.length === 0 ? [] : [[service, tracking] as const];
    }),
  );
