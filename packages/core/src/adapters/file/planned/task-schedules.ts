import { Decimal } from "../../../domain/units/decimal.ts";
import { scheduledRuns } from "../../../domain/workload/scheduled-runs.ts";
import type { UsageEntry } from "../../../schema/usage.ts";
import type { HeldTaskDefinition } from "./draft.ts";
import type { Joined } from "./joined.ts";
import { isLink, known, type PlannedTaskDefinition, type PlannedTaskSchedule, UNKNOWN } from "./planned.ts";

/** An expression for certain years counts as in those. */
const ANY_YEAR = 0;
const PLACES = 6;

/** How often schedules start a task definition in a month, and in words. */
interface Starts {
  /** Undefined where one of them is not known. */
  readonly perMonth?: Decimal;
  readonly detail: string;
}

const startsOf = ({ schedule, tasks = 1, address }: PlannedTaskSchedule): Starts => {
  if (schedule === undefined) return { detail: `${address} starts it on events` };
  if (schedule === UNKNOWN || tasks === UNKNOWN)
    return { detail: `${address} starts it, how often is known after deployment` };
  const runs = scheduledRuns(schedule, ANY_YEAR);
  if (runs.kind === "once") return { perMonth: new Decimal(0), detail: `${address} starts it once, ${schedule}` };
  if (runs.kind !== "monthly") return { detail: `${address} starts it by ${schedule}, which is not understood` };
  const perMonth = runs.perMonth.times(tasks);
  const times = runs.perMonth.toDecimalPlaces(2).toFixed();
  return { perMonth, detail: `${address} starts ${tasks} of it ${times} times a month, ${schedule}` };
};

/** Whether a schedule starts tasks of a definition: by link, ARN, or family with or without a revision. */
const isOf = (joined: Joined, { taskDefinition }: PlannedTaskSchedule, planned: PlannedTaskDefinition): boolean => {
  const settled = joined.settle(taskDefinition);
  if (isLink(settled)) return settled.to === planned.key;
  if (typeof settled !== "string") return false;
  const family = settled.split("/").at(-1)?.replace(/:\d+$/, "");
  return settled === planned.arn || family === known(planned.family);
};

const placementOf = ({ launchType, strategy }: PlannedTaskSchedule): Pick<HeldTaskDefinition, "placement"> => {
  const kind = known(launchType);
  if (kind === "FARGATE" || kind === "EC2" || kind === "EXTERNAL" || kind === "MANAGED_INSTANCES") {
    return { placement: { kind: "launch-type", launchType: kind } };
  }
  const items = (known(strategy) ?? []).flatMap(({ capacityProvider, base, weight }) =>
    typeof capacityProvider === "string"
      ? [{ capacityProvider, base: known(base) ?? 0, weight: known(weight) ?? 0 }]
      : [],
  );
  return items.length === 0 ? {} : { placement: { kind: "strategy", items } };
};

/** What schedules make of a task definition: how many of it run in a month, for as long as a usage file says. */
export const scheduledStarts = (
  joined: Joined,
  planned: PlannedTaskDefinition,
  usage: UsageEntry,
): Pick<HeldTaskDefinition, "demand" | "runsPerMonth" | "starts" | "placement"> => {
  const schedules = joined.inputs
    .flatMap(({ taskSchedules }) => taskSchedules)
    .filter((schedule) => schedule.enabled && isOf(joined, schedule, planned));
  const [first] = schedules;
  if (first === undefined) return {};
  const starts = schedules.map(startsOf);
  const known = starts.flatMap(({ perMonth }) => perMonth ?? []);
  const total = known.length < starts.length ? undefined : known.reduce((sum, each) => sum.plus(each), new Decimal(0));
  const perMonth = total?.toDecimalPlaces(PLACES).toFixed();
  const seconds = usage.runs?.seconds;
  const pullSeconds = Number(usage.runs?.pullSeconds ?? usage.network?.imagePullSeconds ?? 0);
  return {
    starts: starts.map(({ detail }) => detail).join("; "),
    ...(perMonth === undefined ? {} : { runsPerMonth: perMonth }),
    ...(perMonth === undefined || seconds === undefined || usage.runs?.perMonth !== undefined
      ? {}
      : { demand: { kind: "runs" as const, perMonth: Number(perMonth), seconds: Number(seconds), pullSeconds } }),
    ...placementOf(first),
  };
};
