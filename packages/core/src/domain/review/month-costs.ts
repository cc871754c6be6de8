import type { CostTrend, MonthCost } from "../report/review-report.ts";
import { Decimal } from "../units/decimal.ts";
import { type CostRow, computeCost, rowsCost } from "./cost-row.ts";
import { laterMonth } from "./review-window.ts";

/** What each month cost, the oldest first, beside the month and the year before where the bill holds them. */
export const monthCosts = (
  months: ReadonlyMap<string, readonly CostRow[]>,
  { month: last, complete }: { readonly month: string; readonly complete: boolean },
): readonly MonthCost[] => {
  const costs = new Map([...months].map(([month, rows]) => [month, rowsCost(rows)]));
  return [...months].map(([month, rows]): MonthCost => {
    const cost = rowsCost(rows);
    const isWhole = month !== last || complete;
    const against = (earlier: Decimal | undefined): Decimal | null =>
      earlier === undefined || !isWhole ? null : cost.minus(earlier);
    return {
      month,
      cost,
      computeCost: computeCost(rows),
      complete: isWhole,
      change: against(costs.get(laterMonth(month, -1))),
      yearChange: against(costs.get(laterMonth(month, -12))),
    };
  });
};

const FEWEST_MONTHS = 3;
const DECIMAL_PLACES = 12;

/**
 * Where whole months went on average: (last - first) / steps between them. Null with less than three of them.
 */
export const costTrend = (months: readonly MonthCost[]): CostTrend | null => {
  const whole = months.filter(({ complete }) => complete).slice(-13);
  const [first, last] = [whole[0], whole.at(-1)];
  if (first === undefined || last === undefined || whole.length < FEWEST_MONTHS) return null;
  const change = last.cost.minus(first.cost);
  return {
    from: first.month,
    to: last.month,
    months: whole.length,
    change,
    monthlyChange: change.div(new Decimal(whole.length - 1)).toDecimalPlaces(DECIMAL_PLACES),
    yearOverYear: last.yearChange,
  };
};
