import { type Dirent, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { invalidInput } from "../../file/text/invalid-input.ts";
import { unreadable } from "../../file/text/read-text.ts";
import { type NamedSource, parseSource } from "../series/stated-series.ts";
import type { MetricSource } from "./metric-source.ts";

const STDIN = "-";
const IN_A_FOLDER = /\.(?:csv|tsv|jsonl?|ndjson|parquet)(?:\.gz)?$/i;
const DEEPEST = 16;

/**
 * The sources behind names: files, the CSV, JSON and Parquet files of folders by name, and `-` for standard input; each
 * may have `SERVICE=` or `SERVICE:METRIC=` before it, unless a file has that very name.
 *
 * @throws {BorderError} where a name is no file, a folder holds none or the metric is not known.
 */
export const listMetricSources = (
  names: readonly string[],
  stdin: () => AsyncIterable<Uint8Array> = () => process.stdin,
): readonly MetricSource[] =>
  [...new Set(names)].flatMap((name): readonly MetricSource[] => {
    const source: NamedSource = existsSync(name) ? { file: name } : parseSource(name);
    if (source.file === STDIN) return [{ ...source, bytes: stdin() }];
    if (!isFolder(source.file)) return [source];
    const files = filesIn(source.file);
    if (files.length === 0)
      throw invalidInput("no-metrics", { file: source.file }, "holds no *.csv, *.json or *.parquet file");
    return files.map((file) => ({ ...source, file }));
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
