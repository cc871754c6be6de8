import { type BillColumn, type BillTable, columnKey } from "../table/bill-table.ts";
import { literal } from "../table/sql-text.ts";
import { firstOf, mapValue, textOf } from "./columns.ts";

/** `CostCenter` and `aws:ecs:clusterName` as AWS writes them in names of columns. */
const snake = (key: string): string =>
  key
    .replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, "_")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "_");

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** Spellings of a tag's key in maps, the most usual first. */
const spellings = (key: string): readonly string[] =>
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

const mapColumn = (table: BillTable, name: string): BillColumn | undefined => table.columns.get(columnKey(name));

/** Spellings that the bill has where that is known, otherwise all that there could be. */
const keysOf = (table: BillTable, key: string): readonly string[] => table.tagSpellings?.get(key) ?? spellings(key);

/** Value of a cost allocation tag: from a map, from JSON text of one, or from a column of its own; null where neither is. */
export const tagOf = (table: BillTable, name: string, key: string): string | null => {
  const map = mapColumn(table, name);
  if (map === undefined) return flatTag(table, name, key);
  const [first = "CAST(NULL AS VARCHAR)", ...others] = keysOf(table, key).map((spelled) => entry(map, spelled));
  return others.length === 0 ? first : `COALESCE(${[first, ...others].join(", ")})`;
};

/**
 * Asks a map for one line that has a tag, and which of its spellings; null where tags are no map. A bill spells all tags one
 * way, so that the first line tells for all.
 */
export const spellingSql = (table: BillTable, key: string): string | null => {
  const map = mapColumn(table, "resource_tags") ?? mapColumn(table, "Tags");
  if (map === undefined) return null;
  const entries = spellings(key).map((spelled) => ({ spelled, value: entry(map, spelled) }));
  const cases = entries.map(({ spelled, value }) => `WHEN ${value} IS NOT NULL THEN ${literal(spelled)}`);
  const any = entries.map(({ value }) => `${value} IS NOT NULL`).join(" OR ");
  return `SELECT CASE ${cases.join(" ")} END AS spelling FROM ${table.from} AS bill WHERE ${any} LIMIT 1`;
};
