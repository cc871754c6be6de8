import { type DiffReport, type DiffSide, type RightsizeSettings, sizeProposals } from "@ecs-cost/core";
import type { LiveSettings } from "../aws/live-metrics.ts";
import { readUtilization } from "../aws/utilization.ts";
import { usageError } from "../program/usage-error.ts";

/** Where utilization is read, and how sizes are judged by it. */
export interface SizingSettings {
  readonly metrics: readonly string[];
  readonly live: LiveSettings;
  readonly rightsize: RightsizeSettings;
}

/** The report with what utilization says of the proposed sizes. Services are measured under their names before. */
export const withSizing = async (
  report: DiffReport,
  before: DiffSide,
  after: DiffSide,
  { metrics, live, rightsize }: SizingSettings,
): Promise<DiffReport> => {
  if (after.of === "report") {
    throw usageError(
      "--metrics: HEAD is a saved report, which has no tasks to size",
      "Give the inputs that it was made of.",
    );
  }
  const measured = before.of === "inventory" && before.inventory.services.length > 0 ? before : after;
  const { services, issues, assumptions } = await readUtilization(
    metrics,
    measured.inventory,
    after.catalogue.region,
    live,
  );
  const sized = sizeProposals(report, before, after, services, {
    ...rightsize,
    hoursPerMonth: report.hoursPerMonth,
  });
  return {
    ...sized,
    issues: [...sized.issues, ...issues],
    assumptions: [...sized.assumptions, ...assumptions],
  };
};
