import type { RegionBook } from "../../../domain/pricing/book.ts";
import type { PriceKey, PriceTier } from "../../../domain/pricing/price.ts";
import { Decimal } from "../../../domain/units/decimal.ts";
import type { FoundOrigin, PriceFindings } from "../book/found-prices.ts";
import type { PriceListItem } from "./price-list-item.ts";

const MOST_NAMED = 5;
/** A price that changed by more than this is another unit, not another price. */
const IMPLAUSIBLE = 50;

/** An item as refusals quote it. */
export const itemText = ({ sku, attributes, tiers, unit }: PriceListItem): string =>
  `${sku} (${[attributes["usagetype"], attributes["operation"], `${tiers[0]?.rate} per ${unit}`].filter(Boolean).join(", ")})`;

/** Several items as refusals quote them, by SKU. */
export const severalText = (items: readonly PriceListItem[]): string => {
  const named = [...items]
    .sort((a, b) => (a.sku < b.sku ? -1 : 1))
    .slice(0, MOST_NAMED)
    .map(itemText)
    .join("; ");
  return items.length > MOST_NAMED ? `${named} and ${items.length - MOST_NAMED} more` : named;
};

/** The rate of the dearest tier, zero where there is none. */
export const highestRate = (tiers: readonly PriceTier[]): Decimal => Decimal.max(0, ...tiers.map(({ rate }) => rate));

/** Whether one cannot be the other after a change of price. */
export const isImplausible = (before: readonly PriceTier[], after: readonly PriceTier[]): boolean => {
  const [old, now] = [highestRate(before), highestRate(after)];
  if (old.isZero() || now.isZero()) return !old.equals(now);
  return now.dividedBy(old).greaterThan(IMPLAUSIBLE) || old.dividedBy(now).greaterThan(IMPLAUSIBLE);
};

/** The tiers of a price that a book states, or undefined. */
export const knownTiers = (book: RegionBook, key: string): readonly PriceTier[] | undefined => {
  const known = Object.hasOwn(book.prices, key) ? book.prices[key] : undefined;
  if (known === undefined) return undefined;
  return known.rate === undefined ? known.tiers : [{ from: "0", to: null, rate: known.rate }];
};

/** Where the price of an item is from. */
export const originOf = ({ serviceCode, publishedOn, list }: PriceListItem): FoundOrigin => ({
  asOf: publishedOn,
  source: `${list}, ${serviceCode} of ${publishedOn}`,
});

/** A price that was not taken. */
export const refusal = (key: PriceKey, detail: string): PriceFindings => ({
  found: [],
  refused: [{ key, detail }],
  absent: [],
});

/** What the price list does not have: refused where the book has it, otherwise nothing that anybody has. */
export const nothingFor = (book: RegionBook, key: PriceKey, asked: string): PriceFindings =>
  knownTiers(book, key) === undefined
    ? { found: [], refused: [], absent: [key] }
    : refusal(key, `the price list has nothing for ${asked}`);

/** The price of an item in the unit of its key, unless it is not comparable with the one in use. */
export const judgedPrice = (
  book: RegionBook,
  key: PriceKey,
  item: PriceListItem,
  tiers: readonly PriceTier[],
): PriceFindings => {
  const known = knownTiers(book, key);
  if (known !== undefined && isImplausible(known, tiers)) {
    const inUse = highestRate(known).toFixed();
    return refusal(key, `${itemText(item)} is not comparable with the ${inUse} in use: another unit?`);
  }
  return { found: [{ kind: "price", key, tiers, origin: originOf(item) }], refused: [], absent: [] };
};
