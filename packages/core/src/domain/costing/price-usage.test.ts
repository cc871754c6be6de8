import { describe, expect, it } from "vitest";
import type { Price, PriceCatalogue, PriceTier } from "../pricing/price.ts";
import { Decimal } from "../units/decimal.ts";
import { costLines } from "./costed-lines.ts";
import type { BillableUsage, PricedLines } from "./line-item.ts";
import { pricePooled } from "./price-pooled.ts";
import { priceUsage } from "./price-usage.ts";

/** Each price as its tiers: the rate and where it ends. */
const RATES: Record<string, readonly (readonly [rate: string, to: string | null])[]> = {
  "nat.gb": [["0.045", null]],
  "cw.metric_month": [
    ["0.30", "10000"],
    ["0.10", "250000"],
    ["0.05", null],
  ],
  "xfer.internet_free_gb_month": [["0", "100"]],
  "xfer.internet_gb": [
    ["0.09", "10240"],
    ["0.085", null],
  ],
  "closed.gb": [["1", "10"]],
};

const tiersOf = (bands: readonly (readonly [string, string | null])[]): PriceTier[] => {
  let from = "0";
  return bands.map(([rate, to]) => {
    const tier = { from, to, rate };
    from = to ?? from;
    return tier;
  });
};

const catalogue: PriceCatalogue = {
  region: "us-east-1",
  source: "test",
  asOf: "2026-09",
  find: (key) => {
    const bands = RATES[key];
    if (bands === undefined) return { found: false, key };
    const price: Price = {
      key,
      unit: "GB",
      usageType: `bill:${key}`,
      serviceCode: "",
      tiers: tiersOf(bands),
      asOf: "2026-09",
      source: "test",
    };
    return { found: true, price };
  },
  instanceTypes: () => [],
  instanceType: () => undefined,
  spotInterruptionBand: () => undefined,
};

const usage = (key: string, quantity: string, label?: string): BillableUsage =>
  label === undefined ? { key, quantity: new Decimal(quantity) } : { key, quantity: new Decimal(quantity), label };

const brief = (priced: PricedLines | undefined): string[] =>
  (priced?.lineItems ?? []).map(
    (line) => `${line.quantity.toFixed()} x ${line.rate.toFixed()} = ${line.cost.toFixed()}`,
  );

describe("priceUsage", () => {
  it("makes one line of a flat price, with what the bill calls it", () => {
    expect(priceUsage([usage("nat.gb", "100", "pulls")], catalogue)).toEqual({
      lineItems: [
        {
          dimension: "nat.gb",
          usageType: "bill:nat.gb",
          quantity: new Decimal(100),
          unit: "GB",
          rate: new Decimal("0.045"),
          cost: new Decimal("4.5"),
          label: "pulls",
        },
      ],
      unpriced: [],
    });
  });

  it("makes a line for each tier that the quantity reaches", () => {
    expect(brief(priceUsage([usage("cw.metric_month", "10000")], catalogue))).toEqual(["10000 x 0.3 = 3000"]);
    expect(brief(priceUsage([usage("cw.metric_month", "10001")], catalogue))).toEqual([
      "10000 x 0.3 = 3000",
      "1 x 0.1 = 0.1",
    ]);
    expect(brief(priceUsage([usage("cw.metric_month", "300000")], catalogue))).toEqual([
      "10000 x 0.3 = 3000",
      "240000 x 0.1 = 24000",
      "50000 x 0.05 = 2500",
    ]);
  });

  it("takes the free 100 GB to the internet off before the tiers begin", () => {
    const { lineItems } = priceUsage([usage("xfer.internet_gb", "10400")], catalogue);
    expect(lineItems.map((line) => line.dimension)).toEqual([
      "xfer.internet_free_gb_month",
      "xfer.internet_gb",
      "xfer.internet_gb",
    ]);
    expect(brief({ lineItems, unpriced: [] })).toEqual(["100 x 0 = 0", "10240 x 0.09 = 921.6", "60 x 0.085 = 5.1"]);
  });

  it("makes no line of nothing", () => {
    expect(priceUsage([usage("nat.gb", "0"), usage("unknown", "0")], catalogue)).toEqual({
      lineItems: [],
      unpriced: [],
    });
  });

  it("keeps what has no price, and what lies beyond the last tier", () => {
    const priced = priceUsage([usage("unknown", "3", "x"), usage("closed.gb", "12")], catalogue);
    expect(brief(priced)).toEqual(["10 x 1 = 10"]);
    expect(priced.unpriced).toEqual([
      { dimension: "unknown", quantity: new Decimal(3), label: "x" },
      { dimension: "closed.gb", quantity: new Decimal(2) },
    ]);
  });

  it("refuses a quantity that cannot be billed", () => {
    expect(() => priceUsage([usage("nat.gb", "-1")], catalogue)).toThrow(RangeError);
    expect(() => priceUsage([usage("nat.gb", "NaN")], catalogue)).toThrow(RangeError);
  });
});

