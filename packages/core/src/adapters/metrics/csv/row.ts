import { emptyPoint, POINT } from "../../../domain/demand/metric-point.ts";
import { addPoint } from "../../../domain/demand/usage.ts";
import { type HeldSeries, pushValue } from "../reading/held-series.ts";
import { type MetricReading, noteRow, takeValue, usageOf } from "../reading/metric-reading.ts";
import { splitCells } from "../table/cells.ts";
import { parseMetricTime } from "../table/metric-time.ts";
import { FIRST_VALUE, IGNORED, SERVICE, TIME, VALUE_COLUMNS } from "./header.ts";

const NO_NUMBER = /^[+-]?(nan|inf|infinity|null|none|n\/a|-)$/i;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const REQUIRED_VALUES = 2;

interface Row {
  readonly service: string;
  readonly time: number;
  /** Texts of the value columns. */
  readonly values: readonly string[];
}

/** The only series of a file, and its place in a point. */
export interface SingleSeries {
  readonly series: HeldSeries;
  readonly place: number;
}

/** What the rows of a file have in common; `single` where no column names services. */
export interface RowContext {
  readonly reading: MetricReading;
  readonly file: string;
  readonly roles: Uint8Array;
  readonly single: SingleSeries | undefined;
}

/** Reads one row of any CSV form: the slow path, and the reference for the fast one. */
export const readRow = ({ reading, file, roles, single }: RowContext, line: number, text: string): void => {
  if (text.trim() === "") return;
  const row = parseRow(roles, single !== undefined, text);
  if (typeof row === "string") {
    noteRow(reading, file, line, row);
    return;
  }
  const point = emptyPoint();
  point[POINT.time] = row.time;
  row.values.forEach((text, index) => {
    if (text !== "") point[POINT.cpu + index] = takeValue(reading, numberOf(text), { file, line, text });
  });
  if (single === undefined) {
    addPoint(usageOf(reading, row.service), point);
    reading.points += 1;
    return;
  }
  const value = point[single.place] as number;
  if (!Number.isNaN(value)) pushValue(single.series, row.time, value);
};

const numberOf = (text: string): number => {
  if (NUMBER.test(text)) return Number(text);
  return /^[+-]?inf/i.test(text) ? Number(`${text.startsWith("-") ? "-" : ""}Infinity`) : Number.NaN;
};

/** The row, or why it cannot be read. */
const parseRow = (roles: Uint8Array, isSingle: boolean, text: string): Row | string => {
  const cells = splitCells(text);
  if (cells === undefined) return "its quotes do not pair";
  if (cells.length > roles.length || !roles.subarray(cells.length).every(isOptional)) {
    return `has ${cells.length} columns, not ${roles.length}`;
  }
  const service = isSingle ? "" : (cells[roles.indexOf(SERVICE)]?.trim() ?? "");
  if (service === "" && !isSingle) return "names no service";
  const when = cells[roles.indexOf(TIME)] ?? "";
  const time = parseMetricTime(when)?.seconds;
  if (time === undefined) return `${JSON.stringify(when)} is not a time; ISO 8601 is one, and seconds since 1970`;
  const values = VALUE_COLUMNS.map((_, index) => cells[roles.indexOf(FIRST_VALUE + index)]?.trim() ?? "");
  const bad = values.find((value) => value !== "" && !NUMBER.test(value) && !NO_NUMBER.test(value));
  return bad === undefined ? { service, time, values } : `${JSON.stringify(bad)} is not a number`;
};

/** Columns at the end of a row that may be cut off. */
const isOptional = (role: number): boolean => role === IGNORED || role >= FIRST_VALUE + REQUIRED_VALUES;
