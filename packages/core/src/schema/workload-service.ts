import * as z from "zod/mini";
import { STRATEGY_LIMITS } from "../domain/capacity/strategy-rules.ts";
import { MONTHLY_ITEMS, type MonthlyItem } from "../domain/workload/monthly-items.ts";
import { accountId, flag, keys, list, maybe, quantity, regionCode, text, whole, word } from "./leaves.ts";
import { taskSchema } from "./workload-task.ts";

const strategyItem = keys(
  {
    capacityProvider: text("FARGATE, FARGATE_SPOT or the name of a capacity provider of yours"),
    base: maybe(whole(0, STRATEGY_LIMITS.base, "Tasks that go to it first; on one provider only")),
    weight: maybe(whole(0, STRATEGY_LIMITS.weight, "Its share of the tasks beyond the base; default 0, as in ECS")),
  },
  "A capacity provider with its base and weight",
);

const runs = keys(
  {
    perMonth: quantity("Runs in a month"),
    seconds: maybe(quantity("Seconds that a run takes, average; without it what the runs cost is not known")),
    pullSeconds: maybe(quantity("Seconds of image pull before it; default network.imagePullSeconds, then 0")),
  },
  "Standalone tasks that run and end",
);

const LOG_CLASSES = [
  ...["standard", "infrequent-access", "essentials", "delivery"],
  ...["STANDARD", "INFREQUENT_ACCESS", "ESSENTIALS", "DELIVERY"],
] as const;

const logs = keys(
  {
    gbPerMonth: quantity("GB of logs written in a month, all tasks together"),
    class: maybe(word(LOG_CLASSES, "Class of the log group, also as AWS spells it; default standard")),
    retentionDays: maybe(whole(1, 3653, "Days that logs are kept; default for ever")),
  },
  "Logs sent to CloudWatch",
);

const network = keys(
  {
    publicIp: maybe(flag("Whether each task has a public IPv4 address; default false")),
    internetEgressGb: maybe(quantity("GB sent to the internet in a month")),
    crossAzGb: maybe(quantity("GB that cross Availability Zones in a month")),
    imageGb: maybe(quantity("GB of the compressed image that each task start pulls")),
    taskStartsPerMonth: maybe(quantity("Task starts in a month: deployments, scaling, replacements")),
    imagePullSeconds: maybe(quantity("Seconds of image pull at a task start, billed by Fargate")),
  },
  "Traffic of the service",
);

const percentOfSize = (metric: string) => {
  const error = "must be a percentage above 0, at most 100";
  const description = `Percent of ${metric} that target tracking holds`;
  return maybe(z.number({ error }).check(z.gt(0, { error }), z.lte(100, { error }), z.meta({ description })));
};

const autoscaling = keys(
  {
    minTasks: whole(0, 1_000_000, "Least tasks that Application Auto Scaling keeps"),
    maxTasks: whole(1, 1_000_000, "Most tasks that it starts"),
    cpuTargetPercent: percentOfSize("CPU"),
    memoryTargetPercent: percentOfSize("memory"),
  },
  "Target tracking on the utilization of the service",
);

const HOURLY_COUNTS = "must be the path of a CSV file or a list of whole numbers";

const hourlyCounts = z
  .union(
    [
      text("Path of a CSV file with header timestamp,count"),
      list(whole(0, 1_000_000, "Tasks of one hour"), "The count of each hour, in order", 8_784),
    ],
    { error: HOURLY_COUNTS },
  )
  .check(
    z.meta({ description: "Tasks in each hour of a month: a CSV file with header timestamp,count, or the counts" }),
  );

const itemKey = ({ most, help }: MonthlyItem) => maybe(whole(0, most, help));

const itemGroup = (group: MonthlyItem["group"]) => {
  const items = MONTHLY_ITEMS.filter((item) => item.group === group);
  const shape = Object.fromEntries(items.map((item) => [item.name, itemKey(item)]));
  return maybe(keys(shape, group.charAt(0).toUpperCase() + group.slice(1)));
};

/** Keys of what is billed by the piece and month. */
const itemGroups = Object.fromEntries(MONTHLY_ITEMS.map(({ group }) => [group, itemGroup(group)])) as Readonly<
  Record<MonthlyItem["group"], ReturnType<typeof itemGroup>>
>;

const oneOf = (first: string, second: string) => ({ not: { required: [first, second] } });

/** Pairs of keys that exclude each other. */
export const EXCLUSIVE_KEYS: readonly (readonly [string, string])[] = [
  ["desiredCount", "runs"],
  ["desiredCount", "hourlyCounts"],
  ["runs", "hourlyCounts"],
  ["launchType", "capacityProviderStrategy"],
  ["task", "taskDefinition"],
];

/** One service, or one kind of standalone task. */
export const serviceSchema = keys(
  {
    name: text("Name of the service"),
    cluster: maybe(text("Cluster that it runs in; default default")),
    region: maybe(regionCode("Region that it runs in; that of the file where not given")),
    account: maybe(accountId("Account that it runs in, where there are several")),
    tags: maybe(
      z
        .record(z.string(), z.string({ error: "must be text (numbers and yes/no need quotes)" }), {
          error: "must be a map of keys",
        })
        .check(z.meta({ description: "Tags, for grouping and filtering" })),
    ),
    taskDefinition: maybe(text("Family, family:revision, ARN, or a path relative to this file (./api.json)")),
    task: maybe(taskSchema),
    desiredCount: maybe(whole(0, 1_000_000, "Tasks that run all month")),
    runs: maybe(runs),
    hourlyCounts: maybe(hourlyCounts),
    launchType: maybe(word(["FARGATE", "EC2", "EXTERNAL", "MANAGED_INSTANCES"], "Launch type, as in ECS")),
    capacityProviderStrategy: maybe(
      list(strategyItem, "Capacity provider strategy, as in ECS", STRATEGY_LIMITS.providers).check(
        z.minLength(1, { error: "must name a capacity provider" }),
      ),
    ),
    scheduling: maybe(word(["replica", "daemon"], "Scheduling; default replica")),
    placementConstraints: maybe(flag("Whether placement constraints restrict where its tasks run; default false")),
    interruptible: maybe(word(["no", "partly", "yes"], "Whether its tasks may be interrupted, as Spot does")),
    minAvailableTasks: maybe(whole(0, 1_000_000, "Tasks that must stay when Spot capacity is lost")),
    autoscaling: maybe(autoscaling),
    logs: maybe(logs),
    network: maybe(network),
    storage: maybe(
      keys(
        {
          efsGb: maybe(quantity("GB kept in EFS Standard, average of the month")),
          ebsGiB: maybe(quantity("GiB of gp3 volume that ECS attaches to each task")),
        },
        "Storage beyond the ephemeral",
      ),
    ),
    images: maybe(keys({ ecrGb: maybe(quantity("GB of images kept in ECR")) }, "Images")),
    secrets: maybe(whole(0, 100_000, "Secrets kept in Secrets Manager")),
    ...itemGroups,
    tracing: maybe(keys({ tracesPerMonth: maybe(quantity("X-Ray traces recorded in a month")) }, "Tracing")),
  },
  "A service, or a kind of standalone task",
  { allOf: EXCLUSIVE_KEYS.map(([first, second]) => oneOf(first, second)) },
);
