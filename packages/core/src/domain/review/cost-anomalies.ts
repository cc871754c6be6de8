import { isoDate } from "../demand/timestamp.ts";
import type { CostAnomaly } from "../report/review-report.ts";
import { Decimal, ZERO } from "../units/decimal.ts";
import { type DailySeries, dailySeries, seriesCosts, type UsageDays } from "./daily-series.ts";
import { expectedDay } from "./expected-day.ts";
import { medianOf } from "./median.ts";
import type { ReviewScene } from "./review-scene.ts";
import { epochDay, withHistory } from "./review-window.ts";

/** Standard deviations that a day has to lie above what is expected of it. */
const DEVIATIONS = 4;
/** Share of what is expected that the excess has to reach at least. */
const LEAST_SHARE = 0.2;
/** Places of an expectation, which is an estimate. */
const DECIMAL_PLACES = 6;

/**
 * Days of the period on which a service, or usage that no tag gives to one, cost more than the days before it let expect: by at
 * least `minExcess`, a fifth of the expectation and four deviations. The largest excess comes first.
 */
export const costAnomalies = ({ bill, period, charges }: ReviewScene, minExcess: Decimal): readonly CostAnomaly[] => {
  if (bill.detail.granularity === "month") return [];
  const { from, days } = withHistory(bill, period);
  const first = epochDay(from);
  const anomalies = dailySeries(charges, first, days).flatMap((series) => {
    const exact = seriesCosts(series, days);
    const costs = exact.map((cost) => cost.toNumber());
    return costs.flatMap((cost, index) => {
      const expectation = index < epochDay(period.from) - first ? undefined : expectedDay(costs, index);
      if (expectation === undefined) return [];
      const { expected, deviation } = expectation;
      const least = Math.max(minExcess.toNumber(), LEAST_SHARE * expected, DEVIATIONS * deviation);
      if (cost - expected < least) return [];
      return [anomaly(series, isoDate(first + index), index, exact[index] ?? ZERO, expected)];
    });
  });
  return anomalies.sort((a, b) => b.excess.comparedTo(a.excess) || order(a, b));
};

const order = (a: CostAnomaly, b: CostAnomaly): number => (`${a.day} ${a.subject}` < `${b.day} ${b.subject}` ? -1 : 1);

const anomaly = (series: DailySeries, day: string, index: number, cost: Decimal, expectation: number): CostAnomaly => {
  const expected = new Decimal(expectation).toDecimalPlaces(DECIMAL_PLACES);
  return { day, subject: series.subject, cost, expected, excess: cost.minus(expected), detail: explain(series, index) };
};

/** The usage type that rose most, and whether more was used or it cost more. */
const explain = ({ usages }: DailySeries, index: number): string => {
  const risen = usages.map((usage) => ({ usage, ...riseOf(usage, index) }));
  risen.sort((a, b) => b.rise - a.rise || (a.usage.usageType < b.usage.usageType ? -1 : 1));
  const [most] = risen;
  if (most === undefined) return "";
  const { usage, quantity, usual, rateIsUsual } = most;
  if (usual === 0) return `${usage.usageType} is new: ${amount(quantity)} ${usage.unit}.`;
  if (!rateIsUsual) return `${usage.usageType} cost more for each unit than before.`;
  return `${usage.usageType}: ${amount(quantity)} instead of the usual ${amount(usual)} ${usage.unit}.`;
};

const amount = (quantity: number): string => new Decimal(quantity).toSignificantDigits(4).toFixed();

const riseOf = ({ days }: UsageDays, index: number) => {
  const before = Array.from({ length: Math.min(28, index) }, (_, back) => days.get(index - 1 - back));
  const usual = medianOf(before.map((day) => day?.quantity.toNumber() ?? 0));
  const usualCost = medianOf(before.map((day) => day?.cost.toNumber() ?? 0));
  const cost = days.get(index)?.cost.toNumber() ?? 0;
  const quantity = days.get(index)?.quantity.toNumber() ?? 0;
  return { rise: cost - usualCost, quantity, usual, rateIsUsual: quantity > usual * 1.05 };
};
