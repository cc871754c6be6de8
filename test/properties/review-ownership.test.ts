import { type Charge, Decimal } from "@ecs-cost/core";
import { type Ownership, review } from "@ecs-cost/core/review";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { charge, readingOf } from "../support/arbitrary-bill.ts";

const TEAMS = ["web", "data", "ops"];
const percent = fc.integer({ min: 0, max: 3333 }).map((hundredths) => (hundredths / 100).toFixed(2));

const shares = fc.dictionary(fc.constantFrom(...TEAMS), percent, { minKeys: 1, maxKeys: 3 });

const ownership: fc.Arbitrary<Ownership> = fc.record(
  {
    rules: fc.array(
      fc.oneof(
        fc.record({ cluster: fc.constantFrom("prod", "b*", "*"), team: fc.constantFrom(...TEAMS) }),
        fc.record({ account: fc.constantFrom("111111111111", "2*"), split: shares }),
      ),
      { maxLength: 4 },
    ),
    tags: fc.constantFrom([], ["team"]),
    shared: fc.oneof(fc.constant("cost" as const), shares),
  },
  { requiredKeys: ["rules", "tags"] },
);

const amount = fc
  .integer({ min: -500_000, max: 9_000_000 })
  .map((units) => new Decimal(units).div(1_000_000).toFixed());

const fargate: fc.Arbitrary<Charge> = fc
  .record({
    cluster: fc.constantFrom("prod", "batch", ""),
    ecsService: fc.constantFrom("api", "worker", ""),
    account: fc.constantFrom("111111111111", "222222222222"),
    region: fc.constantFrom("us-east-1", "eu-west-1"),
    tags: fc.constantFrom({ team: "web" }, { team: "data" }, { team: "" }),
    kind: fc.constantFrom("usage", "discount", "tax", "credit"),
    cost: amount,
  })
  .map((given) => charge({ day: "2026-10-05", ...given, effectiveCost: given.cost } as Partial<Charge>));

const reviewOf = (charges: readonly Charge[], rules: Ownership) =>
  review({
    reading: readingOf(charges, { from: "2026-10-01", to: "2026-11-01" }),
    month: "2026-10",
    tagKeys: ["team"],
    ownership: rules,
    showback: true,
    groupBy: ["account", "region", "team"],
  });

const total = (amounts: readonly Decimal[]): string =>
  amounts.reduce((sum, cost) => sum.plus(cost), new Decimal(0)).toFixed();

describe("division by rules", () => {
  it("is exact, counts nothing twice, and does not depend on the order of the bill", () => {
    fc.assert(
      fc.property(fc.array(fargate, { minLength: 1, maxLength: 12 }), ownership, (charges, rules) => {
        const report = reviewOf(charges, rules);
        expect(total((report.teams ?? []).map(({ cost }) => cost))).toBe(report.totalCost.toFixed());
        expect(total((report.groups ?? []).map(({ cost }) => cost))).toBe(report.totalCost.toFixed());
        expect(total((report.showback ?? []).map(({ cost }) => cost))).toBe(report.billTotal.toFixed());
        const turned = reviewOf([...charges].reverse(), rules);
        expect(turned.teams).toEqual(report.teams);
        expect(turned.showback).toEqual(report.showback);
      }),
    );
  });

  it("takes the first rule that fits, then the tag, and leaves what nobody owns", () => {
    const charges = [
      charge({ day: "2026-10-05", cluster: "prod", cost: "10", effectiveCost: "10", tags: { team: "ops" } }),
      charge({ day: "2026-10-05", cluster: "batch", cost: "1", effectiveCost: "1", tags: { team: "ops" } }),
      charge({ day: "2026-10-05", cluster: "", cost: "3", effectiveCost: "3", tags: { team: "" } }),
    ];
    const rules: Ownership = { rules: [{ cluster: "pro*", split: { web: "70", data: "20" } }], tags: ["team"] };
    const of = (report: ReturnType<typeof reviewOf>) =>
      Object.fromEntries((report.teams ?? []).map(({ key, cost }) => [key, cost.toFixed()]));
    expect(of(reviewOf(charges, rules))).toEqual({ web: "7", data: "2", ops: "1", "": "4" });
    expect(of(reviewOf(charges, { ...rules, shared: { web: "50", ops: "50" } }))).toEqual({
      ...{ web: "9", data: "2", ops: "3" },
    });
  });
});
