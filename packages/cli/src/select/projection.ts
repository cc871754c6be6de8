import { Decimal } from "@ecs-cost/core/estimate";
import type { TableBlock } from "../render/document/document.ts";
import { dollars } from "../render/document/figures.ts";
import type { Sheet } from "../render/document/sheet.ts";
import { type Fields, fieldOf, tagKeyOf, unknownField } from "./fields.ts";

interface Tagged {
  readonly tags: Readonly<Record<string, string>>;
}

/** The fields that `--fields` names, in its order. */
export interface Projection<T> {
  readonly names: readonly string[];
  readonly read: (thing: T, name: string) => unknown;
}

/** Reads a list such as `name,monthlyCost,tag.team`; `keys` are further keys of the JSON objects. */
export const parseProjection = <T extends Tagged>(
  text: string,
  fields: Fields<T>,
  keys: readonly string[],
): Projection<T> => {
  const names = text.split(",").map((name) => name.trim());
  const known = [...new Set([...Object.keys(fields), ...keys])];
  for (const name of names) {
    if (tagKeyOf(name) === undefined && !known.includes(name)) {
      throw unknownField(name, [...known, "tag.KEY"], "--fields");
    }
  }
  return { names: [...new Set(names)], read: (thing, name) => fieldValue(thing, name, fields) };
};

/** As it stands in the JSON report where it has such a key, otherwise as a filter sees it. */
const fieldValue = <T extends Tagged>(thing: T, name: string, fields: Fields<T>): unknown =>
  Object.hasOwn(thing, name) ? thing[name as keyof T] : fieldOf(name, fields, "--fields")(thing);

/** A thing with the named fields only. */
export const project = <T>(thing: T, { names, read }: Projection<T>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(names.map((name) => [name, read(thing, name)]));

const isMoney = (name: string): boolean => /(?:Cost|Saving)$/.test(name);

const flat = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  if (value instanceof Decimal) return value.toFixed();
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value.join(" ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

/** The named fields as columns of a table; money in dollars. */
export const projectedTable = <T>(things: readonly T[], projection: Projection<T>): TableBlock => ({
  kind: "table",
  columns: projection.names.map((header) => ({ header, ...(isMoney(header) ? { align: "right" } : { cutTo: 8 }) })),
  rows: things.map((thing) =>
    projection.names.map((name) => {
      const value = projection.read(thing, name);
      return isMoney(name) && (value === null || value instanceof Decimal) ? dollars(value) : flat(value);
    }),
  ),
});

/** The named fields as a sheet; figures in full. */
export const projectedSheet = <T>(things: readonly T[], projection: Projection<T>): Sheet => ({
  header: projection.names,
  rows: things.map((thing) => projection.names.map((name) => flat(projection.read(thing, name)))),
});
