import { hourlyTasks, hourRow } from "./day-usage.ts";
import type { UsageDemand } from "./demand-window.ts";
import { hourOfWeek } from "./timestamp.ts";

const HOURS_PER_DAY = 24;
const HOURS_PER_WEEK = 168;
const FEWEST_DAYS = 3;
const FEWEST_DAYS_OF_WEEKS = 14;

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
  const values: number[] = [];
  const hours: number[] = [];
  const weeks: number[] = [];
  const weekPeaks = Array.from({ length: HOURS_PER_WEEK }, (): number | null => null);
  for (const day of demand.days) {
    const peaks = hourRow(day, metric === "cpu" ? "cpuPeak" : "memoryPeak");
    for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
      const value = peaks[hour] as number;
      if (value < 0) continue;
      const week = hourOfWeek(day.day, hour);
      values.push(value);
      hours.push(hour);
      weeks.push(week);
      weekPeaks[week] = Math.max(weekPeaks[week] ?? 0, value);
    }
  }
  return {
    weekPeaks,
    daily: demand.days.length < FEWEST_DAYS ? 0 : explained(values, hours),
    weekly: demand.days.length < FEWEST_DAYS_OF_WEEKS ? 0 : explained(values, weeks),
  };
};

/** Share of the variance of the values that their groups explain. */
const explained = (values: readonly number[], groups: readonly number[]): number => {
  const sums = new Float64Array(HOURS_PER_WEEK);
  const counts = new Float64Array(HOURS_PER_WEEK);
  let sum = 0;
  values.forEach((value, i) => {
    const group = groups[i] as number;
    sums[group] = (sums[group] as number) + value;
    counts[group] = (counts[group] as number) + 1;
    sum += value;
  });
  const mean = sum / values.length;
  let total = 0;
  let within = 0;
  values.forEach((value, i) => {
    const group = groups[i] as number;
    total += (value - mean) ** 2;
    within += (value - (sums[group] as number) / (counts[group] as number)) ** 2;
  });
  return total === 0 ? 0 : Math.max(0, 1 - within / total);
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
