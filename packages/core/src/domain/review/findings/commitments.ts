import type { CommitmentAccount, CommitmentAdvice } from "../../report/review-report.ts";
import { Decimal } from "../../units/decimal.ts";
import { isCommittable } from "../commitment-account.ts";
import { knowsHours } from "../committable-hours.ts";
import { rowsCost } from "../cost-row.ts";
import { amountText, type Claim, type FindingContext, type FindingDraft } from "./finding-draft.ts";

/** A commitment that would save, and commitments that nothing uses. */
export const commitmentFindings = (
  context: FindingContext,
  advice: CommitmentAdvice | null,
  account: CommitmentAccount,
): readonly FindingDraft[] => [...buy(context, advice), ...unused(context, account)];

const buy = ({ scene, scale }: FindingContext, advice: CommitmentAdvice | null): readonly FindingDraft[] => {
  if (advice === null || !advice.monthlySaving.greaterThan(0)) return [];
  const { best, monthlySaving, plan, utilization, coverage } = advice;
  const rows = scene.rows.current.filter((row) => isCommittable(row) && !row.covered && row.cost.greaterThan(0));
  const cost = rowsCost(rows);
  if (!cost.greaterThan(0)) return [];
  // Discounts have lines of their own: what is paid can be less than the usage that the plan replaces.
  const seen = Decimal.min(cost, monthlySaving.div(scale));
  const claims = rows.map(
    (row): Claim => ({ row, saving: row.cost.times(seen).div(cost).toDecimalPlaces(12), purchase: true }),
  );
  const percent = (share: typeof utilization): string => `${share?.times(100).toDecimalPlaces(0).toFixed() ?? "0"} %`;
  const anHour = `$${best.hourlyCommitment.toDecimalPlaces(3).toFixed()}`;
  return [
    {
      code: "buy-savings-plan",
      subject: plan,
      effort: "low",
      confidence: knowsHours(scene) ? "medium" : "low",
      monthlySaving,
      detail:
        `${anHour} an hour costs least for the usage seen on demand: it would be used to ` +
        `${percent(utilization)} and cover ${percent(coverage)} of it. Size tasks and move to Spot first: a commitment stays.`,
      action: `Buy a Compute Savings Plan (${plan.replace("compute-sp-", "")}) of ${anHour} an hour, or of less in steps.`,
      claims,
    },
  ];
};

const unused = (
  { scene }: FindingContext,
  { unused: amount, utilization }: CommitmentAccount,
): readonly FindingDraft[] => {
  if (amount === null || !amount.greaterThan(0)) return [];
  const used = utilization?.times(100).toDecimalPlaces(1).toFixed() ?? "0";
  return [
    {
      code: "unused-commitment",
      subject: scene.window.month,
      effort: "medium",
      confidence: "high",
      monthlySaving: null,
      detail:
        `Commitments were used to ${used} %: ${amountText(amount, { scene })} of them paid for nothing in the days seen. It is paid until they ` +
        "end, so it is saved only by usage that moves under them.",
      action: "Move usage on demand under it that it covers, and do not renew what stays unused.",
      claims: [],
    },
  ];
};
