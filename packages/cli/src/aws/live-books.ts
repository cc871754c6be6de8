import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Issue, RegionBook } from "@ecs-cost/core";
import { loadBook } from "@ecs-cost/core/aws";
import { writeOut } from "../output/write-out.ts";
import { usageError } from "../program/usage-error.ts";

const notSaved = (region: string | undefined): Error =>
  usageError(
    `--prices live: no live prices${region === undefined ? "" : ` of ${region}`} are saved`,
    `Run ecs-cost prices refresh --region ${region ?? "REGION"} first, or use --prices snapshot.`,
  );

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
export const liveBooks = (folder: string, region?: string): readonly RegionBook[] => {
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
