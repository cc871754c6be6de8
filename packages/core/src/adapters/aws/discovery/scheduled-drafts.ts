import { effectiveStrategy } from "../../../domain/capacity/strategy-rules.ts";
import type { Assumption, Issue } from "../../../domain/issues/issue.ts";
import { NO_NETWORK } from "../../../domain/workload/defaults.ts";
import { scheduledRuns } from "../../../domain/workload/scheduled-runs.ts";
import type { LaunchType, Placement, StrategyItem } from "../../../domain/workload/service.ts";
import { type Draft, EMPTY_DRAFT } from "../../file/planned/draft.ts";
import type { FoundSchedule } from "./schedules.ts";
import { freeName, taskDraft } from "./task-draft.ts";

const PLACES = 6;

/** Where a schedule says neither, ECS takes the strategy of the cluster. */
const placementOf = ({ launchType, strategy }: FoundSchedule, ofCluster: readonly StrategyItem[]): Placement => {
  if (launchType !== undefined) return { kind: "launch-type", launchType: launchType as LaunchType };
  const items = strategy.length > 0 ? strategy : ofCluster;
  return items.length > 0 ? { kind: "strategy", items: effectiveStrategy(items) } : { kind: "unspecified" };
};

/** Tasks started in a month, or why they are not known; undefined where the schedule starts nothing any more. */
type Runs = { readonly perMonth?: string; readonly detail: string };

const runsOf = ({ kind, name, expression, tasks }: FoundSchedule, year: number): Runs | "once" | "over" => {
  const named = `the ${kind} ${name}`;
  if (expression === undefined)
    return { detail: `${named} starts it on events; how often in a month is not known: give runs` };
  const runs = scheduledRuns(expression, year);
  if (runs.kind === "once" || runs.kind === "over") return runs.kind;
  if (runs.kind === "not-understood")
    return { detail: `${named} starts it by ${expression}, which is not understood: give runs` };
  const perMonth = runs.perMonth.times(tasks).toDecimalPlaces(PLACES).toFixed();
  const detail = `${named} starts it by ${expression}, ${perMonth} tasks a month; how long one takes is not known: give runs.seconds`;
  return { perMonth, detail };
};

const ignored = (subject: string, detail: string): Draft => {
  const issue: Issue = { code: "ignored-input", severity: "info", subject, detail };
  return { ...EMPTY_DRAFT, issues: [issue] };
};

/** What the runs that schedules make in a month rest on. */
export const MONTH_OF_SCHEDULES: Assumption = {
  code: "month-of-schedules",
  detail:
    "Runs of a schedule in a month are those of a twelfth of a year of 365 days, 730 hours; what starts late or never, and hours " +
    "that a change of the clock leaves out or repeats, are not looked at",
};

const draftOf = (
  schedule: FoundSchedule,
  ofCluster: readonly StrategyItem[],
  taken: Set<string>,
  year: number,
): Draft => {
  const { kind, name, cluster, taskDefinition, expression = "", publicIp, tags } = schedule;
  const subject = `${cluster}/${name}`;
  if (taskDefinition === "") return ignored(subject, `the ${kind} ${name} names no task definition`);
  const runs = runsOf(schedule, year);
  if (runs === "over") return EMPTY_DRAFT;
  if (runs === "once")
    return ignored(subject, `the ${kind} ${name} runs once, ${expression}: it is no part of a month`);
  const { perMonth, detail } = runs;
  const network = { ...NO_NETWORK, publicIp, ...(perMonth === undefined ? {} : { taskStartsPerMonth: perMonth }) };
  const given = {
    ...{
      name: freeName(name, kind, taken),
      cluster,
      taskDefinition,
      placement: placementOf(schedule, ofCluster),
      network,
      tags,
    },
    ...(perMonth === undefined ? {} : { runsPerMonth: perMonth }),
  };
  return taskDraft(given, { code: "unknown-demand", severity: "error", detail });
};

/**
 * Tasks that rules and schedules start, with how often in a month as far as it can be told. How long a run takes is told by
 * nothing, so their demand is not known. `ofCluster` is the default strategy of their cluster, `year` the present one.
 */
export const scheduledDrafts = (
  schedules: readonly FoundSchedule[],
  ofCluster: readonly StrategyItem[],
  taken: Set<string>,
  year: number,
): readonly Draft[] => schedules.map((schedule) => draftOf(schedule, ofCluster, taken, year));
