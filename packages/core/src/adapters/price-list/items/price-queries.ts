import type { RegionBook } from "../../../domain/pricing/book.ts";
import type { PriceKey } from "../../../domain/pricing/price.ts";
import { priceMeter } from "../../../domain/pricing/price-meter.ts";
import { readByUsageType } from "../../../domain/pricing/unread-prices.ts";

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
  /** What the price list has to call its unit, where units differ by more than a count. */
  readonly expectedUnit?: RegExp;
}

/** Units of the price list in one unit of the key, where they differ (AWS price lists, checked 2026-11-20). */
const UNITS: Readonly<Record<PriceKey, string>> = {
  "cw.getmetricdata_per_1000": "1000",
  "cw.requests_per_1000": "1000",
  "secretsmanager.per_10000": "10000",
  "xray.per_million": "1000000",
  "ebs.gp3_mbps_month": "0.0009765625",
};

/** Units of which a price is converted, as the price list spells them: any other is refused. */
const EXPECTED_UNIT: Readonly<Record<PriceKey, RegExp>> = { "ebs.gp3_mbps_month": /^GiBps-mo/i };

/** The item of ECS Anywhere that has the free tier too (GetProducts of 2022-11-21, checked 2026-11-20). */
const USAGE_TYPE_ENDS: Readonly<Record<PriceKey, string>> = { "ecs_anywhere.instance_hour": "-WithFree" };

/** Usage types that several products share, told apart by operation. */
const OPERATIONS: readonly (readonly [RegExp, string])[] = [
  [/^alb\./, "LoadBalancing:Application"],
  [/^nlb\./, "LoadBalancing:Network"],
];

const regionFilter = (serviceCode: string, region: string): ProductFilter =>
  serviceCode === "AWSDataTransfer"
    ? { field: "fromRegionCode", value: region }
    : { field: "regionCode", value: region };

const queryOf = (key: PriceKey, book: RegionBook): PriceQuery => {
  const { usageType, serviceCode } = priceMeter(key, book);
  const operation = OPERATIONS.find(([pattern]) => pattern.test(key))?.[1];
  const filters = [
    regionFilter(serviceCode, book.region),
    { field: "usagetype", value: `${usageType}${USAGE_TYPE_ENDS[key] ?? ""}` },
    ...(operation === undefined ? [] : [{ field: "operation", value: operation }]),
  ];
  const expectedUnit = EXPECTED_UNIT[key];
  return {
    key,
    serviceCode,
    filters,
    units: UNITS[key] ?? "1",
    ...(expectedUnit === undefined ? {} : { expectedUnit }),
  };
};

/** A query for each price of a region that one item of the price list states, by key. */
export const priceQueries = (book: RegionBook): readonly PriceQuery[] =>
  readByUsageType(book).map((key) => queryOf(key, book));

/** Transfer from a region to others. */
export const transferFilters = (region: string): readonly ProductFilter[] => [
  { field: "fromRegionCode", value: region },
  { field: "transferType", value: "InterRegion Outbound" },
];

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
