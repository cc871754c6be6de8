import {
  type Inventory,
  joinPlans,
  type PlannedService,
  type PlanReport,
  type PlanSettings,
  plan,
  type RightsizeSettings,
} from "@ecs-cost/core";
import type { LiveSettings } from "../aws/live-metrics.ts";
import { readUtilization } from "../aws/utilization.ts";
import type { ReportKind } from "../command/report-command.ts";
import { savingGroupsSheet } from "../render/report/compare/document.ts";
import { planDocument } from "../render/report/plan/document.ts";
import { planSheet } from "../render/report/plan/sheet.ts";
import type { SavingGroup } from "../select/groups.ts";
import { filterPlan, groupPlan, PLAN_FIELDS, PLAN_GATES } from "../select/plan.ts";

type Kind = ReportKind<PlanReport, PlannedService, SavingGroup>;

/** Utilization, where sizes are part of the plan. */
export interface Sizing {
  readonly metrics: readonly string[];
  readonly live: LiveSettings;
  readonly rightsizing: RightsizeSettings;
}

/** An inventory as planned, with the region that it was priced in. */
export interface PlannedInventory {
  readonly inventory: Inventory;
  readonly region: string;
}

/** The plan; what it makes of every inventory is added to `planned`. */
export const planKind = (settings: PlanSettings, sizing: Sizing | undefined, planned: PlannedInventory[]): Kind => ({
  command: "plan",
  make: async (inventory, catalogue) => {
    const read = sizing === undefined ? undefined : await measured(sizing, inventory, catalogue.region);
    const told = read === undefined ? inventory : withNotes(inventory, read);
    const made = plan({
      inventory: told,
      catalogue,
      settings,
      ...(read === undefined || sizing === undefined ? {} : { usage: read.services, rightsizing: sizing.rightsizing }),
    });
    planned.push({ inventory: made.inventory, region: catalogue.region });
    return made.report;
  },
  join: joinPlans,
  fields: PLAN_FIELDS,
  keys: ["tags", "before", "size", "strategy", "tasks", "lineItems"],
  gates: PLAN_GATES,
  measure: ({ monthlySaving }) => monthlySaving,
  costOf: ({ monthlyCost }) => monthlyCost,
  filter: filterPlan,
  group: groupPlan,
  document: (report, verbose, grouped) => planDocument(report, { verbose }, grouped),
  sheet: planSheet,
  compact: async (report) => (await import("../render/report/plan/compact.ts")).planCompact(report),
  groupsSheet: savingGroupsSheet,
});

const measured = ({ metrics, live }: Sizing, inventory: Inventory, region: string) =>
  readUtilization(metrics, inventory, region, live);

const withNotes = (inventory: Inventory, { issues, assumptions }: Awaited<ReturnType<typeof measured>>): Inventory => ({
  ...inventory,
  issues: [...inventory.issues, ...issues],
  assumptions: [...inventory.assumptions, ...assumptions],
});
