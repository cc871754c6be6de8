import type { RegionBook } from "./book.ts";
import { overheadMeter } from "./overhead-key.ts";
import { type FargatePriceKey, type ParsedPriceKey, parsePriceKey } from "./parsed-key.ts";
import type { PriceKey } from "./price.ts";
import type { FargateMeter } from "./price-key.ts";

/** What a key means on the bill of one region, whatever it costs. */
export interface PriceMeter {
  readonly unit: string;
  /** With the region's prefix; empty where the spelling is not known. */
  readonly usageType: string;
  readonly serviceCode: string;
}

/** What the spelling of usage types depends on. */
export type BillingRegion = Pick<RegionBook, "region" | "usageTypePrefix">;

const VIRGINIA = "us-east-1";
const UNKNOWN_METER: PriceMeter = { unit: "", usageType: "", serviceCode: "" };

/** Unit, usage type and service code of a price key in a region; all empty for a key that is none. */
export const priceMeter = (key: PriceKey, region: BillingRegion): PriceMeter => {
  const parsed = parsePriceKey(key);
  if (parsed === undefined) return UNKNOWN_METER;
  return parsed.kind === "overhead" ? overhead(parsed.key, region) : compute(parsed, region);
};

type ComputeKey = Exclude<ParsedPriceKey, { readonly kind: "overhead" }>;

const compute = (key: ComputeKey, region: BillingRegion): PriceMeter => {
  const { usageTypePrefix: prefix } = region;
  switch (key.kind) {
    case "fargate":
      return {
        unit: key.meter === "gb-hour" ? "GB-hour" : "vCPU-hour",
        usageType: `${prefix}-${fargateUsage(key)}`,
        serviceCode: "AmazonECS",
      };
    case "fargate-ephemeral":
      return { unit: "GB-hour", usageType: `${prefix}-Fargate-EphemeralStorage-GB-Hours`, serviceCode: "AmazonECS" };
    case "ec2": {
      const usage = `${key.purchase === "spot" ? "SpotUsage" : "BoxUsage"}:${key.instanceType}`;
      return { unit: "instance-hour", usageType: bareInVirginia(usage, region), serviceCode: "AmazonEC2" };
    }
    case "managed-instances-fee":
      return {
        unit: "instance-hour",
        usageType: `${prefix}-ECS-Managed-Instances:${key.instanceType}-management-hours`,
        serviceCode: "AmazonECS",
      };
  }
};

const FARGATE_USAGE: Readonly<Record<FargateMeter, string>> = {
  "vcpu-hour": "vCPU-Hours:perCPU",
  "gb-hour": "GB-Hours",
  "os-vcpu-hour": "OS-Hours:perCPU",
};

/** Usage that a Savings Plan covers stays under its normal usage type; Spot has one of its own. */
const fargateUsage = (key: FargatePriceKey): string => {
  const market = key.purchase === "spot" ? "SpotUsage-" : "";
  const platform = key.os === "windows" ? "Windows-" : key.architecture === "arm64" ? "ARM-" : "";
  return `${market}Fargate-${platform}${FARGATE_USAGE[key.meter]}`;
};

const overhead = (key: PriceKey, region: BillingRegion): PriceMeter => {
  const meter = overheadMeter(key);
  if (meter === undefined) return UNKNOWN_METER;
  return { unit: meter.unit, serviceCode: meter.serviceCode, usageType: overheadUsage(meter, region) };
};

const overheadUsage = (meter: NonNullable<ReturnType<typeof overheadMeter>>, region: BillingRegion): string => {
  if (meter.usageType === "" || (region.region === VIRGINIA && meter.inVirginia === "unknown")) return "";
  if (meter.inVirginia === "bare") return bareInVirginia(meter.usageType, region);
  return `${region.usageTypePrefix}-${meter.usageType}`;
};

const bareInVirginia = (usage: string, region: BillingRegion): string =>
  region.region === VIRGINIA ? usage : `${region.usageTypePrefix}-${usage}`;
