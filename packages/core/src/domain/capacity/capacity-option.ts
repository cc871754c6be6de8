import type { Decimal } from "../units/decimal.ts";
import type { SourcedInterruption } from "./interruption.ts";

/** One strategy may name providers of one of these only. */
export type ProviderType = "fargate" | "auto-scaling-group" | "managed-instances";

/** A capacity provider that a service could use, with what a task costs on it. */
export interface CapacityOption {
  readonly capacityProvider: string;
  readonly type: ProviderType;
  /** USD per task-hour; for instances the instance price over the tasks it holds, idle part and fees included. */
  readonly price: Decimal;
  /** Set on Spot capacity; without it the model never interrupts a task. */
  readonly interruption?: SourcedInterruption;
  /** Tasks that the provider has room for, for example under Reserved Instances; undefined for no limit. */
  readonly maxTasks?: number;
  /** USD per task-hour under a Compute Savings Plan, where the provider is eligible and the rate is known. */
  readonly savingsPlanPrice?: Decimal;
}

/** Whether the provider's tasks can be interrupted. */
export const isSpot = (option: CapacityOption): boolean => option.interruption !== undefined;
