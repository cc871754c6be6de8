import type { UnitCost } from "../report/review-report.ts";
import { Decimal, sum } from "../units/decimal.ts";
import type { ComparedRows } from "./cost-parts.ts";
import { type CostRow, computeCost, rowsCost } from "./cost-row.ts";

/** A figure of the business by month, such as requests or orders. */
export interface UnitMetric {
  readonly name: string;
  /** Values by month, `YYYY-MM`. */
  readonly months: ReadonlyMap<string, string>;
}

const DECIMAL_PLACES = 12;

const vcpuHours = (rows: readonly CostRow[]): Decimal =>
  sum(rows.filter(({ dimension }) => /^fargate.*\/vcpu-hour$/.test(dimension ?? "")).map(({ quantity }) => quantity));

interface Side {
  readonly cost: Decimal;
  readonly units: Decimal;
}

/**
 * Cost of one unit beside the month before. The change is divided into growth, more units at the cost of before, and rate, what one
 * costs more, of all units now; the two add up to it.
 */
const unitCost = (name: string, now: Side | null, before: Side | null): readonly UnitCost[] => {
  if (now === null || !now.units.greaterThan(0)) return [];
  const each = ({ cost, units }: Side): Decimal => cost.div(units).toDecimalPlaces(DECIMAL_PLACES);
  const has = before?.units.greaterThan(0) === true ? before : null;
  const change = has === null ? null : now.cost.minus(has.cost);
  const growth =
    has === null ? null : now.units.minus(has.units).times(has.cost).div(has.units).toDecimalPlaces(DECIMAL_PLACES);
  return [
    {
      name,
      units: now.units,
      cost: each(now),
      previousUnits: has?.units ?? null,
      previousCost: has === null ? null : each(has),
      growth,
      rate: change === null || growth === null ? null : change.minus(growth),
    },
  ];
};

/** Compute for each vCPU-hour of Fargate, and the total for each unit of every figure that was given. */
export const unitCosts = (
  { current, previous }: ComparedRows,
  [month, monthBefore]: readonly [string, string],
  metrics: readonly UnitMetric[],
): readonly UnitCost[] => {
  const ofFargate = (rows: readonly CostRow[]): Side => {
    const fargate = rows.filter(({ launchType }) => launchType.startsWith("fargate"));
    return { cost: computeCost(fargate), units: vcpuHours(fargate) };
  };
  const of = ({ months }: UnitMetric, at: string, rows: readonly CostRow[] | null): Side | null => {
    const units = months.get(at);
    return units === undefined || rows === null ? null : { cost: rowsCost(rows), units: new Decimal(units) };
  };
  return [
    ...unitCost("vCPU-hour of Fargate", ofFargate(current), previous === null ? null : ofFargate(previous)),
    ...metrics.flatMap((metric) =>
      unitCost(metric.name, of(metric, month, current), of(metric, monthBefore, previous)),
    ),
  ];
};
