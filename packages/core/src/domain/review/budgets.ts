import { isoDate } from "../demand/timestamp.ts";
import type { BudgetReport, CostForecast, CostPart } from "../report/review-report.ts";
import { Decimal, ZERO } from "../units/decimal.ts";
import type { ReviewScene } from "./review-scene.ts";
import { epochDay } from "./review-window.ts";

/** What may be spent a month, in total, by a team of the ownership file, or on what carries a tag. */
export interface Budget {
  readonly name: string;
  readonly monthly: string;
  readonly team?: string;
  readonly tag?: readonly [key: string, value: string];
}

const DECIMAL_PLACES = 12;

/** Daily cost of what a budget is of; undefined where it is of a team, whose days are not known. */
const daysOf = ({ current, period }: ReviewScene, { team, tag }: Budget): readonly Decimal[] | undefined => {
  if (team !== undefined) return undefined;
  const first = epochDay(period.from);
  const days = Array.from({ length: period.days }, () => ZERO);
  for (const { charge, placing } of current) {
    if (placing.place !== "ecs" || (tag !== undefined && charge.tags[tag[0]] !== tag[1])) continue;
    const index = epochDay(charge.day) - first;
    days[index] = (days[index] ?? ZERO).plus(charge.effectiveCost);
  }
  return days;
};

/** First day on which the sum of the days so far is more than the budget; null where it never is, or no days are known. */
const exceededOn = (days: readonly Decimal[] | undefined, from: string, amount: Decimal): string | null => {
  let spent = ZERO;
  for (const [index, cost] of (days ?? []).entries()) {
    spent = spent.plus(cost);
    if (spent.greaterThan(amount)) return isoDate(epochDay(from) + index);
  }
  return null;
};

/**
 * What was spent of each budget and what the month will come to: of the total, as its forecast says; of a part, at the rate of the
 * days so far.
 */
export const budgetReports = (
  scene: ReviewScene,
  budgets: readonly Budget[],
  teams: readonly CostPart[] | undefined,
  forecast: CostForecast | null,
): readonly BudgetReport[] =>
  budgets.map((budget) => {
    const amount = new Decimal(budget.monthly);
    const days = daysOf(scene, budget);
    const ofTeam = teams?.find(({ key }) => key === budget.team)?.cost ?? ZERO;
    const spent = days === undefined ? ofTeam : days.reduce((sum, cost) => sum.plus(cost), ZERO);
    const expected = expectedOf(scene, budget, spent, forecast);
    return {
      name: budget.name,
      budget: amount,
      spent,
      expected,
      left: amount.minus(spent),
      share: amount.isZero() ? null : spent.div(amount),
      onCourse: expected.lessThanOrEqualTo(amount),
      exceeded: spent.greaterThan(amount),
      exceededOn: scene.bill.detail.granularity === "month" ? null : exceededOn(days, scene.period.from, amount),
    };
  });

const expectedOf = (
  { window, period }: ReviewScene,
  { team, tag }: Budget,
  spent: Decimal,
  forecast: CostForecast | null,
): Decimal => {
  if (window.complete) return spent;
  if (team === undefined && tag === undefined && forecast !== null && forecast.month === window.month) {
    return forecast.expected;
  }
  return spent.times(window.monthDays).div(period.days).toDecimalPlaces(DECIMAL_PLACES);
};
