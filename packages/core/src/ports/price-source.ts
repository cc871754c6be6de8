import type { RegionBook } from "../domain/pricing/book.ts";

/** Where prices come from. */
export interface PriceSource {
  /** The book of a region, or undefined where the source has none. */
  book(region: string): Promise<RegionBook | undefined>;
}
