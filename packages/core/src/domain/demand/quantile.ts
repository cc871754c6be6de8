import { countHour, hourRow, SUM_SCALE, type UsageMetric } from "./day-usage.ts";
import { dayWindows, highestOf, levelExceededFor, shareAboveIn } from "./day-windows.ts";
import type { DemandDay, UsageDemand } from "./demand-window.ts";
import { type BucketWeights, edgeAtPercentile, mergeHistograms } from "./log-histogram.ts";

/**
 * Percentile of a series (nearest rank, 0 to 100), in percent of the task size: never below the exact one and at most
 * RELATIVE_BOUND above it; exact at 100. Undefined without values.
 */
export const percentileOf = (demand: UsageDemand, metric: UsageMetric, percent: number): number | undefined => {
  const windows = dayWindows(demand, metric);
  if (percent >= 100) return highestOf(windows, 0, windows.days);
  return levelExceededFor(windows, 0, windows.days, 1 - percent / 100);
};

/**
 * The same where a day counts half as much for every `halfLifeDays` newer days with points; whole days share one weight.
 */
export const recentPercentile = (
  demand: UsageDemand,
  metric: UsageMetric,
  percent: number,
  halfLifeDays: number,
): number | undefined => {
  const weights = new Map(recentDays(demand, halfLifeDays).map(({ day, weight }) => [day.day, weight]));
  return weightedPercentile(demand, metric, percent, ({ day }) => weights.get(day) ?? 0);
};

/**
 * Days with their weights, 1 for the newest. Age is counted in days with points, so that neither a pause nor a time that
 * is wrong makes the other days count for nothing.
 */
export const recentDays = (
  { days }: UsageDemand,
  halfLifeDays: number,
): readonly { readonly day: DemandDay; readonly weight: number }[] =>
  days.map((day, index) => ({ day, weight: 0.5 ** ((days.length - 1 - index) / halfLifeDays) }));

const weightedPercentile = (
  demand: UsageDemand,
  metric: UsageMetric,
  percent: number,
  weightOf: (day: DemandDay) => number,
): number | undefined => {
  if (percent >= 100) return peakOf(demand, metric);
  const merged = merge(demand, metric, weightOf);
  const edge = edgeAtPercentile(merged, percent);
  const peak = peakOf(demand, metric);
  return edge === undefined || peak === undefined ? undefined : Math.min(edge, peak);
};

/** A point counts for as many minutes as the points of its day are apart, so that finer days weigh no more. */
const merge = ({ days }: UsageDemand, metric: UsageMetric, weightOf: (day: DemandDay) => number): BucketWeights =>
  mergeHistograms(
    days.map((day) => day.metrics[metric]),
    days.map((day) => weightOf(day) * Math.max(1, day.periodMinutes)),
  );

/** Highest value of a series, exact, in percent; undefined without values. */
export const peakOf = ({ days }: UsageDemand, metric: UsageMetric): number | undefined => {
  const peak = Math.max(-1, ...days.map((day) => day.metrics[metric].maximum));
  return peak < 0 ? undefined : peak;
};

/** Mean of a series in percent, to a ten-thousandth; undefined without values. */
export const meanOf = ({ days }: UsageDemand, metric: UsageMetric): number | undefined => {
  const minutes = days.map(({ periodMinutes }) => Math.max(1, periodMinutes));
  const count = days.reduce((sum, day, i) => sum + day.metrics[metric].count * (minutes[i] as number), 0);
  const total = days.reduce((sum, day, i) => sum + day.metrics[metric].scaledSum * (minutes[i] as number), 0);
  return count === 0 ? undefined : total / count / SUM_SCALE;
};

/** Percentile of each day that has values, oldest first. */
export const dailyPercentiles = (
  demand: UsageDemand,
  metric: UsageMetric,
  percent: number,
): readonly { readonly day: number; readonly value: number }[] => {
  const windows = dayWindows(demand, metric);
  return demand.days.flatMap(({ day }, at) => {
    const value =
      percent >= 100 ? highestOf(windows, at, at + 1) : levelExceededFor(windows, at, at + 1, 1 - percent / 100);
    return value === undefined ? [] : [{ day, value }];
  });
};

/** Share of the points (0 to 1) above a level in percent: exact 0 above the peak, elsewhere never understated. */
export const shareAbove = (demand: UsageDemand, metric: UsageMetric, level: number): number => {
  const windows = dayWindows(demand, metric);
  return shareAboveIn(windows, 0, windows.days, level);
};

/**
 * Highest of the hourly p99 of the averages, each interpolated between the two highest values of its hour (exact up to
 * 100 points an hour, which a point a minute never passes), in percent; undefined without values.
 */
export const highestHourlyP99 = ({ days }: UsageDemand, metric: "cpu" | "memory"): number | undefined => {
  let highest = -1;
  for (const day of days) {
    const first = hourRow(day, metric === "cpu" ? "cpuFirst" : "memoryFirst");
    const second = hourRow(day, metric === "cpu" ? "cpuSecond" : "memorySecond");
    const minutes = metric === "cpu" ? day.cpuMinutes : day.memoryMinutes;
    first.forEach((top, hour) => {
      if (top <= highest) return;
      const next = second[hour] as number;
      const below = next < 0 ? 0 : 0.01 * (countHour(minutes, hour) - 1);
      highest = Math.max(highest, top - below * (top - next));
    });
  }
  return highest < 0 ? undefined : highest;
};
