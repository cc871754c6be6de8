import type { CostChange, DiffReport } from "@ecs-cost/core";
import { type Fields, numberOrNull } from "./fields.ts";

/** What a filter and `--fields` can look at. */
export const DIFF_FIELDS: Fields<CostChange> = {
  kind: ({ kind }) => kind,
  subject: ({ subject }) => subject,
  of: ({ of }) => of,
  name: ({ name }) => name,
  cluster: ({ cluster }) => cluster,
  beforeMonthlyCost: ({ beforeMonthlyCost }) => beforeMonthlyCost,
  afterMonthlyCost: ({ afterMonthlyCost }) => afterMonthlyCost,
  monthlyChange: ({ monthlyChange }) => monthlyChange,
  causes: ({ causes }) => causes.map(({ attribute }) => attribute).join(" "),
  address: ({ address }) => address,
  size: ({ sizing }) => sizing?.verdict ?? null,
  recommendedCpu: ({ sizing }) => numberOrNull(sizing?.recommended?.cpu ?? null),
  recommendedMemory: ({ sizing }) => numberOrNull(sizing?.recommended?.memory ?? null),
  adviceSaving: ({ sizing }) => sizing?.monthlySaving ?? null,
};

/** Keys of a change beyond `DIFF_FIELDS`. */
export const DIFF_KEYS: readonly string[] = [
  ...["tags", "lineItems", "beforeComplete", "afterComplete", "previousAddress", "resources", "sizing"],
];

/** A difference with some of its changes; `omittedChanges` stands only where some were left out. */
export type SelectedDiff = DiffReport & { readonly omittedChanges?: number };

/** The changes that pass, and of those the first; totals stay those of all. */
export const selectChanges = (
  report: DiffReport,
  passes: ((change: CostChange) => boolean) | undefined,
  top: number | undefined,
): SelectedDiff => {
  const changes = report.changes.filter((change) => passes?.(change) ?? true).slice(0, top);
  const omitted = report.changes.length - changes.length;
  return omitted === 0 ? report : { ...report, changes, omittedChanges: omitted };
};
