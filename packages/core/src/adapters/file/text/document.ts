import { type KeyPath, quoted } from "../../../schema/problems.ts";
import { MAY_BREAK_TEXT, refuseBrokenText } from "./broken-text.ts";
import { invalidInput } from "./invalid-input.ts";
import { duplicateKey, hasDuplicateKeys, jsonLines } from "./json-text.ts";
import { lineAt, parseYaml, refuseOddKeys, refuseSyntaxErrors, yamlData } from "./yaml-text.ts";

/** An input read as data, which can still say where a key stands. */
export interface InputDocument {
  /** Name of the input as the user gave it. */
  readonly file: string;
  readonly data: unknown;
  /** Line of the key at a path, or of the nearest key above it; may read the text again. */
  readonly lineOf: (path: KeyPath) => number | undefined;
  /** Line on which the deepest map or list on a path begins, where it is known without reading again. */
  readonly knownLineOf: (path: KeyPath) => number | undefined;
  /** Throws where a key is given twice. */
  readonly refuseDuplicateKeys: () => void;
}

const alreadyChecked = () => undefined;

const fromYaml = (file: string, text: string): InputDocument => {
  const yaml = parseYaml(file, text);
  refuseSyntaxErrors(file, yaml);
  refuseOddKeys(file, yaml);
  const lineOf = (path: KeyPath) => lineAt(yaml, path);
  return { file, data: yamlData(file, yaml), lineOf, knownLineOf: lineOf, refuseDuplicateKeys: alreadyChecked };
};

const jsonData = (text: string): { readonly data: unknown } | undefined => {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return { data: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const linesOnce = (text: string): InputDocument["lineOf"] => {
  let find: ((path: KeyPath) => number) | undefined;
  return (path) => {
    find ??= jsonLines(text);
    return find(path);
  };
};

const fromJson = (file: string, text: string, data: unknown): InputDocument => ({
  file,
  data,
  lineOf: linesOnce(text),
  knownLineOf: () => undefined,
  refuseDuplicateKeys: () => {
    const twice = hasDuplicateKeys(text, data) ? duplicateKey(text) : undefined;
    if (twice === undefined) return;
    throw invalidInput("duplicate-key", { file, line: twice.line }, `key ${quoted(twice.key)} is given twice`);
  },
});

/** Reads JSON or YAML, told apart by trying: JSON first, since a large inventory is JSON and parses at once. */
export const readDocument = (file: string, text: string): InputDocument => {
  if (text.trim() === "") throw invalidInput("empty-file", { file }, "is empty");
  const json = jsonData(text);
  const document = json === undefined ? fromYaml(file, text) : fromJson(file, text, json.data);
  if (MAY_BREAK_TEXT.test(text)) refuseBrokenText(document);
  return document;
};
