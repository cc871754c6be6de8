import { type BillColumn, type BillTable, columnKey } from "../table/bill-table.ts";
import { firstOf, mapValue, textOf } from "./columns.ts";
import { literal } from "./text.ts";

/** `CostCenter` and `aws:ecs:clusterName` as AWS writes them in names of columns. */
const snake = (key: string): string =>
  key
    .replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, "_")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "_");

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** Spellings of a tag's key in maps, the most usual first. */
const keysOf = (key: string): readonly string[] =>
  key.startsWith("aws:")
    ? unique([snake(key), key, `user_${snake(key)}`])
    : unique([`user_${snake(key)}`, `user:${key}`, `user_${key}`, key]);

const entry = (map: BillColumn, key: string): string =>
  map.type === "map" ? mapValue(map.ref, key) : `JSON_EXTRACT_SCALAR(${map.ref}, ${literal(`$["${key}"]`)})`;

const flatTag = (table: BillTable, prefix: string, key: string): string | null =>
  firstOf(
    key.startsWith("aws:")
      ? [textOf(table, `${prefix}${key}`), textOf(table, `${prefix}user${key}`)]
      : [textOf(table, `${prefix}user${key}`)],
  );

/** Value of a cost allocation tag: from a map, from JSON text of one, or from a column of its own; null where neither is. */
export const tagOf = (table: BillTable, name: string, key: string): string | null => {
  const map = table.columns.get(columnKey(name));
  if (map === undefined) return flatTag(table, name, key);
  return `COALESCE(${keysOf(key)
    .map((spelled) => entry(map, spelled))
    .join(", ")})`;
};
