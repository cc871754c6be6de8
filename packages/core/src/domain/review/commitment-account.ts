import type { CommitmentAccount } from "../report/review-report.ts";
import { type Decimal, ZERO } from "../units/decimal.ts";
import type { BillAccount } from "./bill-account.ts";
import type { CostRow } from "./cost-row.ts";

/** Usage of ECS that a Savings Plan or a reservation can pay: Fargate and instances on demand. */
export const isCommittable = ({ launchType, dimension, family }: CostRow): boolean =>
  (launchType === "fargate" && dimension !== "fargate/ephemeral-gb-hour") ||
  ((launchType === "ec2" || launchType === "managed-instances") && family === "instance-hour");

/** Fees and use of all commitments on the bill, and how much of what ECS could have covered they did. */
export const commitmentAccount = (
  { commitments: { fees, unused, covered, balance } }: BillAccount,
  rows: readonly CostRow[],
  amortised: boolean,
): CommitmentAccount => {
  const paid = covered.plus(unused);
  return {
    fees,
    covered,
    unused: amortised ? unused : null,
    balance,
    coverage: coverageOf(rows),
    utilization: !amortised || paid.isZero() ? null : covered.div(paid),
  };
};

const coverageOf = (rows: readonly CostRow[]): Decimal | null => {
  let [covered, all] = [ZERO, ZERO];
  for (const row of rows) {
    if (!isCommittable(row)) continue;
    if (row.onDemandCost === null) return null;
    all = all.plus(row.onDemandCost);
    if (row.covered) covered = covered.plus(row.onDemandCost);
  }
  return all.isZero() ? null : covered.div(all);
};
