import type { PriceKey } from "../pricing/price.ts";
import type { Decimal } from "../units/decimal.ts";

export type { BillableUsage } from "../pricing/billable-usage.ts";

/** The only thing that is money: `cost` is exactly `quantity x rate`, in USD. */
export interface LineItem {
  readonly dimension: PriceKey;
  readonly usageType: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly rate: Decimal;
  readonly cost: Decimal;
  readonly label?: string;
  /** USD per unit before discounts; absent where `rate` is the list rate. */
  readonly listRate?: Decimal;
  /** Codes of the assumptions that the rate was derived by, the last step first; absent where it was read. */
  readonly assumptions?: readonly string[];
}

/** A quantity whose price is not known; it is in no total. */
export interface UnpricedUsage {
  readonly dimension: PriceKey;
  readonly quantity: Decimal;
  readonly label?: string;
}

export interface PricedLines {
  readonly lineItems: readonly LineItem[];
  readonly unpriced: readonly UnpricedUsage[];
}
