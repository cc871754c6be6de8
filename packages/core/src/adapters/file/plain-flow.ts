import { addKey, BEYOND, plainScalar } from "./plain-scalar.ts";
import type { Cursor } from "./plain-yaml.ts";

const DEEPEST = 32;
const PLAIN_KEY = /[A-Za-z_][A-Za-z0-9_.-]{0,200}(?=:(?: |$))/y;
const QUOTED = /"([^"\\]*)"|'([^']*)'(?!')/y;
const PLAIN = /[^,[\]{}]+/y;

interface Flow {
  readonly cursor: Cursor;
  /** Lines that go on with a collection stand deeper than this. */
  readonly indent: number;
  column: number;
  depth: number;
}

const textOf = (flow: Flow): string => flow.cursor.lines[flow.cursor.at]?.text ?? "";

/** The next character that is neither space nor comment, on this line or a later one. */
const peek = (flow: Flow): string => {
  for (;;) {
    const text = textOf(flow);
    const start = flow.column;
    while (text[flow.column] === " ") flow.column++;
    const character = text[flow.column];
    const isComment = character === "#" && flow.column > start;
    if (character !== undefined && !isComment) return character;
    flow.cursor.at++;
    flow.column = 0;
    const next = flow.cursor.lines[flow.cursor.at];
    if (next === undefined || next.indent <= flow.indent) throw BEYOND;
  }
};

const take = (flow: Flow, pattern: RegExp): RegExpExecArray => {
  pattern.lastIndex = flow.column;
  const match = pattern.exec(textOf(flow));
  if (match === null) throw BEYOND;
  flow.column = pattern.lastIndex;
  return match;
};

const quoted = (flow: Flow): string => {
  const match = take(flow, QUOTED);
  return match[1] ?? match[2] ?? "";
};

const plain = (flow: Flow): unknown => {
  const start = flow.column;
  const text = take(flow, PLAIN)[0];
  const comment = text.indexOf(" #");
  const content = (comment < 0 ? text : text.slice(0, comment)).replace(/ +$/, "");
  flow.column = start + content.length;
  return plainScalar(content);
};

const value = (flow: Flow): unknown => {
  const character = peek(flow);
  if (character === "{" || character === "[") return collection(flow);
  return character === '"' || character === "'" ? quoted(flow) : plain(flow);
};

const entry = (flow: Flow, result: Record<string, unknown>): void => {
  const character = peek(flow);
  const key = character === '"' || character === "'" ? quoted(flow) : take(flow, PLAIN_KEY)[0];
  take(flow, /:(?= |$)/y);
  addKey(result, key, value(flow));
};

const members = (flow: Flow, close: string, read: () => void): void => {
  flow.column++;
  while (peek(flow) !== close) {
    read();
    const next = peek(flow);
    if (next === ",") flow.column++;
    else if (next !== close) throw BEYOND;
  }
  flow.column++;
};

const collection = (flow: Flow): unknown => {
  if (flow.depth >= DEEPEST) throw BEYOND;
  flow.depth++;
  const isMap = textOf(flow)[flow.column] === "{";
  const map: Record<string, unknown> = {};
  const list: unknown[] = [];
  flow.cursor.begins.set(isMap ? map : list, flow.cursor.lines[flow.cursor.at]?.number ?? 1);
  if (isMap) members(flow, "}", () => entry(flow, map));
  else members(flow, "]", () => list.push(value(flow)));
  flow.depth--;
  return isMap ? map : list;
};

/** Reads a flow collection that begins at a column of the current line, and leaves the cursor on its last line. */
export const flowCollection = (cursor: Cursor, column: number, indent: number): unknown => {
  const flow: Flow = { cursor, indent, column, depth: 0 };
  const result = collection(flow);
  if (!/^ *(?: #.*)?$/.test(textOf(flow).slice(flow.column))) throw BEYOND;
  return result;
};
