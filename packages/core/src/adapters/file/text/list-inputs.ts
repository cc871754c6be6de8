import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { invalidInput } from "./invalid-input.ts";
import { unreadable } from "./read-text.ts";

/** One file to read. */
export interface InputFile {
  /** As the user gave it, or as it stands below the folder that the user gave. */
  readonly file: string;
  readonly realPath: string;
  /** Named by the user, and so not to be passed over. */
  readonly named: boolean;
}

const MOST_FILES = 10_000;
const DEEPEST = 16;

const isInputName = (name: string): boolean => /\.(?:json|ya?ml)$/i.test(name) && !name.startsWith(".");
/** Assets are what the CDK uploads for functions and images: thousands of files that are no inputs. */
const isPassedOver = (name: string): boolean =>
  name === "node_modules" || name.startsWith(".") || /^asset\.[0-9a-f]{64}$/.test(name);

const entriesOf = (folder: string): Dirent[] => {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
    );
  } catch (error) {
    throw unreadable(folder, error);
  }
};

const isFile = (entry: Dirent, path: string): boolean =>
  entry.isFile() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile() === true);

const filesIn = (folder: string, depth = 0): string[] => {
  if (depth > DEEPEST) return [];
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return isPassedOver(entry.name) ? [] : filesIn(path, depth + 1);
    return isInputName(entry.name) && isFile(entry, path) ? [path] : [];
  });
};

const folderFiles = (folder: string): InputFile[] => {
  const files = filesIn(folder);
  if (files.length === 0) throw invalidInput("no-input", { file: folder }, "holds no *.json, *.yaml or *.yml file");
  if (files.length > MOST_FILES) {
    throw invalidInput("too-many-files", { file: folder }, `holds more than ${MOST_FILES} JSON and YAML files`);
  }
  return files.map((file) => ({ file, realPath: realPathOf(file), named: false }));
};

/** A pipe, such as process substitution of a shell makes, has no real path. */
const realPathOf = (file: string): string => {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
};

const isFolder = (input: string): boolean => {
  try {
    return statSync(input).isDirectory();
  } catch (error) {
    throw unreadable(input, error);
  }
};

const filesOf = (input: string): InputFile[] =>
  isFolder(input) ? folderFiles(input) : [{ file: input, realPath: realPathOf(input), named: true }];

/** The files behind inputs, each once, in the order of the inputs and by name within a folder. */
export const listInputs = (inputs: readonly string[]): readonly InputFile[] => {
  const byPath = new Map<string, InputFile>();
  for (const file of inputs.flatMap(filesOf)) {
    const before = byPath.get(file.realPath);
    if (before === undefined || (file.named && !before.named)) byPath.set(file.realPath, file);
  }
  return [...byPath.values()];
};
