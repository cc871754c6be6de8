import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument as parseYaml,
  type Document as YamlDocument,
} from "yaml";
import type { KeyPath } from "../../schema/problems.ts";
import { quoted } from "../../schema/problems.ts";
import { invalidInput } from "./invalid-input.ts";

/** An input read as data, which can still say where a key stands. */
export interface InputDocument {
  /** Name of the input as the user gave it. */
  readonly file: string;
  readonly data: unknown;
  /** Whether lines are known without reading the text again. */
  readonly linesKnown: boolean;
  /** Line of the key at a path, or of the nearest key above it. */
  readonly lineOf: (path: KeyPath) => number | undefined;
}

const LARGEST_YAML = 16 * 1024 * 1024;
/** Guards against files whose aliases multiply. */
const MOST_ALIASES = 10_000;

interface ParsedYaml {
  readonly document: YamlDocument.Parsed;
  readonly lines: LineCounter;
}

const tooDeep = (file: string, cause: unknown) =>
  invalidInput("nested-too-deeply", { file }, "is nested too deeply or cannot be read as YAML", { cause });

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";

const parse = (file: string, text: string): ParsedYaml => {
  const lines = new LineCounter();
  try {
    const document = parseYaml(text, {
      lineCounter: lines,
      uniqueKeys: false,
      merge: true,
      prettyErrors: false,
      logLevel: "error",
    });
    return { document, lines };
  } catch (cause) {
    throw tooDeep(file, cause);
  }
};

const syntaxError = (file: string, { document, lines }: ParsedYaml) => {
  const error = document.errors[0];
  if (error === undefined) return undefined;
  const line = lines.linePos(error.pos[0]).line;
  if (error.code === "MULTIPLE_DOCS") {
    return invalidInput("several-documents", { file, line }, "a second YAML document begins here; one file holds one");
  }
  return invalidInput("invalid-syntax", { file, line }, `is not valid YAML or JSON: ${firstLine(error.message)}`);
};

const keyOf = (pair: unknown): string | undefined => {
  if (!isPair(pair)) return undefined;
  const { key } = pair;
  return isScalar(key) ? String(key.value) : undefined;
};

const refuseDuplicates = (file: string, { document, lines }: ParsedYaml): void => {
  const left: unknown[] = [document.contents];
  while (left.length > 0) {
    const node = left.pop();
    if (isSeq(node)) for (const item of node.items) left.push(item);
    if (!isMap(node)) continue;
    const seen = new Set<string>();
    for (const pair of node.items) {
      const key = keyOf(pair);
      if (key !== undefined && key !== "<<" && seen.has(key)) {
        const line = isNode(pair.key) ? lines.linePos(pair.key.range?.[0] ?? 0).line : 1;
        throw invalidInput("duplicate-key", { file, line }, `key ${quoted(key)} is given twice`);
      }
      if (key !== undefined) seen.add(key);
      left.push(pair.value);
    }
  }
};

const toData = (file: string, { document }: ParsedYaml): unknown => {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (cause) {
    if (cause instanceof ReferenceError) {
      throw invalidInput("too-many-aliases", { file }, `its aliases cannot be resolved: ${firstLine(cause.message)}`, {
        cause,
      });
    }
    throw tooDeep(file, cause);
  }
};

/** Line of the deepest key on the path that stands in the text. */
const lineAt = ({ document, lines }: ParsedYaml, path: KeyPath): number | undefined => {
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

const fromYaml = (file: string, text: string): InputDocument => {
  if (text.length > LARGEST_YAML) {
    throw invalidInput("file-too-large", { file }, `has more than ${LARGEST_YAML / 1024 / 1024} MiB of YAML`, {
      hint: "JSON is read faster: up to 64 MiB of it.",
    });
  }
  const parsed = parse(file, text);
  const error = syntaxError(file, parsed);
  if (error !== undefined) throw error;
  refuseDuplicates(file, parsed);
  return { file, data: toData(file, parsed), linesKnown: true, lineOf: (path) => lineAt(parsed, path) };
};

const jsonData = (text: string): { readonly data: unknown } | undefined => {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return { data: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const fromJson = (file: string, text: string, data: unknown): InputDocument => {
  let parsed: ParsedYaml | undefined;
  const lineOf = (path: KeyPath) => {
    if (text.length > LARGEST_YAML) return undefined;
    parsed ??= parse(file, text);
    return lineAt(parsed, path);
  };
  return { file, data, linesKnown: false, lineOf };
};

/** Reads JSON or YAML, told apart by trying: JSON first, since a large inventory is JSON. */
export const readDocument = (file: string, text: string): InputDocument => {
  if (text.trim() === "") throw invalidInput("empty-file", { file }, "is empty");
  const json = jsonData(text);
  return json === undefined ? fromYaml(file, text) : fromJson(file, text, json.data);
};
