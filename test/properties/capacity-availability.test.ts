import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAvailability } from "../../packages/core/src/domain/capacity/availability.ts";
import { binomial } from "../../packages/core/src/domain/capacity/binomial.ts";
import type { InterruptionModel } from "../../packages/core/src/domain/capacity/interruption.ts";
import { poolOf, runningTasks } from "../../packages/core/src/domain/capacity/spot-pool.ts";
import { simulateAvailability } from "./capacity-simulation.ts";

const models: fc.Arbitrary<InterruptionModel> = fc.record({
  ratePerTaskHour: fc.double({ min: 0, max: 0.5, noNaN: true }),
  shareTakenTogether: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1, noNaN: true })),
  shareWithoutCapacity: fc.double({ min: 0, max: 0.3, noNaN: true }),
  replaceHours: fc.double({ min: 0, max: 2, noNaN: true }),
});

const availabilityOf = (pools: readonly InterruptionModel[]) => createAvailability(pools.map(poolOf));

describe("a binomial", () => {
  it("agrees with its definition", () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
    for (const p of [0, 0.001, 0.3, 0.5, 0.999, 1]) {
      for (const [k, mass] of binomial(12, p))
        expect(mass).toBeCloseTo(choose(12, k) * p ** k * (1 - p) ** (12 - k), 13);
    }
  });

  it("sums to 1 and keeps its mean where single terms are far below what a float holds", () => {
    for (const [n, p] of [[5000, 0.5] as const, [5000, 0.9999] as const, [5000, 1e-5] as const]) {
      const masses = binomial(n, p);
      expect(masses.reduce((a, [, mass]) => a + mass, 0)).toBeCloseTo(1, 12);
      expect(masses.reduce((a, [k, mass]) => a + k * mass, 0) / (n * p)).toBeCloseTo(1, 10);
    }
  });
});

describe("availability", () => {
  it.each<[string, InterruptionModel[], number[], number]>([
    ["tasks reclaimed one by one", [model(0.2, 0, 0.02, 0.5)], [6], 5],
    ["zones reclaimed together", [model(0.2, 1 / 3, 0.02, 0.5)], [7], 4],
    ["a pool reclaimed as a whole", [model(0.1, 1, 0.05, 1)], [5], 1],
    ["two pools", [model(0.2, 1 / 3, 0.1, 0.5), model(0.4, 0, 0.05, 0.25)], [6, 4], 6],
    ["no lack of capacity", [model(0.3, 0.5, 0, 0.5)], [9], 5],
  ])("agrees with a simulation in time of the same assumptions: %s", (_, pools, spotTasks, need) => {
    const exact = availabilityOf(pools)(spotTasks, need);
    const { mean, error } = simulateAvailability(pools, spotTasks, need, { hours: 60_000, seed: 42 });
    expect(error).toBeLessThan(0.005);
    expect(Math.abs(mean - exact)).toBeLessThan(4 * error);
  });

  it("is certain where on-demand tasks suffice and impossible where there are too few tasks", () => {
    const availability = availabilityOf([model(0.2, 0, 0.02, 0.5)]);
    expect([availability([5], 0), availability([5], -2), availability([5], 6)]).toEqual([1, 1, 0]);
  });

  it("never rises with the need, never falls with more tasks, and not when a Spot task becomes an on-demand one", () => {
    fc.assert(
      fc.property(models, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (each, tasks, need) => {
        const availability = availabilityOf([each]);
        const here = availability([tasks], need);
        expect(availability([tasks], need + 1)).toBeLessThanOrEqual(here);
        expect(availability([tasks + 1], need)).toBeGreaterThanOrEqual(here);
        expect(availability([tasks - 1], need - 1)).toBeGreaterThanOrEqual(here);
      }),
      { numRuns: 300 },
    );
  });

  it("is that of the joined pools when two are equal and reclaimed one by one without lack of capacity", () => {
    const each = model(0.3, 0, 0, 0.5);
    fc.assert(
      fc.property(fc.nat(12), fc.nat(12), fc.nat(24), (a, b, need) => {
        expect(availabilityOf([each, each])([a, b], need)).toBeCloseTo(availabilityOf([each])([a + b], need), 11);
      }),
      { numRuns: 100 },
    );
  });

  it("has a running-task distribution that sums to 1 and never takes fewer together than the share", () => {
    fc.assert(
      fc.property(models, fc.integer({ min: 1, max: 60 }), (each, tasks) => {
        const pool = poolOf(each);
        expect(runningTasks(tasks, pool).reduce((a, [, mass]) => a + mass, 0)).toBeCloseTo(1, 11);
        if (each.shareTakenTogether > 0) expect(1 / pool.groups).toBeGreaterThanOrEqual(each.shareTakenTogether - 1e-9);
      }),
      { numRuns: 200 },
    );
  });
});

function model(
  ratePerTaskHour: number,
  shareTakenTogether: number,
  shareWithoutCapacity: number,
  replaceHours: number,
): InterruptionModel {
  return { ratePerTaskHour, shareTakenTogether, shareWithoutCapacity, replaceHours };
}
