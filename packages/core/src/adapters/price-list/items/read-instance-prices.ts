import type { RegionBook } from "../../../domain/pricing/book.ts";
import { ec2Key } from "../../../domain/pricing/price-key.ts";
import { EC2_PURCHASES } from "../../../domain/pricing/purchase.ts";
import { type FoundPrice, joinFindings, type PriceFindings } from "../book/found-prices.ts";
import { originOf, refusal } from "./judge-item.ts";
import { onDemandDoubt } from "./plausible-rate.ts";
import type { PriceList } from "./price-list.ts";
import type { PriceListItem } from "./price-list-item.ts";
import { instanceFilters } from "./price-queries.ts";

const reservedPrices = (item: PriceListItem, instanceType: string): readonly FoundPrice[] =>
  item.reserved.flatMap(({ length, offeringClass, payment, effectiveRate }): FoundPrice[] => {
    const term = length.replace(/\s*yr$/, "y");
    const purchase = `${offeringClass}-ri-${term}-${payment.toLowerCase().replaceAll(" ", "-")}`;
    if (!EC2_PURCHASES.includes(purchase)) return [];
    return [{ kind: "commitment", instanceType, purchase, rate: effectiveRate, origin: originOf(item) }];
  });

const findingsOf = (book: RegionBook, instanceType: string, items: readonly PriceListItem[]): PriceFindings => {
  const key = ec2Key(instanceType, "on-demand");
  const [item, second] = items;
  const rate = item?.tiers.length === 1 ? item.tiers[0]?.rate : undefined;
  if (item === undefined || second !== undefined || rate === undefined) {
    const skus = items.map(({ sku }) => sku).sort();
    return refusal(key, `the price list has ${items.length} items for it: ${skus.join(", ")}`);
  }
  const doubt = onDemandDoubt(book, instanceType, rate, Number(item.attributes["vcpu"] ?? Number.NaN));
  if (doubt !== undefined) return refusal(key, doubt);
  const onDemand: FoundPrice = { kind: "on-demand", instanceType, rate, origin: originOf(item) };
  return { found: [onDemand, ...reservedPrices(item, instanceType)], refused: [], absent: [] };
};

/** Rates of Linux instances, on demand and reserved: all of the region, or of the types named. */
export const readInstancePrices = async (
  list: PriceList,
  book: RegionBook,
  instanceTypes?: readonly string[],
): Promise<PriceFindings> => {
  const { region } = book;
  const filters =
    instanceTypes === undefined
      ? [instanceFilters(region)]
      : instanceTypes.map((type) => instanceFilters(region, type));
  const answers = await Promise.all(filters.map((each) => list.products("AmazonEC2", each)));
  const items = answers.flat().filter(({ productFamily }) => productFamily.startsWith("Compute Instance"));
  const groups = Map.groupBy(items, ({ attributes }) => attributes["instanceType"] ?? "");
  const types = [...new Set([...groups.keys(), ...(instanceTypes ?? [])])].filter((type) => type !== "").sort();
  return joinFindings(types.map((type) => findingsOf(book, type, groups.get(type) ?? [])));
};
