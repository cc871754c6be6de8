import type { Issue } from "../../../domain/issues/issue.ts";
import { sum } from "../../../domain/units/decimal.ts";
import type { Cell, Dimension, Grouping } from "./grouping.ts";
import { recordKind } from "./record-type.ts";
import type { Refined } from "./refine.ts";

/** What every issue of Cost Explorer is about. */
export const SUBJECT = "Cost Explorer";

const SAYS: Readonly<Partial<Record<Dimension, string>>> = {
  SERVICE: "service",
  USAGE_TYPE: "usage type",
  RECORD_TYPE: "charge type",
  LINKED_ACCOUNT: "account",
  OPERATION: "operation",
};

const nameOf = (dimension: Dimension): string => SAYS[dimension] ?? `tag ${dimension.slice(4)}`;

const costOf = (cells: readonly Cell[]): string => sum(cells.map(({ cost }) => cost)).toFixed();

/** What a grouping could not tell, as issues: amounts that don't add up, and amounts that belong to several values. */
export const groupingIssues = (
  grouping: Grouping,
  { unequal, ambiguous }: Refined,
  currency: string,
): readonly Issue[] => {
  const by = grouping.dimensions.map(nameOf).join(" and ");
  const issues: Issue[] = [];
  if (unequal.length > 0) {
    const days = new Set(unequal.map(({ start }) => start)).size;
    issues.push({
      code: "bill-mismatch",
      severity: "warning",
      subject: SUBJECT,
      detail: `the groups by ${by} don't add up to the bill on ${days} of the days or months; ${costOf(unequal)} ${currency} stays without them`,
    });
  }
  if (ambiguous.length > 0) {
    issues.push({
      code: "bill-detail",
      severity: "info",
      subject: SUBJECT,
      detail: `the groups by ${by} leave open which lines they belong to; ${costOf(ambiguous)} ${currency} stays without them`,
    });
  }
  return issues;
};

/** Charge types that this program does not know; they are shown as fees. */
export const recordTypeIssues = (cells: readonly Cell[]): readonly Issue[] => {
  const unknown = cells.flatMap(({ values: { RECORD_TYPE: type } }) =>
    type !== undefined && recordKind(type) === undefined ? [type] : [],
  );
  return [...new Set(unknown)].sort().map((type) => ({
    code: "bill-detail",
    severity: "warning",
    subject: SUBJECT,
    detail: `the charge type ${type} is not known here; its amounts are counted as fees`,
  }));
};

/** Amounts that AWS may still change. */
export const estimatedIssue = (from: string): Issue => ({
  code: "bill-estimated",
  severity: "info",
  subject: SUBJECT,
  detail: `AWS may still change the amounts from ${from} on: the month is not closed, and data arrive up to a day late`,
});
