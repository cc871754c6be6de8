import type { RegionBook } from "@ecs-cost/core";
import { parsePriceKey } from "../../../packages/core/src/domain/pricing/parsed-key.ts";
import { priceMeter } from "../../../packages/core/src/domain/pricing/price-meter.ts";
import { parseCommitment } from "../../../packages/core/src/domain/pricing/purchase.ts";
import { managedInstancesFeeRate } from "../../../packages/core/src/domain/pricing/rates/ec2-rate.ts";
import { hashText } from "./noise.ts";

/** An item of the Price List as GetProducts returns it. */
export interface PriceItem {
  readonly serviceCode: string;
  readonly product: {
    readonly sku: string;
    readonly productFamily?: string;
    readonly attributes: Readonly<Record<string, string>>;
  };
  readonly terms: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly version: string;
  readonly publicationDate: string;
}

const PUBLISHED = "2026-11-19T10:00:00Z";

const skuOf = (text: string): string => hashText(text).toString(36).toUpperCase().padStart(16, "0");

const currencyOf = ({ currency = "USD" }: RegionBook): string => currency;

interface Tier {
  readonly from: string;
  readonly to: string | null;
  readonly rate: string;
}

const tenDigits = (rate: string): string => {
  const [whole = "0", part = ""] = rate.split(".");
  return `${whole}.${part.padEnd(10, "0")}`;
};

/** The higher tier first, as real items have it. */
const onDemand = (sku: string, unit: string, tiers: readonly Tier[], currency = "USD") => {
  const dimensions = [...tiers].reverse().map((tier, at) => [
    `${sku}.JRTCKXETXF.TIER${at}`,
    {
      unit,
      beginRange: tier.from,
      endRange: tier.to ?? "Inf",
      description: "per unit",
      appliesTo: [],
      rateCode: `${sku}.JRTCKXETXF.TIER${at}`,
      pricePerUnit: { [currency]: tenDigits(tier.rate) },
    },
  ]);
  const term = {
    priceDimensions: Object.fromEntries(dimensions),
    sku,
    effectiveDate: "2026-11-01T00:00:00Z",
    offerTermCode: "JRTCKXETXF",
    termAttributes: {},
  };
  return { [`${sku}.JRTCKXETXF`]: term };
};

const item = (
  book: RegionBook,
  serviceCode: string,
  attributes: Readonly<Record<string, string>>,
  productFamily: string,
  terms: (sku: string) => PriceItem["terms"],
): PriceItem => {
  const sku = skuOf(`${book.region}${serviceCode}${JSON.stringify(attributes)}`);
  const here = serviceCode === "AWSDataTransfer" ? { fromRegionCode: book.region } : { regionCode: book.region };
  const common = { ...here, locationType: "AWS Region", location: book.name, servicecode: serviceCode };
  const product = { sku, productFamily, attributes: { ...common, ...attributes } };
  return { serviceCode, product, terms: terms(sku), version: "20261119100000", publicationDate: PUBLISHED };
};

const FAMILIES: Readonly<Record<string, readonly [family: string, operation: string]>> = {
  alb: ["Load Balancer-Application", "LoadBalancing:Application"],
  nlb: ["Load Balancer-Network", "LoadBalancing:Network"],
  nat: ["NAT Gateway", "NatGateway"],
  fargate: ["Compute", ""],
};

/** AWS counts these by the single unit; throughput of volumes by the GiB. */
const PER: Readonly<Record<string, number>> = {
  "ebs.gp3_mbps_month": 1 / 1024,
  "cw.getmetricdata_per_1000": 1000,
  "cw.requests_per_1000": 1000,
  "secretsmanager.per_10000": 10_000,
};

const single = (key: string, rate: string): string => {
  const per = PER[key];
  return per === undefined ? rate : (Number(rate) / per).toFixed(10);
};

const UNITS: Readonly<Record<string, string>> = { "ebs.gp3_mbps_month": "GiBps-mo" };

/** The item that has the free tier as well. */
const USAGE_TYPE_ENDS: Readonly<Record<string, string>> = { "ecs_anywhere.instance_hour": "-WithFree" };

