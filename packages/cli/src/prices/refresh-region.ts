import type { Issue, RegionBook } from "@ecs-cost/core";
import { isBorderError } from "@ecs-cost/core/estimate";
import type { BookProvenance, ListVersion, RefreshedBook } from "@ecs-cost/core/price-list";
import { loadRegion } from "@ecs-cost/pricing-data";
import { newestPrice, saveNotes } from "../aws/live-books.ts";
import type { PriceReader, RefreshRequest } from "./price-readers.ts";

/** What a refresh did to the prices of one region. */
export interface RefreshedRegion extends Omit<RefreshedBook, "book"> {
  readonly region: string;
  readonly source: BookProvenance["source"];
  /** Date of the newest price. */
  readonly asOf: string;
  readonly file: string;
  /** The book that was in use before; undefined where there was none. */
  readonly previous?: string;
  /** Versions of the price list's files; none where the API was asked. */
  readonly versions: readonly ListVersion[];
}

/** A saved book that is damaged is replaced, not mended. */
const savedBook = async (folder: string, region: string): Promise<RegionBook | undefined> => {
  const { loadBook } = await import("@ecs-cost/core/price-list");
  try {
    return loadBook(folder, region);
  } catch (error) {
    if (isBorderError(error) && error.code === "invalid-price-book") return undefined;
    throw error;
  }
};

/** The book that prices are read over: the newer of the one that was saved and the one that ships. */
const bookInUse = async (folder: string, region: string): Promise<RegionBook | undefined> => {
  const saved = await savedBook(folder, region);
  const shipped = loadRegion(region);
  if (!shipped.found) return saved;
  return saved === undefined || newestPrice(shipped.book) > newestPrice(saved) ? shipped.book : saved;
};

const MOST_NAMED = 3;

/** What later reports have to tell about prices that are not live ones. */
const notesOf = (region: string, { refused, issues }: RefreshedBook, leftOut: readonly string[]): readonly Issue[] => {
  const named = refused.slice(0, MOST_NAMED).map(({ key }) => key);
  const more = refused.length > MOST_NAMED ? " and others" : "";
  const note = (detail: string): Issue => ({ code: "not-read", severity: "info", subject: region, detail });
  return [
    ...issues,
    ...(refused.length === 0
      ? []
      : [note(`${refused.length} prices could not be read anew and are older: ${named.join(", ")}${more}`)]),
    ...(leftOut.length === 0 ? [] : [note(`Not refreshed, because the refresh left them out: ${leftOut.join(", ")}`)]),
  ];
};

const leftOutBy = ({ savingsPlans, spot, fargateSpotFeed }: RefreshRequest): readonly string[] => [
  ...(savingsPlans ? [] : ["Savings Plans rates"]),
  ...(spot ? [] : ["EC2 Spot prices"]),
  ...(fargateSpotFeed ? [] : ["Fargate Spot prices"]),
];

/** Reads the prices of a region anew and saves them in the folder; the book before is kept. */
export const refreshRegion = async (
  read: PriceReader,
  region: string,
  request: RefreshRequest,
): Promise<RefreshedRegion> => {
  const { folder, source } = request;
  const refreshed = await read(region, await bookInUse(folder, region));
  const { book, ...rest } = refreshed;
  const { saveBook } = await import("@ecs-cost/core/price-list");
  const refreshedOn = new Date().toISOString().slice(0, 10);
  const saved = saveBook(folder, book, { source, refreshedOn, versions: refreshed.versions });
  await saveNotes(folder, region, notesOf(region, refreshed, leftOutBy(request)));
  return { region, source, asOf: newestPrice(book) || "undated", ...saved, ...rest };
};
