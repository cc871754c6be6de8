import type { Bill } from "../bill/charge.ts";
import { type PlacedCharge, placeBill } from "../bill/place-bill.ts";
import type { OverheadScope } from "../bill/place-charge.ts";
import type { ReviewPeriod } from "../report/review-report.ts";
import { type BillAccount, billAccount } from "./bill-account.ts";
import type { ComparedRows } from "./cost-parts.ts";
import { costRows } from "./cost-row.ts";
import { isWithin, type ReviewWindow } from "./review-window.ts";
import { splitInstances } from "./split-instances.ts";

/** A bill in its places, cut to the days that are reviewed: what every figure and finding is made from. */
export interface ReviewScene {
  readonly bill: Bill;
  readonly window: ReviewWindow;
  readonly period: ReviewPeriod;
  /** Every charge of the bill. */
  readonly charges: readonly PlacedCharge[];
  /** Those of the period. */
  readonly current: readonly PlacedCharge[];
  readonly account: BillAccount;
  /** What ECS cost, container instances divided over services. */
  readonly rows: ComparedRows;
}

/** Places a bill and cuts it to a period that it covers. */
export const reviewScene = (
  bill: Bill,
  window: ReviewWindow,
  period: ReviewPeriod,
  overheads: OverheadScope,
): ReviewScene => {
  const charges = placeBill(bill, overheads);
  const current = within(charges, period);
  return {
    bill,
    window,
    period,
    charges,
    current,
    account: billAccount(current),
    rows: {
      current: splitInstances(costRows(current), current),
      previous: window.previous === null ? null : rowsOf(within(charges, window.previous)),
    },
  };
};

const within = (charges: readonly PlacedCharge[], period: ReviewPeriod): readonly PlacedCharge[] =>
  charges.filter(({ charge }) => isWithin(charge.day, period));

const rowsOf = (charges: readonly PlacedCharge[]) => splitInstances(costRows(charges), charges);
