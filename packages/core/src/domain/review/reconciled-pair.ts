import type { PriceKey } from "../pricing/price.ts";
import type { Decimal } from "../units/decimal.ts";

/** What a price key comes to on one side. */
export interface ReconciledSide {
  readonly quantity: Decimal;
  readonly cost: Decimal;
}

/** Both sides of one usage type in one region. */
export interface ReconciledPair {
  readonly usageType: string;
  readonly region: string | null;
  readonly dimension: PriceKey | null;
  readonly billed: ReconciledSide | null;
  readonly estimated: ReconciledSide | null;
}

/** Whether the first differs from the second by no more than a share of the second. */
export const isNear = (a: Decimal, b: Decimal, tolerance: Decimal): boolean =>
  a.minus(b).abs().lessThanOrEqualTo(b.abs().times(tolerance));
