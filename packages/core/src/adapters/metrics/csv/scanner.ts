import { emptyPoint, type MetricPoint, POINT } from "../../../domain/demand/metric-point.ts";
import { dayOfDate, isoDate, SECONDS_PER_DAY } from "../../../domain/demand/timestamp.ts";
import { addPoint } from "../../../domain/demand/usage.ts";
import { pushValue } from "../reading/held-series.ts";
import { lookUp, type ServiceTable, serviceTable } from "../reading/service-table.ts";
import { FIRST_VALUE, SERVICE, TIME } from "./header.ts";
import { type RowContext, readRow } from "./row.ts";

const NEWLINE = 10;
const RETURN = 13;
const COMMA = 44;
const MINUS = 45;
const DOT = 46;
const QUOTE = 34;
const SPACE = 32;
const ZERO = 48;
const COLON = 58;
const T = 84;
const Z = 90;
/** Numbers with more digits are left to the slow path. */
const MOST_DIGITS = 15;
/** Seconds since 1970 have so many digits from 2001 to 2286. */
const SECOND_DIGITS = 10;
const POWERS = Array.from({ length: MOST_DIGITS + 1 }, (_, index) => 10 ** index);

/** State of one CSV file between its chunks. */
export interface CsvScanner extends RowContext {
  readonly table: ServiceTable;
  /** The row at hand. */
  readonly point: MetricPoint;
  /** Line of the row at hand, from 1. */
  line: number;
  /** Where the field at hand ends. */
  at: number;
  /** Where the name of the service stands. */
  nameFrom: number;
  nameTo: number;
  /** Year, month and day as one number, and the seconds at which that day begins. */
  date: number;
  dateSeconds: number;
}

/** A scanner for the rows below the header. */
export const csvScanner = (context: RowContext): CsvScanner => ({
  ...context,
  table: serviceTable(context.reading),
  point: emptyPoint(),
  line: 1,
  at: 0,
  nameFrom: 0,
  nameTo: 0,
  date: -1,
  dateSeconds: 0,
});

/**
 * Reads the rows from `from` to `to`, which end at line ends. Rows of the plain form are parsed byte by byte; what is
 * not of that form (quotes, spaces, zones, exponents, bad rows) is read again by `readRow`.
 */
export const scanRows = (scanner: CsvScanner, bytes: Uint8Array, from: number, to: number): void => {
  let start = from;
  while (start < to) {
    scanner.line += 1;
    scanner.at = start;
    if (scanRow(scanner, bytes, to)) {
      takePoint(scanner, bytes);
      start = scanner.at + 1;
      continue;
    }
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 || newline > to ? to : newline;
    const text = new TextDecoder().decode(bytes.subarray(start, bytes[end - 1] === RETURN ? end - 1 : end));
    readRow(scanner, scanner.line, text);
    start = end + 1;
  }
};

/** Takes the row at hand: as a point of the service that it names, or as a value of the only series of the file. */
const takePoint = (scanner: CsvScanner, bytes: Uint8Array): void => {
  const { single, point } = scanner;
  if (single === undefined) {
    addPoint(lookUp(scanner.table, bytes, scanner.nameFrom, scanner.nameTo), point);
    scanner.reading.points += 1;
    return;
  }
  const value = point[single.place] as number;
  if (!Number.isNaN(value)) pushValue(single.series, point[POINT.time] as number, value);
};

/** Parses one row and leaves `at` at its line end; false where it is not of the plain form. */
const scanRow = (scanner: CsvScanner, bytes: Uint8Array, to: number): boolean => {
  const { roles, point } = scanner;
  const last = roles.length - 1;
  point.fill(Number.NaN);
  for (let column = 0; column <= last; column++) {
    const role = roles[column] as number;
    const parsed =
      role >= FIRST_VALUE
        ? scanNumber(scanner, bytes, role - FIRST_VALUE + POINT.cpu)
        : role === TIME
          ? scanTime(scanner, bytes)
          : scanName(scanner, bytes, role === SERVICE, to);
    if (!parsed) return false;
    const end = bytes[scanner.at];
    if (column < last) {
      if (end !== COMMA) return false;
      scanner.at += 1;
    } else if (end === RETURN && bytes[scanner.at + 1] === NEWLINE) scanner.at += 1;
    else if (end !== NEWLINE) return false;
  }
  return scanner.at < to;
};

