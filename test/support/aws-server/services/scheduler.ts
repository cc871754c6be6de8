import type { ClusterRecord } from "../account.ts";
import { AwsFault } from "../fault.ts";
import { pageOf } from "../paging.ts";
import { type CallContext, type Input, type JsonHandlers, regionOf, textOf } from "../request.ts";
import { batchOf, ecsParameters } from "./scheduled-task.ts";

const schedulesOf = (context: CallContext, cluster: ClusterRecord) => {
  const batch = batchOf(context, cluster);
  const { name } = cluster;
  const schedule = (suffix: string, expression: string, to: object, fields: object = {}) => ({
    Name: `${name}-${suffix}`,
    GroupName: "default",
    Arn: `arn:aws:scheduler:${context.region}:123456789012:schedule/default/${name}-${suffix}`,
    State: "ENABLED",
    ScheduleExpression: expression,
    ScheduleExpressionTimezone: "Europe/Berlin",
    FlexibleTimeWindow: { Mode: "OFF" },
    Target: { RoleArn: "arn:aws:iam::123456789012:role/scheduler", Arn: cluster.arn, ...to },
    ...fields,
  });
  const run = { EcsParameters: ecsParameters(batch, 1, "latest") };
  const request = {
    Cluster: cluster.arn,
    TaskDefinition: batch.family,
    Count: 3,
    CapacityProviderStrategy: [{ CapacityProvider: "FARGATE_SPOT", Weight: 1 }],
  };
  return [
    schedule("report", "cron(30 6 1 * ? *)", run),
    schedule("hourly", "rate(2 hours)", {
      EcsParameters: ecsParameters(batchOf(context, cluster, "report"), 1, "latest"),
    }),
    schedule("direct", "rate(1 day)", {
      Arn: "arn:aws:scheduler:::aws-sdk:ecs:runTask",
      Input: JSON.stringify(request),
    }),
    schedule("once", "at(2027-01-01T00:00:00)", run),
    schedule("over", "rate(1 minute)", run, { EndDate: context.account.now - 86_400 }),
    schedule("paused", "rate(1 minute)", run, { State: "DISABLED" }),
    schedule("queue", "rate(1 minute)", { Arn: `arn:aws:sqs:${context.region}:123456789012:jobs` }),
  ];
};

const allSchedules = (context: CallContext) =>
  context.account.scheduled ? regionOf(context).clusters.flatMap((cluster) => schedulesOf(context, cluster)) : [];

/** Operations of EventBridge Scheduler that read. */
export const schedulerHandlers: JsonHandlers = {
  ListSchedules: (input, context) => {
    const state = textOf(input, "State");
    const all = allSchedules(context).filter((each) => state === undefined || each.State === state);
    const size = Number(input["MaxResults"] ?? 100);
    const { items, next } = pageOf(all, size, textOf(input, "NextToken"));
    return {
      Schedules: items.map(({ Name, GroupName, Arn, State, Target }) => ({
        ...{ Name, GroupName, Arn, State },
        Target: { Arn: Target.Arn },
      })),
      NextToken: next,
    };
  },
  GetSchedule: (input, context) => {
    const asked = textOf(input, "Name");
    const found = allSchedules(context).find(({ Name }) => Name === asked);
    if (found === undefined || textOf(input, "groupName") !== found.GroupName)
      throw new AwsFault("ResourceNotFoundException", `Schedule ${asked} does not exist.`, 404);
    return found;
  },
};

/** The operation of a request by its path; Scheduler has no names of operations on the wire. */
export const schedulerOperation = (path: string, query: URLSearchParams): { name: string; input: Input } => {
  const given = Object.fromEntries(query);
  const { name } = /^\/schedules\/(?<name>[^/]+)$/.exec(path)?.groups ?? {};
  return name === undefined
    ? { name: path === "/schedules" ? "ListSchedules" : path, input: given }
    : { name: "GetSchedule", input: { ...given, Name: decodeURIComponent(name) } };
};
