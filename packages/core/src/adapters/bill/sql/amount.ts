import type { ColumnType } from "../table/bill-table.ts";

/** Places after the point with which amounts are added up. */
const AMOUNT_PLACES = 18;
const AMOUNT = `DECIMAL(38, ${AMOUNT_PLACES})`;
export const NO_AMOUNT = `CAST(0 AS ${AMOUNT})`;

/** A column of amounts, or an expression over one. */
export interface AmountColumn {
  readonly ref: string;
  readonly type: ColumnType;
}

/** An amount that is added up in two parts, of which the first is fast and the second takes what the first cannot. */
export interface AmountSum {
  /** Aggregates over lines. */
  readonly parts: readonly { readonly as: string; readonly expression: string }[];
  /** The sum from the parts, `DECIMAL(38, 18)`; null where no line has an amount. */
  readonly total: string;
}

/** Small decimals are added up in units of 1e-12. */
const UNIT = "CAST(0.000000000001 AS DECIMAL(12, 12))";
const SCALED = "DECIMAL(18, 0)";

const wide = (expression: string): string => `CAST(${expression} AS ${AMOUNT})`;

/** Small doubles are written with exponents, which narrow decimals cannot be parsed from. */
const tiny = (ref: string, text: string): string =>
  `WHEN ABS(${ref}) < 4E-19 THEN ${NO_AMOUNT}` +
  ` WHEN ABS(${ref}) < 1E-3 AND ${ref} = ROUND(${ref} * 1E18) / 1E18` +
  ` THEN ${wide(`CAST(ROUND(${ref} * 1E18) AS ${SCALED}) * CAST(0.000000000000000001 AS DECIMAL(18, 18))`)}` +
  ` WHEN ABS(${ref}) < 1E-3 THEN ${wide(text)}`;

/** A double as the decimal that it is written as, by its size: narrow decimals are parsed many times faster than wide ones. */
const asWritten = (ref: string): string => {
  const text = `CAST(${ref} AS VARCHAR)`;
  return (
    `CASE ${tiny(ref, text)}` +
    ` WHEN ABS(${ref}) < 1E0 THEN ${wide(`CAST(${text} AS DECIMAL(18, 18))`)}` +
    ` WHEN ABS(${ref}) < 9E0 THEN ${wide(`CAST(${text} AS DECIMAL(18, 17))`)}` +
    ` WHEN ABS(${ref}) < 9E2 THEN ${wide(`CAST(${text} AS DECIMAL(18, 15))`)}` +
    ` WHEN ABS(${ref}) < 9E4 THEN ${wide(`CAST(${text} AS DECIMAL(18, 13))`)}` +
    ` ELSE ${wide(text)} END`
  );
};

/**
 * A decimal of at most 15 digits is the only one that short which is stored as its double. It is found by scaling to a whole
 * number and proven by scaling back; what is proven not is read from the double as text, which has the shortest decimal too.
 */
const ofDouble = (ref: string): readonly [fast: string, rest: string] => {
  const small = `ABS(${ref}) < 1E3 AND ${ref} = ROUND(${ref} * 1E12) / 1E12`;
  const middle = `ABS(${ref}) < 1E6 AND ${ref} = ROUND(${ref} * 1E9) / 1E9`;
  return [
    `CASE WHEN ${small} THEN CAST(ROUND(${ref} * 1E12) AS ${SCALED})` +
      ` WHEN ${middle} THEN CAST(CAST(ROUND(${ref} * 1E9) AS BIGINT) * 1000 AS ${SCALED}) END`,
    `CASE WHEN ${small} THEN NULL WHEN ${middle} THEN NULL ELSE ${asWritten(ref)} END`,
  ];
};

/** Text with at most six digits before the point and twelve after it fits into a narrow decimal, which is parsed fast. */
const ofText = (ref: string): readonly [fast: string, rest: string] => {
  const point = `STRPOS(${ref}, '.')`;
  const fits =
    `${point} BETWEEN 1 AND 7 AND LENGTH(${ref}) - ${point} <= 12` +
    ` AND STRPOS(${ref}, 'e') = 0 AND STRPOS(${ref}, 'E') = 0`;
  return [
    `CASE WHEN ${fits} THEN CAST(${ref} AS DECIMAL(18, 12)) END`,
    `CASE WHEN ${fits} THEN NULL ELSE ${wide(`NULLIF(${ref}, '')`)} END`,
  ];
};

const totalOf = (fast: string | null, rest: string): string =>
  fast === null
    ? rest
    : `CASE WHEN ${fast} IS NULL AND ${rest} IS NULL THEN NULL` +
      ` ELSE COALESCE(${wide(fast)}, ${NO_AMOUNT}) + COALESCE(${rest}, ${NO_AMOUNT}) END`;

/** The sum of an amount that few lines have. */
export const sparseSum = (column: AmountColumn, as: string): AmountSum => {
  if (column.type !== "double") return amountSum(column, as);
  const { ref } = column;
  const rest = `${as}_rest`;
  return {
    parts: [{ as: rest, expression: `SUM(CASE WHEN ${ref} IS NOT NULL THEN ${asWritten(ref)} END)` }],
    total: rest,
  };
};

/**
 * The sum of an amount of the bill, exact to 18 places: of a double, the shortest decimal that is stored as it. Text that is
 * no number stops the query, as a sum does that does not fit.
 */
export const amountSum = ({ ref, type }: AmountColumn, as: string): AmountSum => {
  const [fast, rest] = [`${as}_fast`, `${as}_rest`];
  const sumOf = (expression: string): string => `SUM(${expression})`;
  if (type === "double" || type === "text") {
    const [fastOf, restOf] = type === "double" ? ofDouble(ref) : ofText(ref);
    const parts = [
      { as: fast, expression: sumOf(fastOf) },
      { as: rest, expression: sumOf(restOf) },
    ];
    return { parts, total: totalOf(type === "double" ? `(${fast} * ${UNIT})` : fast, rest) };
  }
  const plain = type === "decimal" || type === "integer" ? wide(ref) : wide(`CAST(${ref} AS VARCHAR)`);
  return { parts: [{ as: rest, expression: sumOf(plain) }], total: rest };
};

/** The sum of an amount as text. */
export const amountText = (sum: string): string => `CAST(COALESCE(${sum}, ${NO_AMOUNT}) AS VARCHAR)`;
