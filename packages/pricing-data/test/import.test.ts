import { describe, expect, it } from "vitest";
import type { Row } from "../scripts/facts.ts";
import { instancePrices, managedInstancesFees } from "../scripts/instance-prices.ts";
import { createOrigins } from "../scripts/origins.ts";
import { type StatedFacts, statedPrices } from "../scripts/stated-prices.ts";
import { toJson } from "../scripts/to-json.ts";

const overhead = (cells: Record<string, string>): Row => ({
  region: "ap-south-1",
  key: "xfer.internet_gb",
  unit: "GB",
  tier_from: "0",
  tier_to: "Inf",
  usd: "0.1",
  service_code: "AWSDataTransfer",
  usagetype: "APS3-DataTransfer-Out-Bytes",
  operation: "",
  as_of: "2026-09",
  source: "price list",
  ...cells,
});

const stated = (facts: Partial<StatedFacts>) => {
  const origins = createOrigins();
  const all: StatedFacts = {
    fargate: [],
    ephemeral: [],
    savingsPlans: [],
    overheads: [],
    prefixes: new Map([
      ["ap-south-1", "APS3"],
      ["ap-northeast-1", "APN1"],
    ]),
    ...facts,
  };
  return { prices: statedPrices(all, "ap-south-1", origins), origins: origins.list };
};

describe("importing stated prices", () => {
  it("puts the rows of a key in order as tiers, as old as the oldest", () => {
    const { prices, origins } = stated({
      overheads: [
        overhead({ tier_from: "10240", usd: "0.085", as_of: "2026-10-01" }),
        overhead({ tier_to: "10240", source: "older price list", as_of: "2022-11" }),
      ],
    });
    expect(prices["xfer.internet_gb"]).toMatchObject({
      tiers: [
        { from: "0", to: "10240", rate: "0.1" },
        { from: "10240", to: null, rate: "0.085" },
      ],
    });
    expect(origins).toEqual([{ asOf: "2022-11", source: "older price list; price list" }]);
  });

  it("leaves the last tier closed where the document ends there", () => {
    const { prices } = stated({ overheads: [overhead({ tier_to: "10240" })] });
    expect(prices["xfer.internet_gb"]?.tiers).toEqual([{ from: "0", to: "10240", rate: "0.1" }]);
  });

  it("spells the transfer to a named region and leaves other blanks out", () => {
    const blank = { usagetype: "", key: "xfer.interregion_gb" };
    const named = stated({ overheads: [overhead({ ...blank, unit: "GB to ap-northeast-1" })] }).prices;
    expect(named["xfer.interregion_gb"]?.usageType).toBe("APS3-APN1-AWS-Out-Bytes");
    const most = stated({ overheads: [overhead({ ...blank, unit: "GB to most other regions" })] }).prices;
    expect(most["xfer.interregion_gb"]).not.toHaveProperty("usageType");
  });

  it("counts global rows in every region and no other region's rows", () => {
    const { prices } = stated({
      overheads: [
        overhead({ region: "global", key: "xfer.internet_free_gb_month" }),
        overhead({ region: "eu-west-1" }),
      ],
    });
    expect(Object.keys(prices)).toEqual(["xfer.internet_free_gb_month"]);
  });

  it("makes no price of a blank cell and refuses a broken one", () => {
    const row = {
      region: "ap-south-1",
      os: "windows",
      arch: "x86_64",
      market: "ondemand",
      as_of: "2026-09",
      source: "x",
    };
    const { prices } = stated({ fargate: [{ ...row, vcpu_hour: "", gb_hour: "0.005", os_licence_vcpu_hour: "" }] });
    expect(Object.keys(prices)).toEqual(["fargate/windows/x86_64/gb-hour"]);
    expect(() => stated({ overheads: [overhead({ usd: "0,1" })] })).toThrow("usd is no plain decimal");
  });
});

