import { describe, expect, it } from "vitest";
import type { RegionBook } from "./book.ts";
import type { InstanceType } from "./price.ts";
import { askPrices } from "./price-query.ts";
import { createCatalogue } from "./rates/catalogue.ts";
import { summarizeRegion } from "./region-summary.ts";

const BOOK: RegionBook = {
  region: "eu-west-9",
  name: "EU (Nowhere)",
  usageTypePrefix: "EUW9",
  partition: "aws",
  origins: [
    { asOf: "2026-09-11", source: "price list" },
    { asOf: "undated", source: "a note" },
    { asOf: "2025-06", source: "spot advisor" },
  ],
  prices: {
    "fargate/linux/arm64/vcpu-hour": { rate: "0.03238", origin: 0 },
    "fargate/linux/arm64/gb-hour": { rate: "0.00356", origin: 1 },
    "nat.gb": { rate: "0.045", origin: 0 },
    "nat.hour": { rate: "0.045", origin: 1 },
  },
  ec2: {
    onDemand: { "m7g.large": ["0.08", 0], "m7g.xlarge": ["0.16", 0], "u1.secret": ["9", 0] },
    spot: { "m7g.large": ["60", 1, 2] },
    commitments: { "standard-ri-1y-no-upfront": { "m7g.large": ["0.05", 0, "0.08"] } },
  },
  managedInstancesFees: [{ series: [], fraction: "0.12", origin: 0 }],
};

const TYPES: readonly InstanceType[] = ["m7g.large", "m7g.xlarge", "c7g.large"].map((name) => ({
  name,
  family: name.slice(0, 3),
  generation: 7,
  vcpu: 2,
  memoryMiB: 8192,
  architecture: "arm64",
  gpuCount: 0,
  gpuName: "",
  burstable: false,
  flex: false,
  bareMetal: false,
  previousGeneration: false,
  maxEnis: 3,
  trunking: true,
  branchEnis: 9,
}));

describe("the summary of a region", () => {
  const summary = summarizeRegion(BOOK, TYPES);
  const group = (name: string) => summary.groups.find((each) => each.group === name);

  it("tells how old the facts are", () => {
    expect(summary).toMatchObject({ asOf: "2026-09-11", oldest: "2025-06", undated: 2 });
  });

  it("counts what is there of what could be", () => {
    expect(group("fargate-arm64")).toEqual({ group: "fargate-arm64", present: 2, total: 2 });
    expect(group("fargate-x86_64")).toEqual({ group: "fargate-x86_64", present: 0, total: 2 });
    expect(group("fargate-windows")).toEqual({ group: "fargate-windows", present: 0, total: 3 });
    expect(group("fargate-compute-sp")).toEqual({ group: "fargate-compute-sp", present: 0, total: 24 });
    expect(group("ec2-on-demand")).toEqual({ group: "ec2-on-demand", present: 2, total: 2 });
    expect(group("ec2-spot")).toEqual({ group: "ec2-spot", present: 1, total: 2 });
    expect(group("ec2-reserved")).toEqual({ group: "ec2-reserved", present: 1, total: 2 });
    expect(group("overheads")?.present).toBe(2);
  });
});

describe("a question about prices", () => {
  const catalogue = createCatalogue(BOOK, TYPES);
  const keysOf = (query: string) => {
    const answer = askPrices(catalogue, query);
    if (answer.kind !== "prices") throw new Error(`${query} gives ${answer.kind}`);
    return { found: answer.prices.map((each) => each.key), missing: answer.missing };
  };

  it("finds one key, or tells that the region has no price for it", () => {
    expect(keysOf("nat.gb")).toEqual({ found: ["nat.gb"], missing: [] });
    expect(keysOf("alb.hour")).toEqual({ found: [], missing: ["alb.hour"] });
  });

  it("finds keys by their beginning and by a pattern", () => {
    expect(keysOf("nat")).toEqual({ found: ["nat.gb", "nat.hour"], missing: ["nat.regional.gb", "nat.regional.hour"] });
    expect(keysOf("nat.*r").found).toEqual(["nat.hour"]);
    expect(keysOf("fargate/linux/arm64/").found).toHaveLength(2);
    expect(keysOf("ec2/m7g.*/on-demand/hour").found).toHaveLength(2);
  });

  it("finds the on-demand rates of a family", () => {
    expect(keysOf("m7g").found).toEqual(["ec2/m7g.large/on-demand/hour", "ec2/m7g.xlarge/on-demand/hour"]);
    expect(keysOf("m7g.?large").found).toEqual(["ec2/m7g.xlarge/on-demand/hour"]);
  });

  it("shows an instance type with every purchase", () => {
    const answer = askPrices(catalogue, "m7g.large");
    if (answer.kind !== "instance-type") throw new Error(answer.kind);
    expect(answer.specifications?.vcpu).toBe(2);
    expect(answer.spotInterruptionBand).toBe(1);
    expect(answer.prices.map((each) => [each.key, each.tiers[0]?.rate])).toEqual([
      ["ec2/m7g.large/on-demand/hour", "0.08"],
      ["ec2/m7g.large/spot/hour", "0.032"],
      ["ec2/m7g.large/standard-ri-1y-no-upfront/hour", "0.05"],
      ["ec2/m7g.large/standard-ri-1y-partial-upfront/hour", "0.04762"],
      ["ec2/m7g.large/standard-ri-1y-all-upfront/hour", "0.046665"],
      ["ec2/m7g.large/instance-sp-1y-no-upfront/hour", "0.05"],
      ["ec2/m7g.large/instance-sp-1y-partial-upfront/hour", "0.04762"],
      ["ec2/m7g.large/instance-sp-1y-all-upfront/hour", "0.046665"],
      ["managed-instances/m7g.large/management-hour", "0.0096"],
    ]);
    expect(answer.missing).toHaveLength(18);
  });

  it("shows a type without specifications by its prices alone", () => {
    expect(askPrices(catalogue, "u1.secret")).toMatchObject({ kind: "instance-type", name: "u1.secret" });
    expect(askPrices(catalogue, "u1.secret")).not.toHaveProperty("specifications");
  });

  it("suggests what is near where nothing is spelled like it", () => {
    expect(askPrices(catalogue, "m7g.lrge")).toMatchObject({ kind: "unknown", nearest: ["m7g.large", "m7g.xlarge"] });
    expect(askPrices(catalogue, "alb.hours")).toMatchObject({ kind: "unknown", nearest: ["alb.hour", "nlb.hour"] });
    expect(askPrices(catalogue, "")).toEqual({ kind: "unknown", query: "", nearest: [] });
    expect(askPrices(catalogue, "(((")).toMatchObject({ kind: "unknown" });
  });
});
