import type { Issue } from "../domain/issues/issue.ts";
import type { RegionBook } from "../domain/pricing/book.ts";

/** The book of a region, and what a reader of it has to know. */
export interface BookReading {
  readonly book: RegionBook;
  /** Prices that could not be read anew and are older than the others. */
  readonly issues: readonly Issue[];
}

/** Where prices come from. */
export interface PriceSource {
  /** The book of a region, or undefined where the source has none. */
  book(region: string): Promise<BookReading | undefined>;
}
