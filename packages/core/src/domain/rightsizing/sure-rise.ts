import type { UsageDemand } from "../demand/demand-window.ts";
import { dailyPercentiles } from "../demand/quantile.ts";
import { trendOf } from "../demand/trend.ts";
import type { Reason } from "../issues/issue.ts";

/** A sure rise is carried on to at most this share of the level. */
const MOST_RISE = 0.3;

/** Percent that a sure rise of a daily percentile adds over the next days; 0 without one. */
export const sureRise = (
  demand: UsageDemand,
  metric: "cpu" | "memory",
  percent: number,
  days: number,
  level: number,
): number => {
  if (days === 0) return 0;
  const trend = trendOf(dailyPercentiles(demand, metric, percent));
  return Math.min((trend?.surePerDay ?? 0) * days, level * MOST_RISE);
};

export const risingReason = (what: string, rise: number, days: number): Reason => ({
  code: "rising",
  detail: `${what} rises day by day; ${rise.toFixed(1)} % of the task size are added for the next ${days} days.`,
});
