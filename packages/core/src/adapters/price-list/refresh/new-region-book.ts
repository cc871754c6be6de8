import { BorderError } from "../../../domain/issues/border-error.ts";
import type { RegionBook } from "../../../domain/pricing/book.ts";
import { priceListHost } from "../public/partitions.ts";
import type { PublicPriceList } from "../public/public-price-list.ts";

const FARGATE_MEMORY = /^(?<prefix>[A-Z0-9]+)-Fargate-GB-Hours$/;

const unknownRegion = (region: string, known: readonly string[]): BorderError =>
  new BorderError(`the price list has no region ${region}`, {
    code: "unknown-region",
    source: "user",
    ...(known.length === 0 ? {} : { hint: `Regions: ${known.join(", ")}.` }),
  });

/**
 * The empty book of a region that no book knows yet: how usage types begin there, its name and its currency are read
 * from its prices of Fargate.
 *
 * @throws {BorderError} `unknown-region` where the price list has no such region.
 */
export const newRegionBook = async (list: PublicPriceList, region: string): Promise<RegionBook> => {
  const known = await list.regions();
  if (!known.includes(region)) throw unknownRegion(region, known);
  const items = await list.products("AmazonECS", [{ field: "regionCode", value: region }]);
  const item = items.find(({ attributes }) => FARGATE_MEMORY.test(attributes["usagetype"] ?? ""));
  const prefix = FARGATE_MEMORY.exec(item?.attributes["usagetype"] ?? "")?.groups?.["prefix"];
  if (item === undefined || prefix === undefined) {
    throw new BorderError(`the price list has no AWS Fargate in ${region}: how its usage types begin is not known`, {
      code: "malformed-answer",
      source: "aws",
    });
  }
  return {
    region,
    name: item.attributes["location"] ?? region,
    usageTypePrefix: prefix,
    partition: priceListHost(region).partition,
    ...(item.currency === "USD" ? {} : { currency: item.currency }),
    origins: [],
    prices: {},
    ec2: { onDemand: {}, spot: {}, commitments: {} },
    managedInstancesFees: [],
  };
};
