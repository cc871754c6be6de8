import { Decimal } from "@ecs-cost/core";
import { OVERHEAD_SCOPES, review } from "@ecs-cost/core/review";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCharge, readingOf } from "../support/arbitrary-bill.ts";

const bills = fc.array(anyCharge, { maxLength: 60 });
const scopes = fc.constantFrom(...OVERHEAD_SCOPES);

const sum = (values: Iterable<Decimal>): Decimal => {
  let total = new Decimal(0);
  for (const value of values) total = total.plus(value);
  return total;
};

const costs = (parts: readonly { readonly cost: Decimal }[]): string => sum(parts.map(({ cost }) => cost)).toFixed();

describe("review", () => {
  it("adds up to the bill, to the last digit", () => {
    fc.assert(
      fc.property(bills, scopes, (charges, overheads) => {
        const report = review({
          reading: readingOf(charges),
          month: "2026-10",
          tagKeys: ["team"],
          settings: { overheads },
        });
        const { totalCost, unplaced, other, credits, tax, billTotal } = report;
        const billed = charges.filter(({ day, kind }) => day >= "2026-10-01" && !kind.startsWith("split"));
        expect(billTotal.toFixed()).toBe(sum(billed.map(({ cost }) => new Decimal(cost))).toFixed());
        expect(sum([totalCost, unplaced.cost, other, credits, tax]).toFixed()).toBe(billTotal.toFixed());
        expect(costs(report.lineItems)).toBe(totalCost.toFixed());
        expect(costs(unplaced.lineItems)).toBe(unplaced.cost.toFixed());
        expect(costs(report.days)).toBe(totalCost.toFixed());
        expect(sum([...report.otherServices.map(({ cost }) => cost), report.commitments.balance]).toFixed()).toBe(
          other.toFixed(),
        );
      }),
    );
  });

  it("divides the total exactly, whatever it is divided by", () => {
    fc.assert(
      fc.property(bills, (charges) => {
        const report = review({ reading: readingOf(charges), month: "2026-10", tagKeys: ["team"] });
        const total = report.totalCost.toFixed();
        for (const parts of [report.clusters, report.regions, report.accounts, report.launchTypes, report.dimensions]) {
          if (parts.length > 0) expect(costs(parts)).toBe(total);
        }
        expect(costs([...report.services, { cost: report.untagged?.cost ?? new Decimal(0) }])).toBe(total);
        for (const service of report.services) expect(costs(service.lineItems)).toBe(service.cost.toFixed());
      }),
    );
  });

  it("splits every change into price, quantity and mix exactly", () => {
    fc.assert(
      fc.property(bills, (charges) => {
        const report = review({
          reading: readingOf(charges),
          month: "2026-10",
          tagKeys: [],
          settings: { movers: 1000 },
        });
        const causesOf = ({ price, quantity, mix }: NonNullable<typeof report.changeCauses>) =>
          sum([price, quantity, mix]).toFixed();
        expect(report.changeCauses && causesOf(report.changeCauses)).toBe(report.change?.toFixed());
        for (const mover of report.movers) expect(causesOf(mover.causes)).toBe(mover.change.toFixed());
        expect(sum(report.movers.map(({ change }) => change)).toFixed()).toBe(report.change?.toFixed());
      }),
    );
  });
});
