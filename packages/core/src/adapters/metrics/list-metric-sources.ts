import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { invalidInput } from "../file/invalid-input.ts";
import { unreadable } from "../file/read-text.ts";
import type { MetricSource } from "./read-metrics.ts";

const STDIN = "-";
const IN_A_FOLDER = /\.(?:csv|json|parquet)(?:\.gz)?$/i;
const DEEPEST = 16;

/**
 * The sources behind names: files, the CSV, JSON and Parquet files of folders by name, and `-` for standard input.
 *
 * @throws {BorderError} where a name is no file or a folder holds none.
 */
export const listMetricSources = (
  names: readonly string[],
  stdin: () => AsyncIterable<Uint8Array> = () => process.stdin,
): readonly MetricSource[] =>
  [...new Set(names)].flatMap((name): readonly MetricSource[] => {
    if (name === STDIN) return [{ file: STDIN, bytes: stdin() }];
    if (!isFolder(name)) return [{ file: name }];
    const files = filesIn(name);
    if (files.length === 0)
      throw invalidInput("no-metrics", { file: name }, "holds no *.csv, *.json or *.parquet file");
    return files.map((file) => ({ file }));
  });

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw unreadable(path, error);
  }
};

const filesIn = (folder: string, depth = 0): string[] => {
  if (depth > DEEPEST) return [];
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".")) return [];
    if (entry.isDirectory()) return filesIn(path, depth + 1);
    return IN_A_FOLDER.test(entry.name) && statSync(path, { throwIfNoEntry: false })?.isFile() === true ? [path] : [];
  });
};

const entriesOf = (folder: string): Dirent[] => {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw unreadable(folder, error);
  }
};
