import type { ClusterRecord } from "../account.ts";
import { AwsFault } from "../fault.ts";
import { pageOf } from "../paging.ts";
import { type CallContext, type Input, type JsonHandlers, regionOf, sizeOf, textOf } from "../request.ts";
import { batchOf, ecsParameters } from "./scheduled-task.ts";

interface RuleRecord {
  readonly rule: Readonly<Record<string, unknown>> & { readonly Name: string };
  readonly targets: readonly Readonly<Record<string, unknown>>[];
}

const ruleArn = (region: string, name: string): string => `arn:aws:events:${region}:123456789012:rule/${name}`;

const rulesOf = (context: CallContext, cluster: ClusterRecord, at: number): readonly RuleRecord[] => {
  const { region } = context;
  const rule = (name: string, fields: Readonly<Record<string, unknown>>) => ({
    Name: name,
    Arn: ruleArn(region, name),
    State: "ENABLED",
    EventBusName: "default",
    ...fields,
  });
  const task = (Id: string, tasks: number) => ({
    Id,
    Arn: cluster.arn,
    RoleArn: "arn:aws:iam::123456789012:role/events",
    EcsParameters: {
      ...ecsParameters(batchOf(context, cluster), tasks, "revision"),
      Tags: [{ Key: "team", Value: "data" }],
    },
  });
  const lambda = { Id: "fn", Arn: `arn:aws:lambda:${region}:123456789012:function:on-event` };
  const { name } = cluster;
  return [
    ...(at === 0
      ? [{ rule: rule("nightly", { ScheduleExpression: "cron(0 2 * * ? *)" }), targets: [task("1", 1)] }]
      : []),
    { rule: rule(`${name}-hourly`, { ScheduleExpression: "rate(1 hour)" }), targets: [task("1", 2), lambda] },
    {
      rule: rule(`${name}-twice`, { ScheduleExpression: "cron(0 3 ? * MON-FRI *)" }),
      targets: [task("a", 1), task("b", 1)],
    },
    { rule: rule(`${name}-off`, { ScheduleExpression: "rate(1 minute)", State: "DISABLED" }), targets: [task("1", 1)] },
    { rule: rule(`${name}-upload`, { EventPattern: '{"source":["aws.s3"]}' }), targets: [task("1", 1)] },
    { rule: rule(`${name}-odd`, { ScheduleExpression: "cron(0 3 * * * *)" }), targets: [task("1", 1)] },
    { rule: rule(`${name}-lambda`, { ScheduleExpression: "rate(5 minutes)" }), targets: [lambda] },
    {
      rule: rule(`${name}-managed`, { ScheduleExpression: "rate(1 hour)", ManagedBy: "autoscaling.amazonaws.com" }),
      targets: [lambda],
    },
  ];
};

const allRules = (context: CallContext): readonly RuleRecord[] =>
  context.account.scheduled ? regionOf(context).clusters.flatMap((cluster, at) => rulesOf(context, cluster, at)) : [];

const paged = <T>(input: Input, all: readonly T[]) =>
  pageOf(all, sizeOf(input, "Limit", 100, 100), textOf(input, "NextToken"));

/** Operations of Amazon EventBridge that list. */
export const eventBridgeHandlers: JsonHandlers = {
  ListRules: (input, context) => {
    const { items, next } = paged(
      input,
      allRules(context).map(({ rule }) => rule),
    );
    return { Rules: items, NextToken: next };
  },
  ListTargetsByRule: (input, context) => {
    const asked = textOf(input, "Rule");
    const found = allRules(context).find(({ rule }) => rule.Name === asked);
    if (found === undefined) throw new AwsFault("ResourceNotFoundException", `Rule ${asked} does not exist.`);
    const { items, next } = paged(input, found.targets);
    return { Targets: items, NextToken: next };
  },
};
