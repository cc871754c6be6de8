import type { RegionBook } from "../../../domain/pricing/book.ts";
import type { ListVersion, PublicPriceList } from "../public/public-price-list.ts";
import { listParts } from "./list-parts.ts";
import { newRegionBook } from "./new-region-book.ts";
import { type RefreshedBook, type RefreshPart, refreshBook } from "./refresh-book.ts";

export interface ListRefreshOptions {
  /** Types whose prices are read; all of the region where it is left out. */
  readonly instanceTypes?: readonly string[];
  /** Savings Plans rates; default true. */
  readonly savingsPlans?: boolean;
  /** What else is read beside the price list: Spot prices. */
  readonly others?: (book: RegionBook) => readonly RefreshPart[];
}

/** A book that was refreshed from the public price list, and the versions that it is of. */
export interface ListRefreshedBook extends RefreshedBook {
  readonly versions: readonly ListVersion[];
}

const MOST_NAMED = 3;

const unreadableIssues = (region: string, unreadable: readonly string[]): RefreshedBook["issues"] => {
  if (unreadable.length === 0) return [];
  const named = unreadable.slice(0, MOST_NAMED).join("; ");
  const more = unreadable.length > MOST_NAMED ? "; and others" : "";
  const detail = `${unreadable.length} items of the price list are not understood: ${named}${more}`;
  return [{ code: "not-read", severity: "warning", subject: region, detail }];
};

/**
 * Reads the prices of a region anew from AWS's public price list, which needs no account. A region without a book gets
 * one. The same checks hold as for prices of the API.
 *
 * @throws {BorderError} where not one part could be read, or the price list has no such region.
 */
export const refreshFromList = async (
  list: PublicPriceList,
  region: string,
  shipped: RegionBook | undefined,
  options: ListRefreshOptions = {},
): Promise<ListRefreshedBook> => {
  const book = shipped ?? (await newRegionBook(list, region));
  const ofBook = list.forBook(book);
  await ofBook.regions();
  const parts = [...listParts(ofBook, book, options), ...(options.others?.(book) ?? [])];
  const refreshed = await refreshBook(book, parts, () => false);
  return {
    ...refreshed,
    issues: [...refreshed.issues, ...unreadableIssues(region, ofBook.unreadable())],
    versions: ofBook.versions(),
  };
};
