import type { Rule, Target } from "@aws-sdk/client-eventbridge";
import { allPages } from "../client/paged.ts";
import { attempt, callOf, type RegionRun, recordsOf, sortedBy } from "./region-run.ts";
import { ecsClusterOf, type FoundSchedule, tagsOf, taskOf } from "./schedules.ts";

const readRules = async (run: RegionRun): Promise<readonly Rule[]> => {
  const { aws, region } = run;
  const call = callOf(run, "events:ListRules");
  const client = await aws.clients.eventBridge(region);
  const { ListRulesCommand } = await import("@aws-sdk/client-eventbridge");
  return allPages(aws, call, (NextToken) => async (abortSignal) => {
    const page = await client.send(new ListRulesCommand({ NextToken, Limit: 100 }), { abortSignal });
    return { items: recordsOf(call, page.Rules, ["Name"]), next: page.NextToken };
  });
};

const readTargets = async (run: RegionRun, rule: string): Promise<readonly Target[]> => {
  const { aws, region } = run;
  const call = callOf(run, "events:ListTargetsByRule");
  const client = await aws.clients.eventBridge(region);
  const { ListTargetsByRuleCommand } = await import("@aws-sdk/client-eventbridge");
  return allPages(aws, call, (NextToken) => async (abortSignal) => {
    const page = await client.send(new ListTargetsByRuleCommand({ Rule: rule, NextToken, Limit: 100 }), {
      abortSignal,
    });
    return { items: recordsOf(call, page.Targets, ["Id", "Arn"]), next: page.NextToken };
  });
};

/** Rules that AWS keeps for its own services start nothing of the account's. */
const isLooked = ({ State, ManagedBy }: Rule): boolean => State !== "DISABLED" && ManagedBy === undefined;

const schedulesOf = ({ Name: rule = "", ScheduleExpression }: Rule, targets: readonly Target[]): FoundSchedule[] => {
  const ofEcs = sortedBy(
    targets.filter(({ Arn, EcsParameters }) => ecsClusterOf(Arn) !== undefined && EcsParameters !== undefined),
    ({ Id = "" }) => Id,
  );
  return ofEcs.map(({ Arn, Id, EcsParameters }) => ({
    kind: "rule",
    name: ofEcs.length === 1 ? rule : `${rule}-${Id}`,
    startedBy: `events-rule/${rule}`,
    cluster: ecsClusterOf(Arn) ?? "",
    ...(ScheduleExpression === undefined ? {} : { expression: ScheduleExpression }),
    ...taskOf(EcsParameters ?? {}),
    tags: tagsOf(EcsParameters?.Tags),
  }));
};

/**
 * What rules of the default event bus that are not disabled start on ECS: by a schedule, or on events. Actions:
 * ListRules, ListTargetsByRule.
 */
export const readEventRules = async (run: RegionRun): Promise<readonly FoundSchedule[]> => {
  const missing = "tasks that rules of EventBridge start are missing";
  const rules = (await attempt(run, run.region, missing, () => readRules(run))) ?? [];
  const found = await Promise.all(
    rules.filter(isLooked).map(async (rule) => {
      const detail = `tasks that the rule ${rule.Name} starts are missing`;
      return schedulesOf(rule, (await attempt(run, run.region, detail, () => readTargets(run, rule.Name ?? ""))) ?? []);
    }),
  );
  return sortedBy(found.flat(), ({ cluster, name }) => `${cluster}/${name}`);
};
