import type { Decimal } from "../units/decimal.ts";
import type { PriceKey } from "./price.ts";

/** A quantity to be billed under a price key; it knows no money yet. */
export interface BillableUsage {
  readonly key: PriceKey;
  readonly quantity: Decimal;
  /** Free text that tells two lines of one key apart, for example a load balancer's name. */
  readonly label?: string;
}
