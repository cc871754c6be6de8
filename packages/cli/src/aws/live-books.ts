import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Issue, RegionBook } from "@ecs-cost/core";
import { isBorderError } from "@ecs-cost/core/estimate";
import { writeOut } from "../output/write-out.ts";
import { usageError } from "../program/usage-error.ts";

const notSaved = (region: string | undefined): Error =>
  usageError(
    `--prices live: no live prices${region === undefined ? "" : ` of ${region}`} are saved`,
    `Run ecs-cost prices refresh --region ${region ?? "REGION"} first, or use --prices snapshot.`,
  );

/** A saved book that counts beside the snapshot, or what is wrong with the one that is there. */
export interface AutoBook {
  readonly book?: RegionBook;
  readonly issues: readonly Issue[];
}

/** Date of the newest price of a book; empty where none has one. */
export const newestPrice = ({ origins }: RegionBook): string =>
  origins.reduce((latest, { asOf }) => (asOf !== "undated" && asOf > latest ? asOf : latest), "");

const damagedBook = (region: string, reason: string): Issue => ({
  code: "not-read",
  severity: "warning",
  subject: region,
  detail: `the refreshed prices are damaged and not used (${reason}): refresh the prices of the region`,
});

/**
 * The book that was refreshed, where it is newer than the one that ships: read on a later day than its newest price, or
 * with a newer price itself.
 */
export const newerBook = async (folder: string, region: string, shipped: RegionBook | undefined): Promise<AutoBook> => {
  if (!existsSync(join(folder, `${region}.json`))) return { issues: [] };
  const { loadBook, loadProvenance } = await import("@ecs-cost/core/price-list");
  try {
    const book = loadBook(folder, region);
    if (book === undefined || shipped === undefined) return { ...(book === undefined ? {} : { book }), issues: [] };
    const refreshedOn = loadProvenance(folder, region)?.refreshedOn ?? "";
    const limit = newestPrice(shipped);
    const isNewer = refreshedOn >= limit || newestPrice(book) > limit;
    return isNewer ? { book, issues: [] } : { issues: [] };
  } catch (error) {
    if (!isBorderError(error) || error.code !== "invalid-price-book") throw error;
    return { issues: [damagedBook(region, error.message)] };
  }
};

const filesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** Regions with a saved book, by name. */
export const savedRegions = (folder: string): readonly string[] =>
  filesIn(folder)
    .flatMap((name) => /^(?<region>[a-z0-9-]+)\.json$/.exec(name)?.groups?.["region"] ?? [])
    .sort();

/** The books that were refreshed, of one region or of all; throws a usage error where there is none. */
export const liveBooks = async (folder: string, region?: string): Promise<readonly RegionBook[]> => {
  const { loadBook } = await import("@ecs-cost/core/price-list");
  const regions = region === undefined ? savedRegions(folder) : [region];
  const books = regions.flatMap((each) => loadBook(folder, each) ?? []);
  if (books.length === 0) throw notSaved(region);
  return books;
};

const notesFile = (folder: string, region: string): string => join(folder, `${region}.notes.json`);

/** Keeps beside a saved book what its refresh could not read anew. */
export const saveNotes = async (folder: string, region: string, notes: readonly Issue[]): Promise<void> => {
  const file = notesFile(folder, region);
  if (notes.length === 0) rmSync(file, { force: true });
  else await writeOut([`${JSON.stringify({ issues: notes }, undefined, 1)}\n`], file);
};

const damaged = (region: string, file: string): Issue => ({
  code: "not-read",
  severity: "warning",
  subject: region,
  detail: `${file} cannot be read: which prices are not live ones is not known; refresh the prices of the region`,
});

/** What a report at live prices has to tell: prices of the region that are not live ones. */
export const liveNotes = (folder: string, region: string): readonly Issue[] => {
  const file = notesFile(folder, region);
  if (!existsSync(file)) return [];
  try {
    const { issues } = JSON.parse(readFileSync(file, "utf8")) as { readonly issues?: unknown };
    return Array.isArray(issues) ? (issues as readonly Issue[]) : [damaged(region, file)];
  } catch {
    return [damaged(region, file)];
  }
};