const reserved = (cells: Record<string, string> = {}): Row => ({
  region: "us-east-1",
  instance_type: "m5.large",
  on_demand_that_day: "0.096",
  standard_1y: "0.061",
  standard_3y: "0.041",
  convertible_1y: "0.071",
  convertible_3y: "",
  as_of: "2025-04-05",
  source: "reserved page",
  ...cells,
});

const committed: Row = {
  region: "us-east-1",
  instance_type: "m5.large",
  product: "standard_ri",
  term_years: "1",
  payment: "no_upfront",
  usd_hour: "0.061",
  as_of: "2025-04-05",
  source: "another reading",
};

const onDemand: Row = {
  region: "us-east-1",
  instance_type: "m5.large",
  usd_hour: "0.096000",
  as_of: "2024-01-01",
  source: "list",
};

describe("importing instance prices", () => {
  const NOTHING = { onDemand: [], reserved: [], commitments: [], spot: [] };

  it("takes the on-demand list first, and the rate beside the reserved rates where the list lacks a type", () => {
    const other = reserved({ instance_type: "m5.xlarge", on_demand_that_day: "0.192" });
    const { onDemand: rates } = instancePrices(
      { ...NOTHING, onDemand: [onDemand], reserved: [reserved(), other] },
      createOrigins(),
    );
    expect(Object.entries(rates).map(([name, [rate]]) => [name, rate])).toEqual([
      ["m5.large", "0.096000"],
      ["m5.xlarge", "0.192"],
    ]);
  });

  it("keeps the reading with the on-demand rate of its day where two are of one date", () => {
    const facts = { ...NOTHING, onDemand: [onDemand], reserved: [reserved()], commitments: [committed] };
    const { commitments } = instancePrices(facts, createOrigins());
    expect(commitments["standard-ri-1y-no-upfront"]?.["m5.large"]).toEqual(["0.061", expect.any(Number), "0.096"]);
    expect(commitments).not.toHaveProperty("convertible-ri-3y-no-upfront");
  });

  it("lets a newer reading win", () => {
    const newer = { ...committed, usd_hour: "0.06", as_of: "2026-10-01" };
    const { commitments } = instancePrices(
      { ...NOTHING, reserved: [reserved()], commitments: [newer] },
      createOrigins(),
    );
    expect(commitments["standard-ri-1y-no-upfront"]?.["m5.large"]?.[0]).toBe("0.06");
  });

  it("compares no reserved rate with a bare-metal rate that may be of another tenancy", () => {
    const metal = { instance_type: "c6g.metal" };
    const facts = {
      ...NOTHING,
      onDemand: [{ ...onDemand, ...metal, source: "may be of dedicated tenancy" }],
      reserved: [reserved(metal)],
    };
    const origins = createOrigins();
    const { commitments } = instancePrices(facts, origins);
    expect(commitments["standard-ri-1y-no-upfront"]?.["c6g.metal"]).toHaveLength(2);
    expect(origins.list[0]?.source).toContain("dedicated tenancy");
  });

  it("works the Managed Instances fee of each series out exactly", () => {
    const fee = (scope: string, fraction: string): Row => ({
      scope,
      fee_fraction: fraction,
      basis: "b",
      as_of: "2026-07",
      source: "s",
    });
    const rows = [fee("all types", "0.12"), fee("G series", ""), fee("P series and Trainium", "")];
    const fractions = managedInstancesFees(rows, createOrigins()).map(({ series, fraction }) => [series, fraction]);
    expect(fractions).toEqual([
      [[], "0.12"],
      [["g", "gr"], "0.078"],
      [["p", "trn"], "0.048"],
    ]);
  });
});

describe("the files that the import writes", () => {
  it("hold what JSON.stringify holds, a line per row", () => {
    const value = { name: 'a "b"', rows: { "m5.large": ["0.096", 0], c: [] }, list: [{ a: 1 }, { a: null }], none: {} };
    const text = toJson(value);
    expect(JSON.parse(text)).toEqual(value);
    expect(text.split("\n")).toContain('  "m5.large":["0.096",0],');
  });
});
