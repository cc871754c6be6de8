import type { BillFormat } from "../../../domain/bill/charge.ts";

export type TableFormat = Exclude<BillFormat, "cost-explorer" | "cost-explorer-json">;

export type ColumnType = "text" | "double" | "decimal" | "integer" | "time" | "date" | "map" | "other";

export interface BillColumn {
  /** As the table spells it. */
  readonly name: string;
  /** The column as SQL. */
  readonly ref: string;
  readonly type: ColumnType;
}

/** A bill that SQL can be asked of: what it is called and what it holds. */
export interface BillTable {
  readonly format: TableFormat;
  /** Relation as SQL text: a quoted name or a view. */
  readonly from: string;
  /** By `columnKey` of the name. */
  readonly columns: ReadonlyMap<string, BillColumn>;
  /** Columns that only tell where lines are stored; a condition on them saves reading. */
  readonly partitions: readonly BillColumn[];
  /** Spellings of tags that a map is known to have, by the key of the tag; others are looked for in every spelling. */
  readonly tagSpellings?: ReadonlyMap<string, readonly string[]>;
}

/** One key for `lineItem/UsageType`, `line_item_usage_type` and `LineItemUsageType`. */
export const columnKey = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

const TYPES: readonly (readonly [RegExp, ColumnType])[] = [
  [/^(?:map|map\(.*|map<.*)$/, "map"],
  [/^(?:varchar|string|char|text|json)/, "text"],
  [/^double/, "double"],
  [/^(?:decimal|numeric)/, "decimal"],
  [/^(?:u?(?:tiny|small|big|huge)?int|integer|uinteger)/, "integer"],
  [/^timestamp/, "time"],
  [/^date$/, "date"],
];

/** What SQL has to do with a column, by its type in DuckDB or in the Glue catalog. */
export const columnType = (sqlType: string): ColumnType =>
  TYPES.find(([pattern]) => pattern.test(sqlType.trim().toLowerCase()))?.[1] ?? "other";
