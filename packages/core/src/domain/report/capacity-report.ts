import type { CapacityAdvice } from "../capacity/capacity-advice.ts";
import type { ProviderType } from "../capacity/capacity-option.ts";
import type { TargetCapacity } from "../capacity/target-capacity.ts";
import type { Purchase } from "../pricing/purchase.ts";
import type { Decimal } from "../units/decimal.ts";
import type { Interruptible } from "../workload/service.ts";
import type { ReportEnvelope, ServiceIdentity } from "./report.ts";

/** A provider that was considered, with what a task costs on it. */
interface CapacityProviderPrice {
  readonly capacityProvider: string;
  readonly type: ProviderType;
  readonly purchase: Purchase;
  /** USD per task-hour, image pulls and idle parts of instances included. */
  readonly taskHour: Decimal;
  /** Instance types that the price rests on; empty on Fargate. */
  readonly instanceTypes: readonly string[];
}

/** Managed scaling of an Auto Scaling group provider: room for tasks that start at once, and what it costs. */
export interface TargetCapacityAdvice {
  readonly capacityProvider: string;
  /** Steady state at the target capacity that is set, for the tasks of this service alone. */
  readonly current: TargetCapacity;
  /** Tasks that may have to start at once. */
  readonly spareTasks: number;
  /** Highest target capacity with room for them; null where the provider runs no instance. */
  readonly advised: TargetCapacity | null;
}

/**
 * `advised`: there is an answer, a strategy or that none reaches the target. `not-applicable`: no strategy applies, the
 * reasons say why. `unknown`: a figure is missing.
 */
export type CapacityStatus = "advised" | "not-applicable" | "unknown";

/** The strategy of one service: compute only, what comes along costs the same under every strategy. */
export interface ServiceCapacity extends ServiceIdentity, Omit<CapacityAdvice, "id" | "assumptions"> {
  readonly status: CapacityStatus;
  /** Launch type, or the capacity providers of the strategy, as configured. */
  readonly runsOn: readonly string[];
  /** What the service says of itself; those that say nothing are kept off Spot. */
  readonly interruptible: Interruptible;
  readonly providers: readonly CapacityProviderPrice[];
  readonly targetCapacity: TargetCapacityAdvice | null;
}

/** How the strategies were asked for, as given or by default. */
export interface CapacityReportSettings {
  readonly availability: Decimal;
  /** `2`, `50%`, or null where each service says it. */
  readonly required: string | null;
  readonly counts: { readonly min: number; readonly max: number } | null;
  readonly providers: readonly ProviderType[];
  readonly interruption: Readonly<Record<string, number>>;
}

export interface CapacityReport extends ReportEnvelope<"capacity"> {
  readonly settings: CapacityReportSettings;
  /** Exact sum of the recommended strategies that are known, USD a month, compute only; null where none is. */
  readonly totalMonthlyCost: Decimal | null;
  /** The same services as they run today, where that is known; null where it is for none. */
  readonly todayMonthlyCost: Decimal | null;
  /** Sum of the savings that are known; null where none is. */
  readonly monthlySaving: Decimal | null;
  readonly complete: boolean;
  readonly services: readonly ServiceCapacity[];
}
