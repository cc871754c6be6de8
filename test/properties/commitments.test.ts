import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyCommitments,
  applyCommitmentsHourly,
} from "../../packages/core/src/domain/commitments/apply-commitments.ts";
import type {
  CommitmentResult,
  Commitments,
  CommittableUsage,
} from "../../packages/core/src/domain/commitments/commitment.ts";
import { Decimal, sum } from "../../packages/core/src/domain/units/decimal.ts";

const RUNS = { numRuns: 200 };
const TYPES = ["r5.large", "r5.4xlarge", "r5.9xlarge", "m5.large"] as const;

const amounts = fc
  .tuple(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 6 }))
  .map(([units, scale]) => new Decimal(`${units}e-${scale}`));

const shares = fc.integer({ min: 1, max: 100 }).map((percent) => new Decimal(percent).div(100));

const usageOf = (ids: readonly string[]): fc.Arbitrary<CommittableUsage[]> =>
  fc.tuple(
    ...ids.map((id) =>
      fc
        .record({
          quantity: amounts,
          onDemandRate: amounts,
          computeShare: fc.option(shares, { nil: undefined }),
          instanceShare: shares,
          type: fc.option(fc.constantFrom(...TYPES), { nil: undefined }),
        })
        .map(
          ({ quantity, onDemandRate, computeShare, instanceShare, type }): CommittableUsage => ({
            id,
            quantity,
            onDemandRate,
            ...(computeShare === undefined ? {} : { computeSpRate: onDemandRate.times(computeShare) }),
            ...(type === undefined
              ? {}
              : {
                  instanceSpRate: onDemandRate.times(instanceShare),
                  instance: { instanceType: type, region: "us-east-1" },
                }),
          }),
        ),
    ),
  );

const hours = usageOf(["a", "b", "c", "d", "e", "f"]);

const commitments: fc.Arbitrary<Commitments> = fc
  .record({
    reserved: fc.array(
      fc.record({
        instanceType: fc.constantFrom(...TYPES),
        count: fc.nat({ max: 50 }).map((n) => new Decimal(n)),
        rate: amounts,
        sizeFlexible: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    instance: fc.array(fc.record({ family: fc.constantFrom("r5", "m5"), commitment: amounts }), { maxLength: 2 }),
    compute: fc.array(amounts, { maxLength: 3 }),
  })
  .map(({ reserved, instance, compute }) => ({
    reservedInstances: reserved.map((given, index) => ({ id: `ri${index}`, region: "us-east-1", ...given })),
    instanceSavingsPlans: instance.map((given, index) => ({ id: `isp${index}`, region: "us-east-1", ...given })),
    computeSavingsPlans: compute.map((commitment, index) => ({ id: `csp${index}`, commitment })),
  }));

const usesOf = (result: CommitmentResult) => [
  ...result.reservedInstances,
  ...result.instanceSavingsPlans,
  ...result.computeSavingsPlans,
];

describe("commitments", () => {
  it("cover and leave exactly the usage that there is", () => {
    fc.assert(
      fc.property(hours, commitments, (usage, owned) => {
        for (const covered of applyCommitments(usage, owned).usage) {
          const parts = [...covered.reserved, ...covered.savingsPlans].map((part) => part.quantity);
          expect(sum([...parts, covered.onDemandQuantity]).toFixed()).toBe(covered.quantity.toFixed());
          expect([...parts, covered.onDemandQuantity].every((part) => !part.isNegative())).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it("are used or unused, and nothing else", () => {
    fc.assert(
      fc.property(hours, commitments, (usage, owned) => {
        for (const use of usesOf(applyCommitments(usage, owned))) {
          expect(use.used.plus(use.unused).toFixed()).toBe(use.committed.toFixed());
          expect(use.used.isNegative() || use.unused.isNegative()).toBe(false);
        }
      }),
      RUNS,
    );
  });

  it("charge each plan for exactly what it covers", () => {
    fc.assert(
      fc.property(hours, commitments, (usage, owned) => {
        const result = applyCommitments(usage, owned);
        for (const plan of [...result.instanceSavingsPlans, ...result.computeSavingsPlans]) {
          const coverage = result.usage.flatMap((line) => line.savingsPlans).filter(({ id }) => id === plan.id);
          expect(sum(coverage.map(({ cost }) => cost)).toFixed()).toBe(plan.used.toFixed());
        }
      }),
      RUNS,
    );
  });

  it("never leave more on demand when a plan is larger", () => {
    fc.assert(
      fc.property(hours, commitments, amounts, fc.nat(), (usage, owned, more, pick) => {
        const plans = [...owned.instanceSavingsPlans, ...owned.computeSavingsPlans];
        fc.pre(plans.length > 0);
        const chosen = plans[pick % plans.length]?.id;
        const grow = <Plan extends { readonly id: string; readonly commitment: Decimal }>(plan: Plan): Plan =>
          plan.id === chosen ? { ...plan, commitment: plan.commitment.plus(more) } : plan;
        const less = applyCommitments(usage, owned);
        const larger = applyCommitments(usage, {
          ...owned,
          instanceSavingsPlans: owned.instanceSavingsPlans.map(grow),
          computeSavingsPlans: owned.computeSavingsPlans.map(grow),
        });
        expect(larger.totals.onDemandCost.lessThanOrEqualTo(less.totals.onDemandCost)).toBe(true);
        for (const [index, line] of larger.usage.entries()) {
          expect(line.onDemandQuantity.lessThanOrEqualTo(less.usage[index]?.onDemandQuantity ?? -1)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it("leave a plan unused only where nothing that it covers is left", () => {
    fc.assert(
      fc.property(hours, commitments, (usage, owned) => {
        const result = applyCommitments(usage, owned);
        if (result.computeSavingsPlans.every(({ unused }) => unused.isZero())) return;
        for (const [index, line] of result.usage.entries()) {
          if (usage[index]?.computeSpRate !== undefined) expect(line.onDemandQuantity.toFixed()).toBe("0");
        }
      }),
      RUNS,
    );
  });

  it("do not depend on the order of usage", () => {
    fc.assert(
      fc.property(hours, commitments, (usage, owned) => {
        const forwards = applyCommitments(usage, owned);
        const backwards = applyCommitments([...usage].reverse(), owned);
        expect(JSON.stringify([...backwards.usage].reverse())).toBe(JSON.stringify(forwards.usage));
      }),
      RUNS,
    );
  });

  it("add up hour by hour", () => {
    fc.assert(
      fc.property(fc.array(hours, { minLength: 1, maxLength: 4 }), commitments, (month, owned) => {
        const total = applyCommitmentsHourly(month, owned);
        const each = month.map((usage) => applyCommitments(usage, owned));
        expect(total.totals.totalCost.toFixed()).toBe(sum(each.map((hour) => hour.totals.totalCost)).toFixed());
        for (const use of usesOf(total)) {
          expect(use.used.plus(use.unused).toFixed()).toBe(use.committed.toFixed());
        }
      }),
      { numRuns: 60 },
    );
  });
});
