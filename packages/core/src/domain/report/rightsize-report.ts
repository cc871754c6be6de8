import type { CostedLines } from "../costing/costed-lines.ts";
import type { Confidence } from "../demand/continuity.ts";
import type { Reason } from "../issues/issue.ts";
import type { ContainerSize } from "../rightsizing/divide-containers.ts";
import type { SizeEvidence } from "../rightsizing/evidence.ts";
import type { Projection } from "../rightsizing/projection.ts";
import type { SettingValues } from "../rightsizing/settings.ts";
import type { RiskLevel, SizeRisk } from "../rightsizing/size-risk.ts";
import type { TaskSize } from "../sizing/fargate-sizes.ts";
import type { SizeFitting } from "../sizing/size-grid.ts";
import type { Decimal } from "../units/decimal.ts";
import type { BesideComputeOptimizer } from "./compute-optimizer-report.ts";
import type { FleetReport, ReportEnvelope, ServiceIdentity } from "./report.ts";

/** Advice beside the task size, each switched on and off by itself. */
export const EXTRA_ADVICE = ["stop", "arm64", "office-hours", "task-count", "ephemeral"] as const;
export type ExtraAdviceCode = (typeof EXTRA_ADVICE)[number];

export type Effort = "low" | "medium" | "high";

/** A change beside the task size, with what it would save alone, taken on the service as it is configured. */
export interface ExtraAdvice {
  readonly code: ExtraAdviceCode;
  /** USD a month; null where a price is missing. */
  readonly monthlySaving: Decimal | null;
  readonly effort: Effort;
  /** False where nothing measured supports it: then it is in no combined saving. */
  readonly measured: boolean;
  /** Codes of the advice (`resize` among them) that cannot be followed together with this one. */
  readonly excludes: readonly (ExtraAdviceCode | "resize")[];
  readonly detail: string;
}

/** The cheapest set of advice that can be followed together, priced one after the other. */
export interface CombinedAdvice {
  readonly advice: readonly (ExtraAdviceCode | "resize")[];
  readonly monthlyCost: Decimal | null;
  readonly monthlySaving: Decimal | null;
}

/** Highest utilization in equal parts of the period, in percent of the current size; null where a part has no point. */
export interface UsageShape {
  readonly cpu: readonly (number | null)[];
  readonly memory: readonly (number | null)[];
}

export interface ServiceRightsizing extends ServiceIdentity {
  readonly runsOn: readonly string[];
  readonly current: TaskSize | null;
  readonly advice: "resize" | "keep" | "withheld";
  /** The current size where it keeps or withholds. */
  readonly recommended: TaskSize | null;
  readonly monthlyCost: Decimal | null;
  readonly recommendedMonthlyCost: Decimal | null;
  /** Below zero where a larger size costs more; null where a cost is not known. */
  readonly monthlySaving: Decimal | null;
  readonly complete: boolean;
  readonly confidence: Confidence | null;
  /** `risk.level`; null where nothing is advised. */
  readonly performanceRisk: RiskLevel | null;
  /** The risk that remains at the recommended size, by what past sizes would have met; null where nothing is advised. */
  readonly risk: SizeRisk | null;
  readonly idle: boolean;
  /** CPU units and MiB that the strategy asks for, before they are rounded up to a size. */
  readonly demand: TaskSize | null;
  readonly bindingDimension: SizeFitting["binding"] | null;
  /** What the sizes that can be had force beyond the demand. */
  readonly forcedWaste: SizeFitting["waste"] | null;
  readonly nextSize: { readonly smaller: SizeFitting["nextSmaller"]; readonly larger: TaskSize | null } | null;
  /** Mean tasks now and then, where target tracking changes them with the size. */
  readonly tasks: { readonly current: number; readonly recommended: number } | null;
  readonly reasons: readonly Reason[];
  readonly evidence: SizeEvidence | null;
  readonly projected: Projection | null;
  /** Sizes of the containers within the recommended size; empty where the task definition sets none. */
  readonly containers: readonly ContainerSize[];
  readonly usage: UsageShape | null;
  readonly otherAdvice: readonly ExtraAdvice[];
  readonly combined: CombinedAdvice;
  /** Given where recommendations of Compute Optimizer are; null where it has none of the service. */
  readonly computeOptimizer?: BesideComputeOptimizer | null;
}

/** How one strategy would do on the same services. */
export interface StrategyComparison {
  readonly strategy: string;
  readonly summary: string;
  readonly resize: number;
  readonly keep: number;
  readonly withheld: number;
  readonly recommendedMonthlyCost: Decimal;
  readonly monthlySaving: Decimal;
}

/** One strategy judged on days that it did not see. */
export interface StrategyBacktest {
  /** Id of a strategy, or `current` for the sizes as they are. */
  readonly strategy: string;
  readonly judged: number;
  /** Those of them whose CPU, and whose memory, was measured. */
  readonly cpuJudged: number;
  readonly memoryJudged: number;
  readonly withheld: number;
  /** Cost of the advised sizes over that of the smallest sizes that would have held everything; null where none was judged. */
  readonly costOverOracle: number | null;
  /** Services short of CPU for a larger share of the points than is allowed. */
  readonly shortOfCpu: number;
  readonly overMemory: number;
  /** Those over memory that needed no more than they had needed before. */
  readonly overKnownMemory: number;
  /** How many were promised to fall short: sums of the chances that were told for each size beforehand. */
  readonly promisedShortOfCpu: number;
  readonly promisedOverMemory: number;
  /** Services by the risk that was told, and how many of them fell short of CPU or memory. */
  readonly byRisk: readonly { readonly risk: RiskLevel; readonly judged: number; readonly failed: number }[];
}

export interface BacktestReport {
  readonly trainShare: number;
  /** Newest days with points that are looked at. */
  readonly days: number;
  /** Share of the time, 0 to 1, in which CPU may be short. */
  readonly allowedShare: number;
  readonly strategies: readonly StrategyBacktest[];
}

/** Settings that the advice was made with. */
export interface RightsizeSettingsReport {
  readonly strategy: string;
  readonly settings: SettingValues;
  readonly minPoints: number;
  readonly lookbackDays: number;
  readonly minSaving: { readonly percent: number; readonly usd: string };
  readonly allowSizes: readonly TaskSize[] | null;
  readonly advise: readonly ExtraAdviceCode[];
}

export interface RightsizeReport extends ReportEnvelope<"rightsize"> {
  readonly settings: RightsizeSettingsReport;
  readonly totalMonthlyCost: Decimal;
  readonly recommendedMonthlyCost: Decimal;
  /** Sum over the services whose saving is known; sizes that must grow count against it. */
  readonly monthlySaving: Decimal;
  /** The same with all advice that can be followed together. */
  readonly combinedMonthlySaving: Decimal;
  readonly complete: boolean;
  readonly advice: { readonly resize: number; readonly keep: number; readonly withheld: number };
  readonly services: readonly ServiceRightsizing[];
  readonly shared: CostedLines;
  readonly fleets: readonly FleetReport[];
  /** The fleets once the recommended sizes are in place. */
  readonly recommendedFleets: readonly FleetReport[];
  readonly strategies?: readonly StrategyComparison[];
  readonly backtest?: BacktestReport;
}
