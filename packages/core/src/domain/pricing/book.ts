import type { InstanceType, PriceKey, PriceTier } from "./price.ts";
import type { Purchase } from "./purchase.ts";

/** Version of the price book format; a reader accepts this one only. */
export const PRICE_BOOK_VERSION = 1;

/** A price file: one book per region and, where it brings its own, the specifications of instance types. */
export interface PriceBook {
  readonly version: typeof PRICE_BOOK_VERSION;
  readonly regions: readonly RegionBook[];
  /** Left out, the specifications that ship with the program hold. */
  readonly instanceTypes?: readonly InstanceType[];
}

/** Where and when a group of prices was read. Rows refer to it by its place in `RegionBook.origins`. */
export interface Origin {
  /** ISO date, year-month, or `undated`. */
  readonly asOf: string;
  /** The public document that states the price. */
  readonly source: string;
}

/** Everything published about one region, as read: nothing derived, rates as decimal strings in its currency. */
export interface RegionBook {
  /** Region code, for example `eu-west-1`. */
  readonly region: string;
  /** Location name of the Price List, for example `EU (Ireland)`. */
  readonly name: string;
  /** Prefix of usage types without the hyphen, for example `EU`. */
  readonly usageTypePrefix: string;
  /** `aws`, `aws-us-gov`, ... */
  readonly partition: string;
  /** ISO code of the currency of every rate; US dollars where it is left out. */
  readonly currency?: string;
  readonly origins: readonly Origin[];
  /** Fargate and everything that is not an instance, by price key. */
  readonly prices: Readonly<Record<PriceKey, BookPrice>>;
  readonly ec2: Ec2Book;
  /** Fee of ECS Managed Instances by series of instance families. */
  readonly managedInstancesFees: readonly ManagedInstancesFee[];
}

/** ISO code of the currency that the rates of a book are in. */
export const currencyOf = ({ currency = "USD" }: RegionBook): string => currency;

/** One price: `rate` where it is flat, otherwise `tiers`. Unit, usage type and service code follow from the key where left out. */
export interface BookPrice {
  readonly rate?: string;
  readonly tiers?: readonly PriceTier[];
  readonly unit?: string;
  readonly usageType?: string;
  readonly serviceCode?: string;
  /** Place in `RegionBook.origins`. */
  readonly origin: number;
}

/** USD per hour and the place of its origin. */
export type OnDemandRow = readonly [rate: string, origin: number];

/**
 * Savings over on demand in percent, interruption band (0 to 4, null where unknown), place of the origin and, where the
 * price itself was read, USD per hour.
 */
export type SpotRow = readonly [savingsPercent: string, band: number | null, origin: number, rate?: string];

/** Effective USD per hour, place of the origin and, where known, the on-demand rate of the same day. */
export type CommitmentRow = readonly [rate: string, origin: number, onDemandThatDay?: string];

/**
 * Part of the on-demand rate that Reserved Instances of a family cost in other regions, place of the origin, and how far
 * the largest of them is above the smallest (0.01 is 1 %).
 */
export type FamilyDiscountRow = readonly [ratio: string, origin: number, spread: string];

/** Linux instances with shared tenancy, by instance type. */
export interface Ec2Book {
  readonly onDemand: Readonly<Record<string, OnDemandRow>>;
  readonly spot: Readonly<Record<string, SpotRow>>;
  /** Fees of ECS Managed Instances as read; types without one pay a share of the on-demand rate. */
  readonly managedInstancesFees?: Readonly<Record<string, OnDemandRow>>;
  /** By purchase (`standard-ri-1y-no-upfront`, `compute-sp-3y-all-upfront`), then by instance type. */
  readonly commitments: Readonly<Record<Purchase, Readonly<Record<string, CommitmentRow>>>>;
  /** By purchase, then by family: what other regions give on families that this region's commitments lack. */
  readonly familyDiscounts?: Readonly<Record<Purchase, Readonly<Record<string, FamilyDiscountRow>>>>;
}

/** A fee as a fraction of the on-demand list price. */
export interface ManagedInstancesFee {
  /** Letters that the family's name begins with (`g`, `gr`, `trn`); empty for every other family. */
  readonly series: readonly string[];
  readonly fraction: string;
  readonly origin: number;
}
