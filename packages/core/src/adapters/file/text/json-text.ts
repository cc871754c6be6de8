import { createRequire } from "node:module";
import type { Node, SyntaxKind } from "jsonc-parser";
import type { KeyPath } from "../../../schema/problems.ts";

const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;

/** Only messages and patches need places: reading a file does not load it. */
const library = (): typeof import("jsonc-parser") => {
  loaded ??= createRequire(import.meta.url)("jsonc-parser") as typeof import("jsonc-parser");
  return loaded;
};
let loaded: typeof import("jsonc-parser") | undefined;

/** Undefined for a text that nests too deeply. */
const treeOf = (text: string): Node | undefined => {
  try {
    return library().parseTree(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/** A member of a map or list, with its name where it has one. */
interface Member {
  readonly begin: number;
  readonly value: Node;
}

const memberOf = (node: Node): Member[] => {
  const value = node.type === "property" ? node.children?.[1] : node;
  return value === undefined ? [] : [{ begin: node.offset, value }];
};

/** Members by name or index; of two with one name the first counts. */
const members = ({ type, children = [] }: Node): ReadonlyMap<unknown, Member> =>
  new Map(
    children
      .map((child, index) => [type === "object" ? child.children?.[0]?.value : index, memberOf(child)] as const)
      .flatMap(([key, found]) => found.map((member) => [key, member] as const))
      .toReversed(),
  );

/** The members on a path, as far as it goes. What was walked through once is remembered. */
const walker = (text: string): ((path: KeyPath) => readonly Member[]) => {
  const root = treeOf(text);
  const walked = new Map<Node, ReadonlyMap<unknown, Member>>();
  const inside = (node: Node): ReadonlyMap<unknown, Member> => {
    const known = walked.get(node) ?? members(node);
    walked.set(node, known);
    return known;
  };
  return (path) => {
    if (root === undefined) return [];
    const found: Member[] = [{ begin: root.offset, value: root }];
    for (const step of path) {
      const next = inside(found.at(-1)?.value ?? root).get(step);
      if (next === undefined) break;
      found.push(next);
    }
    return found;
  };
};

/** Line of the deepest key on a path that stands in well-formed JSON. */
export const jsonLine = (text: string, path: KeyPath): number => jsonLines(text)(path);

/** The same for many paths of one text. */
export const jsonLines = (text: string): ((path: KeyPath) => number) => {
  const walk = walker(text);
  const ends = lineEnds(text);
  return (path) => 1 + endsBefore(ends, walk(path).at(-1)?.begin ?? 0);
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

/** A part of a text, as the library edits it. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** Where the values at paths of well-formed JSON stand; undefined where there is none. */
export const jsonSpans = (text: string): ((path: KeyPath) => Span | undefined) => {
  const walk = walker(text);
  return (path) => {
    const found = walk(path);
    const value = found[path.length]?.value;
    return value === undefined ? undefined : { offset: value.offset, length: value.length };
  };
};

/** The text with parts of it replaced, in whichever order they are given. */
export const replaced = (text: string, edits: readonly (Span & { readonly content: string })[]): string =>
  library().applyEdits(text, [...edits]);

/** Tokens of the scanner, whose enumeration is gone when the program runs. */
const TOKEN = { openBrace: 1, closeBrace: 2, colon: 6, string: 10, end: 17 } as const satisfies Record<
  string,
  SyntaxKind
>;

/** The first key that its map has already, and its line; `JSON.parse` passes over it. */
export const duplicateKey = (text: string): { readonly key: string; readonly line: number } | undefined => {
  const scanner = library().createScanner(text, true);
  const open: Set<string>[] = [];
  let before = { key: "", line: 0 };
  for (let token: number = scanner.scan(); token !== TOKEN.end; token = scanner.scan()) {
    if (token === TOKEN.openBrace) open.push(new Set());
    if (token === TOKEN.closeBrace) open.pop();
    if (token === TOKEN.string) before = { key: scanner.getTokenValue(), line: scanner.getTokenStartLine() + 1 };
    if (token !== TOKEN.colon) continue;
    if (open.at(-1)?.has(before.key)) return before;
    open.at(-1)?.add(before.key);
  }
  return undefined;
};

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
