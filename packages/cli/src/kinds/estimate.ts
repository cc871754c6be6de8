import type { EstimateReport, ServiceEstimate } from "@ecs-cost/core";
import { allocateShared, estimate, explainResources, joinEstimates } from "@ecs-cost/core/estimate";
import type { ReportKind } from "../command/report-command.ts";
import { estimateDocument, estimateSheet, groupsSheet } from "../render/report/estimate/document.ts";
import { ESTIMATE_FIELDS } from "../select/fields.ts";
import { ESTIMATE_GATES } from "../select/gate-figures.ts";
import { type Group, groupEstimate } from "../select/groups.ts";
import { filterEstimate } from "../select/selection.ts";

const ESTIMATE: ReportKind<EstimateReport, ServiceEstimate, Group> = {
  command: "estimate",
  make: estimate,
  join: joinEstimates,
  fields: ESTIMATE_FIELDS,
  keys: ["tags", "lineItems", "unpriced"],
  gates: ESTIMATE_GATES,
  measure: ({ monthlyCost }) => monthlyCost,
  costOf: ({ monthlyCost }) => monthlyCost,
  filter: filterEstimate,
  group: groupEstimate,
  document: (report, verbose, grouped) => estimateDocument(report, { verbose }, grouped),
  sheet: estimateSheet,
  compact: async (report) => (await import("../render/report/estimate/compact.ts")).estimateCompact(report),
  groupsSheet,
};

/** The estimate, with what is asked for beside it. */
export const estimateKind = (allocates: boolean, explains: boolean): typeof ESTIMATE => ({
  ...ESTIMATE,
  make: (inventory, catalogue, settings) => {
    const plain = estimate(inventory, catalogue, settings);
    const report = allocates ? allocateShared(plain, inventory.shared) : plain;
    return explains ? explainResources(report, inventory) : report;
  },
});
