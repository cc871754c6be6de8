import type { Bill } from "../bill/charge.ts";
import { type PlacedCharge, placeBill } from "../bill/place-bill.ts";
import type { OverheadScope } from "../bill/place-charge.ts";
import type { ReviewPeriod } from "../report/review-report.ts";
import { type BillAccount, billAccount } from "./bill-account.ts";
import type { ComparedRows } from "./cost-parts.ts";
import { type CostRow, costRows } from "./cost-row.ts";
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
  /** Charges of whole months before those of the bill, each on the first day of its month. */
  readonly history: readonly PlacedCharge[];
  /** What ECS cost, container instances divided over services. */
  readonly rows: ComparedRows;
}

/** Places a bill and cuts it to a period that it covers. */
export const reviewScene = (
  bill: Bill,
  window: ReviewWindow,
  period: ReviewPeriod,
  overheads: OverheadScope,
  onlyTags: Readonly<Record<string, string>> = {},
): ReviewScene => {
  const before = bill.history ?? [];
  const placed = ofTags(placeBill({ charges: [...before, ...bill.charges] }, overheads), Object.entries(onlyTags));
  const charges = placed.slice(before.length);
  const current = within(charges, period);
  return {
    bill,
    window,
    period,
    charges,
    current,
    account: billAccount(current),
    history: placed.slice(0, before.length),
    rows: {
      current: splitInstances(costRows(current), current),
      previous: window.previous === null ? null : rowsOf(within(charges, window.previous)),
    },
  };
};

/** What does not carry the values of the tags is none of the cost that is reviewed. */
const ofTags = (
  placed: readonly PlacedCharge[],
  tags: readonly (readonly [string, string])[],
): readonly PlacedCharge[] => {
  if (tags.length === 0) return placed;
  const isMeant = ({ charge }: PlacedCharge): boolean => tags.every(([key, value]) => charge.tags[key] === value);
  return placed.map((each) => {
    const { place } = each.placing;
    const isOthers = (place === "ecs" || place === "unplaced") && !isMeant(each);
    return isOthers ? { ...each, placing: { place: "other" } } : each;
  });
};

/** What ECS cost in each month that the bill holds up to the one that is reviewed, container instances divided over services. */
export const rowsByMonth = ({
  charges,
  current,
  history,
  period,
  rows,
}: ReviewScene): ReadonlyMap<string, readonly CostRow[]> => {
  const before = charges.filter(({ charge }) => charge.day < `${period.from.slice(0, 7)}-01`);
  const months = Map.groupBy([...history, ...before], ({ charge }) => charge.day.slice(0, 7));
  const known = [...months].sort(([a], [b]) => (a < b ? -1 : 1));
  const ofPeriod: readonly [string, readonly CostRow[]] = [
    period.from.slice(0, 7),
    current.length > 0 ? rows.current : [],
  ];
  return new Map([...known.map(([month, of]): [string, readonly CostRow[]] => [month, rowsOf(of)]), ofPeriod]);
};

const within = (charges: readonly PlacedCharge[], period: ReviewPeriod): readonly PlacedCharge[] =>
  charges.filter(({ charge }) => isWithin(charge.day, period));

const rowsOf = (charges: readonly PlacedCharge[]) => splitInstances(costRows(charges), charges);