const scanName = (scanner: CsvScanner, bytes: Uint8Array, isService: boolean, to: number): boolean => {
  const from = scanner.at;
  let at = from;
  for (; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte === COMMA || byte === NEWLINE || byte === RETURN) break;
    if (byte === QUOTE) return false;
  }
  scanner.at = at;
  if (!isService) return true;
  if (at === from || (bytes[from] as number) <= SPACE || (bytes[at - 1] as number) <= SPACE) return false;
  scanner.nameFrom = from;
  scanner.nameTo = at;
  return true;
};

/** `2026-11-01T00:05:00Z`, with a space for the T or without the Z; or seconds or milliseconds since 1970. */
const scanTime = (scanner: CsvScanner, bytes: Uint8Array): boolean => {
  const from = scanner.at;
  if (bytes[from + 4] !== MINUS) return scanEpoch(scanner, bytes);
  const separator = bytes[from + 10];
  if (bytes[from + 4] !== MINUS || bytes[from + 7] !== MINUS || (separator !== T && separator !== SPACE)) return false;
  if (bytes[from + 13] !== COLON || bytes[from + 16] !== COLON) return false;
  const year = two(bytes, from) * 100 + two(bytes, from + 2);
  const date = (year * 100 + two(bytes, from + 5)) * 100 + two(bytes, from + 8);
  const hour = two(bytes, from + 11);
  const minute = two(bytes, from + 14);
  const second = two(bytes, from + 17);
  if (!(date >= 0 && hour < 24 && minute < 60 && second < 60)) return false;
  if (date !== scanner.date && !enterDate(scanner, date)) return false;
  scanner.point[POINT.time] = scanner.dateSeconds + hour * 3600 + minute * 60 + second;
  scanner.at = from + (bytes[from + 19] === Z ? 20 : 19);
  return true;
};

const scanEpoch = (scanner: CsvScanner, bytes: Uint8Array): boolean => {
  let at = scanner.at;
  let count = 0;
  for (; ; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (!(digit >= 0 && digit <= 9)) break;
    count = count * 10 + digit;
  }
  const digits = at - scanner.at;
  if (digits !== SECOND_DIGITS && digits !== SECOND_DIGITS + 3) return false;
  scanner.point[POINT.time] = digits === SECOND_DIGITS ? count : Math.floor(count / 1000);
  scanner.at = at;
  return true;
};

const enterDate = (scanner: CsvScanner, date: number): boolean => {
  const month = Math.floor(date / 100) % 100;
  const day = dayOfDate(Math.floor(date / 10_000), month, date % 100);
  if (Number(isoDate(day).replaceAll("-", "")) !== date) return false;
  scanner.date = date;
  scanner.dateSeconds = day * SECONDS_PER_DAY;
  return true;
};

/** Two digits, NaN where they are none. */
const two = (bytes: Uint8Array, at: number): number => {
  const tens = (bytes[at] as number) - ZERO;
  const ones = (bytes[at + 1] as number) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
};

/** Digits and at most one point; the quotient of two exact numbers is the nearest double. */
const scanNumber = (scanner: CsvScanner, bytes: Uint8Array, place: number): boolean => {
  let at = scanner.at;
  let whole = 0;
  let digits = 0;
  let decimals = -1;
  for (; ; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit >= 0 && digit <= 9) {
      whole = whole * 10 + digit;
      digits += 1;
      if (decimals >= 0) decimals += 1;
    } else if (digit === DOT - ZERO && decimals < 0) decimals = 0;
    else break;
  }
  if (digits > MOST_DIGITS) return false;
  if (digits === 0) return at === scanner.at;
  const value = decimals > 0 ? whole / (POWERS[decimals] as number) : whole;
  scanner.point[place] = value;
  scanner.at = at;
  return true;
};
