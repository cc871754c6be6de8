import type { PriceKey } from "./price.ts";

/** Which prices a discount or a rate of one's own is for; everything left out is any. */
export interface DiscountScope {
  /** A service (`Fargate`, `NAT`, `AmazonECS`), or a pattern of price keys (`alb.*`). */
  readonly service?: string;
  /** Pattern of usage types with `*` and `?`, as on the bill. */
  readonly usageType?: string;
  readonly regions?: readonly string[];
  /** First and last day that it holds, ISO dates, both inclusive. */
  readonly from?: string;
  readonly until?: string;
}

/** A part of the list price that a company does not pay. */
export interface Discount extends DiscountScope {
  /** Percent of the price, 0 to 100, decimal text. */
  readonly percent: string;
}

/** A price that a company has agreed on. */
export interface AgreedRate extends DiscountScope {
  readonly key: PriceKey;
  /** Per unit in the currency of the card, USD without one; decimal text. */
  readonly rate: string;
}

/** Another currency, at a rate of a day. */
export interface ExchangeRate {
  /** ISO 4217, for example `EUR`. */
  readonly currency: string;
  /** Units of the currency for one USD, decimal text. */
  readonly perUsd: string;
  readonly asOf: string;
}

/** What a company pays instead of the list price. */
export interface RateCard {
  /** Of those that fit a price, the narrowest holds. */
  readonly discounts: readonly Discount[];
  /** Across the board, on top of every other discount; the last one that is in force holds. */
  readonly edp: readonly Discount[];
  readonly rates: readonly AgreedRate[];
  readonly currency?: ExchangeRate;
}

export const EMPTY_RATE_CARD: RateCard = { discounts: [], edp: [], rates: [] };
