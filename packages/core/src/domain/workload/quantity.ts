import { Decimal } from "../units/decimal.ts";

/**
 * A quantity as a decimal string in plain notation; a number keeps the digits that it was written with.
 *
 * @example decimalText(0.1) // "0.1"
 */
export const decimalText = (value: string | number): string => new Decimal(String(value).trim()).toFixed();
