import { type KeyPath, quoted } from "../../../schema/problems.ts";
import { whereOf } from "../text/checked.ts";
import type { InputDocument } from "../text/document.ts";
import { invalidInput } from "../text/invalid-input.ts";
import { plainMap } from "../text/plain-map.ts";
import { type Planned, UNKNOWN } from "./planned.ts";

type Data = Readonly<Record<string, unknown>>;

/** A map of settings at a place of an input. */
export interface Block {
  readonly document: InputDocument;
  readonly path: KeyPath;
  readonly data: Data;
}

/** Whether a value is a map. */
export const isData = (value: unknown): value is Data =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** Entries of a map; schemas pass over a key of this one name. */
export const ownEntries = <T>(map: Readonly<Record<string, T>> | null | undefined): readonly (readonly [string, T])[] =>
  Object.entries(map ?? {}).filter(([key]) => key !== "__proto__");

const valueIn = ({ data }: Block, key: string): unknown => (Object.hasOwn(data, key) ? data[key] : undefined);

const refuse = ({ document, path }: Block, key: string, expected: string, value: unknown) =>
  invalidInput("invalid-input", whereOf(document, [...path, key]), `must be ${expected}, not ${quoted(value)}`);

const read = <T>(block: Block, key: string, expected: string, parse: (value: unknown) => T | undefined): Planned<T> => {
  const value = valueIn(block, key);
  if (value === null || value === undefined) return undefined;
  if (value === UNKNOWN || isLinkLike(value)) return UNKNOWN;
  const parsed = parse(value);
  if (parsed === undefined) throw refuse(block, key, expected, value);
  return parsed;
};

/** Functions and references that were not resolved to data are objects with symbols; they are no value of a setting. */
const isLinkLike = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.getOwnPropertySymbols(value).length > 0;

const asText = (value: unknown): string | undefined =>
  typeof value === "string"
    ? value
    : typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : undefined;

const asNumber = (value: unknown): number | undefined => {
  const number = typeof value === "string" && /^\s*\d{1,15}(?:\.\d{1,6})?\s*$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) && number >= 0 ? number : undefined;
};

const asCount = (value: unknown): number | undefined => {
  const number = asNumber(value);
  return Number.isSafeInteger(number) && (number ?? 0) <= MOST ? number : undefined;
};
const MOST = 1_000_000_000;

const asFlag = (value: unknown): boolean | undefined => {
  if (typeof value === "boolean") return value;
  const text = String(value).toLowerCase();
  return text === "true" || text === "enabled" ? true : text === "false" || text === "disabled" ? false : undefined;
};

/** A text, or a number or flag written as such. */
export const textIn = (block: Block, key: string): Planned<string> => {
  const text = read(block, key, "text", asText);
  return text === "" ? undefined : text;
};

/** A whole number from 0. */
export const countIn = (block: Block, key: string): Planned<number> =>
  read(block, key, "a whole number from 0", asCount);

/** A number from 0. */
export const numberIn = (block: Block, key: string): Planned<number> => read(block, key, "a number from 0", asNumber);

/** True or false; `ENABLED` and `DISABLED` are read as well. */
export const flagIn = (block: Block, key: string): Planned<boolean> => read(block, key, "true or false", asFlag);

/** The items of a list, unknown ones among them. */
export const listIn = (block: Block, key: string): Planned<readonly unknown[]> =>
  read(block, key, "a list", (value) => (Array.isArray(value) ? (value as readonly unknown[]) : undefined));

/** The known texts of a list; unknown where one of them is. */
export const textsIn = (block: Block, key: string): Planned<readonly string[]> => {
  const list = listIn(block, key);
  if (list === undefined || list === UNKNOWN) return list;
  return list.every((item) => typeof item === "string") ? (list as readonly string[]) : UNKNOWN;
};

/** The maps of a list, or the one map that stands in its place; unknown where one of them is. */
export const blocksIn = (block: Block, key: string): Planned<readonly Block[]> => {
  const items = read(block, key, "a list of maps", (value) =>
    Array.isArray(value) ? (value as readonly unknown[]) : isData(value) ? [value] : undefined,
  );
  if (items === undefined || items === UNKNOWN) return items;
  if (items.includes(UNKNOWN)) return UNKNOWN;
  const path = [...block.path, key];
  return items.flatMap((item, i) => {
    if (item === null || item === undefined) return [];
    if (!isData(item)) throw refuse({ ...block, path }, String(i), "a map", item);
    return [{ document: block.document, path: [...path, i], data: item }];
  });
};

/** The first map of a list: a nested block of which there is one at most. */
export const blockIn = (block: Block, key: string): Planned<Block> => {
  const blocks = blocksIn(block, key);
  return blocks === UNKNOWN ? UNKNOWN : blocks?.[0];
};

/** A setting of a nested block of which there is one at most. */
export const within = <T>(block: Planned<Block>, read: (inner: Block) => Planned<T>): Planned<T> =>
  block === UNKNOWN || block === undefined ? block : read(block);

/** Tags given as a map; those whose value is not known are left out. */
export const tagsIn = (block: Block, ...keys: readonly string[]): Readonly<Record<string, string>> => {
  const maps = keys.map((key) => valueIn(block, key)).filter(isData);
  return plainMap(
    maps.flatMap((map) =>
      Object.entries(map).flatMap(([key, value]) => (typeof value === "string" ? [[key, value] as const] : [])),
    ),
  );
};
