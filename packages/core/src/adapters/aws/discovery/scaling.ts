import type { ScalableTarget, ScalingPolicy, ScheduledAction } from "@aws-sdk/client-application-auto-scaling";
import type { TargetTracking } from "../../../domain/rightsizing/target-tracking.ts";
import { allPages } from "../client/paged.ts";
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
  /** Actions that set other bounds at certain times. */
  readonly scheduled: readonly FoundScheduledAction[];
  /** Whether no policy starts or stops tasks at the moment. */
  readonly suspended: boolean;
}

/** A change of the bounds by time. */
export interface FoundScheduledAction {
  readonly name: string;
  /** `cron()`, `rate()` or `at()`. */
  readonly schedule: string;
  /** Undefined for UTC. */
  readonly timezone?: string;
  readonly minTasks?: number;
  readonly maxTasks?: number;
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

const readActions = async (run: RegionRun): Promise<readonly ScheduledAction[]> => {
  const { aws, region } = run;
  const call = callOf(run, "application-autoscaling:DescribeScheduledActions");
  const client = await aws.clients.scaling(region);
  const { DescribeScheduledActionsCommand } = await import("@aws-sdk/client-application-auto-scaling");
  return allPages(aws, call, (NextToken) => async (abortSignal) => {
    const command = new DescribeScheduledActionsCommand({ ServiceNamespace: "ecs", NextToken, MaxResults: 50 });
    const page = await client.send(command, { abortSignal });
    const fields = ["ResourceId", "ScheduledActionName", "Schedule"] as const;
    return { items: recordsOf(call, page.ScheduledActions, fields), next: page.NextToken };
  });
};

const actionOf = (action: ScheduledAction): FoundScheduledAction => {
  const { ScheduledActionName: name = "", Schedule: schedule = "", Timezone: timezone } = action;
  const { MinCapacity: minTasks, MaxCapacity: maxTasks } = action.ScalableTargetAction ?? {};
  return {
    name,
    schedule,
    ...(timezone === undefined ? {} : { timezone }),
    ...(minTasks === undefined ? {} : { minTasks }),
    ...(maxTasks === undefined ? {} : { maxTasks }),
  };
};

const byResource = <T extends { readonly ResourceId: string | undefined }>(list: readonly T[] | undefined) =>
  Map.groupBy(list ?? [], ({ ResourceId = "" }) => ResourceId);

/**
 * How Application Auto Scaling scales the region's services. Actions: DescribeScalableTargets, DescribeScalingPolicies,
 * DescribeScheduledActions.
 */
export const readScaling = async (run: RegionRun): Promise<readonly FoundScaling[]> => {
  const missing = "how services scale is missing";
  const [targets, policies, actions] = await Promise.all([
    attempt(run, run.region, missing, () => readTargets(run)),
    attempt(run, run.region, missing, () => readPolicies(run)),
    attempt(run, run.region, "how services scale by time is missing", () => readActions(run)),
  ]);
  const [policiesOf, actionsOf] = [byResource(policies), byResource(actions)];
  const found = (targets ?? []).map((target): FoundScaling => {
    const { ResourceId = "", MinCapacity = 0, MaxCapacity = 0, SuspendedState: suspended } = target;
    return {
      service: ResourceId.replace(/^service\//, ""),
      minTasks: MinCapacity,
      maxTasks: MaxCapacity,
      policies: sortedBy((policiesOf.get(ResourceId) ?? []).map(policyOf), ({ name }) => name),
      scheduled: sortedBy((actionsOf.get(ResourceId) ?? []).map(actionOf), ({ name }) => name),
      suspended: suspended?.DynamicScalingInSuspended === true && suspended.DynamicScalingOutSuspended === true,
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
