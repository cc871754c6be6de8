import type { CommitmentPoint } from "../report/review-report.ts";
import { Decimal, ONE, sum, ZERO } from "../units/decimal.ts";

/** Usage that a plan covers, in one hour. */
export interface PlanUsage {
  /** What it costs in the hour without and with the plan. */
  readonly onDemand: Decimal;
  readonly underPlan: Decimal;
}

/** An hour, or several that are alike. */
export interface PlanHours {
  /** How many hours it stands for. */
  readonly hours: Decimal;
  readonly usage: readonly PlanUsage[];
}

/** Cost of the hours by hourly commitment: straight lines between the points, exactly. */
export interface CommitmentCurve {
  /** By rising commitment, from none to the most that can be used. */
  readonly points: readonly CommitmentPoint[];
  /** The least cost; of equal ones the smallest commitment. */
  readonly best: CommitmentPoint;
  /** Share of the best commitment that the usage takes, and of the on-demand cost that it covers; null where it is 0. */
  readonly utilization: Decimal | null;
  readonly coverage: Decimal | null;
}

/** A commitment from which on, in one kind of hour, a dollar of it saves less than before. */
interface Breakpoint {
  readonly at: Decimal;
  /** By how much the cost of another dollar rises, over all hours. */
  readonly rise: Decimal;
}

/** Costs are cut here, far below a digit that a bill shows. */
const DECIMAL_PLACES = 12;

/**
 * What every hourly commitment would have cost. A plan goes to the highest savings percentage first, so each hour's cost is
 * convex in the commitment c and made of straight lines:
 *
 *     cost(c) = sum over hours of ( c + on-demand cost of what c does not cover )
 *
 * Its slope rises where an hour comes to usage with a lower saving, or to the end of its usage; the first of those points
 * from which on it is not negative has the least cost.
 */
export const commitmentCurve = (hours: readonly PlanHours[]): CommitmentCurve => {
  const ranked = hours.map(({ hours: weight, usage }) => ({ hours: weight, usage: byDiscount(usage) }));
  const breakpoints = ranked.flatMap(breakpointsOf).sort((a, b) => a.at.comparedTo(b.at));
  const start = sum(ranked.map(({ hours: weight, usage }) => weight.times(sum(usage.map((each) => each.onDemand)))));
  let slope = sum(ranked.map((each) => each.hours.times(ONE.minus(firstSaving(each)))));
  let last: CommitmentPoint = { hourlyCommitment: ZERO, monthlyCost: start };
  const points = [last];
  let best = slope.isNegative() ? undefined : last;
  for (const { at, rise } of breakpoints) {
    if (at.greaterThan(last.hourlyCommitment)) {
      const added = at.minus(last.hourlyCommitment).times(slope);
      last = { hourlyCommitment: at, monthlyCost: last.monthlyCost.plus(added) };
      points.push(last);
    }
    slope = slope.plus(rise);
    if (best === undefined && !slope.isNegative()) best = last;
  }
  best ??= last;
  return { points: points.map(cut), best: cut(best), ...useOf(ranked, best.hourlyCommitment, start) };
};

/** Highest savings percentage first; usage that is free needs no plan. */
const byDiscount = (usage: readonly PlanUsage[]): readonly PlanUsage[] =>
  usage
    .filter(({ onDemand, underPlan }) => onDemand.greaterThan(0) && underPlan.greaterThan(0))
    .sort((a, b) => a.underPlan.times(b.onDemand).comparedTo(b.underPlan.times(a.onDemand)));

/** Dollars on demand that one dollar of commitment replaces. */
const savingOf = ({ onDemand, underPlan }: PlanUsage): Decimal => onDemand.div(underPlan);

const firstSaving = ({ usage: [first] }: PlanHours): Decimal => (first === undefined ? ZERO : savingOf(first));

const breakpointsOf = ({ hours, usage }: PlanHours): readonly Breakpoint[] => {
  let at = ZERO;
  return usage.map((each, index) => {
    at = at.plus(each.underPlan);
    const next = usage[index + 1];
    const saving = savingOf(each).minus(next === undefined ? ZERO : savingOf(next));
    return { at, rise: hours.times(saving) };
  });
};

const cut = ({ hourlyCommitment, monthlyCost }: CommitmentPoint): CommitmentPoint => ({
  hourlyCommitment,
  monthlyCost: monthlyCost.toDecimalPlaces(DECIMAL_PLACES),
});

const useOf = (hours: readonly PlanHours[], commitment: Decimal, onDemand: Decimal) => {
  if (commitment.isZero()) return { utilization: null, coverage: null };
  let [used, covered, paid] = [ZERO, ZERO, ZERO];
  for (const { hours: weight, usage } of hours) {
    let left = commitment;
    for (const each of usage) {
      const share = Decimal.min(ONE, left.div(each.underPlan));
      covered = covered.plus(weight.times(each.onDemand).times(share));
      left = left.minus(each.underPlan.times(share));
    }
    used = used.plus(weight.times(commitment.minus(left)));
    paid = paid.plus(weight.times(commitment));
  }
  const share = (part: Decimal, whole: Decimal) => part.div(whole).toDecimalPlaces(DECIMAL_PLACES);
  return { utilization: share(used, paid), coverage: share(covered, onDemand) };
};
