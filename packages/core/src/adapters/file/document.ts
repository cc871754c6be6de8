import type { KeyPath } from "../../schema/problems.ts";
import { invalidInput } from "./invalid-input.ts";
import { hasDuplicateKeys } from "./json-keys.ts";
import {
  LARGEST_YAML,
  lineAt,
  parseYaml,
  refuseDuplicateKeys,
  refuseSyntaxErrors,
  type YamlText,
  yamlData,
} from "./yaml-text.ts";

/** An input read as data, which can still say where a key stands. */
export interface InputDocument {
  /** Name of the input as the user gave it. */
  readonly file: string;
  readonly data: unknown;
  /** Line of the key at a path, or of the nearest key above it; may read the text again. */
  readonly lineOf: (path: KeyPath) => number | undefined;
  /** The same where it is known already. */
  readonly knownLineOf: (path: KeyPath) => number | undefined;
  /** Throws where a key is given twice. */
  readonly refuseDuplicateKeys: () => void;
}

const refuseLargeYaml = (file: string, text: string): void => {
  if (text.length <= LARGEST_YAML) return;
  throw invalidInput("file-too-large", { file }, `has more than ${LARGEST_YAML / 1024 / 1024} MiB of YAML`, {
    hint: "JSON is read faster: up to 64 MiB of it.",
  });
};

const fromYaml = (file: string, text: string): InputDocument => {
  refuseLargeYaml(file, text);
  const yaml = parseYaml(file, text);
  refuseSyntaxErrors(file, yaml);
  refuseDuplicateKeys(file, yaml);
  const lineOf = (path: KeyPath) => lineAt(yaml, path);
  return { file, data: yamlData(file, yaml), lineOf, knownLineOf: lineOf, refuseDuplicateKeys: () => undefined };
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
  let yaml: YamlText | undefined;
  const read = () => {
    if (text.length <= LARGEST_YAML) yaml ??= parseYaml(file, text);
    return yaml;
  };
  return {
    file,
    data,
    lineOf: (path) => {
      const parsed = read();
      return parsed === undefined ? undefined : lineAt(parsed, path);
    },
    knownLineOf: () => undefined,
    refuseDuplicateKeys: () => {
      const parsed = hasDuplicateKeys(text, data) ? read() : undefined;
      if (parsed !== undefined) refuseDuplicateKeys(file, parsed);
    },
  };
};

/** Reads JSON or YAML, told apart by trying: JSON first, since a large inventory is JSON. */
export const readDocument = (file: string, text: string): InputDocument => {
  if (text.trim() === "") throw invalidInput("empty-file", { file }, "is empty");
  const json = jsonData(text);
  return json === undefined ? fromYaml(file, text) : fromJson(file, text, json.data);
};
