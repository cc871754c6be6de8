import type { RegionBook } from "../../../domain/pricing/book.ts";
import type { PriceTier } from "../../../domain/pricing/price.ts";
import { managedInstancesFeeKey } from "../../../domain/pricing/price-key.ts";
import { managedInstancesFeeRate } from "../../../domain/pricing/rates/ec2-rate.ts";
import { joinFindings, NO_FINDINGS, type PriceFindings } from "../book/found-prices.ts";
import { isImplausible, itemText, originOf, refusal, severalText } from "./judge-item.ts";
import type { PriceList } from "./price-list.ts";
import type { PriceListItem } from "./price-list-item.ts";

/** What the usage types of these fees have in them. */
export const MANAGED_INSTANCES_MARK = "ECS-Managed-Instances:";
const USAGE_TYPE = /-ECS-Managed-Instances:(?<type>[^:]+)-management-hours$/;

const typeOf = ({ attributes }: PriceListItem): string =>
  USAGE_TYPE.exec(attributes["usagetype"] ?? "")?.groups?.["type"] ?? "";

const flat = (rate: string): readonly PriceTier[] => [{ from: "0", to: null, rate }];

const findingOf = (book: RegionBook, instanceType: string, items: readonly PriceListItem[]): PriceFindings => {
  const key = managedInstancesFeeKey(instanceType);
  const [item, second] = items;
  if (item === undefined) return NO_FINDINGS;
  const rate = item.tiers.length === 1 ? item.tiers[0]?.rate : undefined;
  if (second !== undefined || rate === undefined) {
    return refusal(key, `the price list has no single rate for it: ${severalText(items)}`);
  }
  const known = managedInstancesFeeRate(book, instanceType)?.rate;
  if (known !== undefined && isImplausible(flat(known), flat(rate))) {
    return refusal(key, `${itemText(item)} is not comparable with the ${known} in use: another unit?`);
  }
  return { found: [{ kind: "fee", instanceType, rate, origin: originOf(item) }], refused: [], absent: [] };
};

/** What a refresh tells of the fees of types that the price list names none for. */
const sharesKept = (count: number, all: number): PriceFindings => ({
  ...NO_FINDINGS,
  unread: [
    {
      key: managedInstancesFeeKey("*"),
      reason: `the price list has no fee for ${count} of ${all} instance types: theirs stays a share of the on-demand rate`,
    },
  ],
});

/** Reads the fees of ECS Managed Instances: all of the region, or of the types named. Action: pricing:GetProducts. */
export const readManagementFees = async (
  list: PriceList,
  book: RegionBook,
  instanceTypes?: readonly string[],
): Promise<PriceFindings> => {
  const filters = [{ field: "regionCode", value: book.region }];
  const items = await list.products("AmazonECS", filters, MANAGED_INSTANCES_MARK);
  const byType = Map.groupBy(items, typeOf);
  const wanted = instanceTypes ?? [...Object.keys(book.ec2.onDemand), ...byType.keys()];
  const types = [...new Set(wanted)].filter((type) => type !== "").sort();
  const without = types.filter((type) => !byType.has(type)).length;
  return joinFindings([
    ...types.map((type) => findingOf(book, type, byType.get(type) ?? [])),
    ...(without === 0 ? [] : [sharesKept(without, types.length)]),
  ]);
};
