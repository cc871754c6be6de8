import type { BillTable } from "../table/bill-table.ts";
import { orEmpty } from "../table/sql-text.ts";
import { billLines } from "./bill-lines.ts";
import { joinedTypes, selected } from "./line-view.ts";

/** Columns of the answer to `coverageSql`, in their order. */
export const COVERAGE_COLUMNS = [
  "period",
  "day",
  "line_type",
  "currency",
  "last_start",
  "first_end",
  "lines",
  "split_lines",
  "net_lines",
] as const;

/**
 * What the table holds, by billing period, day on which the usage began, type of the lines and currency; all columns as text.
 */
export const coverageSql = (table: BillTable): string => {
  const lines = billLines(table);
  const keys = [
    { as: "period", expression: lines.period === null ? lines.start.day : lines.period.ref },
    { as: "day", expression: lines.start.day },
    { as: "currency", expression: lines.currency ?? "''" },
    ...lines.lineType.map((expression, index) => ({ as: `line_type_${index}`, expression })),
  ];
  const sums = [
    { as: "last_start", expression: `MAX(${lines.start.ref})` },
    { as: "first_end", expression: lines.end === null ? "NULL" : `MIN(${lines.end.ref})` },
    { as: "line_count", expression: "COUNT(*)" },
    { as: "net_count", expression: lines.net === null ? "0" : `COUNT(${lines.net})` },
    { as: "split_count", expression: lines.split === null ? "0" : `COUNT(${lines.split.cost.ref})` },
  ];
  const out: Readonly<Record<(typeof COVERAGE_COLUMNS)[number], string>> = {
    period: "SUBSTR(CAST(period AS VARCHAR), 1, 7)",
    day: "SUBSTR(CAST(day AS VARCHAR), 1, 10)",
    line_type: joinedTypes(lines),
    currency: orEmpty("currency"),
    last_start: "SUBSTR(CAST(last_start AS VARCHAR), 1, 13)",
    first_end: "SUBSTR(CAST(first_end AS VARCHAR), 1, 10)",
    lines: "CAST(line_count AS VARCHAR)",
    split_lines: "CAST(split_count AS VARCHAR)",
    net_lines: "CAST(net_count AS VARCHAR)",
  };
  return [
    `SELECT ${COVERAGE_COLUMNS.map((as) => `${out[as]} AS out_${as}`).join(", ")}`,
    `FROM (SELECT ${selected([...keys, ...sums])} FROM ${table.from} AS bill`,
    `GROUP BY ${keys.map((_, index) => index + 1).join(", ")}) AS covered`,
  ].join("\n");
};
