import { Decimal as Base } from "decimal.js";

/**
 * Exact decimal of this library: 40 significant digits, never shared with a caller's own `decimal.js` settings.
 * Serialise with `toFixed()`; rounding happens only where a figure is drawn.
 */
export const Decimal = Base.clone({ precision: 40, toExpNeg: -60, toExpPos: 60, defaults: true });
export type Decimal = Base;

export const ZERO: Decimal = new Decimal(0);
export const ONE: Decimal = new Decimal(1);

/** Sum of any number of decimals, exact. */
export const sum = (values: Iterable<Decimal>): Decimal => {
  let total = ZERO;
  for (const value of values) total = total.plus(value);
  return total;
};
