import type * as z from "zod/mini";
import { nearestKey } from "./nearest-key.ts";

export type KeyPath = readonly (string | number)[];

/** One thing that is wrong with a document, by the path of its key. */
export interface SchemaProblem {
  readonly path: KeyPath;
  readonly detail: string;
}

type Schema = z.core.$ZodType;
interface Def {
  readonly innerType?: Schema;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly shape?: Readonly<Record<string, Schema>>;
}

const defOf = (schema: Schema): Def => schema._zod.def as unknown as Def;

const shapeAt = (schema: Schema, path: readonly PropertyKey[]): readonly string[] => {
  let here: Schema | undefined = schema;
  for (const step of [...path, undefined]) {
    while (here !== undefined && defOf(here).innerType !== undefined) here = defOf(here).innerType;
    if (here === undefined) return [];
    if (step === undefined) break;
    const { element, shape, valueType } = defOf(here);
    here = typeof step === "number" ? element : (shape?.[String(step)] ?? valueType);
  }
  return here === undefined ? [] : Object.keys(defOf(here).shape ?? {});
};

const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown => {
  let here = data;
  for (const step of path) {
    if (here === null || typeof here !== "object" || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<PropertyKey, unknown>)[step];
  }
  return here;
};

/** Control characters, and those that turn the direction of text or take no room. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal must not get
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text that is safe to print on one line. */
export const printable = (text: string): string =>
  text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** A value of the user's as messages quote it: escaped, on one line, and not too long. */
export const quoted = (value: unknown): string => {
  const json = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? "nothing");
  return printable(json.length > 60 ? `${json.slice(0, 56)}...${typeof value === "string" ? '"' : ""}` : json);
};

const found = (value: unknown): string => {
  if (Array.isArray(value)) return "a list";
  if (value === null) return "nothing";
  return typeof value === "object" ? "a map of keys" : quoted(value);
};

const unknownKey = (key: string, known: readonly string[]): string => {
  const nearest = nearestKey(key, known);
  if (nearest !== undefined) return `unknown key ${quoted(key)}; did you mean ${quoted(nearest)}?`;
  return `unknown key ${quoted(key)}; known here: ${known.join(", ")}`;
};

const asKeyPath = (path: readonly PropertyKey[]): KeyPath =>
  path.map((step) => (typeof step === "number" ? step : String(step)));

const fromIssue = (issue: z.core.$ZodIssue, schema: Schema, data: unknown): SchemaProblem[] => {
  const path = asKeyPath(issue.path);
  if (issue.code === "unrecognized_keys") {
    const known = shapeAt(schema, issue.path);
    return issue.keys.map((key) => ({ path: [...path, key], detail: unknownKey(key, known) }));
  }
  const value = valueAt(data, issue.path);
  if (value === undefined) return [{ path, detail: `is missing; it ${issue.message}` }];
  return [{ path, detail: `${issue.message}, not ${found(value)}` }];
};

/** Everything that is wrong with a document, or an empty list for one that the schema takes. */
export const schemaProblems = (schema: z.ZodMiniType, data: unknown): readonly SchemaProblem[] => {
  const result = schema.safeParse(data);
  return result.success ? [] : result.error.issues.flatMap((issue) => fromIssue(issue, schema, data));
};

const IDENTIFIER = /^[A-Za-z_$][\w$-]*$/;

/** `services[0].task.cpu`. */
export const keyText = (path: KeyPath): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    if (!IDENTIFIER.test(step)) return `${text}[${quoted(step)}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
