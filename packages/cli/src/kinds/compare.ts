import {
  type CompareReport,
  type CompareSettings,
  compare,
  joinComparisons,
  type ServiceComparison,
} from "@ecs-cost/core";
import type { ReportKind } from "../command/report-command.ts";
import { compareDocument, compareSheet, savingGroupsSheet } from "../render/report/compare/document.ts";
import { COMPARE_FIELDS } from "../select/fields.ts";
import { COMPARE_GATES } from "../select/gate-figures.ts";
import { groupComparison, type SavingGroup } from "../select/groups.ts";
import { filterComparison } from "../select/selection.ts";

type Kind = ReportKind<CompareReport, ServiceComparison, SavingGroup>;

const COMPARE: Omit<Kind, "make"> = {
  command: "compare",
  join: joinComparisons,
  fields: COMPARE_FIELDS,
  keys: ["tags", "current", "options", "breakEven"],
  gates: COMPARE_GATES,
  measure: ({ monthlySaving }) => monthlySaving,
  costOf: ({ current }) => current.monthlyCost,
  filter: filterComparison,
  group: groupComparison,
  document: (report, verbose, grouped) => compareDocument(report, { verbose }, grouped),
  sheet: compareSheet,
  compact: async (report) => (await import("../render/report/compare/compact.ts")).compareCompact(report),
  groupsSheet: savingGroupsSheet,
};

/** The comparison whose best options have commitments of at most so many years. */
export const compareKind = (longestTerm: NonNullable<CompareSettings["longestTerm"]>): Kind => ({
  ...COMPARE,
  make: (inventory, catalogue, settings) => compare(inventory, catalogue, { ...settings, longestTerm }),
});