const statedItem = (book: RegionBook, key: string): readonly PriceItem[] => {
  const stated = book.prices[key];
  const meter = priceMeter(key, book);
  const parsed = parsePriceKey(key);
  if (
    stated === undefined ||
    meter.usageType === "" ||
    meter.serviceCode === "" ||
    key.startsWith("xfer.interregion") ||
    (parsed?.kind === "fargate" && parsed.purchase !== "on-demand")
  )
    return [];
  const [family, operation] = FAMILIES[key.split(/[./]/)[0] ?? ""] ?? ["Other", ""];
  const tiers =
    stated.rate === undefined ? (stated.tiers ?? []) : [{ from: "0", to: null, rate: single(key, stated.rate) }];
  const attributes = { usagetype: `${meter.usageType}${USAGE_TYPE_ENDS[key] ?? ""}`, operation };
  const unit = UNITS[key] ?? meter.unit;
  return [
    item(book, meter.serviceCode, attributes, family, (sku) => ({
      OnDemand: onDemand(sku, unit, tiers, currencyOf(book)),
    })),
  ];
};

/** What a term costs upfront, in whole units as real items have it, and by the hour. */
const partsOf = (payment: string, years: number, effective: string): readonly [fee: string, hourly: string] => {
  const total = Number(effective) * years * 8760;
  if (payment === "no-upfront") return ["", tenDigits(effective)];
  const fee = Math.round(payment === "all-upfront" ? total : total / 2);
  const hourly = payment === "all-upfront" ? 0 : Number(effective) - fee / (years * 8760);
  return [String(fee), hourly.toFixed(10)];
};

const PAYMENT_NAMES: Readonly<Record<string, string>> = {
  "no-upfront": "No Upfront",
  "partial-upfront": "Partial Upfront",
  "all-upfront": "All Upfront",
};

const reservedTerm = (sku: string, purchase: string, effective: string, currency: string) => {
  const parsed = parseCommitment(purchase);
  if (!parsed?.commitment.endsWith("-ri")) return [];
  const offer = skuOf(purchase).slice(-10);
  const code = `${sku}.${offer}`;
  const [fee, hourly] = partsOf(parsed.payment, parsed.term, effective);
  const dimension = (name: string, unit: string, amount: string, range: object) => [
    `${code}.${name}`,
    { unit, ...range, description: unit === "Quantity" ? "Upfront Fee" : "reserved instance applied", appliesTo: [] },
    { rateCode: `${code}.${name}`, pricePerUnit: { [currency]: amount } },
  ];
  const all = [
    dimension("6YS6EN2CT7", "Hrs", hourly, { beginRange: "0", endRange: "Inf" }),
    ...(fee === "" ? [] : [dimension("2TG2D8R56U", "Quantity", fee, {})]),
  ];
  const priceDimensions = Object.fromEntries(
    all.map(([name, shape, price]) => [name as string, { ...(shape as object), ...(price as object) }]),
  );
  const termAttributes = {
    LeaseContractLength: `${parsed.term}yr`,
    OfferingClass: parsed.commitment.replace("-ri", ""),
    PurchaseOption: PAYMENT_NAMES[parsed.payment] ?? "",
  };
  return [[code, { priceDimensions, sku, effectiveDate: PUBLISHED, offerTermCode: offer, termAttributes }] as const];
};

/** A year that is paid at once, for 60 % of what it costs on demand, where the book has none. */
const A_YEAR_AT_ONCE = "standard-ri-1y-all-upfront";

const reservedTerms = (book: RegionBook, instanceType: string, sku: string, onDemandRate: string) => {
  const known = Object.entries(book.ec2.commitments).flatMap(([purchase, rows]) => {
    const rate = rows[instanceType]?.[0];
    return rate === undefined ? [] : [[purchase, rate] as const];
  });
  const atOnce = known.some(([purchase]) => purchase === A_YEAR_AT_ONCE)
    ? []
    : [[A_YEAR_AT_ONCE, String(Number(onDemandRate) * 0.6)] as const];
  return Object.fromEntries(
    [...known, ...atOnce].flatMap(([purchase, rate]) => reservedTerm(sku, purchase, rate, currencyOf(book))),
  );
};

