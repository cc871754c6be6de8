import { type MetricReading, noteRow } from "../reading/metric-reading.ts";
import { closeTable, openTable, readCells } from "../table/read-table.ts";
import type { TableOptions } from "../table/table-layout.ts";
import { type JsonRecord, listOf, recordsOf, textOf } from "./record.ts";

/** Whether a document is what `aws logs get-query-results` prints. */
export const isLogsInsights = (document: JsonRecord): boolean =>
  Array.isArray(document["results"]) && document["results"].every(Array.isArray);

/** Takes the rows of a query of Logs Insights, each a list of fields and their values. */
export const takeLogsInsights = (
  reading: MetricReading,
  file: string,
  document: JsonRecord,
  options: TableOptions,
): void => {
  const rows = listOf(document["results"]).map((row) =>
    Object.fromEntries(recordsOf(row).map((field) => [textOf(field["field"]), textOf(field["value"])])),
  );
  if (document["status"] === "Running" || document["status"] === "Scheduled") {
    noteRow(reading, file, 1, "the query was still running: rows are missing");
  }
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (fields.length === 0) return;
  const table = openTable(reading, file, options);
  readCells(table, 0, fields);
  rows.forEach((row, at) => {
    readCells(
      table,
      at + 1,
      fields.map((field) => row[field] ?? ""),
    );
  });
  closeTable(table);
};
