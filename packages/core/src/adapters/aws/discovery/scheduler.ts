import type { GetScheduleCommandOutput, ScheduleSummary } from "@aws-sdk/client-scheduler";
import { malformedAnswer } from "../client/aws-error.ts";
import { allPages } from "../client/paged.ts";
import { attempt, callOf, type RegionRun, recordsOf, sortedBy } from "./region-run.ts";
import { ecsClusterOf, type FoundSchedule, taskOf } from "./schedules.ts";

/** A schedule that calls RunTask itself, with the request as text. */
const RUN_TASK = /^arn:[^:]*:scheduler:::aws-sdk:ecs:runTask$/;

const listSchedules = async (run: RegionRun): Promise<readonly ScheduleSummary[]> => {
  const { aws, region } = run;
  const call = callOf(run, "scheduler:ListSchedules");
  const client = await aws.clients.scheduler(region);
  const { ListSchedulesCommand } = await import("@aws-sdk/client-scheduler");
  return allPages(aws, call, (NextToken) => async (abortSignal) => {
    const page = await client.send(new ListSchedulesCommand({ NextToken, MaxResults: 100, State: "ENABLED" }), {
      abortSignal,
    });
    return { items: recordsOf(call, page.Schedules, ["Name"]), next: page.NextToken };
  });
};

const getSchedule = async (run: RegionRun, { Name, GroupName }: ScheduleSummary): Promise<GetScheduleCommandOutput> => {
  const { aws, region } = run;
  const call = callOf(run, "scheduler:GetSchedule");
  const client = await aws.clients.scheduler(region);
  const { GetScheduleCommand } = await import("@aws-sdk/client-scheduler");
  return aws.call(call, async (abortSignal) => {
    const schedule = await client.send(new GetScheduleCommand({ Name, GroupName }), { abortSignal });
    if (typeof schedule.ScheduleExpression !== "string" || schedule.Target === undefined)
      throw malformedAnswer(call, "it has no expression or no target");
    return schedule;
  });
};

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const parsed = (text: string | undefined): Fields => {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return isFields(value) ? value : {};
  } catch {
    return {};
  }
};

/** Requests are written with a capital first letter, or as the API spells them. */
const fieldOf = (fields: Fields, name: string): unknown =>
  fields[name] ?? fields[name.charAt(0).toLowerCase() + name.slice(1)];

const textOf = (fields: Fields, name: string): string | undefined => {
  const value = fieldOf(fields, name);
  return typeof value === "string" ? value : undefined;
};

const numberOf = (fields: Fields, name: string): number | undefined => {
  const value = fieldOf(fields, name);
  return typeof value === "number" ? value : undefined;
};

const partOf = (fields: Fields, name: string): Fields => {
  const value = fieldOf(fields, name);
  return isFields(value) ? value : {};
};

/** A request of RunTask; anything of it may be wrong, because nobody checks it before it is sent. */
const runTaskOf = (input: Fields): Pick<FoundSchedule, "cluster"> & ReturnType<typeof taskOf> => {
  const cluster = textOf(input, "Cluster") ?? "default";
  const strategy = fieldOf(input, "CapacityProviderStrategy");
  const network = partOf(partOf(input, "NetworkConfiguration"), "AwsvpcConfiguration");
  return {
    cluster: ecsClusterOf(cluster) ?? cluster,
    ...taskOf({
      TaskDefinitionArn: textOf(input, "TaskDefinition"),
      TaskCount: numberOf(input, "Count"),
      LaunchType: textOf(input, "LaunchType"),
      CapacityProviderStrategy: (Array.isArray(strategy) ? strategy.filter(isFields) : []).map((item) => ({
        capacityProvider: textOf(item, "CapacityProvider"),
        base: numberOf(item, "Base"),
        weight: numberOf(item, "Weight"),
      })),
      NetworkConfiguration: { awsvpcConfiguration: { AssignPublicIp: textOf(network, "AssignPublicIp") } },
    }),
  };
};

const isOver = ({ EndDate }: GetScheduleCommandOutput, now: number): boolean =>
  EndDate instanceof Date && EndDate.getTime() <= now;

const scheduleOf = (schedule: GetScheduleCommandOutput): FoundSchedule => {
  const { Name: name = "", ScheduleExpression: expression = "", Target: target } = schedule;
  const cluster = ecsClusterOf(target?.Arn);
  const task =
    cluster === undefined ? runTaskOf(parsed(target?.Input)) : { cluster, ...taskOf(target?.EcsParameters ?? {}) };
  return { kind: "schedule", name, startedBy: `chronos-schedule/${name}`, expression, ...task, tags: {} };
};

/**
 * What schedules of EventBridge Scheduler that are enabled and not over start on ECS. Only those whose target is ECS are
 * looked at closely. Actions: ListSchedules, GetSchedule.
 */
export const readSchedules = async (run: RegionRun): Promise<readonly FoundSchedule[]> => {
  const missing = "tasks that EventBridge Scheduler starts are missing";
  const listed = (await attempt(run, run.region, missing, () => listSchedules(run))) ?? [];
  const ofEcs = listed.filter(
    ({ Target, State }) =>
      State !== "DISABLED" && (ecsClusterOf(Target?.Arn) !== undefined || RUN_TASK.test(Target?.Arn ?? "")),
  );
  const found = await Promise.all(
    ofEcs.map(async (summary) => {
      const detail = `tasks that the schedule ${summary.Name} starts are missing`;
      return attempt(run, run.region, detail, () => getSchedule(run, summary));
    }),
  );
  const now = run.aws.timing.now();
  const schedules = found.flatMap((each) => (each === undefined || isOver(each, now) ? [] : [scheduleOf(each)]));
  return sortedBy(schedules, ({ cluster, name, taskDefinition }) => `${cluster}/${name} ${taskDefinition}`);
};