const instanceItem = (book: RegionBook, instanceType: string, rate: string): PriceItem => {
  const attributes = {
    instanceType,
    usagetype: priceMeter(`ec2/${instanceType}/on-demand/hour`, book).usageType,
    operation: "RunInstances",
    operatingSystem: "Linux",
    tenancy: "Shared",
    preInstalledSw: "NA",
    capacitystatus: "Used",
    licenseModel: "No License required",
    marketoption: "OnDemand",
  };
  return item(
    book,
    "AmazonEC2",
    attributes,
    instanceType.includes("metal") ? "Compute Instance (bare metal)" : "Compute Instance",
    (sku) => ({
      OnDemand: onDemand(sku, "Hrs", [{ from: "0", to: null, rate }], currencyOf(book)),
      Reserved: reservedTerms(book, instanceType, sku, rate),
    }),
  );
};

/** Other regions and the prefixes of their usage types. */
const OTHER_REGIONS: Readonly<Record<string, string>> = {
  "ap-northeast-1": "APN1",
  "eu-central-1": "EUC1",
  "eu-west-1": "EU",
  "sa-east-1": "SAE1",
  "us-east-1": "USE1",
  "us-east-2": "USE2",
  "us-west-2": "USW2",
};

/** Transfer to each other region, at the rate for it alone where the book has one; and what comes in, which is free. */
const transferItems = (book: RegionBook): readonly PriceItem[] => {
  const one = book.prices["xfer.interregion_us_east_gb"];
  const general = book.prices["xfer.interregion_gb"]?.rate;
  if (general === undefined) return [];
  return Object.entries(OTHER_REGIONS)
    .filter(([to]) => to !== book.region)
    .flatMap(([to, prefix]) => {
      const rate = one?.unit === `GB to ${to}` ? (one.rate ?? general) : general;
      const pair = (direction: string, transferType: string, usd: string) =>
        item(
          book,
          "AWSDataTransfer",
          {
            toRegionCode: to,
            toLocationType: "AWS Region",
            transferType,
            usagetype: `${book.usageTypePrefix}-${prefix}-AWS-${direction}-Bytes`,
            operation: "",
          },
          "Data Transfer",
          (sku) => ({ OnDemand: onDemand(sku, "GB", [{ from: "0", to: null, rate: usd }], currencyOf(book)) }),
        );
      return [pair("Out", "InterRegion Outbound", rate), pair("In", "InterRegion Inbound", "0")];
    });
};

/** Fees of ECS Managed Instances, which burstable types of the smallest sizes do not run on. */
const feeItems = (book: RegionBook): readonly PriceItem[] =>
  Object.keys(book.ec2.onDemand)
    .filter((type) => !/\.(?:nano|micro)$/.test(type))
    .flatMap((type) => {
      const rate = managedInstancesFeeRate(book, type)?.rate;
      if (rate === undefined) return [];
      const { usageType } = priceMeter(`managed-instances/${type}/management-hour`, book);
      const attributes = { usagetype: usageType, operation: "ECSManagedInstancesUsage" };
      const tiers = [{ from: "0", to: null, rate }];
      return [
        item(book, "AmazonECS", attributes, "Compute", (sku) => ({
          OnDemand: onDemand(sku, "hours", tiers, currencyOf(book)),
        })),
      ];
    });

/** Rows that a careless filter catches too: ECS on EC2 at $0 and a licence of another product. */
const decoys = (book: RegionBook): readonly PriceItem[] => [
  item(
    book,
    "AmazonECS",
    { usagetype: `${book.usageTypePrefix}-ECS-EC2-vCPU-Hours`, cputype: "perCPU", operation: "" },
    "Compute",
    (sku) => ({
      OnDemand: onDemand(sku, "hours", [{ from: "0", to: null, rate: "0" }], currencyOf(book)),
    }),
  ),
];

/** The price list that a book of one region was read from. */
export const priceItems = (book: RegionBook): readonly PriceItem[] => [
  ...Object.keys(book.prices).flatMap((key) => statedItem(book, key)),
  ...Object.entries(book.ec2.onDemand).map(([type, row]) => instanceItem(book, type, row[0])),
  ...transferItems(book),
  ...feeItems(book),
  ...decoys(book),
];
