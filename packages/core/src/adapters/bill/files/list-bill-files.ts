import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { invalidInput } from "../../file/text/invalid-input.ts";
import { unreadable } from "../../file/text/read-text.ts";

/** A file that could be a part of the bill. */
export interface BillFile {
  /** As it is told to people. */
  readonly path: string;
  /** The same file has the same one. */
  readonly realPath: string;
  readonly bytes: number;
  /** Given by name: it has to be a part of a bill. */
  readonly named: boolean;
}

const PART = /\.(?:csv|csv\.gz|gz|parquet|parq)$/i;
const ZIPPED = /\.zip$/i;
const DEEPEST = 16;

const entriesOf = (folder: string): readonly Dirent[] => {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw unreadable(folder, error);
  }
};

const filesIn = (folder: string, depth = 0): readonly string[] => {
  if (depth > DEEPEST) return [];
  return entriesOf(folder).flatMap((entry) => {
    if (/^[._]/.test(entry.name)) return [];
    const path = join(folder, entry.name);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return filesIn(path, depth + 1);
    return [path];
  });
};

const fileAt = (path: string, named: boolean): BillFile => {
  try {
    return { path, realPath: realpathSync(path), bytes: statSync(path).size, named };
  } catch (error) {
    throw unreadable(path, error);
  }
};

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

const inFolder = (folder: string): readonly BillFile[] => {
  const all = filesIn(folder);
  const parts = all.filter((path) => PART.test(path));
  if (parts.length > 0) return parts.map((path) => fileAt(path, false));
  const zipped = all.some((path) => ZIPPED.test(path));
  throw invalidInput("no-bill", { file: folder }, "holds no *.csv, *.csv.gz or *.parquet file", {
    ...(zipped ? { hint: "Unpack the ZIP files, or have the report delivered as gzip or Parquet." } : {}),
  });
};

/**
 * Files behind the names of a bill: files as they are, of folders every CSV, gzip and Parquet file in any depth. A file that
 * is named twice is there once.
 *
 * @throws {BorderError} `unreadable-file`; `no-bill` where a folder holds none.
 */
export const listBillFiles = (paths: readonly string[]): readonly BillFile[] => {
  const files = paths.flatMap((path) => (isFolder(path) ? inFolder(path) : [fileAt(path, true)]));
  const byRealPath = new Map<string, BillFile>();
  for (const file of files) if (!byRealPath.has(file.realPath)) byRealPath.set(file.realPath, file);
  return [...byRealPath.values()];
};
