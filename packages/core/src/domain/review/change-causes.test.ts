import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal } from "../units/decimal.ts";
import { changeCauses } from "./change-causes.ts";
import type { CostRow } from "./cost-row.ts";

const row = (usageType: string, quantity: number, rate: number, family = "fargate vcpu-hour"): CostRow => ({
  service: "AmazonECS",
  usageType,
  operation: "",
  unit: "hours",
  region: "eu-west-1",
  account: null,
  dimension: null,
  launchType: "fargate",
  family,
  cluster: null,
  ecsService: null,
  tags: {},
  serviceKey: undefined,
  tie: null,
  covered: false,
  quantity: new Decimal(quantity),
  cost: new Decimal(quantity).times(rate).div(100),
  onDemandCost: null,
});

const texts = (before: readonly CostRow[], after: readonly CostRow[]) => {
  const { price, quantity, mix } = changeCauses(before, after);
  return [price, quantity, mix].map((cause) => cause.toFixed());
};

const usages = fc.uniqueArray(
  fc.record({
    usageType: fc.constantFrom("x86", "arm", "spot", "spot-arm"),
    quantity: fc.integer({ min: 1, max: 1000 }),
    rate: fc.integer({ min: 1, max: 50 }),
  }),
  { minLength: 1, selector: ({ usageType }) => usageType },
);

describe("changeCauses", () => {
  it("calls the same quantities at other rates price alone", () => {
    fc.assert(
      fc.property(usages, fc.integer({ min: 1, max: 9 }), (each, factor) => {
        const before = each.map(({ usageType, quantity, rate }) => row(usageType, quantity, rate));
        const after = each.map(({ usageType, quantity, rate }) => row(usageType, quantity, rate * factor));
        const { price, quantity, mix } = changeCauses(before, after);
        expect(quantity.isZero()).toBe(true);
        expect(mix.abs().lessThan("1e-11")).toBe(true);
        expect(price.isZero()).toBe(factor === 1);
      }),
    );
  });

  it("calls more of everything in the same shares quantity alone", () => {
    fc.assert(
      fc.property(usages, fc.integer({ min: 2, max: 9 }), (each, factor) => {
        const before = each.map(({ usageType, quantity, rate }) => row(usageType, quantity, rate));
        const after = each.map(({ usageType, quantity, rate }) => row(usageType, quantity * factor, rate));
        const { price, mix } = changeCauses(before, after);
        expect(price.abs().lessThan("1e-11")).toBe(true);
        expect(mix.abs().lessThan("1e-11")).toBe(true);
      }),
    );
  });

  it("calls a move to a cheaper usage type mix alone", () => {
    expect(texts([row("x86", 100, 4)], [row("spot", 100, 1)])).toEqual(["0", "0", "-3"]);
  });

  it("calls what is new or gone as a family quantity, and cost without a quantity price", () => {
    expect(texts([], [row("x86", 100, 4)])).toEqual(["0", "4", "0"]);
    expect(texts([row("x86", 100, 4)], [])).toEqual(["0", "-4", "0"]);
    const discount = { ...row("x86", 0, 0), cost: new Decimal(-2) };
    expect(texts([], [discount])).toEqual(["-2", "0", "0"]);
  });

  it("never mixes families", () => {
    const before = [row("x86", 100, 4), row("nat", 10, 5, "nat")];
    expect(texts(before, [row("x86", 150, 4), row("nat", 10, 6, "nat")])).toEqual(["0.1", "2", "0"]);
  });
});
