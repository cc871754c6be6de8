import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocate } from "../../packages/core/src/domain/costing/allocate.ts";
import { sumLines } from "../../packages/core/src/domain/costing/costed-lines.ts";
import { pricePooled, type SubjectUsage } from "../../packages/core/src/domain/costing/price-pooled.ts";
import { priceUsage } from "../../packages/core/src/domain/costing/price-usage.ts";
import type { PriceCatalogue, PriceTier } from "../../packages/core/src/domain/pricing/price.ts";
import { Decimal, sum } from "../../packages/core/src/domain/units/decimal.ts";

const RUNS = { numRuns: 200 };

const decimals = (places: number): fc.Arbitrary<Decimal> =>
  fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: places }))
    .map(([units, scale]) => new Decimal(`${units}e-${scale}`));

const weights = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1000 }), fc.nat()), {
  minLength: 1,
  maxLength: 20,
});

const TIERS: readonly PriceTier[] = [
  { from: "0", to: "100.5", rate: "0.3" },
  { from: "100.5", to: "7000", rate: "0.0123456789" },
  { from: "7000", to: null, rate: "0.01" },
];

const catalogue: PriceCatalogue = {
  region: "us-east-1",
  source: "test",
  asOf: "2026-09",
  find: (key) => ({
    found: true,
    price: {
      key,
      unit: "GB",
      usageType: key,
      serviceCode: "",
      asOf: "2026-09",
      source: "test",
      tiers: key === "flat" ? [{ from: "0", to: null, rate: "0.04048" }] : TIERS,
    },
  }),
  instanceTypes: () => [],
  instanceType: () => undefined,
  spotInterruptionBand: () => undefined,
};

describe("allocation", () => {
  it("adds up to the total exactly, in parts that are not negative", () => {
    fc.assert(
      fc.property(decimals(15), weights, (total, shares) => {
        const parts = allocate(total, shares);
        expect(parts).toHaveLength(shares.length);
        expect(sum(parts).toFixed()).toBe(total.toFixed());
        expect(parts.every((part) => part.greaterThanOrEqualTo(0))).toBe(true);
      }),
      RUNS,
    );
  });

  it("stays within one unit of the exact share", () => {
    fc.assert(
      fc.property(decimals(15), weights, (total, shares) => {
        const weight = shares.reduce((a, b) => a + b, 0);
        fc.pre(weight > 0);
        const unit = new Decimal(10).pow(-Math.max(12, total.decimalPlaces()));
        for (const [index, part] of allocate(total, shares).entries()) {
          const exact = total.times(shares[index] ?? 0).div(weight);
          expect(part.minus(exact).abs().lessThan(unit)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it("gives a larger weight no smaller part", () => {
    fc.assert(
      fc.property(decimals(15), weights, (total, shares) => {
        const parts = allocate(total, shares);
        const order = shares.map((weight, index) => ({ weight, part: parts[index] ?? new Decimal(0) }));
        order.sort((a, b) => a.weight - b.weight);
        for (const [index, { weight, part }] of order.entries()) {
          const previous = order[index - 1];
          if (previous === undefined || previous.weight === weight) continue;
          expect(part.greaterThanOrEqualTo(previous.part)).toBe(true);
        }
      }),
      RUNS,
    );
  });
});

const pools = fc
  .array(
    fc.record({
      subject: fc.constantFrom("a", "b", "c", "d"),
      key: fc.constantFrom("flat", "tiered"),
      quantity: decimals(14),
    }),
    { maxLength: 12 },
  )
  .map((entries) => entries.map(({ subject, key, quantity }): SubjectUsage => ({ subject, usage: { key, quantity } })));

const linesOf = (pool: readonly SubjectUsage[]) =>
  [...pricePooled(pool, catalogue).values()].flatMap((x) => x.lineItems);

describe("pooled prices", () => {
  it("bill each subject for exactly what it used", () => {
    fc.assert(
      fc.property(pools, (pool) => {
        for (const [subject, priced] of pricePooled(pool, catalogue)) {
          const used = sum(pool.filter((entry) => entry.subject === subject).map((entry) => entry.usage.quantity));
          expect(sum(priced.lineItems.map((line) => line.quantity)).toFixed()).toBe(used.toFixed());
          expect(priced.lineItems.every((line) => line.quantity.greaterThan(0))).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it("cost what one subject with the sum of the usage would pay", () => {
    fc.assert(
      fc.property(pools, (pool) => {
        const total = (key: string): Decimal =>
          sum(pool.filter((entry) => entry.usage.key === key).map((entry) => entry.usage.quantity));
        const alone = priceUsage(
          ["flat", "tiered"].map((key) => ({ key, quantity: total(key) })),
          catalogue,
        );
        expect(sumLines(linesOf(pool)).toFixed()).toBe(sumLines(alone.lineItems).toFixed());
      }),
      RUNS,
    );
  });

  it("are quantity times rate, line by line", () => {
    fc.assert(
      fc.property(pools, (pool) => {
        for (const line of linesOf(pool)) {
          expect(line.cost.toFixed()).toBe(line.quantity.times(line.rate).toFixed());
        }
      }),
      RUNS,
    );
  });
});
