import { describe, expect, it } from "vitest";
import type { RegionBook } from "../book.ts";
import { GIVEN_SOURCE } from "../given-source.ts";
import type { InstanceType, Price } from "../price.ts";
import { createCatalogue } from "./catalogue.ts";

const BOOK: RegionBook = {
  region: "eu-west-9",
  name: "EU (Nowhere)",
  usageTypePrefix: "EUW9",
  partition: "aws",
  origins: [
    { asOf: "2026-09", source: "price list" },
    { asOf: "2026-10-05", source: "newer price list" },
    { asOf: "undated", source: "a note" },
    { asOf: "2025-06", source: "spot advisor" },
    { asOf: "2025-04-05", source: "reserved" },
  ],
  prices: {
    "fargate/linux/arm64/vcpu-hour": { rate: "0.03238", origin: 0 },
    "xfer.internet_gb": {
      tiers: [
        { from: "0", to: "10240", rate: "0.09" },
        { from: "10240", to: null, rate: "0.085" },
      ],
      unit: "GB",
      usageType: "EUW9-DataTransfer-Out-Bytes",
      serviceCode: "AWSDataTransfer",
      origin: 2,
    },
  },
  ec2: {
    onDemand: { "m5.large": ["0.1", 1], "g6.xlarge": ["0.8", 1], "p5.48xlarge": ["60", 1], "x1.fast": ["3", 1] },
    spot: { "m5.large": ["66", 2, 3], "p5.48xlarge": ["-62", null, 3], "c5.large": ["70", 1, 3] },
    commitments: {
      "standard-ri-1y-no-upfront": {
        "m5.large": ["0.063", 4, "0.100"],
        "p5.48xlarge": ["50", 4, "100"],
        "c5.large": ["0.05", 4, "0.08"],
      },
      "convertible-ri-3y-no-upfront": { "m5.large": ["0.05", 4], "g6.xlarge": ["0.4", 4, "0.8"] },
      "compute-sp-3y-no-upfront": { "g6.xlarge": ["0.45", 1] },
    },
  },
  managedInstancesFees: [
    { series: [], fraction: "0.12", origin: 0 },
    { series: ["g", "gr"], fraction: "0.078", origin: 1 },
    { series: ["p", "trn"], fraction: "0.048", origin: 1 },
  ],
};

const type = (name: string): InstanceType => ({
  name,
  family: name.split(".")[0] ?? "",
  generation: 5,
  vcpu: 2,
  memoryMiB: 8192,
  architecture: "x86_64",
  gpuCount: 0,
  gpuName: "",
  burstable: false,
  flex: false,
  bareMetal: false,
  previousGeneration: false,
  maxEnis: 3,
  trunking: true,
  branchEnis: 9,
});

const catalogue = createCatalogue(BOOK, [type("p5.48xlarge"), type("m5.large"), type("c5.large")]);

const price = (key: string, from = catalogue): Price => {
  const lookup = from.find(key);
  if (!lookup.found) throw new Error(`${key} is missing`);
  return lookup.price;
};
const rate = (key: string): string | undefined => price(key).tiers[0]?.rate;

