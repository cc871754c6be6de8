import type { Reason } from "../issues/issue.ts";
import type { SizeEvidence } from "../rightsizing/evidence.ts";
import type { Projection } from "../rightsizing/projection.ts";
import type { TaskSize } from "../sizing/fargate-sizes.ts";
import type { Decimal } from "../units/decimal.ts";
import type { RightsizeSettingsReport } from "./rightsize-report.ts";

/** Whether a proposed size fits: `unknown` where there are no metrics, too few points or no size. */
export type SizeVerdict = "fits" | "too-small" | "too-large" | "unknown";

/** What the utilization of a service says of the size that a change proposes. CPU units and MiB; USD a month. */
export interface ProposedSize {
  readonly verdict: SizeVerdict;
  /** Null where it is not known. */
  readonly fits: boolean | null;
  /** The size that was in force while the metrics were taken: the one before the change, where there was one. */
  readonly current: TaskSize | null;
  readonly proposed: TaskSize | null;
  /** The better size, or the proposed one where that fits; null where it is not known. */
  readonly recommended: TaskSize | null;
  /** What a task needs by the strategy. */
  readonly demand: TaskSize | null;
  /** The service after the change, as it is proposed. */
  readonly monthlyCost: Decimal | null;
  /** The same with the recommended size; services that share a fleet are priced with all recommended sizes. */
  readonly recommendedMonthlyCost: Decimal | null;
  /** What the better size saves on the proposed one; negative where that is too small; null where it is not known. */
  readonly monthlySaving: Decimal | null;
  readonly reasons: readonly Reason[];
  readonly evidence: SizeEvidence | null;
  /** Utilization at the proposed size. */
  readonly projected: Projection | null;
}

/** The proposed sizes of a change together, and what they were judged by. */
export interface ProposedSizes {
  readonly settings: RightsizeSettingsReport;
  readonly fits: number;
  readonly tooSmall: number;
  readonly tooLarge: number;
  readonly unknown: number;
  /** What services that are too large would save, USD a month; null where one of them has no known cost. */
  readonly monthlySaving: Decimal | null;
}
