import type { PlacedCharge } from "../bill/place-bill.ts";
import { isoDate } from "../demand/timestamp.ts";
import type { CostAnomaly } from "../report/review-report.ts";
import { Decimal, ZERO } from "../units/decimal.ts";
import { subjectOf } from "./cost-movers.ts";
import { type DailySeries, dailySeries, seriesCosts, type UsageDays } from "./daily-series.ts";
import { expectedDay } from "./expected-day.ts";
import { moneyText } from "./money-text.ts";
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
 * least `minExcess`, a fifth of the expectation and four deviations. Days in a row are
 * one anomaly, told on the first of them. The largest excess comes first.
 */
export const costAnomalies = ({ bill, period, charges }: ReviewScene, minExcess: Decimal): readonly CostAnomaly[] => {
  if (bill.detail.granularity === "month") return [];
  const { from, days } = withHistory(bill, period);
  const first = epochDay(from);
  const start = epochDay(period.from) - first;
  const found: FoundRun[] = dailySeries(charges, first, days).flatMap((series) => {
    const runs = excessRuns(seriesCosts(series, days), start, minExcess.toNumber());
    return runs.map((run) => ({ series, run, day: isoDate(first + run.index), cost: ZERO }));
  });
  addCosts(found, charges);
  const anomalies = found.map((each) => anomaly(each, bill.currency));
  return anomalies.sort((a, b) => b.excess.comparedTo(a.excess) || order(a, b));
};

/** Days in a row that cost too much. */
interface ExcessRun {
  readonly index: number;
  readonly length: number;
  /** Of the first day. */
  readonly expected: number;
  /** Of all days. */
  readonly excess: number;
}

const excessRuns = (costs: readonly number[], start: number, minExcess: number): readonly ExcessRun[] => {
  const runs: ExcessRun[] = [];
  for (let index = start; index < costs.length; index += 1) {
    const expectation = expectedDay(costs, index);
    if (expectation === undefined) continue;
    const { expected, deviation } = expectation;
    const excess = (costs[index] ?? 0) - expected;
    if (excess < Math.max(minExcess, LEAST_SHARE * expected, DEVIATIONS * deviation)) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.index + last.length === index) {
      runs[runs.length - 1] = { ...last, length: last.length + 1, excess: last.excess + excess };
    } else {
      runs.push({ index, length: 1, expected, excess });
    }
  }
  return runs;
};

const order = (a: CostAnomaly, b: CostAnomaly): number => (`${a.day} ${a.subject}` < `${b.day} ${b.subject}` ? -1 : 1);

interface FoundRun {
  readonly series: DailySeries;
  readonly run: ExcessRun;
  readonly day: string;
  cost: Decimal;
}

/** The exact cost of the days found. */
const addCosts = (found: readonly FoundRun[], charges: Iterable<PlacedCharge>): void => {
  if (found.length === 0) return;
  const days = new Map(found.map((each) => [`${each.day} ${each.series.key}`, each]));
  const dates = new Set(found.map(({ day }) => day));
  for (const { charge, placing, serviceKey } of charges) {
    if (placing.place !== "ecs" || !dates.has(charge.day)) continue;
    const each = days.get(`${charge.day} ${subjectOf({ ...charge, serviceKey }).key}`);
    if (each !== undefined) each.cost = each.cost.plus(charge.effectiveCost);
  }
};

const anomaly = ({ series, run, day, cost }: FoundRun, currency: string): CostAnomaly => {
  const expected = new Decimal(run.expected).toDecimalPlaces(DECIMAL_PLACES);
  const more = moneyText(new Decimal(run.excess), currency);
  const after =
    run.length === 1 ? "" : ` So do the days after it, ${run.length} in all with ${more} more than expected.`;
  const detail = `${explain(series, run.index)}${after}`;
  return { day, subject: series.subject, cost, expected, excess: cost.minus(expected), detail };
};

/** The usage type that rose most, and whether more was used or it cost more. */
const explain = ({ usages }: DailySeries, index: number): string => {
  const risen = usages.map((usage) => ({ usage, ...riseOf(usage, index) }));
  risen.sort((a, b) => b.rise - a.rise || (a.usage.usageType < b.usage.usageType ? -1 : 1));
  const [most] = risen;
  if (most === undefined) return "";
  const { usage, quantity, usual } = most;
  if (quantity === 0) return `${usage.usageType} cost more than before; how much was used is not known.`;
  const unit = usage.unit === "" ? "" : ` ${usage.unit}`;
  if (usual === 0) return `${usage.usageType} is new: ${amount(quantity)}${unit}.`;
  if (quantity < usual * MORE_USED) return `${usage.usageType} cost more for each unit than before.`;
  return `${usage.usageType}: ${amount(quantity)} instead of the usual ${amount(usual)}${unit}.`;
};

/** Times the usual quantity from which on more was used. */
const MORE_USED = 1.05;

const amount = (quantity: number): string => new Decimal(quantity).toSignificantDigits(4).toFixed();

const riseOf = ({ costs, quantities }: UsageDays, index: number) => ({
  rise: (costs[index] ?? 0) - (expectedDay([...costs], index)?.expected ?? 0),
  quantity: quantities[index] ?? 0,
  usual: expectedDay([...quantities], index)?.expected ?? 0,
});
