import type { RegionBook } from "../../../domain/pricing/book.ts";
import type { PriceKey } from "../../../domain/pricing/price.ts";
import { joinFindings, type PriceFindings } from "../book/found-prices.ts";
import { judgedPrice, nothingFor, refusal, severalText } from "./judge-item.ts";
import type { PriceList } from "./price-list.ts";
import type { PriceListItem } from "./price-list-item.ts";
import { transferFilters } from "./price-queries.ts";

const KEYS: readonly PriceKey[] = ["xfer.interregion_gb", "xfer.interregion_general_gb", "xfer.interregion_us_east_gb"];

const TO_MOST = "GB to most other regions";
const TO_ONE = /^GB to (?<to>[a-z]{2,4}(?:-[a-z]+)+-\d{1,2})$/;

/** Where a key of the book leads: its unit says so. */
const unitOf = (book: RegionBook, key: PriceKey): string | undefined =>
  (Object.hasOwn(book.prices, key) ? book.prices[key]?.unit : undefined) ??
  (key === "xfer.interregion_gb" ? TO_MOST : undefined);

const rateOf = ({ tiers }: PriceListItem): string | undefined => (tiers.length === 1 ? tiers[0]?.rate : undefined);

const asked = (region: string, to: string): string => `AWSDataTransfer from ${region} to ${to}`;

const toOne = (book: RegionBook, key: PriceKey, to: string, items: readonly PriceListItem[]): PriceFindings => {
  const [item, second] = items;
  const question = asked(book.region, to);
  if (item === undefined) return nothingFor(book, key, question);
  if (second === undefined) return judgedPrice(book, key, item, item.tiers);
  return refusal(key, `the price list has ${items.length} items for ${question}: ${severalText(items)}`);
};

type Destinations = ReadonlyMap<string, readonly PriceListItem[]>;

/** The rate that more than half of the regions have, each of which exactly one item of the price list names. */
const toMost = (book: RegionBook, key: PriceKey, destinations: Destinations): PriceFindings => {
  const question = asked(book.region, "other regions");
  if (destinations.size === 0) return nothingFor(book, key, question);
  const several = [...destinations].find(([, items]) => items.length > 1 || items.some((item) => !rateOf(item)));
  if (several !== undefined) {
    const [to, items] = several;
    return refusal(key, `no single rate for ${asked(book.region, to)}: ${severalText(items)}`);
  }
  const rates = Map.groupBy([...destinations.values()].flat(), (item) => rateOf(item) ?? "");
  const [most] = [...rates.values()].sort((a, b) => b.length - a.length);
  const [item] = most ?? [];
  if (item !== undefined && (most?.length ?? 0) * 2 > destinations.size)
    return judgedPrice(book, key, item, item.tiers);
  const spread = [...rates].map(([rate, { length }]) => `${rate} to ${length}`).join(", ");
  return refusal(key, `no rate holds for most regions of ${question}: ${spread}`);
};

const isTransfer = (region: string, { attributes }: PriceListItem): boolean =>
  /-AWS-Out-Bytes$/.test(attributes["usagetype"] ?? "") &&
  (attributes["toLocationType"] ?? "AWS Region") === "AWS Region" &&
  ![undefined, "", region].includes(attributes["toRegionCode"]);

/** Reads what transfer to other regions costs: to one of them, or to most. Action: pricing:GetProducts. */
export const readTransferPrices = async (list: PriceList, book: RegionBook): Promise<PriceFindings> => {
  const { region } = book;
  const items = await list.products("AWSDataTransfer", transferFilters(region));
  const destinations = Map.groupBy(
    items.filter((item) => isTransfer(region, item)),
    ({ attributes }) => attributes["toRegionCode"] ?? "",
  );
  return joinFindings(
    KEYS.flatMap((key) => {
      const unit = unitOf(book, key);
      const to = TO_ONE.exec(unit ?? "")?.groups?.["to"];
      if (to !== undefined) return [toOne(book, key, to, destinations.get(to) ?? [])];
      return unit === TO_MOST ? [toMost(book, key, destinations)] : [];
    }),
  );
};
