import { invalidInput } from "../file/invalid-input.ts";
import { splitCells } from "./csv-cells.ts";

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

/** Role of each column of a CSV header line. */
export const headerRoles = (file: string, header: string): Uint8Array => columnRoles(file, splitCells(header) ?? []);

/** Role of each named column. */
export const columnRoles = (file: string, columns: readonly string[]): Uint8Array => {
  const names = columns.map((name) => name.trim().toLowerCase());
  const missing = REQUIRED.filter((name) => !names.includes(name));
  const twice = names.find((name, index) => name !== "" && names.indexOf(name) !== index);
  if (missing.length > 0) {
    throw invalidInput("invalid-metrics", { file, line: 1 }, `the header lacks ${missing.join(", ")}`, {
      hint: `Columns are ${REQUIRED.join(",")} and optionally ${VALUE_COLUMNS.slice(2).join(",")}.`,
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
