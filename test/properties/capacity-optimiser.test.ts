import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adviseAll, adviseCapacity } from "../../packages/core/src/domain/capacity/advise-capacity.ts";
import type { CapacityAdvice } from "../../packages/core/src/domain/capacity/capacity-advice.ts";
import { type CapacityProblem, prepareProblem } from "../../packages/core/src/domain/capacity/capacity-problem.ts";
import { allShapes, enumerateStrategies } from "../../packages/core/src/domain/capacity/enumerate-strategies.ts";
import { findStrategy } from "../../packages/core/src/domain/capacity/find-strategy.ts";
import { searchBounded } from "../../packages/core/src/domain/capacity/search-bounded.ts";
import { splitTasks } from "../../packages/core/src/domain/capacity/split.ts";
import { candidateOf, compareCost } from "../../packages/core/src/domain/capacity/strategy-candidate.ts";
import { strategyProblems } from "../../packages/core/src/domain/capacity/strategy-rules.ts";
import { Decimal, ZERO } from "../../packages/core/src/domain/units/decimal.ts";
import { fargatePair, goals, limited, onDemand, requestOf, requirements, spot } from "./capacity-goals.ts";

const costOf = (advice: CapacityAdvice): Decimal => advice.monthlyCost ?? ZERO;
const onDemandPart = (advice: CapacityAdvice): Decimal => advice.averageTasks["FARGATE"] ?? ZERO;

const agrees = (problem: CapacityProblem, maxWeight: number, zeroWeightBase: boolean): void => {
  const limits = { maxWeight, zeroWeightBase };
  const expected = enumerateStrategies(problem, limits);
  expect(findStrategy(problem, limits)).toEqual(expected);
  expect(searchBounded(problem, limits)).toEqual(expected);
};

