import { hourlyTasks, hourRow } from "./day-usage.ts";
import type { UsageDemand } from "./demand-window.ts";
import { hourOfWeek } from "./timestamp.ts";

const HOURS_PER_WEEK = 168;

/** How the peaks repeat by the hour of the day and of the week. */
export interface Season {
  /** Highest value in percent of each hour of the week, Monday 00:00 UTC first; null where it has none. */
  readonly weekPeaks: readonly (number | null)[];
  /** Share of the variance of the hourly peaks that the hour of the day explains, 0 to 1. */
  readonly daily: number;
  /** Share that the hour of the week explains; 0 with less than two weeks. */
  readonly weekly: number;
}

/** Daily and weekly season of the hourly peaks of CPU or memory. */
export const seasonOf = (demand: UsageDemand, metric: "cpu" | "memory"): Season => {
  const hours = demand.days.flatMap((day) =>
    Array.from(hourRow(day, metric === "cpu" ? "cpuPeak" : "memoryPeak"), (value, hour) => ({
      value,
      hour,
      week: hourOfWeek(day.day, hour),
    })).filter(({ value }) => value >= 0),
  );
  const weekPeaks = Array.from({ length: HOURS_PER_WEEK }, (): number | null => null);
  for (const { week, value } of hours) weekPeaks[week] = Math.max(weekPeaks[week] ?? 0, value);
  const enoughWeeks = demand.days.length >= 14;
  return {
    weekPeaks,
    daily: demand.days.length < 3 ? 0 : explained(hours.map(({ hour, value }) => ({ group: hour, value }))),
    weekly: enoughWeeks ? explained(hours.map(({ week, value }) => ({ group: week, value }))) : 0,
  };
};

const explained = (values: readonly { readonly group: number; readonly value: number }[]): number => {
  const groups = Map.groupBy(values, ({ group }) => group);
  const total = squares(values.map(({ value }) => value));
  if (total === 0) return 0;
  const within = [...groups.values()].reduce((sum, group) => sum + squares(group.map(({ value }) => value)), 0);
  return Math.max(0, 1 - within / total);
};

const squares = (values: readonly number[]): number => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
};

/** Running tasks over the hours with a count. */
export interface TaskCounts {
  readonly fewest: number;
  readonly most: number;
  /** Mean over the hours of the most tasks that ran in each. */
  readonly mean: number;
  /** Most tasks of each hour of the week, Monday 00:00 UTC first; null where none was given. */
  readonly weekMost: readonly (number | null)[];
}

/** Running tasks by the hour; undefined where the series never gives them. */
export const taskCountsOf = (demand: UsageDemand): TaskCounts | undefined => {
  const weekMost = Array.from({ length: HOURS_PER_WEEK }, (): number | null => null);
  let fewest = Number.POSITIVE_INFINITY;
  let most = -1;
  let sum = 0;
  let hours = 0;
  for (const day of demand.days) {
    for (const hourly of hourlyTasks(day)) {
      const week = hourOfWeek(day.day, hourly.hour);
      weekMost[week] = Math.max(weekMost[week] ?? 0, hourly.most);
      fewest = Math.min(fewest, hourly.fewest);
      most = Math.max(most, hourly.most);
      sum += hourly.most;
      hours += 1;
    }
  }
  return hours === 0 ? undefined : { fewest, most, mean: sum / hours, weekMost };
};
