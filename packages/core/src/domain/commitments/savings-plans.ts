import { Decimal } from "../units/decimal.ts";
import type { CommitmentUse, ComputeSavingsPlan, InstanceSavingsPlan } from "./commitment.ts";
import { familyOf } from "./normalization-factor.ts";
import { byId, DECIMAL_PLACES, type OpenUsage } from "./open-usage.ts";

/** Usage that a plan can cover, at the plan's rate. */
interface Candidate {
  readonly line: OpenUsage;
  /** USD per unit. */
  readonly rate: Decimal;
}

/** Covers instances of each plan's family and region. */
export const applyInstanceSavingsPlans = (
  plans: readonly InstanceSavingsPlan[],
  open: readonly OpenUsage[],
): CommitmentUse[] =>
  applyPlans(plans, (plan) => {
    const ofPlan = open.filter(({ usage: { instance } }) => {
      if (instance === undefined) return false;
      return familyOf(instance.instanceType) === plan.family && instance.region === plan.region;
    });
    return ranked(ofPlan, (line) => line.usage.instanceSpRate);
  });

/** Covers everything that has a Compute Savings Plan rate. */
export const applyComputeSavingsPlans = (
  plans: readonly ComputeSavingsPlan[],
  open: readonly OpenUsage[],
): CommitmentUse[] => {
  const order = ranked(open, (line) => line.usage.computeSpRate);
  return applyPlans(plans, () => order);
};

const applyPlans = <Plan extends ComputeSavingsPlan>(
  plans: readonly Plan[],
  candidatesOf: (plan: Plan) => readonly Candidate[],
): CommitmentUse[] => {
  const uses = new Map([...plans].sort(byId).map((plan) => [plan, applyPlan(plan, candidatesOf(plan))]));
  return plans.flatMap((plan) => uses.get(plan) ?? []);
};

/** Only the usage at which the commitment ends is divided; it takes all that is left of the commitment. */
const applyPlan = ({ id, commitment }: ComputeSavingsPlan, candidates: readonly Candidate[]): CommitmentUse => {
  let left = commitment;
  for (const { line, rate } of candidates) {
    if (left.isZero()) break;
    if (line.left.isZero()) continue;
    const needed = line.left.times(rate);
    const whole = needed.lessThanOrEqualTo(left);
    const cost = whole ? needed : left;
    const quantity = whole ? line.left : left.div(rate).toDecimalPlaces(DECIMAL_PLACES, Decimal.ROUND_DOWN);
    line.savingsPlans.push({ id, quantity, cost });
    line.left = line.left.minus(quantity);
    left = left.minus(cost);
  }
  return { id, committed: commitment, used: commitment.minus(left), unused: left };
};

/** Highest savings percentage first, then the lowest plan rate, then the id. */
const ranked = (open: readonly OpenUsage[], rateOf: (line: OpenUsage) => Decimal | undefined): Candidate[] => {
  const candidates: Candidate[] = [];
  for (const line of open) {
    const rate = rateOf(line);
    if (rate !== undefined) candidates.push({ line, rate });
  }
  return candidates.sort(
    (a, b) => compareDiscounts(a, b) || a.rate.comparedTo(b.rate) || byId(a.line.usage, b.line.usage),
  );
};

/** By plan rate / on-demand rate, cross-multiplied to stay exact; usage that is free on demand comes last. */
const compareDiscounts = (a: Candidate, b: Candidate): number => {
  const freeA = a.line.usage.onDemandRate.isZero();
  const freeB = b.line.usage.onDemandRate.isZero();
  if (freeA || freeB) return Number(freeA) - Number(freeB);
  return a.rate.times(b.line.usage.onDemandRate).comparedTo(b.rate.times(a.line.usage.onDemandRate));
};
