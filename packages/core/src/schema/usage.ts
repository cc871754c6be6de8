import * as z from "zod/mini";
import { cpuSize, keys, list, maybe, memorySize, quantity, whole } from "./leaves.ts";
import { serviceSchema } from "./workload-service.ts";
import { taskSchema } from "./workload-task.ts";

const { desiredCount, interruptible, minAvailableTasks, logs, network, storage, images, secrets } = serviceSchema.shape;

const usageRuns = keys(
  {
    perMonth: maybe(quantity("Runs in a month; as the schedules of the plan say where not given")),
    seconds: maybe(quantity("Seconds that a run takes, average")),
    pullSeconds: maybe(quantity("Seconds of image pull before it; default network.imagePullSeconds, then 0")),
  },
  "Standalone tasks that run and end",
);

const AVERAGE = "must be a number of tasks from 0 to 1000000";

/** Keys that say how many tasks run, of which one is given. */
export const COUNT_KEYS = ["desiredCount", "averageCount", "hourlyCounts", "hoursAtCount", "runs"] as const;

/** What a plan cannot know about one resource. */
export const usageEntrySchema = keys(
  {
    desiredCount,
    averageCount: maybe(
      z
        .number({ error: AVERAGE })
        .check(
          z.gte(0, { error: AVERAGE }),
          z.lte(1_000_000, { error: AVERAGE }),
          z.meta({ description: "Tasks on average over the month, up to three decimals" }),
        ),
    ),
    hourlyCounts: maybe(
      list(whole(0, 1_000_000, "Tasks in an hour"), "Tasks in each hour of a day, a week or a month", 744).check(
        z.minLength(1, { error: "must hold the tasks of at least one hour" }),
      ),
    ),
    hoursAtCount: maybe(
      z
        .record(
          z.string().check(z.regex(/^\d{1,7}$/, { error: "must be a number of tasks" })),
          whole(0, 744, "Hours"),
          {
            error: "must be a map of tasks to hours",
          },
        )
        .check(z.meta({ description: "Hours of a week (168) or a month (672 to 744) at each number of tasks" })),
    ),
    runs: maybe(usageRuns),
    cpu: maybe(cpuSize("Task CPU, where the plan does not know it")),
    memory: maybe(memorySize("Task memory, where the plan does not know it")),
    arch: taskSchema.shape.arch,
    os: taskSchema.shape.os,
    interruptible,
    minAvailableTasks,
    logs,
    network,
    storage,
    images,
    secrets,
    gb: maybe(quantity("GB in a month: through a NAT gateway or endpoint, or into a log group")),
    azs: maybe(whole(1, 20, "Availability Zones of an endpoint, regional NAT gateway or load balancer")),
    newConnectionsPerSecond: maybe(quantity("New connections a second of a load balancer, average of the month")),
    activeConnections: maybe(quantity("Active connections of a load balancer, average of the month")),
    processedGbPerHour: maybe(quantity("GB that a load balancer processes an hour, average of the month")),
    ruleEvaluationsPerSecond: maybe(quantity("Rule evaluations a second of a load balancer, average of the month")),
  },
  "What is known about one resource of a plan or template",
);

/** The usage file, version 1: what plans and templates cannot know, by the address of each resource. */
export const usageSchema = keys(
  {
    version: z.literal(1, { error: "must be 1" }),
    usage: z
      .record(z.string(), usageEntrySchema, { error: "must be a map of addresses" })
      .check(
        z.meta({ description: "By address of the plan, or logical id of the template; a star stands for any text" }),
      ),
    defaults: maybe(
      z
        .record(z.string(), usageEntrySchema, { error: "must be a map of resource types" })
        .check(z.meta({ description: "By type of resource, such as aws_ecs_service or AWS::ECS::Service" })),
    ),
  },
  "What is used of planned resources, for ecs-cost",
);

export type UsageFile = z.infer<typeof usageSchema>;
/** The JSON Schema (draft 2020-12) of the usage file, as it is published. */
export const usageJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(usageSchema, { io: "input" }),
  title: "ecs-cost usage file",
});

export type UsageEntry = z.infer<typeof usageEntrySchema>;
