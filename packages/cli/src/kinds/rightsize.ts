import {
  joinRightsizings,
  type RightsizeReport,
  type RightsizeSettings,
  rightsize,
  type ServiceRightsizing,
} from "@ecs-cost/core";
import { readAdvice } from "../aws/compute-optimizer.ts";
import type { LiveSettings } from "../aws/live-metrics.ts";
import { readUtilization } from "../aws/utilization.ts";
import type { ReportKind } from "../command/report-command.ts";
import type { Glyphs } from "../render/document/sparkline.ts";
import { savingGroupsSheet } from "../render/report/compare/document.ts";
import { rightsizeDocument } from "../render/report/rightsize/document.ts";
import { rightsizeSheet } from "../render/report/rightsize/sheet.ts";
import type { SavingGroup } from "../select/groups.ts";
import { filterRightsizing, groupRightsizing, RIGHTSIZE_FIELDS, RIGHTSIZE_GATES } from "../select/rightsize.ts";

type Kind = ReportKind<RightsizeReport, ServiceRightsizing, SavingGroup>;

const KEYS = [
  "tags",
  "current",
  "recommended",
  "demand",
  "forcedWaste",
  "nextSize",
  "tasks",
  "reasons",
  "evidence",
  "projected",
  "containers",
  "usage",
  "otherAdvice",
  "combined",
  "computeOptimizer",
];

/** Where utilization is read. */
export interface Metrics {
  readonly sources: readonly string[];
  readonly live: LiveSettings;
  /** Where recommendations of Compute Optimizer are read. */
  readonly optimizer: readonly string[];
}

/** Days of CloudWatch that are read unless `--lookback` says otherwise. */
export const LIVE_DAYS = 14;

/** What the command does with a report before it is printed. */
export type Follow = (report: RightsizeReport) => Promise<RightsizeReport>;

/** Advice on sizes from utilization. */
export const rightsizeKind = (
  { sources, live, optimizer }: Metrics,
  settings: RightsizeSettings,
  glyphs: Glyphs,
  follow: Follow,
): Kind => ({
  command: "rightsize",
  make: async (inventory, catalogue, { hoursPerMonth }) => {
    const { services, issues, assumptions } = await readUtilization(sources, inventory, catalogue.region, live);
    const told = {
      ...inventory,
      issues: [...inventory.issues, ...issues],
      assumptions: [...inventory.assumptions, ...assumptions],
    };
    const computeOptimizer = await readAdvice(optimizer, catalogue.region, live.profile);
    const beside = computeOptimizer === undefined ? {} : { computeOptimizer };
    return rightsize(told, services, catalogue, { ...settings, ...beside, hoursPerMonth });
  },
  join: joinRightsizings,
  follow,
  fields: RIGHTSIZE_FIELDS,
  keys: KEYS,
  gates: RIGHTSIZE_GATES,
  measure: ({ monthlySaving }) => monthlySaving,
  costOf: ({ monthlyCost }) => monthlyCost,
  filter: filterRightsizing,
  group: groupRightsizing,
  document: (report, verbose, grouped) => rightsizeDocument(report, { verbose, glyphs }, grouped),
  sheet: rightsizeSheet,
  compact: async (report) => (await import("../render/report/rightsize/compact.ts")).rightsizeCompact(report),
  groupsSheet: savingGroupsSheet,
});
