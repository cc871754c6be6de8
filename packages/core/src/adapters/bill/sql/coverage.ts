import type { BillTable } from "../table/bill-table.ts";
import { billLines } from "./bill-lines.ts";
import { selected } from "./line-view.ts";
import { orEmpty } from "./text.ts";

/** Columns of the answer to `coverageSql`, in their order. */
export const COVERAGE_COLUMNS = [
  "period",
  "day",
  "first_end",
  "currency",
  "usage_lines",
  "lines",
  "hourly_lines",
  "split_lines",
] as const;

/** What the table holds, by billing period, day on which the usage began and currency; all columns as text. */
export const coverageSql = (table: BillTable): string => {
  const lines = billLines(table);
  const keys = [
    { as: "period", expression: (lines.period ?? lines.start).month },
    { as: "day", expression: lines.start.day },
    { as: "currency", expression: orEmpty(lines.currency ?? "''") },
  ];
  const sums = [
    {
      as: "first_end",
      expression:
        lines.end === null ? "CAST(NULL AS VARCHAR)" : `MIN(CASE WHEN ${lines.usage} THEN ${lines.end.day} END)`,
    },
    { as: "usage_lines", expression: `SUM(CASE WHEN ${lines.usage} THEN 1 ELSE 0 END)` },
    { as: "lines", expression: "COUNT(*)" },
    { as: "hourly_lines", expression: `SUM(CASE WHEN ${lines.start.withinDay} THEN 1 ELSE 0 END)` },
    {
      as: "split_lines",
      expression: lines.split === null ? "0" : `SUM(CASE WHEN ${lines.split.is} THEN 1 ELSE 0 END)`,
    },
  ];
  const text = (as: string): string =>
    as === "period" || as === "day" || as === "first_end"
      ? `SUBSTR(CAST(${as} AS VARCHAR), 1, 10) AS out_${as}`
      : `CAST(${as} AS VARCHAR) AS out_${as}`;
  return [
    `SELECT ${COVERAGE_COLUMNS.map(text).join(", ")}`,
    `FROM (SELECT ${selected([...keys, ...sums])} FROM ${table.from} AS bill`,
    `GROUP BY ${keys.map((_, index) => index + 1).join(", ")}) AS covered`,
  ].join("\n");
};
