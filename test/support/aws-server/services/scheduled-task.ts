import type { ClusterRecord, TaskDefinitionRecord } from "../account.ts";
import { type CallContext, regionOf } from "../request.ts";

/** A task definition that a cluster runs by schedule: one that several schedules share, or one of a single schedule. */
export const batchOf = (
  context: CallContext,
  { name }: ClusterRecord,
  kind: "nightly" | "report" = "nightly",
): TaskDefinitionRecord => {
  const found = [...regionOf(context).taskDefinitions.values()].find(({ family }) => family === `${name}-${kind}`);
  if (found === undefined) throw new Error(`no batch in ${name}`);
  return found;
};

/** Parameters of a target on ECS, with revision and launch type, or without. */
export const ecsParameters = ({ arn }: TaskDefinitionRecord, tasks: number, form: "revision" | "latest") => ({
  TaskDefinitionArn: form === "revision" ? arn : arn.replace(/:\d+$/, ""),
  TaskCount: tasks,
  ...(form === "revision" ? { LaunchType: "FARGATE" } : {}),
  NetworkConfiguration: { awsvpcConfiguration: { Subnets: ["subnet-0a"], AssignPublicIp: "ENABLED" } },
});
