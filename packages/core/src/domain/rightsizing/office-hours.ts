import type { UsageDemand } from "../demand/demand-window.ts";
import { percentileOf } from "../demand/quantile.ts";
import { seasonOf, taskCountsOf } from "../demand/season.ts";

export const HOURS_PER_WEEK = 168;
const HOURS_PER_DAY = 24;
const WEEKDAYS = 5;
const DAYS = 7;

/** Fewest days with points: each hour of the week must have been seen. */
const LEAST_DAYS = 7;
/** In quiet hours no task is busier than today in the busiest tenth of the time. */
const BUSY_PERCENTILE = 90;
/** Share of the task-hours, 0 to 1, below which a schedule is not worth keeping. */
const LEAST_SHARE = 0.1;

/** Two counts a week: one within the hours of some days, one outside. Hours are UTC, from Monday. */
export interface OfficeHours {
  readonly days: "monday-friday" | "every-day";
  /** First hour of the day with the full count, and the first hour after it. */
  readonly from: number;
  readonly to: number;
  readonly tasks: number;
  readonly quietTasks: number;
  /** Count of each hour of the week. */
  readonly counts: readonly number[];
}

/**
 * The schedule with the fewest task-hours that leaves each hour of the week enough tasks for the load seen in it.
 * Undefined where a part of the week was not seen or a schedule would save less than a tenth.
 */
export const officeHours = (demand: UsageDemand, tasks: number, minimum: number): OfficeHours | undefined => {
  const needed = tasksNeeded(demand, tasks, minimum);
  if (needed === undefined || tasks <= minimum) return undefined;
  let best: OfficeHours | undefined;
  let least = tasks * HOURS_PER_WEEK * (1 - LEAST_SHARE);
  for (const days of ["monday-friday", "every-day"] as const) {
    for (let from = 0; from < HOURS_PER_DAY; from++) {
      for (let to = from + 1; to <= HOURS_PER_DAY; to++) {
        const schedule = scheduleOf(days, from, to, tasks, needed);
        const total = schedule.counts.reduce((a, b) => a + b, 0);
        if (total < least) {
          least = total;
          best = schedule;
        }
      }
    }
  }
  return best;
};

/** Tasks that each hour of the week needs; undefined where an hour was not seen. */
const tasksNeeded = (demand: UsageDemand, tasks: number, minimum: number): readonly number[] | undefined => {
  const level = percentileOf(demand, "cpu", BUSY_PERCENTILE);
  if (demand.days.length < LEAST_DAYS || level === undefined) return undefined;
  const peaks = seasonOf(demand, "cpu").weekPeaks;
  if (peaks.some((peak) => peak === null)) return undefined;
  const running = taskCountsOf(demand)?.weekMost;
  return peaks.map((peak, hour) => {
    const load = (peak ?? 0) * (running?.[hour] ?? tasks);
    return Math.max(minimum, level === 0 ? minimum : Math.ceil(load / level - 1e-9));
  });
};

const scheduleOf = (
  days: OfficeHours["days"],
  from: number,
  to: number,
  tasks: number,
  needed: readonly number[],
): OfficeHours => {
  const isBusy = (hour: number): boolean => {
    const day = Math.floor(hour / HOURS_PER_DAY);
    const time = hour % HOURS_PER_DAY;
    return day < (days === "monday-friday" ? WEEKDAYS : DAYS) && time >= from && time < to;
  };
  const quiet = needed.filter((_, hour) => !isBusy(hour)).reduce((a, b) => Math.max(a, b), 0);
  const quietTasks = Math.min(tasks, quiet);
  return { days, from, to, tasks, quietTasks, counts: needed.map((_, hour) => (isBusy(hour) ? tasks : quietTasks)) };
};
