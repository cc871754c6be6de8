import type { RegionBook } from "../../../domain/pricing/book.ts";
import type { PriceTier } from "../../../domain/pricing/price.ts";
import { Decimal } from "../../../domain/units/decimal.ts";
import type { PriceFindings } from "../book/found-prices.ts";
import { itemText, judgedPrice, nothingFor, refusal, severalText } from "./judge-item.ts";
import type { PriceList } from "./price-list.ts";
import type { PriceListItem } from "./price-list-item.ts";
import { type PriceQuery, priceQueries } from "./price-queries.ts";

const filterText = ({ serviceCode, filters }: PriceQuery): string =>
  `${serviceCode} with ${filters.map(({ field, value }) => `${field}=${value}`).join(", ")}`;

const times = (tiers: readonly PriceTier[], units: string): readonly PriceTier[] =>
  units === "1"
    ? tiers
    : tiers.map(({ from, to, rate }) => ({
        from: new Decimal(from).dividedBy(units).toFixed(),
        to: to === null ? null : new Decimal(to).dividedBy(units).toFixed(),
        rate: new Decimal(rate).times(units).toFixed(),
      }));

/** Exactly one item is a price; none and several are refused with what was found. */
const findingOf = (query: PriceQuery, items: readonly PriceListItem[], book: RegionBook): PriceFindings => {
  const { key, expectedUnit } = query;
  const [item, second] = items;
  if (item === undefined) return nothingFor(book, key, filterText(query));
  if (second !== undefined) {
    return refusal(key, `the price list has ${items.length} items for ${filterText(query)}: ${severalText(items)}`);
  }
  if (expectedUnit?.test(item.unit) === false) {
    return refusal(key, `${itemText(item)} is in a unit that was not expected`);
  }
  return judgedPrice(book, key, item, times(item.tiers, query.units));
};

/** Reads Fargate's and the overheads' prices, one query for each. */
export const readStatedPrices = async (
  list: PriceList,
  book: RegionBook,
  progress: (done: number, all: number) => void = () => {},
): Promise<readonly PriceFindings[]> => {
  const queries = priceQueries(book);
  let done = 0;
  return Promise.all(
    queries.map(async (query) => {
      const items = await list.products(query.serviceCode, query.filters);
      done += 1;
      progress(done, queries.length);
      return findingOf(query, items, book);
    }),
  );
};
