import type { ProviderType } from "../../domain/capacity/capacity-option.ts";
import type { InterruptionModel } from "../../domain/capacity/interruption.ts";
import type { RequiredTasks } from "../../domain/capacity/required-tasks.ts";
import type { Purchase } from "../../domain/pricing/purchase.ts";
import type { CostSettings } from "../context/cost-context.ts";

/** A capacity provider by name: what it runs tasks on and how that is bought. */
export interface ProviderSpec {
  readonly capacityProvider: string;
  readonly type: ProviderType;
  /** `on-demand`, `spot`, or a commitment such as `standard-ri-1y-no-upfront`. */
  readonly purchase: Purchase;
  /** Instance families that it may use, such as `m7g`; every allowed one where empty. */
  readonly families?: readonly string[];
  /** Instance types that it may use; those of the setting `ec2.instanceTypes` where empty. */
  readonly instanceTypes?: readonly string[];
  /** Target of its managed scaling, 1 to 100 percent; that of the setting `ec2.targetCapacity` where not given. */
  readonly targetCapacity?: number;
  /** Tasks that it has room for, such as those that Reserved Instances cover; no limit where not given. */
  readonly maxTasks?: number;
}

/** What the caller may set about strategies. */
export interface CapacitySettings extends CostSettings {
  /** Share of the time, 0 to 1, in which the required tasks must run; `DEFAULT_AVAILABILITY` where not given. */
  readonly availability?: number;
  /** Tasks that must stay up, for every service, instead of what the services say. */
  readonly required?: RequiredTasks;
  /** Every count from min to max, for every service, instead of what the services say. */
  readonly counts?: { readonly min: number; readonly max: number };
  /** Figures of the interruption model, for every Spot provider. */
  readonly interruption?: Partial<InterruptionModel>;
  /** Types of providers to consider besides the one that a service uses today. */
  readonly providers?: readonly ProviderType[];
  /** The user's own providers, by name. */
  readonly named?: readonly ProviderSpec[];
  /** Largest weight of a recommended strategy; by default 9 for up to three providers, 4 beyond. */
  readonly maxWeight?: number;
  /** False never recommends a base at weight 0; true where not given. */
  readonly zeroWeightBase?: boolean;
}

/** Share of the time in which the required tasks must run: all but about 44 minutes of a month. */
export const DEFAULT_AVAILABILITY = 0.999;
