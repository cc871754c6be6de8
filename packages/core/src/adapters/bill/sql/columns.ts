import { type BillColumn, type BillTable, columnKey } from "../table/bill-table.ts";
import { amount, NO_AMOUNT } from "./amount.ts";
import type { LineTime } from "./bill-lines.ts";
import { literal } from "./text.ts";

export const column = (table: BillTable, name: string): BillColumn | null => table.columns.get(columnKey(name)) ?? null;

const asText = ({ ref, type }: BillColumn): string => (type === "text" ? ref : `CAST(${ref} AS VARCHAR)`);

/** A column as text; null where the table has none. */
export const textOf = (table: BillTable, name: string): string | null => {
  const found = column(table, name);
  return found === null ? null : asText(found);
};

/** A column as a decimal; null where the table has none. */
export const amountOf = (table: BillTable, name: string): string | null => {
  const found = column(table, name);
  return found === null ? null : amount(found);
};

/** The first that is there and not empty; null where none is there. */
export const firstOf = (texts: readonly (string | null)[]): string | null => {
  const there = texts.filter((text) => text !== null);
  if (there.length < 2) return there[0] ?? null;
  return `COALESCE(${there.map((text) => `NULLIF(${text}, '')`).join(", ")})`;
};

/** Key of a map; null where the map has no such key, in DuckDB and in Trino. */
export const mapValue = (map: string, key: string): string => `TRY(${map}[${literal(key)}])`;

/** A difference of amounts of which either may be missing. */
export const difference = (left: string, right: string): string =>
  `COALESCE(${left}, ${NO_AMOUNT}) - COALESCE(${right}, ${NO_AMOUNT})`;

/** A column of times: timestamps, dates, or ISO 8601 text. */
export const timeOf = ({ ref, type }: BillColumn): LineTime => {
  if (type === "text" || type === "other") {
    return {
      day: `SUBSTR(${ref}, 1, 10)`,
      month: `SUBSTR(${ref}, 1, 7)`,
      withinDay: `SUBSTR(${ref}, 12, 2) <> '00'`,
      hourKey: `SUBSTR(${ref}, 1, 13)`,
      hourText: (hour) => hour,
      from: (date) => `${ref} >= ${literal(date)}`,
      before: (date) => `${ref} < ${literal(date)}`,
    };
  }
  const bound = (date: string): string =>
    type === "date" ? `DATE ${literal(date)}` : `TIMESTAMP ${literal(`${date} 00:00:00`)}`;
  return {
    day: type === "date" ? ref : `CAST(${ref} AS DATE)`,
    month: `DATE_TRUNC('month', ${ref})`,
    withinDay: type === "date" ? "(1 = 0)" : `${ref} <> CAST(${ref} AS DATE)`,
    hourKey: type === "date" ? ref : `DATE_TRUNC('hour', ${ref})`,
    hourText: (hour) => `SUBSTR(CAST(${hour} AS VARCHAR), 1, 13)`,
    from: (date) => `${ref} >= ${bound(date)}`,
    before: (date) => `${ref} < ${bound(date)}`,
  };
};
