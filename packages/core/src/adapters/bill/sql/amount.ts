import type { BillColumn } from "../table/bill-table.ts";

/** Places after the point with which amounts are added up. */
export const AMOUNT_PLACES = 18;
const AMOUNT = `DECIMAL(38, ${AMOUNT_PLACES})`;
export const NO_AMOUNT = `CAST(0 AS ${AMOUNT})`;

const viaText = (number: string): string => `CAST(CAST(${number} AS VARCHAR) AS ${AMOUNT})`;

/**
 * A decimal of at most 15 digits is the only one that short which is stored as its double; it is found by scaling to a
 * whole number and proven by scaling back, both much faster than writing the double as text.
 */
const scaled = (number: string, below: string, power: string, unit: string): string =>
  `WHEN ABS(${number}) < ${below} AND ${number} = ROUND(${number} * ${power}) / ${power}` +
  ` THEN CAST(CAST(ROUND(${number} * ${power}) AS BIGINT) AS DECIMAL(20, 0)) * CAST(${unit} AS DECIMAL(18, 18))`;

const shortestDecimal = (number: string): string =>
  `(CASE ${scaled(number, "1E3", "1E12", "0.000000000001")} ${scaled(number, "1E6", "1E9", "0.000000001")}` +
  ` ELSE ${viaText(number)} END)`;

/**
 * An amount of the bill as a decimal, exact to 18 places: of a double, the shortest decimal that is stored as it. Text that
 * is no number stops the query.
 */
export const amount = ({ ref, type }: Pick<BillColumn, "ref" | "type">): string => {
  if (type === "double") return shortestDecimal(ref);
  if (type === "decimal" || type === "integer") return `CAST(${ref} AS ${AMOUNT})`;
  return type === "text" ? `CAST(NULLIF(${ref}, '') AS ${AMOUNT})` : viaText(ref);
};

/** The sum of an amount as text. */
export const amountText = (sum: string): string => `CAST(COALESCE(${sum}, ${NO_AMOUNT}) AS VARCHAR)`;
