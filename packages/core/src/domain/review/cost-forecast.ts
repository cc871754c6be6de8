import type { CostForecast } from "../report/review-report.ts";
import { Decimal, ZERO } from "../units/decimal.ts";
import { dailyCosts } from "./daily-cost.ts";
import { forecastDays } from "./forecast-days.ts";
import type { ReviewScene } from "./review-scene.ts";
import { laterMonth, monthLength, withHistory } from "./review-window.ts";

/** Places of a forecast, which is an estimate. */
const DECIMAL_PLACES = 6;

const METHOD =
  "Days to come: mean of the last 14 days, or the trend of the last 8 weeks where it is significant, with weekday effects; " +
  "interval from the noise of those weeks and its persistence.";

/**
 * What the month will cost once it is over; of a month that the bill covers, what the month after it will. Null where the bill
 * knows no days or has less than a week of them.
 */
export const costForecast = (scene: ReviewScene, confidence: number): CostForecast | null => {
  const { bill, window, period, charges, account } = scene;
  if (bill.detail.granularity === "month") return null;
  const days = dailyCosts(charges, withHistory(bill, period));
  const month = window.complete ? laterMonth(window.month, 1) : window.month;
  const ahead = window.complete ? monthLength(month) : window.monthDays - period.days;
  const forecast = forecastDays(
    days.map(({ cost }) => cost.toNumber()),
    ahead,
    confidence,
  );
  if (forecast === undefined) return null;
  const monthToDate = window.complete ? ZERO : account.ecs;
  const at = (rest: number): Decimal =>
    monthToDate.plus(new Decimal(Math.max(0, rest)).toDecimalPlaces(DECIMAL_PLACES));
  return {
    month,
    monthToDate,
    days: window.complete ? 0 : period.days,
    expected: at(forecast.expected),
    low: at(forecast.expected - forecast.margin),
    high: at(forecast.expected + forecast.margin),
    confidence: String(confidence),
    method: METHOD,
  };
};
