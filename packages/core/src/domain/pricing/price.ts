import type { Assumption } from "../issues/issue.ts";
import type { Architecture } from "../workload/task.ts";
import type { RateCard } from "./rate-card.ts";

/**
 * Name of a price, independent of the region: `fargate/linux/arm64/vcpu-hour`, `ec2/m7g.large/on-demand/hour`, `nat.gb`.
 * Build one with the functions of `price-key.ts`.
 */
export type PriceKey = string;

/** One tier: `rate` in USD per unit for quantities from `from` (inclusive) to `to` (exclusive, `null` is open). */
export interface PriceTier {
  readonly from: string;
  readonly to: string | null;
  /** USD per unit, decimal string as published. */
  readonly rate: string;
}

export interface Price {
  readonly key: PriceKey;
  /** Unit of the quantity, for example `vCPU-hour`, `GB-Mo`. */
  readonly unit: string;
  /** Usage type as the bill spells it, with the region's prefix; empty where it is not known. */
  readonly usageType: string;
  /** Service code of the Price List, for example `AmazonECS`. */
  readonly serviceCode: string;
  /** In ascending order, without holes; a flat price has one. Where the last is closed, the rate beyond it is not known. */
  readonly tiers: readonly PriceTier[];
  /** The list rates, where `tiers` are less by a discount or rate of one's own. */
  readonly listTiers?: readonly PriceTier[];
  /** ISO date (or year-month) of the fact, or `undated`. */
  readonly asOf: string;
  readonly source: string;
  /** Set where the rate was derived rather than read: the last step. */
  readonly assumption?: Assumption;
  /** Every step that the rate was derived by, the last one first. */
  readonly assumptions?: readonly Assumption[];
}

/** Everything that a price was derived by; empty where it was read. */
export const assumptionsOf = ({ assumption, assumptions }: Price): readonly Assumption[] =>
  assumptions ?? (assumption === undefined ? [] : [assumption]);

export type PriceLookup =
  | { readonly found: true; readonly price: Price }
  | { readonly found: false; readonly key: PriceKey };

/** What one instance type offers. Specifications are the same in every region. */
export interface InstanceType {
  readonly name: string;
  readonly family: string;
  readonly generation: number;
  readonly vcpu: number;
  readonly memoryMiB: number;
  readonly architecture: Architecture;
  readonly gpuCount: number;
  readonly gpuName: string;
  /** Burstable (T) or flex types do not give their vCPUs all the time. */
  readonly burstable: boolean;
  readonly flex: boolean;
  readonly bareMetal: boolean;
  /** AWS calls it a previous generation, or it is not built on Nitro. */
  readonly previousGeneration: boolean;
  readonly maxEnis: number;
  readonly trunking: boolean;
  readonly branchEnis: number;
}

/** Prices and instance types of one region. All lookups are pure and repeatable. */
export interface PriceCatalogue {
  readonly region: string;
  /** `snapshot`, `live`, or the path of a price file. */
  readonly source: string;
  /** Date of the newest fact in the book. */
  readonly asOf: string;
  /** What the company pays instead of the list price; absent where prices are list prices. */
  readonly rateCard?: RateCard;
  find(key: PriceKey): PriceLookup;
  /** Types that the region offers on demand, sorted by name. */
  instanceTypes(): readonly InstanceType[];
  instanceType(name: string): InstanceType | undefined;
  /** Spot Advisor band, 0 (under 5 % a month) to 4 (over 20 %), or undefined where unknown. */
  spotInterruptionBand(instanceType: string): number | undefined;
}
