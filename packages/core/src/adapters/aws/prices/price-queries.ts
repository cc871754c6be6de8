import type { RegionBook } from "../../../domain/pricing/book.ts";
import { fixedPriceKeys, parsePriceKey } from "../../../domain/pricing/parsed-key.ts";
import type { PriceKey } from "../../../domain/pricing/price.ts";
import { priceMeter } from "../../../domain/pricing/price-meter.ts";

/** A filter of GetProducts: the field has exactly this value. */
export interface ProductFilter {
  readonly field: string;
  readonly value: string;
}

/** The one item of the price list that a price key stands for. */
export interface PriceQuery {
  readonly key: PriceKey;
  readonly serviceCode: string;
  readonly filters: readonly ProductFilter[];
  /** Units of the price list to the unit of the key, for example 1,000 metrics. */
  readonly units: string;
}

/** Units of the price list in one unit of the key, where they differ (AWS price lists, checked 2026-11-20). */
const UNITS: Readonly<Record<PriceKey, string>> = {
  "cw.getmetricdata_per_1000": "1000",
  "cw.requests_per_1000": "1000",
  "secretsmanager.per_10000": "10000",
  "xray.per_million": "1000000",
};

/** Keys that no single item of the price list stands for, or whose unit there is another kind of quantity. */
const LEFT_OUT: ReadonlySet<PriceKey> = new Set([
  "cw.container_insights_enhanced_observation",
  "ebs.gp3_mbps_month",
  "ebs.gp3_iops_month",
  "xfer.internet_free_gb_month",
  "xfer.interregion_gb",
  "xfer.interregion_general_gb",
  "xfer.interregion_us_east_gb",
  "ecs_anywhere.instance_hour",
]);

/** Usage types that several products share, told apart by operation. */
const OPERATIONS: readonly (readonly [RegExp, string])[] = [
  [/^alb\./, "LoadBalancing:Application"],
  [/^nlb\./, "LoadBalancing:Network"],
];

const regionFilter = (serviceCode: string, region: string): ProductFilter =>
  serviceCode === "AWSDataTransfer"
    ? { field: "fromRegionCode", value: region }
    : { field: "regionCode", value: region };

const isOnDemand = (key: PriceKey): boolean => {
  const parsed = parsePriceKey(key);
  return parsed?.kind !== "fargate" || parsed.purchase === "on-demand";
};

const queryOf = (key: PriceKey, book: RegionBook): readonly PriceQuery[] => {
  const { usageType, serviceCode } = priceMeter(key, book);
  if (usageType === "" || serviceCode === "") return [];
  const operation = OPERATIONS.find(([pattern]) => pattern.test(key))?.[1];
  const filters = [
    regionFilter(serviceCode, book.region),
    { field: "usagetype", value: usageType },
    ...(operation === undefined ? [] : [{ field: "operation", value: operation }]),
  ];
  return [{ key, serviceCode, filters, units: UNITS[key] ?? "1" }];
};

/** A query for each price of a region that the price list has, by key. */
export const priceQueries = (book: RegionBook): readonly PriceQuery[] =>
  fixedPriceKeys()
    .filter((key) => isOnDemand(key) && !LEFT_OUT.has(key))
    .flatMap((key) => queryOf(key, book));

/** Linux instances with shared tenancy, on demand and reserved. */
export const instanceFilters = (region: string, instanceType?: string): readonly ProductFilter[] => [
  { field: "regionCode", value: region },
  { field: "operatingSystem", value: "Linux" },
  { field: "tenancy", value: "Shared" },
  { field: "preInstalledSw", value: "NA" },
  { field: "capacitystatus", value: "Used" },
  { field: "licenseModel", value: "No License required" },
  { field: "marketoption", value: "OnDemand" },
  ...(instanceType === undefined ? [] : [{ field: "instanceType", value: instanceType }]),
];
