import { createRequire } from "node:module";
import type { Document, LineCounter, YAMLMap } from "yaml";
import type { KeyPath } from "../../../schema/problems.ts";
import { printable, quoted } from "../../../schema/problems.ts";
import { shortTags } from "./cloudformation-tags.ts";
import { invalidInput } from "./invalid-input.ts";

/** YAML that was read, with what it takes to find lines in it. */
export interface YamlText {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** Most text that is given to the library, in MiB: it takes about half a second for each. */
const LARGEST_YAML_MIB = 8;
/** Guards against files whose aliases multiply. */
const MOST_ALIASES = 10_000;

/** The YAML library takes as long to load as most files take to read, and JSON does without it. */
const library = (): typeof import("yaml") => {
  loaded ??= createRequire(import.meta.url)("yaml") as typeof import("yaml");
  return loaded;
};
let loaded: typeof import("yaml") | undefined;

const firstLine = (text: string): string => printable(text.split("\n", 1)[0] ?? "").slice(0, 120);

const refuseLarge = (file: string, text: string): void => {
  if (text.length <= LARGEST_YAML_MIB * 1024 * 1024) return;
  throw invalidInput("file-too-large", { file }, `has more than ${LARGEST_YAML_MIB} MiB of YAML`, {
    hint: "Write it as JSON, which is read up to 64 MiB.",
  });
};

const unreadableYaml = (file: string, cause: unknown) =>
  invalidInput("nested-too-deeply", { file }, "is nested too deeply, or cannot be read as YAML", { cause });

/** The library takes seconds to find out that brackets open without end. */
const NESTS_DEEPLY = /(?:[[{]\s*){300}/;

/** Parses YAML, or JSON as YAML, whatever is wrong with it. */
export const parseYaml = (file: string, text: string): YamlText => {
  refuseLarge(file, text);
  if (NESTS_DEEPLY.test(text)) throw unreadableYaml(file, undefined);
  const { LineCounter: Lines, parseDocument } = library();
  const lines = new Lines();
  const options = {
    lineCounter: lines,
    uniqueKeys: false,
    merge: true,
    prettyErrors: false,
    logLevel: "error",
    customTags: shortTags(library()),
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
  if (/call stack/.test(error.message)) throw unreadableYaml(file, error);
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

const refuseKeysOf = (file: string, { lines }: YamlText, map: YAMLMap): void => {
  const seen = new Set<string>();
  for (const pair of map.items) {
    const key = keyOf(pair);
    const offset = library().isNode(pair.key) ? pair.key.range?.[0] : undefined;
    const where = { file, line: lines.linePos(offset ?? 0).line };
    if (key === undefined) throw invalidInput("invalid-syntax", where, "a key must be text, not a map, list or alias");
    if (key !== "<<" && seen.has(key)) throw invalidInput("duplicate-key", where, `key ${quoted(key)} is given twice`);
    seen.add(key);
  }
};

/** Throws where a map has the same key twice, or a key that is not a scalar. */
export const refuseOddKeys = (file: string, yaml: YamlText): void => {
  const { isMap, isSeq } = library();
  const left: unknown[] = [yaml.document.contents];
  while (left.length > 0) {
    const node = left.pop();
    if (isSeq(node)) for (const item of node.items) left.push(item);
    if (!isMap(node)) continue;
    refuseKeysOf(file, yaml, node);
    for (const pair of node.items) left.push(pair.value);
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

/** Where the scalar at a path of the text stands; undefined where there is none, or an alias. */
export const scalarSpan = (
  { document }: YamlText,
  path: KeyPath,
): { readonly offset: number; readonly length: number } | undefined => {
  const { isMap, isScalar, isSeq } = library();
  let node: unknown = document.contents;
  for (const step of path) {
    if (isSeq(node) && typeof step === "number") node = node.items[step];
    else if (isMap(node)) node = node.items.find((item) => keyOf(item) === String(step))?.value;
    else return undefined;
  }
  const range = isScalar(node) ? node.range : undefined;
  return range == null ? undefined : { offset: range[0], length: range[1] - range[0] };
};
