import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { BorderError } from "../../domain/issues/border-error.ts";
import type { BillSource } from "../../ports/bill-source.ts";
import { printable } from "../../schema/problems.ts";
import { unreadable } from "../file/text/read-text.ts";
import { type BillFilesOptions, billFiles } from "./bill-files.ts";
import { costExplorerJson, isCostExplorerJson } from "./cost-explorer/cost-explorer-json.ts";
import { unpackedHead } from "./files/unpacked-head.ts";

/** What files hold: parts of a bill, or answers of Cost Explorer. */
export type SavedBillKind = "bill-files" | "cost-explorer-json";

const HEAD_BYTES = 64 * 1024;

/** The first bytes of a file as text; of an archive, of what is in it. */
const headOf = (file: string): string => {
  try {
    return unpackedHead(file, HEAD_BYTES, (text) => text.length >= HEAD_BYTES);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code?.startsWith("Z_") === true) return "";
    throw unreadable(file, cause);
  }
};

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** Answers in a folder, in the order of their names; other files are none of theirs. */
const answersIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => /\.json(?:\.gz)?$/i.test(name))
    .sort()
    .map((name) => join(folder, name))
    .filter((file) => isCostExplorerJson(headOf(file)));

const answersAt = (path: string): readonly string[] => {
  if (isFolder(path)) return answersIn(path);
  return isCostExplorerJson(headOf(path)) ? [path] : [];
};

/**
 * What files and folders hold, by their content.
 *
 * @throws {BorderError} `mixed-bill` where some hold one and some the other; `unreadable-file`.
 */
export const detectBill = (paths: readonly string[]): SavedBillKind => {
  const answers = paths.filter((path) => answersAt(path).length > 0);
  if (answers.length === 0) return "bill-files";
  const other = paths.find((path) => !answers.includes(path));
  if (other === undefined) return "cost-explorer-json";
  throw new BorderError(
    `${printable(answers[0] ?? "")} holds answers of Cost Explorer, ${printable(other)} does not: a bill is read from one or the other`,
    { code: "mixed-bill", source: "user", hint: "Give either; both say the same amounts." },
  );
};

/** A bill from files, whatever they hold: Cost and Usage Reports, FOCUS exports, or answers of Cost Explorer. */
export const savedBill = (paths: readonly string[], options: BillFilesOptions = {}): BillSource =>
  detectBill(paths) === "cost-explorer-json" ? costExplorerJson(paths.flatMap(answersAt)) : billFiles(paths, options);