describe("pricePooled", () => {
  it("applies tiers to the account's sum and divides each tier by quantity", () => {
    const pooled = pricePooled(
      [
        { subject: "a", usage: usage("cw.metric_month", "15000") },
        { subject: "b", usage: usage("cw.metric_month", "5000") },
      ],
      catalogue,
    );
    expect(brief(pooled.get("a"))).toEqual(["7500 x 0.3 = 2250", "7500 x 0.1 = 750"]);
    expect(brief(pooled.get("b"))).toEqual(["2500 x 0.3 = 750", "2500 x 0.1 = 250"]);
  });

  it("shares the free 100 GB", () => {
    const pooled = pricePooled(
      [
        { subject: "a", usage: usage("xfer.internet_gb", "150") },
        { subject: "b", usage: usage("xfer.internet_gb", "50") },
      ],
      catalogue,
    );
    expect(brief(pooled.get("a"))).toEqual(["75 x 0 = 0", "75 x 0.09 = 6.75"]);
    expect(brief(pooled.get("b"))).toEqual(["25 x 0 = 0", "25 x 0.09 = 2.25"]);
  });

  it("prices flat keys as they are, and names every subject", () => {
    const pooled = pricePooled(
      [
        { subject: "b", usage: usage("nat.gb", "0") },
        { subject: "a", usage: usage("nat.gb", "10") },
        { subject: "a", usage: usage("unknown", "1") },
      ],
      catalogue,
    );
    expect([...pooled.keys()]).toEqual(["b", "a"]);
    expect(brief(pooled.get("a"))).toEqual(["10 x 0.045 = 0.45"]);
    expect(pooled.get("a")?.unpriced).toHaveLength(1);
    expect(pooled.get("b")).toEqual({ lineItems: [], unpriced: [] });
  });

  it("divides what lies beyond the last tier too", () => {
    const pooled = pricePooled(
      [
        { subject: "a", usage: usage("closed.gb", "15") },
        { subject: "b", usage: usage("closed.gb", "5") },
      ],
      catalogue,
    );
    expect(brief(pooled.get("b"))).toEqual(["2.5 x 1 = 2.5"]);
    expect(pooled.get("b")?.unpriced).toEqual([{ dimension: "closed.gb", quantity: new Decimal("2.5") }]);
  });
});

describe("costLines", () => {
  const cost = (usages: readonly BillableUsage[]): [string | undefined, boolean] => {
    const { monthlyCost, complete } = costLines(priceUsage(usages, catalogue));
    return [monthlyCost?.toFixed(), complete];
  };

  it("tells nothing, something, part of it and an unknown cost apart", () => {
    expect(cost([])).toEqual(["0", true]);
    expect(cost([usage("nat.gb", "100")])).toEqual(["4.5", true]);
    expect(cost([usage("nat.gb", "100"), usage("unknown", "1")])).toEqual(["4.5", false]);
    expect(cost([usage("unknown", "1")])).toEqual([undefined, false]);
  });
});
