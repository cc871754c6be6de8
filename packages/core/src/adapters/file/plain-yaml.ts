import { flowCollection } from "./plain-flow.ts";
import { addKey, BEYOND, plainScalar } from "./plain-scalar.ts";

/** A line that is neither blank nor a comment. */
interface PlainLine {
  readonly indent: number;
  readonly text: string;
  /** Counted from 1. */
  readonly number: number;
}

/** Where reading stands. */
export interface Cursor {
  readonly lines: PlainLine[];
  at: number;
  depth: number;
  /** Line on which each map and list begins. */
  readonly begins: WeakMap<object, number>;
}

/** Data of a plain YAML text, and the lines on which its maps and lists begin. */
export interface PlainYaml {
  readonly data: unknown;
  readonly begins: WeakMap<object, number>;
}

const DEEPEST = 64;
const KEY = /^([A-Za-z_][A-Za-z0-9_.-]{0,200}):(?: +|$)/;
/** Tabs, other control characters and lone carriage returns. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what plain text must not have
const STRANGE = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff]|\r(?!\n)/;

const linesOf = (text: string): PlainLine[] => {
  const lines: PlainLine[] = [];
  let number = 0;
  for (const raw of text.split("\n")) {
    number++;
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    const indent = line.search(/[^ ]/);
    if (indent < 0 || line[indent] === "#") continue;
    if (indent === 0 && /^(?:---|\.\.\.|%)/.test(line) && !(line === "---" && lines.length === 0)) throw BEYOND;
    if (line !== "---") lines.push({ indent, text: line.slice(indent), number });
  }
  return lines;
};

const isDash = (line: PlainLine): boolean => line.text === "-" || line.text.startsWith("- ");
const isNothing = (rest: string): boolean => rest === "" || rest.startsWith("#");

const quotedScalar = (rest: string): string => {
  const match = /^(?:"([^"\\]*)"|'([^']*)') *(?: #.*)?$/.exec(rest);
  const value = match?.[1] ?? match?.[2];
  if (value === undefined) throw BEYOND;
  return value;
};

const scalar = (rest: string): unknown => {
  if (rest.startsWith('"') || rest.startsWith("'")) return quotedScalar(rest);
  const comment = rest.indexOf(" #");
  return plainScalar((comment < 0 ? rest : rest.slice(0, comment)).replace(/ +$/, ""));
};

/** What follows on deeper lines, or null where nothing does; a list may stand as deep as the key it belongs to. */
const below = (cursor: Cursor, indent: number, listBeside: boolean): unknown => {
  cursor.at++;
  const next = cursor.lines[cursor.at];
  if (next === undefined) return null;
  if (next.indent > indent) return node(cursor);
  return listBeside && next.indent === indent && isDash(next) ? sequence(cursor, indent) : null;
};

const inline = (cursor: Cursor, column: number, indent: number): unknown => {
  const line = cursor.lines[cursor.at];
  const rest = line?.text.slice(column) ?? "";
  const isFlow = rest.startsWith("{") || rest.startsWith("[");
  const value = isFlow ? flowCollection(cursor, column, indent) : scalar(rest);
  cursor.at++;
  if ((cursor.lines[cursor.at]?.indent ?? 0) > indent) throw BEYOND;
  return value;
};

const map = (cursor: Cursor, indent: number): unknown => {
  const result: Record<string, unknown> = {};
  cursor.begins.set(result, cursor.lines[cursor.at]?.number ?? 1);
  for (let line = cursor.lines[cursor.at]; line?.indent === indent; line = cursor.lines[cursor.at]) {
    const match = KEY.exec(line.text);
    if (match === null) throw BEYOND;
    const column = match[0].length;
    const value = isNothing(line.text.slice(column)) ? below(cursor, indent, true) : inline(cursor, column, indent);
    addKey(result, match[1] ?? "", value);
  }
  return result;
};

const item = (cursor: Cursor, line: PlainLine): unknown => {
  const content = line.text.slice(1).replace(/^ +/, "");
  if (isNothing(content)) return below(cursor, line.indent, false);
  const column = line.text.length - content.length;
  if (content.startsWith("- ") || content === "-") throw BEYOND;
  if (!KEY.test(content)) return inline(cursor, column, line.indent);
  const indent = line.indent + column;
  cursor.lines[cursor.at] = { indent, text: content, number: line.number };
  return map(cursor, indent);
};

const sequence = (cursor: Cursor, indent: number): unknown => {
  const result: unknown[] = [];
  cursor.begins.set(result, cursor.lines[cursor.at]?.number ?? 1);
  for (let line = cursor.lines[cursor.at]; line?.indent === indent && isDash(line); line = cursor.lines[cursor.at]) {
    result.push(item(cursor, line));
  }
  return result;
};

const node = (cursor: Cursor): unknown => {
  const line = cursor.lines[cursor.at];
  if (line === undefined || cursor.depth >= DEEPEST) throw BEYOND;
  cursor.depth++;
  const value = isDash(line) ? sequence(cursor, line.indent) : map(cursor, line.indent);
  cursor.depth--;
  return value;
};

/**
 * Reads the YAML that people write by hand: block maps and lists, flow collections, scalars of one line, comments.
 * Undefined for anything else, also for anything wrong: the YAML library is slower by far and judges that.
 */
export const readPlainYaml = (text: string): PlainYaml | undefined => {
  if (STRANGE.test(text)) return undefined;
  const begins = new WeakMap<object, number>();
  try {
    const cursor: Cursor = { lines: linesOf(text), at: 0, depth: 0, begins };
    const data = node(cursor);
    return cursor.at === cursor.lines.length ? { data, begins } : undefined;
  } catch (error) {
    if (error === BEYOND) return undefined;
    throw error;
  }
};
