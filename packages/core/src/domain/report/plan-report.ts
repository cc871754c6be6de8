import type { CostedLines } from "../costing/costed-lines.ts";
import type { LongestTerm } from "../ranking/rank-options.ts";
import type { Decimal } from "../units/decimal.ts";
import type { StrategyItem } from "../workload/service.ts";
import type { FleetReport, ReportEnvelope, ServiceIdentity } from "./report.ts";

export const PLAN_STEP_KINDS = ["resize", "spot", "architecture", "launch-option", "fleet", "commitment"] as const;

export type PlanStepKind = (typeof PLAN_STEP_KINDS)[number];
export type PlanEffortLevel = "low" | "medium" | "high";

/** One move of a plan: what has to be done together, and what it saves after the moves before it. */
export interface PlanStep {
  readonly kind: PlanStepKind;
  /** `cluster/name` of the services that it changes. */
  readonly subjects: readonly string[];
  /** USD a month less than after the steps before it. */
  readonly monthlySaving: Decimal;
  readonly effort: PlanEffortLevel;
  readonly risk: PlanEffortLevel;
  readonly detail: string;
  /** How to take it back. */
  readonly undo: string;
}

/** Where a service runs under a plan, or as configured. */
export interface PlannedState {
  /** Option id; `fargate-with-spot` or `ec2-with-spot` where a strategy has both. */
  readonly option: string;
  readonly size: { readonly cpu: number; readonly memory: number } | null;
  readonly strategy: readonly StrategyItem[];
  /** Average tasks by launch type or capacity provider; null where it is not known. */
  readonly tasks: Readonly<Record<string, number>> | null;
  readonly monthlyCost: Decimal | null;
}

export interface PlannedService extends ServiceIdentity, PlannedState {
  readonly before: PlannedState;
  readonly changed: boolean;
  readonly monthlySaving: Decimal | null;
  readonly lineItems: CostedLines["lineItems"];
  readonly complete: boolean;
}

/** What a commitment over what the plan runs would save beyond it, or saves where one is allowed. */
export interface PlannedCommitment {
  /** Purchase option, such as `compute-sp-1y-no-upfront`. */
  readonly purchase: string;
  /** USD a month less than the plan without it; all that it covers is taken to run all month. */
  readonly monthlySaving: Decimal;
  readonly subjects: readonly string[];
  readonly taken: boolean;
}

export interface PlanReport extends ReportEnvelope<"plan"> {
  readonly settings: {
    readonly arm64: boolean;
    readonly spot: boolean;
    readonly longestTerm: LongestTerm;
    readonly keep: readonly string[];
    readonly effort: "low" | "full";
    readonly moves: number | null;
  };
  /** The same as afterMonthlyCost: the total of this report's services and of what is shared. */
  readonly totalMonthlyCost: Decimal;
  readonly beforeMonthlyCost: Decimal;
  readonly afterMonthlyCost: Decimal;
  /** Exactly beforeMonthlyCost - afterMonthlyCost, and exactly the sum of the steps' savings. */
  readonly monthlySaving: Decimal;
  /** Proven: under the same settings nothing costs less, USD a month. */
  readonly lowerBound: Decimal;
  /** afterMonthlyCost / lowerBound - 1; 0 where the bound is 0. */
  readonly gap: Decimal;
  readonly complete: boolean;
  readonly steps: readonly PlanStep[];
  /** What the first n steps save together, without commitments. */
  readonly frontier: readonly { readonly moves: number; readonly monthlySaving: Decimal }[];
  readonly services: readonly PlannedService[];
  readonly shared: CostedLines;
  readonly fleets: readonly FleetReport[];
  readonly commitments: readonly PlannedCommitment[];
}
