import { emptyPoint, POINT } from "../../domain/demand/metric-point.ts";
import { parseTime } from "../../domain/demand/timestamp.ts";
import { addPoint } from "../../domain/demand/usage.ts";
import { splitCells } from "./csv-cells.ts";
import { FIRST_VALUE, IGNORED, SERVICE, TIME, VALUE_COLUMNS } from "./csv-header.ts";
import { type MetricReading, noteRow, takeValue, usageOf } from "./metric-reading.ts";

const NO_NUMBER = /^[+-]?(nan|inf|infinity|null|none|n\/a|-)$/i;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const REQUIRED_VALUES = 2;

interface Row {
  readonly service: string;
  readonly time: number;
  /** Texts of the value columns. */
  readonly values: readonly string[];
}

/** What the rows of a file have in common; `service` is theirs where no column names one. */
export interface RowContext {
  readonly reading: MetricReading;
  readonly file: string;
  readonly roles: Uint8Array;
  readonly service: string | undefined;
}

/** Reads one row of any CSV form: the slow path, and the reference for the fast one. */
export const readRow = ({ reading, file, roles, service }: RowContext, line: number, text: string): void => {
  if (text.trim() === "") return;
  const row = parseRow(roles, service, text);
  if (typeof row === "string") {
    noteRow(reading, file, line, row);
    return;
  }
  const point = emptyPoint();
  point[POINT.time] = row.time;
  row.values.forEach((text, index) => {
    if (text !== "") point[POINT.cpu + index] = takeValue(reading, numberOf(text), { file, line, text });
  });
  addPoint(usageOf(reading, row.service), point);
  reading.points += 1;
};

const numberOf = (text: string): number => {
  if (NUMBER.test(text)) return Number(text);
  return /^[+-]?inf/i.test(text) ? Number(`${text.startsWith("-") ? "-" : ""}Infinity`) : Number.NaN;
};

/** The row, or why it cannot be read. */
const parseRow = (roles: Uint8Array, only: string | undefined, text: string): Row | string => {
  const cells = splitCells(text);
  if (cells === undefined) return "its quotes do not pair";
  if (cells.length > roles.length || !roles.subarray(cells.length).every(isOptional)) {
    return `has ${cells.length} columns, not ${roles.length}`;
  }
  const service = only ?? cells[roles.indexOf(SERVICE)]?.trim() ?? "";
  if (service === "") return "names no service";
  const when = cells[roles.indexOf(TIME)] ?? "";
  const time = parseTime(when);
  if (time === undefined) return `${JSON.stringify(when)} is not an ISO 8601 time`;
  const values = VALUE_COLUMNS.map((_, index) => cells[roles.indexOf(FIRST_VALUE + index)]?.trim() ?? "");
  const bad = values.find((value) => value !== "" && !NUMBER.test(value) && !NO_NUMBER.test(value));
  return bad === undefined ? { service, time, values } : `${JSON.stringify(bad)} is not a number`;
};

/** Columns at the end of a row that may be cut off. */
const isOptional = (role: number): boolean => role === IGNORED || role >= FIRST_VALUE + REQUIRED_VALUES;
