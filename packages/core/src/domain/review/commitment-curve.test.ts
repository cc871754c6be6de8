import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyCommitmentsHourly } from "../commitments/apply-commitments.ts";
import { Decimal } from "../units/decimal.ts";
import { commitmentCurve, type PlanHours } from "./commitment-curve.ts";

const cents = (max: number) => fc.integer({ min: 0, max }).map((value) => new Decimal(value).div(100));

/** One usage has the same rates in every hour; only quantities differ. */
const anyHours: fc.Arbitrary<readonly PlanHours[]> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 20, max: 120 })), { minLength: 1, maxLength: 3 })
  .chain((kinds) =>
    fc
      .array(fc.array(cents(500), { minLength: kinds.length, maxLength: kinds.length }), { minLength: 1, maxLength: 5 })
      .map((hours) =>
        hours.map((quantities) => ({
          hours: new Decimal(1),
          usage: quantities.map((quantity, kind) => {
            const [rate = 1, percent = 100] = kinds[kind] ?? [];
            const onDemand = quantity.times(rate);
            return { onDemand, underPlan: onDemand.times(percent).div(100) };
          }),
        })),
      ),
  );

/** Cost of a commitment, hour by hour as AWS applies it. */
const costAt = (hours: readonly PlanHours[], commitment: Decimal): Decimal =>
  applyCommitmentsHourly(
    hours.map(({ usage }) =>
      usage.map(({ onDemand, underPlan }, index) => ({
        id: String(index),
        quantity: new Decimal(onDemand.isZero() ? 0 : 1),
        onDemandRate: onDemand,
        ...(underPlan.isZero() ? {} : { computeSpRate: underPlan }),
      })),
    ),
    {
      reservedInstances: [],
      instanceSavingsPlans: [],
      computeSavingsPlans: [{ id: "plan", commitment }],
    },
  ).totals.totalCost;

const closeTo = (a: Decimal, b: Decimal): boolean => a.minus(b).abs().lessThan("1e-6");

describe("the commitment curve", () => {
  it("is what applying the plan hour by hour costs, at every point of it and between them", () => {
    fc.assert(
      fc.property(anyHours, (hours) => {
        const { points } = commitmentCurve(hours);
        for (const [index, point] of points.entries()) {
          expect(closeTo(point.monthlyCost, costAt(hours, point.hourlyCommitment))).toBe(true);
          const next = points[index + 1];
          if (next === undefined) continue;
          const between = point.hourlyCommitment.plus(next.hourlyCommitment).div(2).toDecimalPlaces(9);
          const mean = point.monthlyCost.plus(next.monthlyCost).div(2);
          expect(closeTo(mean, costAt(hours, between))).toBe(true);
        }
      }),
    );
  });

  it("has no commitment that costs less than the best, on the grid of cents or anywhere on the curve", () => {
    fc.assert(
      fc.property(anyHours, (hours) => {
        const { best, points } = commitmentCurve(hours);
        const most = points.at(-1)?.hourlyCommitment.toNumber() ?? 0;
        for (let step = 0; step <= 40; step += 1) {
          const cost = costAt(hours, new Decimal((most * step) / 40).toDecimalPlaces(4));
          expect(best.monthlyCost.minus(cost).lessThan("1e-6")).toBe(true);
        }
        for (const { monthlyCost } of points) expect(best.monthlyCost.lessThanOrEqualTo(monthlyCost)).toBe(true);
      }),
    );
  });

  it("is convex", () => {
    fc.assert(
      fc.property(anyHours, (hours) => {
        const { points } = commitmentCurve(hours);
        for (const [index, b] of points.entries()) {
          const [a, c] = [points[index - 1], points[index + 1]];
          if (a === undefined || c === undefined) continue;
          const left = b.monthlyCost.minus(a.monthlyCost).times(c.hourlyCommitment.minus(b.hourlyCommitment));
          const right = c.monthlyCost.minus(b.monthlyCost).times(b.hourlyCommitment.minus(a.hourlyCommitment));
          expect(left.minus(right).lessThan("1e-6")).toBe(true);
        }
      }),
    );
  });

  it("buys what runs in enough of the hours to pay for those in which it does not", () => {
    const usage = (onDemand: number) => [
      { onDemand: new Decimal(onDemand), underPlan: new Decimal(onDemand).times("0.8") },
    ];
    const hours = [
      { hours: new Decimal(19), usage: usage(2) },
      { hours: new Decimal(5), usage: usage(1) },
    ];
    const { best, utilization } = commitmentCurve(hours);
    expect(best.hourlyCommitment.toFixed()).toBe("0.8");
    expect(best.monthlyCost.toFixed()).toBe("38.2");
    expect(utilization?.toFixed()).toBe("1");
    const longer = commitmentCurve([
      { hours: new Decimal(21), usage: usage(2) },
      { hours: new Decimal(3), usage: usage(1) },
    ]);
    expect(longer.best.hourlyCommitment.toFixed()).toBe("1.6");
    expect(longer.best.monthlyCost.toFixed()).toBe("38.4");
  });

  it("buys nothing where the plan saves nothing, or nothing runs", () => {
    const one = new Decimal(1);
    const dear = commitmentCurve([{ hours: one, usage: [{ onDemand: one, underPlan: one }] }]);
    expect(dear.best.hourlyCommitment.toFixed()).toBe("0");
    expect(commitmentCurve([{ hours: one, usage: [] }]).best.monthlyCost.toFixed()).toBe("0");
  });
});
