import type { Where } from "../../../domain/issues/border-error.ts";
import { quoted } from "../../../schema/problems.ts";
import { invalidDocument, invalidInput, MOST_PROBLEMS } from "../text/invalid-input.ts";

/** Tasks in each hour that a CSV file knows, and what it does not know. */
export interface HourlyCounts {
  readonly counts: readonly number[];
  /** Hours without a row between the first and the last. */
  readonly missingHours: number;
}

const HOUR = 3_600_000;
/** A month of 31 days. */
const LONGEST_MONTH_HOURS = 744;
/** A month of 28 days. */
export const SHORTEST_MONTH_HOURS = 672;

const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?$/i;

/** Milliseconds since 1970 in UTC; text without a zone is UTC. */
const timeOf = (text: string): number | undefined => {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const [, date, minutes, seconds = "00", zone = "Z"] = match;
  const iso =
    zone.toUpperCase() === "Z" || zone.includes(":") ? zone.toUpperCase() : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const time = Date.parse(`${date}T${minutes}:${seconds}${iso}`);
  return Number.isNaN(time) || !sameDay(time, date ?? "", iso) ? undefined : time;
};

/** `Date.parse` takes 31 June for 1 July. */
const sameDay = (time: number, date: string, zone: string): boolean => {
  if (zone !== "Z") return true;
  return new Date(time).toISOString().startsWith(date);
};

const unquote = (cell: string): string =>
  cell
    .trim()
    .replace(/^"(.*)"$/s, "$1")
    .trim();

type Row = { readonly hour: number; readonly count: number } | { readonly problem: string };

const readRow = (line: string): Row => {
  const cells = line.split(",").map(unquote);
  const [timestamp = "", count = ""] = cells;
  if (cells.length !== 2) return { problem: `must be timestamp,count, not ${quoted(line)}` };
  const time = timeOf(timestamp);
  if (time === undefined)
    return { problem: `timestamp must be ISO 8601 such as 2026-10-01T00:00:00Z, not ${quoted(timestamp)}` };
  if (time % HOUR !== 0) return { problem: `timestamp must be a full hour, not ${quoted(timestamp)}` };
  if (!/^\d{1,7}$/.test(count)) return { problem: `count must be a whole number of tasks, not ${quoted(count)}` };
  return { hour: time / HOUR, count: Number(count) };
};

const isHeader = (line: string): boolean => /^"?timestamp"?\s*,\s*"?count"?$/i.test(line.trim());

/** Reads CSV with the header `timestamp,count`: whole tasks in full hours of one month, in any order. */
export const readHourlyCounts = (file: string, text: string): HourlyCounts => {
  const lines = text.split(/\r\n|\n|\r/);
  if (!isHeader(lines[0] ?? "")) {
    throw invalidInput(
      "invalid-input",
      { file, line: 1 },
      `must begin with the header timestamp,count, not ${quoted(lines[0])}`,
    );
  }
  const byHour = new Map<number, number>();
  const problems: { readonly where: Where; readonly detail: string }[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === "") continue;
    const row = readRow(line);
    const where = { file, line: index + 1 };
    if ("problem" in row) problems.push({ where, detail: row.problem });
    else if (byHour.has(row.hour)) problems.push({ where, detail: "this hour is given twice" });
    else byHour.set(row.hour, row.count);
  }
  if (problems.length > 0) {
    const told = problems.slice(0, MOST_PROBLEMS);
    throw invalidDocument(file, told, problems.length - told.length);
  }
  return countsOf(file, byHour);
};

const countsOf = (file: string, byHour: ReadonlyMap<number, number>): HourlyCounts => {
  const hours = [...byHour.keys()].sort((a, b) => a - b);
  const first = hours[0];
  const last = hours.at(-1);
  if (first === undefined || last === undefined) throw invalidInput("empty-file", { file }, "has no hours");
  const span = last - first + 1;
  if (span > LONGEST_MONTH_HOURS) {
    throw invalidInput("invalid-input", { file }, `covers ${span} hours; a month has ${LONGEST_MONTH_HOURS} at most`);
  }
  return { counts: hours.map((hour) => byHour.get(hour) ?? 0), missingHours: span - hours.length };
};