describe("the search", () => {
  it("agrees with enumeration for one on-demand and one Spot provider", () => {
    fc.assert(
      fc.property(goals(12), fargatePair, fc.boolean(), (goal, options, zeroWeightBase) => {
        agrees(prepareProblem(goal, options), 5, zeroWeightBase);
      }),
      { numRuns: 120 },
    );
  });

  it("agrees with enumeration for any providers, dear Spot, limits and equal prices included", () => {
    const options = fc.oneof(
      fc.tuple(onDemand("od"), spot("s1"), spot("s2")),
      fc.tuple(onDemand("od"), limited("ri"), spot("s1")),
      fc.tuple(onDemand("od"), spot("s1")),
      fc.tuple(spot("s1"), spot("s2")),
      fc.tuple(limited("ri")),
      fc.tuple(onDemand("od")),
    );
    fc.assert(
      fc.property(goals(7), options, fc.boolean(), (goal, providers, zeroWeightBase) => {
        agrees(prepareProblem(goal, providers), 2, zeroWeightBase);
      }),
      { numRuns: 150 },
    );
  });

  it("has none that is as cheap and keeps the tasks running more of the time", () => {
    const limits = { maxWeight: 3, zeroWeightBase: true };
    const model = { ratePerTaskHour: 0.02, shareTakenTogether: 0.5, shareWithoutCapacity: 0.01, replaceHours: 0.1 };
    fc.assert(
      fc.property(goals(9), onDemand("any"), (goal, option) => {
        const calm = { asOf: "", source: "given", model };
        const restless = { ...calm, model: { ...model, ratePerTaskHour: 2, replaceHours: 1 } };
        const problem = prepareProblem(goal, [
          { ...option, capacityProvider: "restless", interruption: restless },
          { ...option, capacityProvider: "calm", interruption: calm },
        ]);
        const found = findStrategy(problem, limits);
        for (const shape of allShapes(2, 9, limits)) {
          const other = candidateOf(problem, shape);
          if (other.availability < goal.target) continue;
          expect(found === undefined ? -1 : compareCost(problem, found, other)).toBeLessThanOrEqual(0);
          if (found !== undefined && compareCost(problem, found, other) === 0)
            expect(other.availability).toBeLessThanOrEqual(found.availability);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("agrees with enumeration over larger ranges", () => {
    const problems = fc.sample(fc.tuple(goals(150), fargatePair), { numRuns: 4, seed: 11 });
    for (const [goal, options] of problems) agrees(prepareProblem(goal, options), 3, true);
  });
});

describe("the recommended strategy", () => {
  it("is legal, keeps the target at every count, and its figures follow from its split", () => {
    fc.assert(
      fc.property(goals(40), fargatePair, (goal, options) => {
        const advice = adviseCapacity(requestOf(goal, options, { frontier: false }));
        expect(strategyProblems(advice.strategy)).toEqual([]);
        const problem = prepareProblem(goal, options);
        problem.counts.forEach((count, at) => {
          const tasks = splitTasks(count, advice.strategy);
          const wanted = options.map((option) => tasks.get(option.capacityProvider) ?? 0);
          expect(problem.availability(wanted, problem.required[at] ?? 0)).toBeGreaterThanOrEqual(goal.target);
        });
        expect(advice.tasks).toEqual(Object.fromEntries(splitTasks(goal.profile.shown, advice.strategy)));
        const full = options.map((o) => o.price.times(advice.averageTasks[o.capacityProvider] ?? ZERO).times(730));
        const difference = full.reduce((a, b) => a.plus(b)).minus(advice.uninterruptedMonthlyCost ?? ZERO);
        expect(difference.abs().lt("1e-30")).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it("keeps on-demand tasks for what must run when the target is certainty", () => {
    fc.assert(
      fc.property(goals(30), fargatePair, (goal, [first, second]) => {
        const certain = { ...goal, target: 1 };
        const model = { ratePerTaskHour: 0.02, shareTakenTogether: 0.5, shareWithoutCapacity: 0.01, replaceHours: 0.1 };
        const spotOption = { ...second, interruption: { model, asOf: "", source: "given" } };
        const { strategy } = adviseCapacity(requestOf(certain, [first, spotOption], { frontier: false }));
        const problem = prepareProblem(certain, [first, spotOption]);
        problem.counts.forEach((count, at) => {
          expect(splitTasks(count, strategy).get("FARGATE") ?? 0).toBeGreaterThanOrEqual(problem.required[at] ?? 0);
        });
      }),
      { numRuns: 80 },
    );
  });

  it("costs no less under a higher target", () => {
    fc.assert(
      fc.property(goals(25), fargatePair, fc.double({ min: 0, max: 1, noNaN: true }), (goal, options, other) => {
        const [low, high] = [goal.target, other].sort((a, b) => a - b);
        const [cheap, dear] = [low, high].map((target) =>
          adviseCapacity(requestOf({ ...goal, target: target ?? 0 }, options, { frontier: false })),
        );
        if (cheap && dear) expect(costOf(dear).gte(costOf(cheap))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it("has no smaller on-demand part, and costs no less, when more tasks are required", () => {
    fc.assert(
      fc.property(goals(25), fargatePair, fc.nat(25), fc.nat(25), fc.boolean(), (goal, options, a, b, asShare) => {
        const [fewer, more] = [Math.min(a, b), Math.max(a, b)].map((tasks) => {
          const required = asShare
            ? ({ kind: "share", share: tasks / 25 } as const)
            : ({ kind: "tasks", tasks } as const);
          return adviseCapacity(requestOf({ ...goal, required }, options, { frontier: false }));
        });
        if (!fewer || !more) throw new Error("two pieces of advice are compared");
        expect(onDemandPart(more).gte(onDemandPart(fewer))).toBe(true);
        expect(costOf(more).gte(costOf(fewer))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("costs no more when Spot gets cheaper", () => {
    const providers = fc.oneof(fargatePair, fc.tuple(onDemand("od"), spot("s1"), spot("s2")));
    fc.assert(
      fc.property(goals(8), providers, fc.integer({ min: 1, max: 99 }), (goal, options, percent) => {
        const cheaper = options.map((option, i) =>
          i === 1 ? { ...option, price: option.price.times(percent).div(100) } : option,
        );
        const [before, after] = [options, cheaper].map((each) =>
          adviseCapacity(requestOf(goal, each, { frontier: false, maxWeight: 3 })),
        );
        if (before && after) expect(costOf(after).lte(costOf(before))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("costs no more than today's strategy where that meets the target, and keeps it where it is as cheap", () => {
    const today = fc
      .tuple(fc.nat(10), fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 1000 }))
      .map(([base, first, second]) => [
        { capacityProvider: "FARGATE", base, weight: first },
        { capacityProvider: "FARGATE_SPOT", base: 0, weight: second },
      ]);
    fc.assert(
      fc.property(goals(20), fargatePair, today, (goal, options, items) => {
        const advice = adviseCapacity(requestOf(goal, options, { frontier: false, today: items }));
        expect(advice.monthlySaving?.eq(advice.today?.monthlyCost.minus(costOf(advice)) ?? ZERO)).toBe(true);
        const regardless = adviseCapacity(requestOf(goal, options, { frontier: false }));
        expect(costOf(advice).lte(costOf(regardless))).toBe(true);
        if (advice.today === null || advice.today.achieved.lt(goal.target)) return;
        expect(advice.monthlySaving?.gte(0)).toBe(true);
        const again = adviseCapacity(requestOf(goal, options, { frontier: false, today: advice.strategy }));
        expect(again.strategy).toEqual(advice.strategy);
      }),
      { numRuns: 100 },
    );
  });

  it("is the same on every run and beside any other service", () => {
    fc.assert(
      fc.property(goals(20), goals(20), fargatePair, fargatePair, (goal, other, options, otherOptions) => {
        const request = requestOf(goal, options);
        const alone = JSON.stringify(adviseCapacity(request));
        expect(JSON.stringify(adviseAll([requestOf(other, otherOptions), request])[1])).toBe(alone);
      }),
      { numRuns: 40 },
    );
  });
});

describe("the frontier", () => {
  it("rises in cost and availability together, and begins with the cheapest strategy of all", () => {
    fc.assert(
      fc.property(goals(15), fargatePair, (goal, options) => {
        const { frontier } = adviseCapacity(requestOf(goal, options));
        const free = adviseCapacity(requestOf({ ...goal, target: 0 }, options, { frontier: false }));
        expect(frontier[0]?.monthlyCost.eq(costOf(free))).toBe(true);
        for (let i = 1; i < frontier.length; i += 1) {
          const [last, next] = [frontier[i - 1], frontier[i]];
          expect(next?.monthlyCost.gt(last?.monthlyCost ?? ZERO)).toBe(true);
          expect(next?.achieved.gt(last?.achieved ?? ZERO)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("required tasks", () => {
  it("are never more than the count, and all of it at a share of 1", () => {
    fc.assert(
      fc.property(requirements(30), fc.nat(30), (required, count) => {
        const goal = { profile: { points: [{ count, hours: 1 }], shown: count, assumptions: [] }, required, target: 1 };
        const problem = prepareProblem({ ...goal, hoursPerMonth: new Decimal(730) }, []);
        expect(problem.required[0]).toBeLessThanOrEqual(count);
        if (required.kind === "share" && required.share === 1) expect(problem.required[0]).toBe(count);
      }),
    );
  });
});
