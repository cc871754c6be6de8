import { type BillColumn, type BillTable, columnKey } from "../table/bill-table.ts";
import { literal } from "../table/sql-text.ts";
import type { AmountColumn } from "./amount.ts";
import type { LineTime } from "./bill-lines.ts";

export const column = (table: BillTable, name: string): BillColumn | null => table.columns.get(columnKey(name)) ?? null;

const asText = ({ ref, type }: BillColumn): string => (type === "text" ? ref : `CAST(${ref} AS VARCHAR)`);

/** A column as text; null where the table has none. */
export const textOf = (table: BillTable, name: string): string | null => {
  const found = column(table, name);
  return found === null ? null : asText(found);
};

/** A column of amounts that the format cannot be without. */
export const amountOf = (table: BillTable, name: string): AmountColumn =>
  column(table, name) ?? { ref: "CAST(NULL AS DECIMAL(38, 18))", type: "decimal" };

/** The first that is there and not empty; null where none is there. */
export const firstOf = (texts: readonly (string | null)[]): string | null => {
  const there = texts.filter((text) => text !== null);
  if (there.length < 2) return there[0] ?? null;
  return `COALESCE(${there.map((text) => `NULLIF(${text}, '')`).join(", ")})`;
};

/** Value of a key of a map, null where it has no such key: so in Trino, and in DuckDB by a macro of that name. */
export const mapValue = (map: string, key: string): string => `ELEMENT_AT(${map}, ${literal(key)})`;

const textTime = (ref: string): LineTime => ({
  ref,
  day: `SUBSTR(${ref}, 1, 10)`,
  month: `SUBSTR(${ref}, 1, 7)`,
  from: (date) => `${ref} >= ${literal(date)}`,
  before: (date) => `${ref} < ${literal(date)}`,
});

const dateTime = (ref: string): LineTime => ({
  ref,
  day: ref,
  month: `DATE_TRUNC('month', ${ref})`,
  from: (date) => `${ref} >= DATE ${literal(date)}`,
  before: (date) => `${ref} < DATE ${literal(date)}`,
});

/** A column of times: timestamps, dates, or ISO 8601 text. */
export const timeOf = ({ ref, type }: Pick<BillColumn, "ref" | "type">): LineTime => {
  if (type === "date") return dateTime(ref);
  if (type !== "time") return textTime(ref);
  const bound = (date: string): string => `TIMESTAMP ${literal(`${date} 00:00:00`)}`;
  return {
    ref,
    day: `CAST(${ref} AS DATE)`,
    month: `DATE_TRUNC('month', ${ref})`,
    from: (date) => `${ref} >= ${bound(date)}`,
    before: (date) => `${ref} < ${bound(date)}`,
  };
};
