import { type Block, blockIn, blocksIn, countIn, textIn, within } from "../planned/block.ts";
import { isKnown, type Planned, type PlannedTaskSchedule, UNKNOWN } from "../planned/planned.ts";
import { type OfType, plannedResource, referenceIn } from "./stack-context.ts";

type Started = Pick<PlannedTaskSchedule, "taskDefinition" | "tasks" | "launchType" | "strategy">;

const startedBy = (ecs: Block): Started => {
  const items = blocksIn(ecs, "CapacityProviderStrategy");
  return {
    taskDefinition: referenceIn(ecs, "TaskDefinitionArn"),
    tasks: countIn(ecs, "TaskCount"),
    launchType: textIn(ecs, "LaunchType"),
    strategy:
      items === undefined || items === UNKNOWN
        ? items
        : items.map((item) => ({
            capacityProvider: referenceIn(item, "CapacityProvider"),
            base: countIn(item, "Base"),
            weight: countIn(item, "Weight"),
          })),
  };
};

const ecsIn = (target: Planned<Block>): Planned<Block> => within(target, (block) => blockIn(block, "EcsParameters"));

/** Rules and schedules of a stack that start tasks. */
export const stackTaskSchedules = (ofType: OfType): readonly PlannedTaskSchedule[] => [
  ...ofType("AWS::Events::Rule").flatMap((rule): PlannedTaskSchedule[] => {
    const targets = blocksIn(rule, "Targets");
    const started = (isKnown(targets) ? targets : []).map(ecsIn).filter(isKnown);
    return started.map((ecs) => ({
      ...plannedResource(rule),
      schedule: textIn(rule, "ScheduleExpression"),
      enabled: textIn(rule, "State") !== "DISABLED",
      ...startedBy(ecs),
    }));
  }),
  ...ofType("AWS::Scheduler::Schedule").flatMap((resource): PlannedTaskSchedule[] => {
    const ecs = ecsIn(blockIn(resource, "Target"));
    if (!isKnown(ecs)) return [];
    return [
      {
        ...plannedResource(resource),
        schedule: textIn(resource, "ScheduleExpression"),
        enabled: textIn(resource, "State") !== "DISABLED",
        ...startedBy(ecs),
      },
    ];
  }),
];
