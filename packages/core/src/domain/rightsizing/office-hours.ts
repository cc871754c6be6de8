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
  const needed = tasks <= minimum ? undefined : tasksNeeded(demand, tasks, minimum);
  if (needed === undefined) return undefined;
  let best: Window | undefined;
  let least = tasks * HOURS_PER_WEEK * (1 - LEAST_SHARE);
  for (const window of windowsOf(needed)) {
    const total = taskHours(window, tasks);
    if (total < least) {
      least = total;
      best = window;
    }
  }
  return best === undefined ? undefined : scheduleOf(best, tasks);
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

/** Hours of some days, and the most tasks that any hour outside needs. */
interface Window {
  readonly days: OfficeHours["days"];
  readonly from: number;
  readonly to: number;
  readonly quiet: number;
}

/** Every window that begins and ends on the hour. */
const windowsOf = (needed: readonly number[]): readonly Window[] => {
  const weekday = mostByHour(needed.slice(0, WEEKDAYS * HOURS_PER_DAY));
  const weekend = mostByHour(needed.slice(WEEKDAYS * HOURS_PER_DAY));
  const everyDay = weekday.map((most, hour) => Math.max(most, weekend[hour] ?? 0));
  const onWeekends = Math.max(...weekend);
  return [...windowsWithin("monday-friday", weekday, onWeekends), ...windowsWithin("every-day", everyDay, 0)];
};

const mostByHour = (needed: readonly number[]): readonly number[] =>
  Array.from({ length: HOURS_PER_DAY }, (_, hour) => {
    let most = 0;
    for (let at = hour; at < needed.length; at += HOURS_PER_DAY) most = Math.max(most, needed[at] ?? 0);
    return most;
  });

const windowsWithin = (days: OfficeHours["days"], byHour: readonly number[], elsewhere: number): readonly Window[] => {
  const windows: Window[] = [];
  const after = mostFrom(byHour);
  let before = elsewhere;
  for (let from = 0; from < HOURS_PER_DAY; from++) {
    for (let to = from + 1; to <= HOURS_PER_DAY; to++) {
      windows.push({ days, from, to, quiet: Math.max(before, after[to] ?? 0) });
    }
    before = Math.max(before, byHour[from] ?? 0);
  }
  return windows;
};

/** Most tasks of each hour and the hours after it. */
const mostFrom = (byHour: readonly number[]): readonly number[] => {
  const most = [...byHour];
  for (let hour = most.length - 2; hour >= 0; hour--) most[hour] = Math.max(most[hour] ?? 0, most[hour + 1] ?? 0);
  return most;
};

const busyDays = ({ days }: Window): number => (days === "monday-friday" ? WEEKDAYS : DAYS);

const taskHours = (window: Window, tasks: number): number => {
  const busy = busyDays(window) * (window.to - window.from);
  return busy * tasks + (HOURS_PER_WEEK - busy) * Math.min(tasks, window.quiet);
};

const scheduleOf = (window: Window, tasks: number): OfficeHours => {
  const { days, from, to } = window;
  const quietTasks = Math.min(tasks, window.quiet);
  const counts = Array.from({ length: HOURS_PER_WEEK }, (_, at) => {
    const hour = at % HOURS_PER_DAY;
    const busy = Math.floor(at / HOURS_PER_DAY) < busyDays(window) && hour >= from && hour < to;
    return busy ? tasks : quietTasks;
  });
  return { days, from, to, tasks, quietTasks, counts };
};
