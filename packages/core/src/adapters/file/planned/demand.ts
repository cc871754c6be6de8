import type { Issue } from "../../../domain/issues/issue.ts";
import { scheduledCounts } from "../../../domain/workload/scheduled-counts.ts";
import type { Demand } from "../../../domain/workload/service.ts";
import type { UsageEntry } from "../../../schema/usage.ts";
import { isKnown, known, type PlannedResources, type PlannedService, UNKNOWN } from "./planned.ts";
import type { PlannedScaling } from "./scaling.ts";

/** How many tasks a planned service runs, and what is to be told about it. */
export interface PlannedDemand {
  readonly demand?: Demand;
  readonly issues: readonly Omit<Issue, "subject">[];
}

type Input = Pick<PlannedResources, "knownAfter" | "defaultCount">;

const HINT = "a usage file can give desiredCount";

const open = (detail: string): PlannedDemand => ({
  issues: [{ code: "unknown-demand", severity: "error", detail: `${detail}; ${HINT}` }],
});

const counted = (tasks: number, told?: string, severity: Issue["severity"] = "info"): PlannedDemand => ({
  demand: { kind: "count", tasks },
  issues: told === undefined ? [] : [{ code: "unknown-demand", severity, detail: told }],
});

const HOURS = 60;

/** Tasks over the week, or the year, that scheduled actions make of the count that would run otherwise. */
const scheduledDemand = (service: PlannedService, scaling: PlannedScaling, plain: PlannedDemand): PlannedDemand => {
  const { target, policies, actions } = scaling;
  const { address } = service;
  const unread = (why: string): PlannedDemand => ({
    ...plain,
    issues: [
      ...plain.issues,
      {
        code: "unknown-demand",
        severity: "warning",
        detail: `${address} has scheduled actions (${why}) that are not read: their counts are not priced; ${HINT}`,
      },
    ],
  });
  const closed = actions.every(
    ({ minTasks, maxTasks, schedule }) => isKnown(schedule) && minTasks !== UNKNOWN && maxTasks !== UNKNOWN,
  );
  if (!closed) return unread("what they set is known after deployment only");
  const offsets = offsetsOf(actions.map(({ timezone }) => known(timezone) ?? "UTC"));
  if (offsets === undefined) return unread("of a time zone that is not known");
  const min = known(target.minTasks) ?? 0;
  const desired = plain.demand?.kind === "count" ? plain.demand.tasks : min;
  const bounds = { desired, min, max: known(target.maxTasks) ?? Number.MAX_SAFE_INTEGER, tracked: policies.length > 0 };
  const found = scheduledCounts(
    bounds,
    actions.map(({ schedule, minTasks, maxTasks }, i) => ({
      expression: known(schedule) ?? "",
      ...(isKnown(minTasks) ? { min: minTasks } : {}),
      ...(isKnown(maxTasks) ? { max: maxTasks } : {}),
      offsetMinutes: offsets[i] ?? 0,
    })),
  );
  if (found.kind === "not-understood") return unread(found.expression);
  if (found.kind === "once") return plain;
  const detail = `${address} scales by schedule: ${cycleText(found)}${bounds.tracked ? "; between its bounds the least tasks are taken" : ""}`;
  return {
    demand: { kind: "hourly", counts: found.counts },
    issues: [{ code: "unknown-demand", severity: "info", detail }],
  };
};

/** `4 tasks in 50 hours of the week, 0 in 118`. */
const cycleText = ({
  counts,
  slotMinutes,
  days,
}: Extract<ReturnType<typeof scheduledCounts>, { kind: "cycle" }>): string => {
  const slots = new Map<number, number>();
  for (const count of counts) slots.set(count, (slots.get(count) ?? 0) + 1);
  const hours = (of: number): string => String(Math.round((of * slotMinutes * 100) / HOURS) / 100);
  const parts = [...slots].sort(([a], [b]) => b - a).map(([count, of]) => `${count} tasks in ${hours(of)} hours`);
  return `${parts.join(", ")} of the ${days === 7 ? "week" : "year"}`;
};

/**
 * Minutes that time zones are ahead of UTC in winter, where there are several; in one alone the week is the same in any.
 * Undefined where a name is none.
 */
