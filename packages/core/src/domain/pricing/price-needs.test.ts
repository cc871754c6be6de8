import { describe, expect, it } from "vitest";
import type { Price, PriceCatalogue } from "./price.ts";
import { priceNeeds } from "./price-needs.ts";

const price = (key: string, asOf: string, more: Partial<Price> = {}): Price => ({
  key,
  unit: "Hrs",
  usageType: "",
  serviceCode: "",
  tiers: [{ from: "0", to: null, rate: "0.05" }],
  asOf,
  source: "price list",
  ...more,
});

const catalogueOf = (prices: readonly Price[]): PriceCatalogue => ({
  region: "eu-west-9",
  source: "snapshot",
  asOf: "2026-09",
  find: (key) => {
    const found = prices.find((each) => each.key === key);
    return found === undefined ? { found: false, key } : { found: true, price: found };
  },
  instanceTypes: () => [],
  instanceType: () => undefined,
  spotInterruptionBand: () => undefined,
});

describe("the prices that an inventory needs", () => {
  const derived = price("fargate/ephemeral-gb-hour", "2026-09", {
    assumptions: [
      { code: "outer", detail: "" },
      { code: "inner", detail: "" },
    ],
  });
  const known = [
    price("nat.hour", "2026-09-01"),
    price("nat.gb", "undated"),
    price("alb.hour", "2025-01"),
    price("ipv4.hour", "undated", { source: "given by the user" }),
    derived,
  ];
  const needs = priceNeeds(
    ["nat.hour", "nat.gb", "nat.gb", "alb.hour", "ipv4.hour", derived.key, "logs.ingest_gb", "ebs.gp3_gb_month"],
    catalogueOf(known),
    catalogueOf([...known, price("logs.ingest_gb", "2026-09")]),
  );

  it("come once each: the missing first, then the derived, then the undated and oldest, then those given", () => {
    expect(needs.map(({ key, state }) => [key, state])).toEqual([
      ["ebs.gp3_gb_month", "missing"],
      ["logs.ingest_gb", "missing"],
      ["fargate/ephemeral-gb-hour", "derived"],
      ["nat.gb", "read"],
      ["alb.hour", "read"],
      ["nat.hour", "read"],
      ["ipv4.hour", "given"],
    ]);
  });

  it("tell what a missing one could be derived by, and every step of a derived one", () => {
    expect(needs.slice(0, 3).map(({ derivable, assumptions }) => derivable ?? assumptions)).toEqual([
      false,
      true,
      ["outer", "inner"],
    ]);
  });
});
