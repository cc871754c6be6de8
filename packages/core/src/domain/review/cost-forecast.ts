import { isoDate } from "../demand/timestamp.ts";
import type { CostForecast, ReviewPeriod } from "../report/review-report.ts";
import { Decimal, sum } from "../units/decimal.ts";
import { dailyCosts } from "./daily-cost.ts";
import { forecastDays } from "./forecast-days.ts";
import type { ReviewScene } from "./review-scene.ts";
import { epochDay, isWithin, laterMonth, monthLength, withHistory } from "./review-window.ts";

/** Places of a forecast, which is an estimate. */
const DECIMAL_PLACES = 6;

const METHOD =
  "Days to come: mean of the last 14 days, or the trend of the last 8 weeks where it is significant, with weekday effects; " +
  "interval from the noise of those weeks and its persistence.";

/** The month that is forecast and the days of it that the bill covers. */
interface RunningMonth {
  readonly month: string;
  /** Null where it covers none. */
  readonly covered: ReviewPeriod | null;
}

const runningMonth = ({ bill, window, period }: ReviewScene): RunningMonth => {
  if (!window.complete) return { month: window.month, covered: period };
  const month = laterMonth(window.month, 1);
  const first = epochDay(period.to);
  const to = Math.min(epochDay(bill.to), first + monthLength(month));
  return { month, covered: to > first ? { from: period.to, to: isoDate(to), days: to - first } : null };
};

/**
 * What the month will cost once it is over; of a month that the bill covers, what the month after it will, the days of it that
 * the bill knows included. Null where the bill knows no days, has less than a week of them, or leaves none open.
 */
export const costForecast = (scene: ReviewScene, confidence: number): CostForecast | null => {
  const { bill, period, charges } = scene;
  if (bill.detail.granularity === "month") return null;
  const { month, covered } = runningMonth(scene);
  const ahead = monthLength(month) - (covered?.days ?? 0);
  const days = dailyCosts(charges, withHistory(bill, { ...period, to: covered?.to ?? period.to }));
  const forecast = forecastDays(
    days.map(({ cost }) => cost.toNumber()),
    ahead,
    confidence,
  );
  if (forecast === undefined || ahead === 0) return null;
  const known = covered === null ? [] : days.filter(({ day }) => isWithin(day, covered));
  const monthToDate = sum(known.map(({ cost }) => cost));
  const at = (rest: number): Decimal =>
    monthToDate.plus(new Decimal(Math.max(0, rest)).toDecimalPlaces(DECIMAL_PLACES));
  return {
    month,
    monthToDate,
    days: covered?.days ?? 0,
    expected: at(forecast.expected),
    low: at(forecast.expected - forecast.margin),
    high: at(forecast.expected + forecast.margin),
    confidence: String(confidence),
    method: METHOD,
  };
};
