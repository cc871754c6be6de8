import { blockIn, countIn, numberIn, textIn, within } from "../planned/block.ts";
import {
  isLink,
  type PlannedScalableTarget,
  type PlannedScalingPolicy,
  type PlannedScheduledAction,
  type Reference,
} from "../planned/planned.ts";
import { trackedMetric } from "../planned/scaling.ts";
import { type PlanContext, plannedResource, referenceIn } from "./plan-context.ts";
import type { PlanResource } from "./plan-resources.ts";

const ofServices = (resource: PlanResource): boolean => {
  const space = textIn(resource, "service_namespace");
  return space === "ecs" || textIn(resource, "scalable_dimension") === "ecs:service:DesiredCount";
};

/** A resource id may be text built of the names of cluster and service, or of a service that is yet to be made. */
const serviceIn = (context: PlanContext, resource: PlanResource): Reference =>
  referenceIn(context, resource, "resource_id", "aws_ecs_service");

/** Bounds of Application Auto Scaling in a plan. */
export const planScalableTargets = (context: PlanContext): readonly PlannedScalableTarget[] =>
  context
    .ofType("aws_appautoscaling_target")
    .filter(ofServices)
    .map((resource) => ({
      ...plannedResource(context, resource),
      service: serviceIn(context, resource),
      minTasks: countIn(resource, "min_capacity"),
      maxTasks: countIn(resource, "max_capacity"),
    }));

/** Target tracking on CPU and memory in a plan. */
export const planScalingPolicies = (context: PlanContext): readonly PlannedScalingPolicy[] =>
  context.ofType("aws_appautoscaling_policy").flatMap((resource) => {
    const tracking = blockIn(resource, "target_tracking_scaling_policy_configuration");
    const type = within(tracking, (block) =>
      within(blockIn(block, "predefined_metric_specification"), (spec) => textIn(spec, "predefined_metric_type")),
    );
    const metric = trackedMetric(type);
    if (metric === undefined) return [];
    const target = referenceIn(context, resource, "resource_id", "aws_appautoscaling_target");
    return [
      {
        ...plannedResource(context, resource),
        service: isLink(target) ? target : serviceIn(context, resource),
        metric,
        targetPercent: within(tracking, (block) => numberIn(block, "target_value")),
      },
    ];
  });

/** Scheduled actions of Application Auto Scaling in a plan. */
export const planScheduledActions = (context: PlanContext): readonly PlannedScheduledAction[] =>
  context
    .ofType("aws_appautoscaling_scheduled_action")
    .filter(ofServices)
    .map((resource) => {
      const target = referenceIn(context, resource, "resource_id", "aws_appautoscaling_target");
      const action = blockIn(resource, "scalable_target_action");
      return {
        ...plannedResource(context, resource),
        service: isLink(target) ? target : serviceIn(context, resource),
        schedule: textIn(resource, "schedule"),
        timezone: textIn(resource, "timezone"),
        minTasks: within(action, (block) => countIn(block, "min_capacity")),
        maxTasks: within(action, (block) => countIn(block, "max_capacity")),
      };
    });
