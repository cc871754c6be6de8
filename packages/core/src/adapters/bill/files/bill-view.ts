import type { BillColumn, BillTable, ColumnType, TableFormat } from "../table/bill-table.ts";
import { identifier } from "../table/sql-text.ts";
import type { PartColumn, PartGroup } from "./part-group.ts";

const VIEW = identifier("bill_lines");

const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  text: "VARCHAR",
  double: "DOUBLE",
  decimal: "DECIMAL(38, 18)",
  integer: "HUGEINT",
  time: "TIMESTAMP",
  date: "DATE",
  map: "MAP(VARCHAR, VARCHAR)",
  other: "VARCHAR",
};

/** The type that values of several types are read as: times stay times, numbers become text, which keeps every digit. */
const commonType = (types: readonly ColumnType[]): ColumnType => {
  const [first = "text", ...others] = [...new Set(types)];
  if (others.length === 0) return first;
  return types.some((type) => type === "time" || type === "date") ? "time" : "text";
};

const expressionOf = (column: PartColumn | undefined, type: ColumnType): string => {
  const target = SQL_TYPES[type];
  if (column === undefined) return `CAST(NULL AS ${target})`;
  if (column.type === type && type !== "decimal") return column.expression;
  const text = column.type === "text" && type !== "text" ? `NULLIF(${column.expression}, '')` : column.expression;
  return `CAST(${text} AS ${target})`;
};

/** The groups as one relation: columns that a group lacks are null in its lines. */
export const billView = (
  format: TableFormat,
  groups: readonly PartGroup[],
): { readonly sql: string; readonly table: BillTable } => {
  const keys = [...new Set(groups.flatMap(({ columns }) => [...columns.keys()]))].sort();
  const columns = keys.map((key): BillColumn => {
    const type = commonType(groups.flatMap((group) => group.columns.get(key)?.type ?? []));
    return { name: key, ref: identifier(key), type };
  });
  const selects = groups.map((group) => {
    const list = columns.map(({ name, ref, type }) => `${expressionOf(group.columns.get(name), type)} AS ${ref}`);
    return `SELECT ${list.join(", ")} FROM ${group.from}`;
  });
  return {
    sql: `CREATE OR REPLACE TEMP VIEW ${VIEW} AS ${selects.join(" UNION ALL ")}`,
    table: { format, from: VIEW, columns: new Map(columns.map((column) => [column.name, column])), partitions: [] },
  };
};
