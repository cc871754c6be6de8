import type { EstimateReport, ReportEnvelope } from "@ecs-cost/core";

/** What every report of costs has, whatever else it tells of its services. */
export interface CostReport<S = unknown>
  extends ReportEnvelope<string>,
    Pick<EstimateReport, "totalMonthlyCost" | "complete"> {
  readonly services: readonly S[];
}
