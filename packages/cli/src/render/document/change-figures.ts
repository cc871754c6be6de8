import { Decimal } from "@ecs-cost/core/estimate";
import { dollars, UNKNOWN } from "./figures.ts";

const CENT = new Decimal("0.01");

/** Dollars with their sign: `+$41.20`. */
export const signedDollars = (amount: Decimal | null): string => {
  if (amount === null) return UNKNOWN;
  if (amount.isZero()) return "$0.00";
  if (amount.abs().lessThan(CENT)) return amount.isNegative() ? "> -$0.01" : "< +$0.01";
  return amount.isNegative() ? dollars(amount) : `+${dollars(amount)}`;
};

/** A share with its sign in percent: `+12.3 %`. */
export const signedPercent = (share: Decimal): string => {
  const percent = share.times(100).toFixed(1, Decimal.ROUND_HALF_UP);
  return `${share.isPositive() && !share.isZero() ? "+" : ""}${percent} %`;
};
