import { invalidInput } from "../../file/text/invalid-input.ts";
import { findMeaning, statisticOf } from "../series/meaning.ts";
import { ownerOf, serviceInWords, tagsIn } from "../series/owner.ts";
import type { StatedSeries } from "../series/stated-series.ts";
import {
  columnOf,
  isTimeName,
  type TableColumn,
  type ToldColumn,
  type ToldColumns,
  toldColumn,
} from "./table-columns.ts";

/** What the user tells of tables. */
export interface TableOptions extends StatedSeries {
  readonly columns?: ToldColumns;
}

const HINT =
  "--columns service=NAME,time=NAME,cpu=NAME,memory=NAME says which columns hold what; NAME:cpu=FILE or :cpu=FILE where every other column is a service.";

/** The columns of a header line; undefined where it is none. */
export const headerColumns = (
  file: string,
  cells: readonly string[],
  options: TableOptions,
): readonly TableColumn[] | undefined => {
  const told = toldColumns(file, cells, options.columns);
  if (told !== undefined) return told;
  if (!cells.some(isTimeName)) return undefined;
  const columns = cells.map((cell) => columnOf(cell, options.metric));
  if (!columns.some(({ kind }) => kind === "series" || kind === "value")) {
    throw invalidInput("invalid-metrics", { file }, `has no column of CPU or memory among ${cells.join(", ")}`, {
      hint: HINT,
    });
  }
  return columns;
};

/** Columns as they are told; undefined where the table has none of them, and refused where it has only some. */
const toldColumns = (
  file: string,
  cells: readonly string[],
  told: ToldColumns | undefined,
): readonly TableColumn[] | undefined => {
  const entries = Object.entries(told ?? {}) as [ToldColumn, string][];
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const places = entries.map(([, name]) => names.indexOf(name.toLowerCase()));
  if (!places.some((place) => place >= 0)) return undefined;
  const missing = entries.filter((_, at) => (places[at] ?? -1) < 0).map(([, name]) => name);
  if (missing.length > 0) {
    throw invalidInput("invalid-metrics", { file }, `has no column ${missing.join(", ")}`, {
      hint: `Its columns are ${cells.join(", ")}.`,
    });
  }
  return cells.map((cell, at) => {
    const entry = entries[places.indexOf(at)];
    return entry === undefined ? { kind: "ignored" } : toldColumn(entry[0], cell);
  });
};

/** Rows above the first time, by their first cell: the console writes a label, an id, a statistic of each column there. */
export type Preamble = readonly (readonly string[])[];

/**
 * The columns of a table whose rows above the first time tell what each column is, as the CloudWatch console exports it:
 * `Label`, `Full label` and more, in whatever order.
 *
 * @throws {BorderError} `invalid-metrics` where no column is one of CPU or memory.
 */
export const preambleColumns = (
  file: string,
  preamble: Preamble,
  width: number,
  options: TableOptions,
): readonly TableColumn[] => {
  const columns = Array.from(
    { length: width },
    (_, at): TableColumn => (at === 0 ? { kind: "time" } : labelledColumn(preamble, at, options)),
  );
  if (columns.some(({ kind }) => kind === "series")) return columns;
  const detail = preamble.length === 0 ? "has no header line" : "no row above the first time names CPU or memory";
  throw invalidInput("invalid-metrics", { file, line: 1 }, detail, { hint: HINT });
};

const rowNamed = (preamble: Preamble, name: RegExp, at: number): string =>
  preamble.find(([first = ""]) => name.test(first.trim()))?.[at]?.trim() ?? "";

const labelledColumn = (preamble: Preamble, at: number, options: TableOptions): TableColumn => {
  const label = rowNamed(preamble, /^label$/i, at);
  const full = tagsIn(rowNamed(preamble, /^full label$/i, at));
  const metric = rowNamed(preamble, /^metric( ?name)?$/i, at);
  const statistic = rowNamed(preamble, /^stat(istic)?$/i, at);
  const own = tagsIn(label === "" ? full.rest : label);
  const told = statisticOf(statistic) === undefined && statistic !== "" ? undefined : statistic || undefined;
  const texts = [own.rest, metric, full.rest].map((text) => findMeaning(text, "", told));
  if (statistic !== "" && told === undefined) return { kind: "ignored" };
  const found = texts.find((each) => typeof each === "object");
  if (found === undefined || typeof found !== "object") {
    return options.metric === undefined
      ? { kind: "ignored" }
      : columnOf(label === "" ? full.rest : label, options.metric);
  }
  const rows = Object.fromEntries(preamble.map((row) => [row[0] ?? "", row[at] ?? ""]));
  const owner = ownerOf({ ...rows, ...full.tags, ...own.tags });
  const words = label === "" ? undefined : findMeaning(own.rest);
  const left = words === undefined ? undefined : typeof words === "object" ? words.rest : own.rest;
  const service = owner.service ?? (left === undefined ? undefined : serviceInWords(left));
  return { kind: "series", owner: service === undefined ? owner : { ...owner, service }, meaning: found.meaning };
};
