import { describe, expect, it } from "vitest";
import type { RegionBook } from "../book.ts";
import { EMPTY_RATE_CARD, type RateCard } from "../rate-card.ts";
import { createCatalogue } from "../rates/catalogue.ts";
import { discountedCatalogue, rateCardText } from "./discounted-catalogue.ts";
import { fitsPattern } from "./services.ts";

const BOOK: RegionBook = {
  region: "eu-west-9",
  name: "EU (Nowhere)",
  usageTypePrefix: "EUW9",
  partition: "aws",
  origins: [{ asOf: "2026-09", source: "price list" }],
  prices: {
    "fargate/linux/arm64/vcpu-hour": { rate: "0.03", origin: 0 },
    "fargate/linux/arm64/gb-hour": { rate: "0.004", origin: 0 },
    "nat.gb": {
      tiers: [
        { from: "0", to: "100", rate: "0.05" },
        { from: "100", to: null, rate: "0.04" },
      ],
      origin: 0,
    },
  },
  ec2: { onDemand: {}, spot: {}, commitments: {} },
  managedInstancesFees: [],
};
const LIST = createCatalogue(BOOK, []);
const DAY = "2026-11-30";

const rates = (card: Partial<RateCard>, key = "fargate/linux/arm64/vcpu-hour"): string[] => {
  const lookup = discountedCatalogue(LIST, { ...EMPTY_RATE_CARD, ...card }, DAY).find(key);
  return lookup.found ? lookup.price.tiers.map(({ rate }) => rate) : [];
};

describe("prices less what a company does not pay", () => {
  it("take a service by name, by service code and by a pattern of price keys", () => {
    for (const service of ["Fargate", "fargate", "AmazonECS", "fargate/linux/*"]) {
      expect(rates({ discounts: [{ service, percent: "10" }] })).toEqual(["0.027"]);
    }
    expect(rates({ discounts: [{ service: "NAT", percent: "10" }] })).toEqual(["0.03"]);
  });

  it("take the narrowest discount: usage type before service, a region before any, the last of equals", () => {
    const fargate = { service: "Fargate", percent: "10" };
    const usage = { usageType: "*ARM-vCPU*", percent: "20" };
    expect(rates({ discounts: [usage, fargate] })).toEqual(["0.024"]);
    expect(rates({ discounts: [{ ...fargate, regions: ["eu-west-9"], percent: "30" }, fargate] })).toEqual(["0.021"]);
    expect(rates({ discounts: [fargate, { ...fargate, percent: "5" }] })).toEqual(["0.0285"]);
  });

  it("hold in their regions and between their days, both inclusive", () => {
    const held = (scope: object) =>
      rates({ discounts: [{ service: "Fargate", percent: "50", ...scope }] })[0] === "0.015";
    expect([held({ regions: ["us-east-1"] }), held({ regions: ["us-east-1", "eu-west-9"] })]).toEqual([false, true]);
    expect([held({ from: DAY }), held({ until: DAY })]).toEqual([true, true]);
    expect([held({ from: "2026-12-01" }), held({ until: "2026-11-29" })]).toEqual([false, false]);
  });

  it("have the discount across the board on top", () => {
    // 0.03 x 0.88 x 0.93
    const card = { discounts: [{ service: "Fargate", percent: "12" }], edp: [{ percent: "7" }] };
    expect(rates(card)).toEqual(["0.024552"]);
    expect(rates(card, "nat.gb")).toEqual(["0.0465", "0.0372"]);
    expect(rateCardText({ ...EMPTY_RATE_CARD, ...card })).toBe("Fargate 12 %, everything 7 % on top");
  });

  it("take an agreed rate instead, in the currency of the card", () => {
    const key = "fargate/linux/arm64/vcpu-hour";
    expect(rates({ rates: [{ key, rate: "0.02" }], discounts: [{ service: "Fargate", percent: "12" }] })).toEqual([
      "0.02",
    ]);
    const currency = { currency: "EUR", perUsd: "0.8", asOf: DAY };
    expect(rates({ rates: [{ key, rate: "0.02" }], currency })).toEqual(["0.025"]);
    expect(rates({ rates: [{ key: "alb.hour", rate: "0.02" }] }, "alb.hour")).toEqual(["0.02"]);
    expect(rates({}, "alb.hour")).toEqual([]);
  });
});

describe("a pattern", () => {
  it.each([
    ["*NatGateway*", "EU-NatGateway-Bytes", true],
    ["*-Bytes", "EU-NatGateway-Bytes", true],
    ["?U-*", "EU-NatGateway-Bytes", true],
    ["NatGateway", "EU-NatGateway-Bytes", false],
    ["*", "", true],
    ["?", "", false],
  ])("%s fits %s: %s", (pattern, text, fits) => {
    expect(fitsPattern(pattern, text)).toBe(fits);
  });

  it("takes no longer for many stars", () => {
    expect(fitsPattern(`${"*a".repeat(200)}b`, "a".repeat(5000))).toBe(false);
  });
});
