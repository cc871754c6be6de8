import type { Issue } from "../issues/issue.ts";
import { commitmentId, PAYMENTS, type Purchase, TERMS } from "../pricing/purchase.ts";
import type { CommitmentAdvice, CommitmentPlan, CommitmentPoint } from "../report/review-report.ts";
import { Decimal, ZERO } from "../units/decimal.ts";
import { type CommitmentCurve, commitmentCurve, type PlanHours } from "./commitment-curve.ts";
import { type OpenHours, openHours } from "./committable-hours.ts";
import { isMostlyRateless, missingRates, type RatelessUsage, type RateOf, ratelessUsage } from "./rateless-usage.ts";
import type { ReviewScene } from "./review-scene.ts";

export interface AdvisedCommitment {
  /** Null where the plan has no rates for most of what ran on demand. */
  readonly advice: CommitmentAdvice | null;
  readonly issues: readonly Issue[];
}

/** Points that a curve is drawn with at most, beside the best one. */
const CURVE_POINTS = 60;
const HOURS_PER_DAY = 24;

const PLANS: readonly Purchase[] = TERMS.flatMap((term) =>
  PAYMENTS.map((payment) => commitmentId("compute-sp", term, payment)),
);

/**
 * The hourly commitment of least cost for the usage seen, under every Compute Savings Plan that has rates for most of it;
 * what has none is named.
 */
export const adviseCommitment = (scene: ReviewScene, plan: Purchase, rateOf: RateOf): AdvisedCommitment => {
  const hours = openHours(scene);
  const scale = monthScale(scene);
  const known = rememberRates(rateOf);
  const others = PLANS.includes(plan) ? PLANS : [...PLANS, plan];
  const plans = others.flatMap((each) => planned(each, hours, scale, known) ?? []);
  plans.sort((a, b) => b.plan.monthlySaving.comparedTo(a.plan.monthlySaving) || (a.plan.plan < b.plan.plan ? -1 : 1));
  const chosen = plans.find((each) => each.plan.plan === plan);
  const issues = missingRates(plan, chosen?.rateless ?? ratelessUsage(plan, hours, known));
  if (chosen === undefined) return { advice: null, issues };
  return {
    advice: { ...chosen.plan, curve: drawn(chosen.curve, scale), plans: plans.map((each) => each.plan) },
    issues,
  };
};

/** Days of the month over days seen: 1 where the bill covers all of it. */
export const monthScale = ({ window, period }: ReviewScene): Decimal => new Decimal(window.monthDays).div(period.days);

/** The same, each rate looked up once. */
const rememberRates = (rateOf: RateOf): RateOf => {
  const rates = new Map<string, Decimal | undefined>();
  return (region, key) => {
    const name = `${region} ${key}`;
    if (!rates.has(name)) rates.set(name, rateOf(region, key));
    return rates.get(name);
  };
};

interface PlannedCurve {
  readonly plan: CommitmentPlan;
  readonly curve: CommitmentCurve;
  readonly rateless: RatelessUsage;
}

const planned = (
  plan: Purchase,
  hours: readonly OpenHours[],
  scale: Decimal,
  rateOf: RateOf,
): PlannedCurve | undefined => {
  const rateless = ratelessUsage(plan, hours, rateOf);
  if (isMostlyRateless(rateless) || hours.every(({ usage }) => usage.length === 0)) return undefined;
  const planHours = hours.map(
    ({ hours: count, usage }): PlanHours => ({
      hours: count,
      usage: usage.flatMap(({ region, keyUnder, quantity, onDemand }) => {
        const underPlan = rateOf(region, keyUnder(plan));
        return underPlan === undefined ? [] : [{ onDemand, underPlan: quantity.times(underPlan) }];
      }),
    }),
  );
  const curve = commitmentCurve(planHours);
  const [none] = curve.points;
  const best = scaled(curve.best, scale);
  const without = none === undefined ? ZERO : scaled(none, scale).monthlyCost;
  const { utilization, coverage } = curve;
  const monthlySaving = without.minus(best.monthlyCost);
  return {
    plan: { plan, best, monthlySaving, utilization, coverage, withoutRate: rateless.share },
    curve,
    rateless,
  };
};

const DECIMAL_PLACES = 12;

const scaled = ({ hourlyCommitment, monthlyCost }: CommitmentPoint, scale: Decimal): CommitmentPoint => ({
  hourlyCommitment,
  monthlyCost: monthlyCost.times(scale).toDecimalPlaces(DECIMAL_PLACES),
});

/** Points of the curve at about equal distances of the commitment, its ends and the best always among them. */
const drawn = ({ points, best }: CommitmentCurve, scale: Decimal): readonly CommitmentPoint[] => {
  const most = points.at(-1)?.hourlyCommitment ?? ZERO;
  let due = ZERO;
  const step = most.div(CURVE_POINTS);
  const kept = points.filter((point, index) => {
    const isDue = point.hourlyCommitment.greaterThanOrEqualTo(due);
    if (isDue) due = point.hourlyCommitment.plus(step);
    return isDue || index === points.length - 1 || point.hourlyCommitment.equals(best.hourlyCommitment);
  });
  return kept.map((point) => scaled(point, scale));
};

/** Hours of the month that an hourly commitment is paid for. */
export const hoursOfMonth = ({ window }: ReviewScene): number => window.monthDays * HOURS_PER_DAY;
