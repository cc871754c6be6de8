import { type MetricColumn, POINT } from "../../../domain/demand/metric-point.ts";
import { invalidInput } from "../../file/text/invalid-input.ts";
import { splitCells } from "../table/cells.ts";
import { columnOf } from "../table/table-columns.ts";

/** What a column holds; values are in the order of VALUE_COLUMNS. */
export const IGNORED = 0;
export const SERVICE = 1;
export const TIME = 2;
/** Role of the first value column; the others follow. */
export const FIRST_VALUE = 3;

/** Value columns, in the order in which points take them. */
export const VALUE_COLUMNS = [
  "cpu_utilization_pct",
  "memory_utilization_pct",
  "cpu_maximum_pct",
  "memory_maximum_pct",
  "running_tasks",
] as const;

const REQUIRED = ["service", "timestamp", "cpu_utilization_pct", "memory_utilization_pct"];

/** What the rows below a header hold. */
export interface CsvLayout {
  readonly roles: Uint8Array;
  /** The header is `timestamp,value`: one series of one service, and what it is stands nowhere in the file. */
  readonly single: boolean;
}

/** Layout of a CSV by its header line; `metric` is what `value` holds where there is such a column. */
export const headerLayout = (file: string, header: string, metric: MetricColumn = "cpu"): CsvLayout => {
  const columns = splitCells(header) ?? [];
  const names = namesOf(columns);
  if (!isSingle(names)) return { roles: columnRoles(file, columns), single: false };
  return { roles: Uint8Array.from(names, (name) => singleRole(name, metric)), single: true };
};

/** Whether a header is of this form, however incomplete: other tables are read by what their columns are called. */
export const isPlainHeader = (header: string): boolean => {
  const names = namesOf(splitCells(header) ?? []);
  const isValue = (name: string): boolean => VALUE_COLUMNS.some((column) => column === name);
  return isSingle(names) || (names.includes("service") && names.includes("timestamp") && names.some(isValue));
};

const namesOf = (columns: readonly string[]): readonly string[] => columns.map((name) => name.trim().toLowerCase());

const isSingle = (names: readonly string[]): boolean =>
  names.filter((name) => name === "timestamp").length === 1 &&
  names.filter((name) => name === "value").length === 1 &&
  !names.some((name) => name !== "timestamp" && name !== "value" && columnOf(name, undefined).kind !== "ignored");

const singleRole = (name: string, metric: MetricColumn): number => {
  if (name === "value") return FIRST_VALUE + POINT[metric] - POINT.cpu;
  return name === "timestamp" ? TIME : IGNORED;
};

/** Role of each named column. */
export const columnRoles = (file: string, columns: readonly string[]): Uint8Array => {
  const names = columns.map((name) => name.trim().toLowerCase());
  const missing = REQUIRED.filter((name) => !names.includes(name));
  const twice = names.find((name, index) => name !== "" && names.indexOf(name) !== index);
  if (missing.length > 0) {
    throw invalidInput("invalid-metrics", { file, line: 1 }, `the header lacks ${missing.join(", ")}`, {
      hint: `Columns are ${REQUIRED.join(",")} and optionally ${VALUE_COLUMNS.slice(2).join(",")}; or timestamp,value for one metric of one service, given as NAME=FILE or NAME:memory=FILE.`,
    });
  }
  if (twice !== undefined) throw invalidInput("invalid-metrics", { file, line: 1 }, `column ${twice} is given twice`);
  return Uint8Array.from(names, roleOf);
};

const roleOf = (name: string): number => {
  if (name === "service") return SERVICE;
  if (name === "timestamp") return TIME;
  const index = VALUE_COLUMNS.indexOf(name as (typeof VALUE_COLUMNS)[number]);
  return index < 0 ? IGNORED : FIRST_VALUE + index;
};
