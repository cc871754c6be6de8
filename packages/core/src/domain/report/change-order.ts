import type { CostChange } from "./diff-report.ts";

/** The larger change first; those that are not known last. */
export const largestFirst = (a: CostChange, b: CostChange): number => {
  if (a.monthlyChange === null || b.monthlyChange === null) {
    return Number(a.monthlyChange === null) - Number(b.monthlyChange === null) || bySubject(a, b);
  }
  return b.monthlyChange.abs().comparedTo(a.monthlyChange.abs()) || bySubject(a, b);
};

const bySubject = (a: CostChange, b: CostChange): number =>
  a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : a.kind < b.kind ? -1 : 1;
