import { isData } from "../planned/block.ts";
import { type Reference, UNKNOWN } from "../planned/planned.ts";
import { LINK, referenceOf, type ValueLink } from "../planned/value-link.ts";

const PARTS: unique symbol = Symbol("parts");
const IMPORT: unique symbol = Symbol("import");

/** Stands where a setting is taken away by `AWS::NoValue`. */
export const NO_VALUE: unique symbol = Symbol("no value");

/** Text of which some parts are not known or are links. */
interface PartialText {
  readonly [PARTS]: readonly unknown[];
}

interface ImportedValue {
  readonly [IMPORT]: string;
}

/** A link to a resource of a stack. */
export const linkTo = (to: string, attribute: string): ValueLink => ({ [LINK]: true, to, attribute });

/** A value that another stack exports. */
export const importOf = (name: string): ImportedValue => ({ [IMPORT]: name });

/** Parts of a text that is not wholly known; undefined for any other value. */
export const partsOf = (value: unknown): readonly unknown[] | undefined =>
  typeof value === "object" && value !== null && PARTS in value ? (value as PartialText)[PARTS] : undefined;

const flat = (value: unknown): readonly unknown[] => partsOf(value) ?? [value];

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

/** Puts parts together: text where all of them are known, a part that stands alone as it is. */
export const concat = (parts: readonly unknown[]): unknown => {
  const all = parts.flatMap(flat).filter((part) => part !== "");
  if (all.every(isScalar)) return all.join("");
  return all.length === 1 ? all[0] : { [PARTS]: all };
};

/** What a value names: a resource, an export of another stack, or text. */
export const toReference = (value: unknown): Reference => {
  if (value === undefined || value === null) return undefined;
  if (isScalar(value)) return String(value);
  const link = referenceOf(value);
  if (link !== undefined) return { to: link.to };
  if (typeof value === "object" && IMPORT in value) return { importName: (value as ImportedValue)[IMPORT] };
  return UNKNOWN;
};

const DEEPEST = 40;

/** Keys of the resources that a value names, anywhere in it. */
export const linksIn = (value: unknown, depth = 0): readonly string[] => {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return [];
  const link = referenceOf(value);
  if (link !== undefined) return [link.to];
  const parts = partsOf(value) ?? (Array.isArray(value) ? value : isPlain(value) ? Object.values(value) : []);
  return parts.flatMap((part) => linksIn(part, depth + 1));
};

/** Whether a value is a map of settings rather than something that is resolved or unknown. */
export const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isData(value) && Object.getOwnPropertySymbols(value).length === 0;
