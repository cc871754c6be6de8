/** A name as SQL: quoted, so that no name can be anything else. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A text as SQL; neither DuckDB nor Trino knows escapes in it but the doubled quote. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** `IN` over texts; never true of an empty list. */
export const oneOf = (expression: string, texts: readonly string[]): string =>
  texts.length === 0 ? "(1 = 0)" : `${expression} IN (${texts.map(literal).join(", ")})`;

/** A text that is never null. */
export const orEmpty = (expression: string): string => `COALESCE(${expression}, '')`;
