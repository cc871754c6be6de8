import { createRequire } from "node:module";
import type { Document, LineCounter } from "yaml";
import type { KeyPath } from "../../schema/problems.ts";
import { quoted } from "../../schema/problems.ts";
import { invalidInput } from "./invalid-input.ts";

/** YAML that was read, with what it takes to find lines in it. */
export interface YamlText {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** Most YAML that is read, in bytes: it takes about half a second per MiB. */
export const LARGEST_YAML = 16 * 1024 * 1024;
/** Guards against files whose aliases multiply. */
const MOST_ALIASES = 10_000;

/** The YAML library takes as long to load as most files take to read, and JSON does without it. */
const library = (): typeof import("yaml") => createRequire(import.meta.url)("yaml");

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";

const unreadableYaml = (file: string, cause: unknown) =>
  invalidInput("nested-too-deeply", { file }, "is nested too deeply, or cannot be read as YAML", { cause });

/** Parses YAML, or JSON as YAML, whatever is wrong with it. */
export const parseYaml = (file: string, text: string): YamlText => {
  const { LineCounter: Lines, parseDocument } = library();
  const lines = new Lines();
  const options = {
    lineCounter: lines,
    uniqueKeys: false,
    merge: true,
    prettyErrors: false,
    logLevel: "error",
  } as const;
  try {
    return { document: parseDocument(text, options), lines };
  } catch (cause) {
    throw unreadableYaml(file, cause);
  }
};

/** Throws where the text is not one well-formed YAML document. */
export const refuseSyntaxErrors = (file: string, { document, lines }: YamlText): void => {
  const error = document.errors[0];
  if (error === undefined) return;
  const { line } = lines.linePos(error.pos[0]);
  if (error.code === "MULTIPLE_DOCS") {
    throw invalidInput("several-documents", { file, line }, "a second YAML document begins here; one file holds one");
  }
  throw invalidInput("invalid-syntax", { file, line }, `is not valid YAML or JSON: ${firstLine(error.message)}`);
};

const keyOf = (pair: { readonly key: unknown }): string | undefined => {
  const { key } = pair;
  return library().isScalar(key) ? String(key.value) : undefined;
};

/** Throws where a map has the same key twice. */
export const refuseDuplicateKeys = (file: string, { document, lines }: YamlText): void => {
  const { isMap, isNode, isSeq } = library();
  const left: unknown[] = [document.contents];
  while (left.length > 0) {
    const node = left.pop();
    if (isSeq(node)) for (const item of node.items) left.push(item);
    if (!isMap(node)) continue;
    const seen = new Set<string>();
    for (const pair of node.items) {
      const key = keyOf(pair);
      if (key !== undefined && key !== "<<" && seen.has(key)) {
        const { line } = lines.linePos(isNode(pair.key) ? (pair.key.range?.[0] ?? 0) : 0);
        throw invalidInput("duplicate-key", { file, line }, `key ${quoted(key)} is given twice`);
      }
      if (key !== undefined) seen.add(key);
      left.push(pair.value);
    }
  }
};

/** The data of a document, its aliases resolved. */
export const yamlData = (file: string, { document }: YamlText): unknown => {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw unreadableYaml(file, cause);
    const detail = `its aliases cannot be resolved: ${firstLine(cause.message)}`;
    throw invalidInput("too-many-aliases", { file }, detail, { cause });
  }
};

/** Line of the deepest key on a path that stands in the text. */
export const lineAt = ({ document, lines }: YamlText, path: KeyPath): number | undefined => {
  const { isAlias, isMap, isNode, isSeq } = library();
  let node: unknown = document.contents;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isSeq(node) && typeof step === "number") {
      node = node.items[step];
      offset = isNode(node) ? (node.range?.[0] ?? offset) : offset;
    } else if (isMap(node)) {
      const pair = node.items.find((item) => keyOf(item) === String(step));
      if (pair === undefined) break;
      offset = isNode(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else break;
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
};
