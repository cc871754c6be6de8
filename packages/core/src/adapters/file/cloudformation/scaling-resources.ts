import { blockIn, blocksIn, countIn, numberIn, textIn, within } from "../planned/block.ts";
import {
  isKnown,
  type PlannedScalableTarget,
  type PlannedScalingPolicy,
  type PlannedScheduledAction,
  type Reference,
} from "../planned/planned.ts";
import { trackedMetric } from "../planned/scaling.ts";
import { referenceOf } from "../planned/value-link.ts";
import type { StackResource } from "./stack.ts";
import { type OfType, plannedResource, referenceIn } from "./stack-context.ts";
import { partsOf } from "./template-value.ts";

/** A resource id is `service/CLUSTER/SERVICE`, mostly put together of references: the service is one of them. */
const serviceIn = (resource: StackResource, services: ReadonlySet<string>): Reference => {
  const id = resource.data["ResourceId"];
  const parts = partsOf(id);
  if (parts === undefined) return referenceIn(resource, "ResourceId");
  const links = parts.flatMap((part) => referenceOf(part) ?? []);
  const link = links.find(({ to }) => services.has(to));
  return link === undefined ? referenceIn(resource, "ResourceId") : { to: link.to };
};

const keysOf = (resources: readonly StackResource[]): ReadonlySet<string> => new Set(resources.map(({ key }) => key));

/** Bounds of Application Auto Scaling in a stack. */
export const stackScalableTargets = (ofType: OfType): readonly PlannedScalableTarget[] => {
  const services = keysOf(ofType("AWS::ECS::Service"));
  return ofType("AWS::ApplicationAutoScaling::ScalableTarget")
    .filter((resource) => textIn(resource, "ServiceNamespace") === "ecs")
    .map((resource) => ({
      ...plannedResource(resource),
      service: serviceIn(resource, services),
      minTasks: countIn(resource, "MinCapacity"),
      maxTasks: countIn(resource, "MaxCapacity"),
    }));
};

/** Target tracking on CPU and memory in a stack. */
export const stackScalingPolicies = (ofType: OfType): readonly PlannedScalingPolicy[] => {
  const services = keysOf(ofType("AWS::ECS::Service"));
  return ofType("AWS::ApplicationAutoScaling::ScalingPolicy").flatMap((resource) => {
    const tracking = blockIn(resource, "TargetTrackingScalingPolicyConfiguration");
    const type = within(tracking, (block) =>
      within(blockIn(block, "PredefinedMetricSpecification"), (spec) => textIn(spec, "PredefinedMetricType")),
    );
    const metric = trackedMetric(type);
    if (metric === undefined) return [];
    return [
      {
        ...plannedResource(resource),
        service: referenceIn(resource, "ScalingTargetId") ?? serviceIn(resource, services),
        metric,
        targetPercent: within(tracking, (block) => numberIn(block, "TargetValue")),
      },
    ];
  });
};

/** Scheduled actions, which stand in their scalable targets. */
export const stackScheduledActions = (ofType: OfType): readonly PlannedScheduledAction[] => {
  const services = keysOf(ofType("AWS::ECS::Service"));
  return ofType("AWS::ApplicationAutoScaling::ScalableTarget").flatMap((resource) => {
    const actions = blocksIn(resource, "ScheduledActions");
    return (isKnown(actions) ? actions : []).map((action) => {
      const bounds = blockIn(action, "ScalableTargetAction");
      return {
        ...plannedResource(resource),
        service: serviceIn(resource, services),
        schedule: textIn(action, "Schedule"),
        timezone: textIn(action, "Timezone"),
        minTasks: within(bounds, (block) => countIn(block, "MinCapacity")),
        maxTasks: within(bounds, (block) => countIn(block, "MaxCapacity")),
      };
    });
  });
};
