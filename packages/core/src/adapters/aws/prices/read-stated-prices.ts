import type { RegionBook } from "../../../domain/pricing/book.ts";
import type { PriceTier } from "../../../domain/pricing/price.ts";
import { Decimal } from "../../../domain/units/decimal.ts";
import type { Aws } from "../open-aws.ts";
import type { PriceFindings } from "./found-prices.ts";
import { getProducts } from "./get-products.ts";
import type { PriceListItem } from "./price-list-item.ts";
import { type PriceQuery, priceQueries } from "./price-queries.ts";

const MOST_NAMED = 5;
/** A price that changed by more than this is another unit, not another price. */
const IMPLAUSIBLE = 50;

const filterText = ({ serviceCode, filters }: PriceQuery): string =>
  `${serviceCode} with ${filters.map(({ field, value }) => `${field}=${value}`).join(", ")}`;

const itemText = ({ sku, attributes, tiers, unit }: PriceListItem): string =>
  `${sku} (${[attributes["usagetype"], attributes["operation"], `${tiers[0]?.rate} per ${unit}`].filter(Boolean).join(", ")})`;

const severalText = (items: readonly PriceListItem[]): string => {
  const named = [...items]
    .sort((a, b) => (a.sku < b.sku ? -1 : 1))
    .slice(0, MOST_NAMED)
    .map(itemText)
    .join("; ");
  return items.length > MOST_NAMED ? `${named} and ${items.length - MOST_NAMED} more` : named;
};

const times = (tiers: readonly PriceTier[], units: string): readonly PriceTier[] =>
  units === "1"
    ? tiers
    : tiers.map(({ from, to, rate }) => ({
        from: new Decimal(from).dividedBy(units).toFixed(),
        to: to === null ? null : new Decimal(to).dividedBy(units).toFixed(),
        rate: new Decimal(rate).times(units).toFixed(),
      }));

const highestRate = (tiers: readonly PriceTier[]): Decimal => Decimal.max(0, ...tiers.map(({ rate }) => rate));

const isImplausible = (before: readonly PriceTier[], after: readonly PriceTier[]): boolean => {
  const [old, now] = [highestRate(before), highestRate(after)];
  if (old.isZero() || now.isZero()) return !old.equals(now);
  return now.dividedBy(old).greaterThan(IMPLAUSIBLE) || old.dividedBy(now).greaterThan(IMPLAUSIBLE);
};

const knownTiers = (book: RegionBook, key: string): readonly PriceTier[] | undefined => {
  const known = Object.hasOwn(book.prices, key) ? book.prices[key] : undefined;
  if (known === undefined) return undefined;
  return known.rate === undefined ? known.tiers : [{ from: "0", to: null, rate: known.rate }];
};

/** Exactly one item is a price; none and several are refused with what was found. */
const findingOf = (query: PriceQuery, items: readonly PriceListItem[], book: RegionBook): PriceFindings => {
  const { key } = query;
  const known = knownTiers(book, key);
  const refuse = (detail: string): PriceFindings => ({ found: [], refused: [{ key, detail }], absent: [] });
  const [item, second] = items;
  if (item === undefined) {
    if (known === undefined) return { found: [], refused: [], absent: [key] };
    return refuse(`the price list has nothing for ${filterText(query)}`);
  }
  if (second !== undefined)
    return refuse(`the price list has ${items.length} items for ${filterText(query)}: ${severalText(items)}`);
  const tiers = times(item.tiers, query.units);
  if (known !== undefined && isImplausible(known, tiers)) {
    return refuse(`${itemText(item)} is not comparable with the ${highestRate(known).toFixed()} in use: another unit?`);
  }
  const source = `AWS Price List API, ${item.serviceCode} of ${item.publishedOn}`;
  return {
    found: [{ kind: "price", key, tiers, origin: { asOf: item.publishedOn, source } }],
    refused: [],
    absent: [],
  };
};

/** Reads Fargate's and the overheads' prices, one query for each. */
export const readStatedPrices = async (
  aws: Aws,
  book: RegionBook,
  pricingRegion?: string,
): Promise<readonly PriceFindings[]> => {
  const queries = priceQueries(book);
  let done = 0;
  return Promise.all(
    queries.map(async (query) => {
      const items = await getProducts(aws, query.serviceCode, query.filters, pricingRegion);
      done += 1;
      aws.observe({ code: "prices-progress", region: book.region, done, dimensions: queries.length });
      return findingOf(query, items, book);
    }),
  );
};