describe("a catalogue over a price book", () => {
  it("states a price with unit, usage type, date and source", () => {
    expect(price("fargate/linux/arm64/vcpu-hour")).toEqual({
      key: "fargate/linux/arm64/vcpu-hour",
      unit: "vCPU-hour",
      usageType: "EUW9-Fargate-ARM-vCPU-Hours:perCPU",
      serviceCode: "AmazonECS",
      tiers: [{ from: "0", to: null, rate: "0.03238" }],
      asOf: "2026-09",
      source: "price list",
    });
    expect(price("xfer.internet_gb").tiers).toHaveLength(2);
    expect(price("xfer.internet_gb").asOf).toBe("undated");
  });

  it("keeps what is missing missing", () => {
    for (const key of [
      "nat.hour",
      "fargate/linux/x86_64/vcpu-hour",
      "ec2/c5.large/on-demand/hour",
      "ec2/c5.large/spot/hour",
      "ec2/g6.xlarge/spot/hour",
      "ec2/m5.large/standard-ri-3y-no-upfront/hour",
      "ec2/m5.large/compute-sp-1y-no-upfront/hour",
      "ec2/m5.large/instance-sp-3y-no-upfront/hour",
      "managed-instances/c5.large/management-hour",
      "no such key",
      "constructor",
    ]) {
      expect(catalogue.find(key)).toEqual({ found: false, key });
    }
  });

  it("answers the same question with the same object", () => {
    expect(catalogue.find("ec2/m5.large/spot/hour")).toBe(catalogue.find("ec2/m5.large/spot/hour"));
    expect(catalogue.find("nat.hour")).toBe(catalogue.find("nat.hour"));
  });

  it("estimates EC2 Spot as on demand less the advised savings, which may be negative", () => {
    expect(rate("ec2/m5.large/spot/hour")).toBe("0.034");
    expect(rate("ec2/p5.48xlarge/spot/hour")).toBe("97.2");
    expect(price("ec2/m5.large/spot/hour")).toMatchObject({
      asOf: "2025-06",
      usageType: "EUW9-SpotUsage:m5.large",
      assumption: { code: "spot-advisor-discount", detail: expect.stringContaining("2025-06") },
    });
    expect(catalogue.spotInterruptionBand("m5.large")).toBe(2);
    expect(catalogue.spotInterruptionBand("p5.48xlarge")).toBeUndefined();
    expect(catalogue.spotInterruptionBand("toString")).toBeUndefined();
  });

  it("takes a Reserved Instance rate as published while the on-demand rate stands", () => {
    const reserved = price("ec2/m5.large/standard-ri-1y-no-upfront/hour");
    expect(reserved.tiers[0]?.rate).toBe("0.063");
    expect(reserved.assumption).toBeUndefined();
    expect(reserved.usageType).toBe("EUW9-BoxUsage:m5.large");
    expect(rate("ec2/c5.large/standard-ri-1y-no-upfront/hour")).toBe("0.05");
  });

  it("carries the discount over where the on-demand rate has changed", () => {
    const reserved = price("ec2/p5.48xlarge/standard-ri-1y-no-upfront/hour");
    expect(reserved.tiers[0]?.rate).toBe("30");
    expect(reserved.assumption?.code).toBe("ri-discount-carried-over");
  });

  it("prices a Savings Plan without a published rate by the Reserved Instance of the same term and payment", () => {
    expect(rate("ec2/m5.large/instance-sp-1y-no-upfront/hour")).toBe("0.063");
    expect(rate("ec2/m5.large/compute-sp-3y-no-upfront/hour")).toBe("0.05");
    expect(rate("ec2/p5.48xlarge/instance-sp-1y-no-upfront/hour")).toBe("30");
    expect(price("ec2/m5.large/compute-sp-3y-no-upfront/hour").assumption?.code).toBe("sp-from-ri-discount");
  });

  it("prefers the published rate of a Savings Plan", () => {
    expect(rate("ec2/g6.xlarge/compute-sp-3y-no-upfront/hour")).toBe("0.45");
    expect(price("ec2/g6.xlarge/compute-sp-3y-no-upfront/hour").assumption).toBeUndefined();
  });

  it("names every step that a rate was derived by, the last one first", () => {
    expect(price("ec2/p5.48xlarge/instance-sp-1y-all-upfront/hour").assumptions?.map(({ code }) => code)).toEqual([
      "sp-from-ri-discount",
      "ri-upfront-from-no-upfront",
      "ri-discount-carried-over",
    ]);
    // 50 x 60 / 100 x 0.9333
    expect(rate("ec2/p5.48xlarge/instance-sp-1y-all-upfront/hour")).toBe("27.999");
  });

  it("takes the Managed Instances fee from the series of the family", () => {
    expect(rate("managed-instances/m5.large/management-hour")).toBe("0.012");
    expect(rate("managed-instances/g6.xlarge/management-hour")).toBe("0.0624");
    expect(rate("managed-instances/p5.48xlarge/management-hour")).toBe("2.88");
    expect(price("managed-instances/m5.large/management-hour").assumption?.code).toBe("managed-instances-fee");
  });

  it("lists the types that the region offers by name and knows the specifications of the others", () => {
    expect(catalogue.instanceTypes().map(({ name }) => name)).toEqual(["m5.large", "p5.48xlarge"]);
    expect(catalogue.instanceType("c5.large")?.name).toBe("c5.large");
    expect(catalogue.instanceType("x1.fast")).toBeUndefined();
  });

  it("is as of its newest dated fact", () => {
    expect(catalogue.asOf).toBe("2026-10-05");
    expect(createCatalogue({ ...BOOK, origins: [{ asOf: "undated", source: "a note" }] }, []).asOf).toBe("undated");
  });
});

describe("a rate that the user gives", () => {
  const given = createCatalogue(BOOK, [type("m5.large"), type("c5.large")], {
    overrides: {
      "xfer.internet_gb": "0.05",
      "nat.hour": "0.04",
      "ec2/m5.large/on-demand/hour": "0.09",
      "ec2/c5.large/on-demand/hour": "0.07",
    },
    source: "prices.json",
  });

  it("replaces a price, tiers and all, under the same usage type", () => {
    expect(price("xfer.internet_gb", given)).toMatchObject({
      tiers: [{ from: "0", to: null, rate: "0.05" }],
      usageType: "EUW9-DataTransfer-Out-Bytes",
      unit: "GB",
      source: GIVEN_SOURCE,
    });
  });

  it("fills a price that the book lacks, with the unit of the key", () => {
    expect(price("nat.hour", given)).toMatchObject({
      unit: "Hrs",
      usageType: "EUW9-NatGateway-Hours",
      serviceCode: "AmazonEC2",
    });
    expect(given.instanceTypes().map(({ name }) => name)).toEqual(["c5.large", "m5.large"]);
  });

  it("changes nothing that is derived from the published rate", () => {
    expect(price("ec2/m5.large/on-demand/hour", given).tiers[0]?.rate).toBe("0.09");
    expect(price("ec2/m5.large/spot/hour", given).tiers[0]?.rate).toBe("0.034");
    expect(given.find("ec2/c5.large/spot/hour").found).toBe(false);
    expect(given.source).toBe("prices.json");
  });
});
