import { type Block, blockIn, blocksIn, countIn, flagIn, textIn, within } from "../planned/block.ts";
import {
  isKnown,
  type Planned,
  type PlannedStrategyItem,
  type PlannedTaskSchedule,
  UNKNOWN,
} from "../planned/planned.ts";
import { keyOf, type PlanContext, plannedResource, referenceIn } from "./plan-context.ts";
import type { PlanResource } from "./plan-resources.ts";

const strategyOf = (block: Block): Planned<readonly PlannedStrategyItem[]> => {
  const items = blocksIn(block, "capacity_provider_strategy");
  if (items === undefined || items === UNKNOWN) return items;
  return items.map((item) => ({
    capacityProvider: textIn(item, "capacity_provider"),
    base: countIn(item, "base"),
    weight: countIn(item, "weight"),
  }));
};

type Started = Pick<PlannedTaskSchedule, "taskDefinition" | "tasks" | "launchType" | "strategy">;

/** What of ECS a target starts; the task definition is referred to by the resource that holds the target. */
const startedBy = (context: PlanContext, holder: PlanResource, path: string, block: Block): Started => {
  const [link, ...others] = context.references.from(holder, [path], "aws_ecs_task_definition");
  const text = textIn(block, "task_definition_arn");
  return {
    taskDefinition: link !== undefined && others.length === 0 && !isKnown(text) ? { to: keyOf(context, link) } : text,
    tasks: countIn(block, "task_count"),
    launchType: textIn(block, "launch_type"),
    strategy: strategyOf(block),
  };
};

const ofRules = (context: PlanContext): readonly PlannedTaskSchedule[] =>
  context.ofType("aws_cloudwatch_event_target").flatMap((target): PlannedTaskSchedule[] => {
    const ecs = blockIn(target, "ecs_target");
    if (!isKnown(ecs)) return [];
    const rule = ruleOf(context, target);
    const state = rule === undefined ? undefined : textIn(rule, "state");
    return [
      {
        ...plannedResource(context, target),
        schedule: rule === undefined ? UNKNOWN : textIn(rule, "schedule_expression"),
        enabled: state !== "DISABLED" && (rule === undefined || flagIn(rule, "is_enabled") !== false),
        ...startedBy(context, target, "ecs_target", ecs),
      },
    ];
  });

const ruleOf = (context: PlanContext, target: PlanResource): PlanResource | undefined => {
  const [link] = context.references.from(target, ["rule"], "aws_cloudwatch_event_rule");
  if (link !== undefined) return link;
  const named = referenceIn(context, target, "rule", "aws_cloudwatch_event_rule");
  return context.ofType("aws_cloudwatch_event_rule").find((rule) => isKnown(named) && textIn(rule, "name") === named);
};

const ofScheduler = (context: PlanContext): readonly PlannedTaskSchedule[] =>
  context.ofType("aws_scheduler_schedule").flatMap((resource): PlannedTaskSchedule[] => {
    const ecs = within(blockIn(resource, "target"), (target) => blockIn(target, "ecs_parameters"));
    if (!isKnown(ecs)) return [];
    return [
      {
        ...plannedResource(context, resource),
        schedule: textIn(resource, "schedule_expression"),
        enabled: textIn(resource, "state") !== "DISABLED",
        ...startedBy(context, resource, "target", ecs),
      },
    ];
  });

/** Rules and schedules of a plan that start tasks. */
export const planTaskSchedules = (context: PlanContext): readonly PlannedTaskSchedule[] => [
  ...ofRules(context),
  ...ofScheduler(context),
];
