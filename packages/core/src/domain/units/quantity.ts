import type { Decimal } from "./decimal.ts";

/** Quantities that come out of a division are cut here; at a rate of 100 USD the cut is below 1e-10 USD. */
export const QUANTITY_DECIMALS = 12;

/** A quantity at the resolution of a line item, 1e-12 of its unit, so that quantity x rate stays exact. */
export const atQuantityResolution = (quantity: Decimal): Decimal =>
  quantity.decimalPlaces() > QUANTITY_DECIMALS ? quantity.toDecimalPlaces(QUANTITY_DECIMALS) : quantity;
