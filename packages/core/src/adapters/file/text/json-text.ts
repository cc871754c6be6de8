import type { KeyPath } from "../../../schema/problems.ts";

const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;

/** Index of the quote that ends the string which begins at `start`. */
const stringEnd = (text: string, start: number): number => {
  let end = text.indexOf('"', start + 1);
  while (end > 0) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
};

const skipSpace = (text: string, start: number): number => {
  let at = start;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return at;
};

/** Index after the value that begins at `start`. */
const skipValue = (text: string, start: number): number => {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = stringEnd(text, at);
    else if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]" || character === ",") {
      if (depth === 0) return at;
      if (character !== ",") depth--;
    }
    if (depth === 0 && (character === '"' || character === "}" || character === "]")) return at + 1;
  }
  return text.length;
};

/** Where a member's name and value begin; undefined where the map or list at `open` has no such member. */
const member = (text: string, open: number, step: string | number) => {
  const isMap = text[open] === "{";
  if (!isMap && text[open] !== "[") return undefined;
  let at = skipSpace(text, open + 1);
  for (let index = 0; at < text.length && text[at] !== "}" && text[at] !== "]"; index++) {
    const begin = at;
    const end = isMap ? stringEnd(text, at) + 1 : at;
    const value = isMap ? skipSpace(text, skipSpace(text, end) + 1) : at;
    if (isMap ? JSON.parse(text.slice(begin, end)) === step : index === step) return { begin, value };
    at = skipSpace(text, skipValue(text, value));
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return undefined;
};

const lineAt = (text: string, offset: number): number => {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
};

/** Line of the deepest key on a path that stands in well-formed JSON. */
export const jsonLine = (text: string, path: KeyPath): number => jsonLines(text)(path);

interface Member {
  readonly begin: number;
  readonly value: number;
}

/** Members of the map or list at `open`, by name or index. */
const members = (text: string, open: number): ReadonlyMap<string | number, Member> => {
  const found = new Map<string | number, Member>();
  const isMap = text[open] === "{";
  if (!isMap && text[open] !== "[") return found;
  let at = skipSpace(text, open + 1);
  for (let index = 0; at < text.length && text[at] !== "}" && text[at] !== "]"; index++) {
    const end = isMap ? stringEnd(text, at) + 1 : at;
    const value = isMap ? skipSpace(text, skipSpace(text, end) + 1) : at;
    const key: string | number = isMap ? (JSON.parse(text.slice(at, end)) as string) : index;
    if (!found.has(key)) found.set(key, { begin: at, value });
    at = skipSpace(text, skipValue(text, value));
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return found;
};

/** The same for many paths of one text: what was walked through once is remembered. */
export const jsonLines = (text: string): ((path: KeyPath) => number) => {
  const walked = new Map<number, ReadonlyMap<string | number, Member>>();
  let ends: readonly number[] | undefined;
  const inside = (open: number): ReadonlyMap<string | number, Member> => {
    const known = walked.get(open) ?? members(text, open);
    walked.set(open, known);
    return known;
  };
  return (path) => {
    let here: Member = { begin: skipSpace(text, 0), value: skipSpace(text, 0) };
    for (const step of path) {
      const found = inside(here.value).get(step);
      if (found === undefined) break;
      here = found;
    }
    ends ??= lineEnds(text);
    return 1 + endsBefore(ends, here.begin);
  };
};

const lineEnds = (text: string): readonly number[] => {
  const ends: number[] = [];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) ends.push(at);
  return ends;
};

/** How many of ascending places come before one. */
const endsBefore = (ends: readonly number[], place: number): number => {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Where the value at a path of well-formed JSON begins and ends; undefined where there is none. */
export const jsonSpan = (text: string, path: KeyPath): { readonly begin: number; readonly end: number } | undefined => {
  let begin = skipSpace(text, 0);
  for (const step of path) {
    const found = member(text, begin, step);
    if (found === undefined) return undefined;
    begin = found.value;
  }
  const end = skipValue(text, begin);
  return { begin, end: begin + text.slice(begin, end).trimEnd().length };
};

/** The first key that its map has already, and its line; `JSON.parse` passes over it. */
export const duplicateKey = (text: string): { readonly key: string; readonly line: number } | undefined => {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "{" || character === "[") open.push(new Set());
    else if (character === "}" || character === "]") open.pop();
    if (character !== '"') continue;
    const end = stringEnd(text, at);
    if (text.charCodeAt(skipSpace(text, end + 1)) === COLON) {
      const key: string = JSON.parse(text.slice(at, end + 1));
      if (open.at(-1)?.has(key)) return { key, line: lineAt(text, at) };
      open.at(-1)?.add(key);
    }
    at = end;
  }
  return undefined;
};

const writtenKeys = (text: string): number => {
  let keys = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = stringEnd(text, at);
    else if (code === COLON) keys++;
  }
  return keys;
};

const heldKeys = (data: unknown): number => {
  let keys = 0;
  const left = [data];
  while (left.length > 0) {
    const value = left.pop();
    if (value === null || typeof value !== "object") continue;
    const parts: unknown[] = Object.values(value);
    if (!Array.isArray(value)) keys += parts.length;
    for (const part of parts) left.push(part);
  }
  return keys;
};

/** Whether the text writes more keys than its data holds: quicker than looking for the key. */
export const hasDuplicateKeys = (text: string, data: unknown): boolean => writtenKeys(text) !== heldKeys(data);
