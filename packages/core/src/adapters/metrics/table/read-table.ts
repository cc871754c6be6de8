import { invalidInput } from "../../file/text/invalid-input.ts";
import { type HeldSeries, holdSeries, pushValue, type SeriesMeaning } from "../reading/held-series.ts";
import { type MetricReading, noteProblem, noteRow, takeValue } from "../reading/metric-reading.ts";
import type { MetricUnit } from "../reading/unit.ts";
import { findMeaning } from "../series/meaning.ts";
import { ownerOf, serviceInWords, tagsIn } from "../series/owner.ts";
import { splitCells } from "./cells.ts";
import { parseMetricTime } from "./metric-time.ts";
import { meaningOf, type TableColumn } from "./table-columns.ts";
import { headerColumns, preambleColumns, type TableOptions } from "./table-layout.ts";
import { cellNumber } from "./table-number.ts";

/** Rows above the first time or the header. */
const MOST_PREAMBLE = 64;

/** A table while it is read, row by row. */
export interface TableReader {
  readonly reading: MetricReading;
  readonly file: string;
  readonly options: TableOptions;
  readonly preamble: string[][];
  /** What parts its cells; undefined until the first row. */
  delimiter: string | undefined;
  columns: readonly TableColumn[] | undefined;
  /** The header says that times are UTC. */
  isUtc: boolean;
  /** Series by the cells that say what they are. */
  readonly series: Map<string, HeldSeries | undefined>;
}

export const openTable = (reading: MetricReading, file: string, options: TableOptions): TableReader => ({
  reading,
  file,
  options,
  preamble: [],
  delimiter: undefined,
  columns: undefined,
  isUtc: false,
  series: new Map(),
});

/** Takes one line of the file. */
export const readLine = (table: TableReader, line: number, text: string): void => {
  if (text.trim() === "") return;
  const told = /^"?sep=(.)"?$/i.exec(text.trim());
  if (told !== null && table.columns === undefined) {
    table.delimiter = told[1];
    return;
  }
  table.delimiter ??= delimiterOf(text);
  const cells = splitCells(text, table.delimiter);
  if (cells === undefined) noteRow(table.reading, table.file, line, "its quotes do not pair");
  else readCells(table, line, cells);
};

/** Takes the cells of a row: a header, a row above the values, or values. */
export const readCells = (table: TableReader, line: number, cells: readonly string[]): void => {
  if (table.columns === undefined && !settleColumns(table, cells)) return;
  readValues(table, line, cells);
};

/** Ends a table: one without columns is none. */
export const closeTable = ({ columns, file, preamble, options }: TableReader): void => {
  if (columns === undefined) preambleColumns(file, preamble, 0, options);
};

const delimiterOf = (text: string): string => {
  const bare = text.replace(/"[^"]*"/g, "");
  const [best] = [",", ";", "\t"].map((mark) => [bare.split(mark).length, mark] as const).sort(([a], [b]) => b - a);
  return best?.[1] ?? ",";
};

/** Whether the row is one of values; until then it tells what the columns are. */
const settleColumns = (table: TableReader, cells: readonly string[]): boolean => {
  const { file, options, preamble } = table;
  if (parseMetricTime(cells[0] ?? "") !== undefined) {
    table.columns = preambleColumns(file, preamble, cells.length, options);
    return true;
  }
  table.columns = headerColumns(file, cells, options);
  table.isUtc = cells.some((cell) => /^@timestamp$|^time.*utc/i.test(cell.trim()));
  if (table.columns === undefined) preamble.push([...cells]);
  if (preamble.length > MOST_PREAMBLE) {
    throw invalidInput("invalid-metrics", { file, line: 1 }, "is no table of metrics: no line has a time");
  }
  return false;
};

const readValues = (table: TableReader, line: number, cells: readonly string[]): void => {
  const { reading, file, columns = [] } = table;
  const place = columns.findIndex(({ kind }) => kind === "time");
  const time = parseMetricTime(cells[place] ?? "");
  if (time === undefined) {
    noteRow(reading, file, line, `${JSON.stringify(cells[place] ?? "")} is not a time`);
    return;
  }
  if (!time.zoned && !table.isUtc && !reading.assumedUtc.includes(file)) reading.assumedUtc.push(file);
  const said = columns.flatMap(({ kind }, at) => (SAYING.has(kind) ? [cells[at] ?? ""] : [])).join("\u0000");
  columns.forEach((column, at) => {
    if (column.kind !== "series" && column.kind !== "value") return;
    const number = cellNumber(cells[at] ?? "", table.delimiter === ";");
    if (number === undefined) return;
    const value = takeValue(reading, number.value, { file, line, text: cells[at] ?? "" });
    if (Number.isNaN(value)) return;
    const series = seriesFor(table, `${at}\u0000${number.unit}\u0000${said}`, column, cells, number.unit);
    if (series !== undefined) pushValue(series, time.seconds, value);
  });
};

const SAYING: ReadonlySet<TableColumn["kind"]> = new Set(["tag", "metric", "statistic", "scope"]);

const seriesFor = (
  table: TableReader,
  key: string,
  column: TableColumn,
  cells: readonly string[],
  unit: MetricUnit | undefined,
): HeldSeries | undefined => {
  if (!table.series.has(key)) table.series.set(key, openSeries(table, column, cells, unit));
  return table.series.get(key);
};

const openSeries = (
  { reading, file, options, columns = [] }: TableReader,
  column: TableColumn,
  cells: readonly string[],
  unit: MetricUnit | undefined,
): HeldSeries | undefined => {
  const textOf = (kind: TableColumn["kind"]): string =>
    columns.flatMap((each, at) => (each.kind === kind ? [cells[at] ?? ""] : [])).join(" ");
  const metric = tagsIn(textOf("metric"));
  const tags = Object.fromEntries(
    columns.flatMap((each, at) => (each.kind === "tag" ? [[each.key, cells[at] ?? ""]] : [])),
  );
  const row = ownerOf({ ...metric.tags, ...tagsIn(textOf("scope")).tags, ...tags });
  const found =
    column.kind === "series"
      ? { meaning: column.meaning, rest: "" }
      : valueMeaning(metric.rest, textOf("statistic"), options);
  if (found === undefined) {
    noteOther(reading, file, textOf("metric"));
    return undefined;
  }
  const own = column.kind === "series" ? column.owner : {};
  const service = options.service ?? row.service ?? own.service ?? serviceInWords(found.rest);
  const owner = { ...own, ...row, ...(service === undefined ? {} : { service }) };
  const meaning = unit === undefined ? found.meaning : { ...found.meaning, unit };
  return holdSeries(reading.hold, file, owner, meaning);
};

const valueMeaning = (
  metric: string,
  statistic: string,
  { metric: stated }: TableOptions,
): { readonly meaning: SeriesMeaning; readonly rest: string } | undefined => {
  const found = findMeaning(metric, metric, statistic === "" ? undefined : statistic);
  if (typeof found === "object") return found;
  return found === "no-metric" && stated !== undefined ? { meaning: meaningOf(stated), rest: metric } : undefined;
};

const noteOther = (reading: MetricReading, file: string, metric: string): void => {
  reading.unreadableRows += 1;
  const detail = `series ${JSON.stringify(metric)} is no average or maximum of CPU, memory or running tasks`;
  noteProblem(reading, { file, kind: "series", detail });
};
