import type { RegionBook } from "../book.ts";
import type { PriceKey } from "../price.ts";
import type { Rated } from "./rated.ts";

/** The flat rate that the book states for a key, or undefined. */
export const statedRate = (book: RegionBook, key: PriceKey): Rated | undefined => {
  const price = Object.hasOwn(book.prices, key) ? book.prices[key] : undefined;
  const origin = price === undefined ? undefined : book.origins[price.origin];
  return price?.rate === undefined || origin === undefined
    ? undefined
    : { rate: price.rate, ...origin, assumptions: [] };
};
