import { isData } from "../planned/block.ts";

type Data = Readonly<Record<string, unknown>>;

const LOOP = "Fn::ForEach::";
/** Guards against loops that multiply. */
const MOST_ENTRIES = 20_000;
const DEEPEST = 60;

/** What the loops of a template become, and those that could not be expanded. */
export interface Expanded {
  readonly data: Data;
  readonly open: readonly string[];
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

const written = (text: string, name: string, value: string): string =>
  text.replaceAll(`\${${name}}`, value).replaceAll(`&{${name}}`, value.replaceAll(/[^A-Za-z0-9]/g, ""));

/** The identifier of a loop, put in wherever it stands. */
const put = (value: unknown, name: string, item: string, depth = 0): unknown => {
  if (depth > DEEPEST) return value;
  if (typeof value === "string") return written(value, name, item);
  if (Array.isArray(value)) return value.map((part) => put(part, name, item, depth + 1));
  if (!isData(value)) return value;
  if (Object.keys(value).length === 1 && value["Ref"] === name) return item;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [written(key, name, item), put(part, name, item, depth + 1)]),
  );
};

interface Loop {
  readonly name: string;
  readonly items: unknown;
  readonly output: Data;
}

const loopOf = (value: unknown): Loop | undefined => {
  const [name, items, output] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  return typeof name === "string" && isData(output) ? { name, items, output } : undefined;
};

/**
 * Expands the loops of a map of a template, nested ones too, as the transform AWS::LanguageExtensions does. `resolve` works
 * out the list that a loop goes over; a loop whose list is not known stays out and is named.
 */
export const expandLoops = (data: Data, resolve: (value: unknown) => unknown): Expanded => {
  const open: string[] = [];
  let entries = 0;
  const expandLoop = (key: string, value: unknown, depth: number): (readonly [string, unknown])[] => {
    const loop = loopOf(value);
    const items = loop === undefined ? undefined : resolve(loop.items);
    if (loop === undefined || !Array.isArray(items) || !items.every(isScalar)) {
      open.push(key);
      return [];
    }
    return items.flatMap((item) => {
      const filled = put(loop.output, loop.name, String(item));
      return isData(filled) ? pairsOf(filled, depth + 1) : [];
    });
  };
  const pairsOf = (map: Data, depth: number): (readonly [string, unknown])[] =>
    Object.entries(map).flatMap(([key, value]) => {
      entries += 1;
      if (entries > MOST_ENTRIES || depth > DEEPEST) return [];
      return key.startsWith(LOOP) ? expandLoop(key, value, depth) : [[key, inside(value, depth + 1)] as const];
    });
  const inside = (value: unknown, depth: number): unknown => {
    if (depth > DEEPEST) return value;
    if (Array.isArray(value)) return value.map((part) => inside(part, depth + 1));
    return isData(value) ? Object.fromEntries(pairsOf(value, depth)) : value;
  };
  const hasLoops = JSON.stringify(data).includes(LOOP);
  return { data: hasLoops ? Object.fromEntries(pairsOf(data, 0)) : data, open };
};
