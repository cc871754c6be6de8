import { ec2Key } from "../../../domain/pricing/price-key.ts";
import { EC2_PURCHASES } from "../../../domain/pricing/purchase.ts";
import type { Aws } from "../client/open-aws.ts";
import { type FoundPrice, joinFindings, type PriceFindings } from "./found-prices.ts";
import { getProducts } from "./get-products.ts";
import { originOf } from "./judge-item.ts";
import type { PriceListItem } from "./price-list-item.ts";
import { instanceFilters } from "./price-queries.ts";

const reservedPrices = (item: PriceListItem, instanceType: string): readonly FoundPrice[] =>
  item.reserved.flatMap(({ length, offeringClass, payment, effectiveRate }): FoundPrice[] => {
    const purchase = `${offeringClass}-ri-${length.replace("yr", "y")}-${payment.toLowerCase().replaceAll(" ", "-")}`;
    if (!EC2_PURCHASES.includes(purchase)) return [];
    return [{ kind: "commitment", instanceType, purchase, rate: effectiveRate, origin: originOf(item) }];
  });

const findingsOf = (instanceType: string, items: readonly PriceListItem[]): PriceFindings => {
  const key = ec2Key(instanceType, "on-demand");
  const [item, second] = items;
  const rate = item?.tiers.length === 1 ? item.tiers[0]?.rate : undefined;
  if (item === undefined || second !== undefined || rate === undefined) {
    const skus = items.map(({ sku }) => sku).sort();
    return {
      found: [],
      refused: [{ key, detail: `the price list has ${items.length} items for it: ${skus.join(", ")}` }],
      absent: [],
    };
  }
  const onDemand: FoundPrice = { kind: "on-demand", instanceType, rate, origin: originOf(item) };
  return { found: [onDemand, ...reservedPrices(item, instanceType)], refused: [], absent: [] };
};

/** Rates of Linux instances, on demand and reserved: all of the region, or of the types named. */
export const readInstancePrices = async (
  aws: Aws,
  region: string,
  instanceTypes?: readonly string[],
  pricingRegion?: string,
): Promise<PriceFindings> => {
  const filters =
    instanceTypes === undefined
      ? [instanceFilters(region)]
      : instanceTypes.map((type) => instanceFilters(region, type));
  const answers = await Promise.all(filters.map((each) => getProducts(aws, "AmazonEC2", each, pricingRegion)));
  const items = answers.flat().filter(({ productFamily }) => productFamily.startsWith("Compute Instance"));
  const groups = Map.groupBy(items, ({ attributes }) => attributes["instanceType"] ?? "");
  const types = [...new Set([...groups.keys(), ...(instanceTypes ?? [])])].filter((type) => type !== "").sort();
  return joinFindings(types.map((type) => findingsOf(type, groups.get(type) ?? [])));
};
