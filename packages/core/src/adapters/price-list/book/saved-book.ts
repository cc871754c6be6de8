import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { BorderError } from "../../../domain/issues/border-error.ts";
import { PRICE_BOOK_VERSION, type PriceBook, type RegionBook } from "../../../domain/pricing/book.ts";
import type { PriceSource } from "../../../ports/price-source.ts";
import { parsePriceBook } from "../../../schema/price-book.ts";
import { keyText } from "../../../schema/problems.ts";
import type { ListVersion } from "./list-version.ts";
import { writeWhole } from "./write-whole.ts";

const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/;

const fileOf = (folder: string, region: string, suffix = ""): string => {
  if (!REGION.test(region)) {
    throw new BorderError(`${region} is no region`, {
      code: "unknown-region",
      source: "user",
      hint: "For example eu-west-1.",
    });
  }
  return join(folder, `${region}${suffix}.json`);
};

const unwritable = (file: string, cause: unknown): BorderError =>
  new BorderError(`${file}: the price book cannot be written`, {
    code: "unwritable-file",
    source: "user",
    hint: "Name a folder that can be written to.",
    where: { file },
    cause,
  });

/** How a book was made. */
export interface BookProvenance {
  /** Which price list it was read from. */
  readonly source: "public" | "api";
  /** ISO date of the refresh. */
  readonly refreshedOn: string;
  /** Versions of the offers, where the price list has versions. */
  readonly versions: readonly ListVersion[];
}

interface VersionFile extends BookProvenance {
  /** Of the text of the book: one that is as it was written need not be checked again. */
  readonly sha256: string;
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

const readVersions = (folder: string, region: string): VersionFile | undefined => {
  try {
    const data: unknown = JSON.parse(readFileSync(fileOf(folder, region, ".versions"), "utf8"));
    const { refreshedOn, versions, sha256 } = data as Partial<VersionFile>;
    const isWhole = typeof refreshedOn === "string" && typeof sha256 === "string" && Array.isArray(versions);
    return isWhole ? (data as VersionFile) : undefined;
  } catch {
    return undefined;
  }
};

/** How the saved book of a region was made; undefined where that is not known. */
export const loadProvenance = (folder: string, region: string): BookProvenance | undefined =>
  readVersions(folder, region);

/** Where a saved book stands, and the one before it. */
export interface SavedBook {
  readonly file: string;
  /** Undefined where there was none. */
  readonly previous?: string;
}

/**
 * Saves the book of a region in a folder, as a price file that `--prices FILE` takes. The one that was there is kept
 * as `REGION.previous.json`; one that is equal stays as it is.
 *
 * @throws {BorderError} `unwritable-file`.
 */
export const saveBook = (folder: string, book: RegionBook, provenance?: BookProvenance): SavedBook => {
  const file = fileOf(folder, book.region);
  const previous = fileOf(folder, book.region, ".previous");
  const text = `${JSON.stringify({ version: PRICE_BOOK_VERSION, regions: [book] }, undefined, 1)}\n`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const isThere = existsSync(file);
    if (!isThere || readFileSync(file, "utf8") !== text) {
      if (isThere) {
        copyFileSync(file, `${previous}.new`);
        renameSync(`${previous}.new`, previous);
      }
      writeWhole(file, text);
    }
    if (provenance !== undefined) {
      const versions: VersionFile = { ...provenance, sha256: hashOf(text) };
      writeWhole(fileOf(folder, book.region, ".versions"), `${JSON.stringify(versions, undefined, 1)}\n`);
    }
  } catch (error) {
    throw unwritable(file, error);
  }
  return { file, ...(existsSync(previous) ? { previous } : {}) };
};

const readBook = (file: string, knownHash: string | undefined): RegionBook | undefined => {
  const text = readFileSync(file, "utf8");
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new BorderError(`${file}: is not JSON`, {
      code: "invalid-price-book",
      source: "user",
      where: { file },
      cause,
    });
  }
  if (knownHash === hashOf(text)) return (data as PriceBook).regions[0];
  const parsed = parsePriceBook(data);
  if (parsed.ok) return parsed.book.regions[0];
  throw new BorderError(`${file}: this is not a price book`, {
    code: "invalid-price-book",
    source: "user",
    hint: "Refresh the prices of the region, or delete the file.",
    where: { file },
    problems: parsed.problems.map(({ path, detail }) => ({ where: { file, key: keyText(path) }, detail })),
  });
};

/** The saved book of a region, or undefined where none was saved; throws a `BorderError` for one that is damaged. */
export const loadBook = (folder: string, region: string): RegionBook | undefined => {
  const file = fileOf(folder, region);
  return existsSync(file) ? readBook(file, readVersions(folder, region)?.sha256) : undefined;
};

/** Books that were saved in a folder as a source of prices. */
export const savedPrices = (folder: string): PriceSource => ({
  book: async (region) => {
    const book = loadBook(folder, region);
    return book === undefined ? undefined : { book, issues: [] };
  },
});
