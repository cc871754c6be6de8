import { BorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { RegionBook } from "../../../domain/pricing/book.ts";
import type { ListVersion } from "../book/list-version.ts";
import type { PublicPriceList } from "../public/public-price-list.ts";
import { listParts } from "./list-parts.ts";
import { newRegionBook } from "./new-region-book.ts";
import { nothingRead, type RefreshedBook, type RefreshPart, refreshBook } from "./refresh-book.ts";

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

const note = (region: string, detail: string): Issue => ({
  code: "not-read",
  severity: "warning",
  subject: region,
  detail,
});

const listIssues = (region: string, list: PublicPriceList): readonly Issue[] => {
  const [unreadable, notOffered] = [list.unreadable(), list.notOffered()];
  const named = unreadable.slice(0, MOST_NAMED).join("; ");
  const more = unreadable.length > MOST_NAMED ? "; and others" : "";
  return [
    ...(unreadable.length === 0
      ? []
      : [note(region, `${unreadable.length} items of the price list are not understood: ${named}${more}`)]),
    ...(notOffered.length === 0
      ? []
      : [note(region, `the price list has nothing of ${notOffered.join(", ")} in ${region}: prices stay as they are`)]),
  ];
};

/** Prices of one currency in a book of another would be added up: they are refused as a whole. */
const inCurrencyOf = (book: RegionBook, list: PublicPriceList): PublicPriceList => ({
  ...list,
  products: async (serviceCode, filters, mark) => {
    const items = await list.products(serviceCode, filters, mark);
    const { currency: own = "USD" } = book;
    const other = items.find(({ currency }) => currency !== own);
    if (other === undefined) return items;
    throw new BorderError(`${serviceCode} in ${book.region} is priced in ${other.currency}, and the book in ${own}`, {
      code: "malformed-answer",
      source: "aws",
      hint: "Check --price-list-url: this is the price list of another partition.",
    });
  },
});

/**
 * Reads the prices of a region anew from AWS's public price list, which needs no account. A region without a book gets
 * one. The same checks hold as for prices of the API. A file that cannot be read ends the refresh: prices of one
 * version are not mixed with those of another. What was read is kept for the next try.
 *
 * @throws {BorderError} where a file is not reached, refused, cut short or damaged, or the price list has no such region.
 */
export const refreshFromList = async (
  list: PublicPriceList,
  region: string,
  shipped: RegionBook | undefined,
  options: ListRefreshOptions = {},
): Promise<ListRefreshedBook> => {
  const book = shipped ?? (await newRegionBook(list, region));
  const ofBook = inCurrencyOf(book, list.forBook(book));
  const parts = listParts(ofBook, book, options);
  const others = options.others?.(book) ?? [];
  const ends = (error: BorderError, part: RefreshPart): boolean => parts.includes(part) || error.source !== "aws";
  const refreshed = await refreshBook(book, [...parts, ...others], ends);
  const issues = [...refreshed.issues, ...listIssues(region, ofBook)];
  if (refreshed.read === 0 && issues.length > 0) throw nothingRead(region, issues);
  return {
    ...refreshed,
    issues,
    versions: ofBook.versions(),
  };
};
