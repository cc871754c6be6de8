import { Decimal, discountedCatalogue, estimate, type LineItem, type RateCard } from "@ecs-cost/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryInventory } from "../support/arbitrary-inventory.ts";
import { pinnedCatalogue } from "../support/prices/pinned.ts";

const LIST = pinnedCatalogue("us-east-1");
const percent = fc.integer({ min: 0, max: 9999 }).map((hundredths) => new Decimal(hundredths).div(100).toFixed());
const paid = (text: string): Decimal => new Decimal(100).minus(text).div(100);
const at = (card: Partial<RateCard>) =>
  discountedCatalogue(LIST, { discounts: [], edp: [], rates: [], ...card }, "2026-11-30");

const linesOf = (report: ReturnType<typeof estimate>): readonly LineItem[] => [
  ...report.services.flatMap(({ lineItems }) => lineItems),
  ...report.shared.lineItems,
];

describe("an estimate with discounts", () => {
  it("costs quantity x net rate on every line, and the list rate less every discount is the net rate", () => {
    fc.assert(
      fc.property(arbitraryInventory, percent, percent, (inventory, fargate, across) => {
        const card = { discounts: [{ service: "Fargate", percent: fargate }], edp: [{ percent: across }] };
        for (const { dimension, quantity, rate, listRate, cost } of linesOf(estimate(inventory, at(card)))) {
          expect(cost.equals(quantity.times(rate))).toBe(true);
          const part = dimension.startsWith("fargate") ? paid(fargate).times(paid(across)) : paid(across);
          expect(rate.toFixed()).toBe(listRate?.times(part).toFixed());
        }
      }),
      { numRuns: 30 },
    );
  });

  it("is that part of the list cost where one discount holds for everything", () => {
    fc.assert(
      fc.property(arbitraryInventory, percent, (inventory, across) => {
        const { totalMonthlyCost, listMonthlyCost } = estimate(inventory, at({ edp: [{ percent: across }] }));
        if (listMonthlyCost === undefined) return;
        expect(totalMonthlyCost?.toFixed()).toBe(listMonthlyCost.times(paid(across)).toFixed());
      }),
      { numRuns: 30 },
    );
  });

  it("tells the total in another currency as the total at its rate", () => {
    const currency = { currency: "EUR", perUsd: "0.92", asOf: "2026-11-30" };
    fc.assert(
      fc.property(arbitraryInventory, (inventory) => {
        const { totalMonthlyCost, converted } = estimate(inventory, at({ currency }));
        expect(converted?.totalMonthlyCost?.toFixed()).toBe(totalMonthlyCost?.times("0.92").toFixed());
      }),
      { numRuns: 10 },
    );
  });
});