const offsetsOf = (zones: readonly string[]): readonly number[] | undefined => {
  try {
    const offsets = zones.map(offsetOf);
    return new Set(zones).size === 1 ? zones.map(() => 0) : offsets;
  } catch {
    return undefined;
  }
};

const WINTER = Date.UTC(2026, 0, 15, 12);

const offsetOf = (timeZone: string): number => {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(WINTER);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value ?? 0);
  return (Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute")) - WINTER) / 60_000;
};

const countsOfHours = (hours: Readonly<Record<string, number>>): readonly number[] =>
  Object.entries(hours)
    .sort(([a], [b]) => Number(b) - Number(a))
    .flatMap(([count, of]) => new Array<number>(of).fill(Number(count)));

const THOUSAND = 1000;

/** An average between two counts is so many thousandths of the time at the higher one. */
const averageDemand = (average: number): Demand => {
  const least = Math.floor(average);
  const share = Math.round((average - least) * THOUSAND);
  if (share === 0) return { kind: "count", tasks: least };
  const counts = Array.from({ length: THOUSAND }, (_, i) => (i < share ? least + 1 : least));
  return { kind: "hourly", counts };
};

/** How many tasks run as a usage file says. */
export const givenDemand = (usage: UsageEntry): Demand | undefined => {
  const { desiredCount, averageCount, hourlyCounts, hoursAtCount, runs, network } = usage;
  if (hourlyCounts !== undefined) return { kind: "hourly", counts: hourlyCounts };
  if (hoursAtCount !== undefined) return { kind: "hourly", counts: countsOfHours(hoursAtCount) };
  if (averageCount !== undefined) return averageDemand(averageCount);
  if (desiredCount !== undefined) return { kind: "count", tasks: desiredCount };
  if (runs?.perMonth === undefined || runs.seconds === undefined) return undefined;
  const pullSeconds = Number(runs.pullSeconds ?? network?.imagePullSeconds ?? 0);
  return { kind: "runs", perMonth: Number(runs.perMonth), seconds: Number(runs.seconds), pullSeconds };
};

const boundsText = ({ target }: PlannedScaling): string =>
  `${known(target.minTasks) ?? "an unknown number"} to ${known(target.maxTasks) ?? "an unknown number"} tasks (${target.address})`;

const countOf = (service: PlannedService, scaling: PlannedScaling | undefined, input: Input): PlannedDemand => {
  const { address, desiredCount } = service;
  const least = scaling?.target.minTasks;
  if (desiredCount === UNKNOWN && scaling !== undefined && isKnown(least)) {
    const detail = `the desired count of ${address} is known after ${input.knownAfter} only; it scales, ${boundsText(scaling)}: priced with ${least} all month`;
    return counted(least, detail);
  }
  if (desiredCount === UNKNOWN) return open(`the desired count of ${address} is known after ${input.knownAfter} only`);
  if (scaling === undefined) {
    if (desiredCount !== undefined) return counted(desiredCount);
    const { tasks, detail } = input.defaultCount;
    return counted(tasks, `${address}: ${detail}`, tasks === 0 ? "warning" : "info");
  }
  if (least === UNKNOWN || least === undefined) {
    if (desiredCount !== undefined)
      return counted(desiredCount, `${address} scales: ${boundsText(scaling)}; priced with its desired count`);
    return open(`the least tasks of ${address} are known after ${input.knownAfter} only`);
  }
  const most = known(scaling.target.maxTasks) ?? Number.MAX_SAFE_INTEGER;
  const wanted = desiredCount ?? input.defaultCount.tasks;
  const tasks = Math.max(least, Math.min(wanted, most));
  return counted(tasks, `${address} scales, ${boundsText(scaling)}: priced with ${tasks} all month`);
};

/** Tasks of a planned service: as the usage file says, else its desired count within the bounds that scaling keeps. */
export const plannedDemand = (
  service: PlannedService,
  scaling: PlannedScaling | undefined,
  usage: UsageEntry,
  input: Input,
): PlannedDemand => {
  const demand = givenDemand(usage);
  if (demand !== undefined) return { demand, issues: [] };
  if (service.scheduling === "DAEMON") {
    return open(`${service.address} runs one task on each instance, and how many instances there are is not known`);
  }
  const plain = countOf(service, scaling, input);
  return scaling === undefined || scaling.actions.length === 0 ? plain : scheduledDemand(service, scaling, plain);
};
