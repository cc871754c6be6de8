import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { onDemandTasks } from "../../packages/core/src/domain/capacity/search-pair.ts";
import { splitCounts, splitTasks } from "../../packages/core/src/domain/capacity/split.ts";
import {
  addTasks,
  deploymentTasks,
  removeTasks,
  scaleTasks,
} from "../../packages/core/src/domain/capacity/split-path.ts";
import { strategyProblems } from "../../packages/core/src/domain/capacity/strategy-rules.ts";

interface Item {
  readonly capacityProvider: string;
  readonly base: number;
  readonly weight: number;
}

const item = (capacityProvider: string, base: number, weight: number): Item => ({ capacityProvider, base, weight });
const total = (tasks: ReadonlyMap<string, number>): number => [...tasks.values()].reduce((a, b) => a + b, 0);

/** Any strategy that ECS takes, its bounds among them. */
const strategies = (most = 20): fc.Arbitrary<Item[]> =>
  fc
    .record({
      weights: fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1000 })), {
        minLength: 1,
        maxLength: most,
      }),
      base: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 100_000 })),
      on: fc.nat(),
    })
    .map(({ weights, base, on }) => weights.map((w, i) => item(`cp-${i}`, i === on % weights.length ? base : 0, w)))
    .filter((items) => strategyProblems(items).length === 0);

const counts = fc.integer({ min: 0, max: 5000 });

describe("a split", () => {
  it.each([
    [10, [item("FARGATE", 1, 1), item("FARGATE_SPOT", 0, 4)], [3, 7]],
    [40, [item("od", 1, 1), item("spot", 0, 4)], [9, 31]],
    [6, [item("FARGATE", 2, 1), item("FARGATE_SPOT", 0, 3)], [3, 3]],
    [1, [item("FARGATE", 2, 1), item("FARGATE_SPOT", 0, 3)], [1, 0]],
    [7, [item("od", 3, 0), item("spot", 0, 1)], [3, 4]],
    [5, [item("FARGATE", 0, 0)], [5]],
  ])("of %i tasks gives what was published or follows from the rules", (desired, items, expected) => {
    expect([...splitTasks(desired, items).values()]).toEqual(expected);
  });

  it("sums to the count for every count from 0 to 5,000", () => {
    for (const items of fc.sample(strategies(), { numRuns: 12, seed: 5 })) {
      const wrong = Array.from({ length: 5001 }, (_, n) => n).filter((n) => total(splitTasks(n, items)) !== n);
      expect(wrong).toEqual([]);
    }
  });

  it("sums to the count for any legal strategy, keeps the base, and is within one task of the ratio", () => {
    fc.assert(
      fc.property(strategies(), counts, (items, desired) => {
        const tasks = splitTasks(desired, items);
        expect(total(tasks)).toBe(desired);
        const base = Math.max(...items.map((each) => each.base));
        const rest = desired - Math.min(desired, base);
        const weights = items.reduce((sum, each) => sum + each.weight, 0);
        for (const { capacityProvider, base: own, weight } of items) {
          const ratio = items.length === 1 ? rest : (rest * weight) / weights;
          const distance = (tasks.get(capacityProvider) ?? 0) - Math.min(own, desired) - ratio;
          expect(Math.abs(distance)).toBeLessThan(1);
        }
      }),
    );
  });

  it("has a closed form for two providers", () => {
    const weight = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(counts, fc.nat(30), fc.nat(1), weight, weight, (count, base, baseOn, first, second) => {
        fc.pre(first + second > 0);
        const bases = [0, 1].map((i) => (i === baseOn ? base : 0));
        const shape = { baseOn, base, weights: [first, second] };
        expect(onDemandTasks(count, shape)).toBe(splitCounts(count, bases, shape.weights)[0]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the way to a split", () => {
  it("arrives at the split of two providers, one task at a time, at every count on the way up and down", () => {
    fc.assert(
      fc.property(strategies(2), fc.integer({ min: 0, max: 60 }), (items, most) => {
        let running: ReadonlyMap<string, number> = new Map();
        for (let n = 1; n <= most; n += 1) {
          running = addTasks(running, 1, items);
          expect([...running]).toEqual([...splitTasks(n, items)]);
        }
        for (let n = most - 1; n >= 0; n -= 1) {
          running = removeTasks(running, 1, items);
          expect([...running]).toEqual([...splitTasks(n, items)]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("never moves a running task and always has the tasks asked for", () => {
    const start = fc.array(fc.nat(20), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(strategies(4), start, fc.nat(80), (items, placed, desired) => {
        const running = new Map(items.map((each, i) => [each.capacityProvider, placed[i] ?? 0]));
        const after = scaleTasks(running, desired, items);
        expect(total(after)).toBe(desired);
        const signs = [...running].map(([provider, tasks]) => Math.sign((after.get(provider) ?? 0) - tasks));
        expect(signs.includes(1) && signs.includes(-1)).toBe(false);
        expect([...after.values()].every((tasks) => tasks >= 0)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("doubles the tasks in a deployment and ends where it began", () => {
    fc.assert(
      fc.property(strategies(2), fc.nat(50), fc.integer({ min: 100, max: 200 }), (items, desired, maximum) => {
        const { before, peak, after } = deploymentTasks(desired, items, maximum);
        expect(total(peak)).toBe(Math.floor((desired * maximum) / 100));
        expect([...after]).toEqual([...before]);
        for (const [provider, tasks] of before) expect(peak.get(provider)).toBeGreaterThanOrEqual(tasks);
      }),
      { numRuns: 200 },
    );
  });
});
