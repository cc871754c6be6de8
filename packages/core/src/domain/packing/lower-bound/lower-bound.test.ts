import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { solveConfiguration } from "../column-generation/master-problem.ts";
import { solveExactly } from "../exact/exact.ts";
import type { Offer } from "../model/offers.ts";
import { tabulate } from "../model/pattern.ts";
import { RESOURCES, type Shape } from "../model/resources.ts";
import { coarsen, sumByClass } from "../model/shape-classes.ts";
import { resourceBound } from "./lower-bound.ts";

const size = fc.tuple(
  fc.constantFrom(256, 512, 1024, 2048),
  fc.integer({ min: 1, max: 8 }).map((n) => n * 500),
  fc.constantFrom(0, 1),
  fc.constant(0),
  fc.constant(0),
);

const offers = fc
  .array(
    fc.record({
      capacity: fc.tuple(
        fc.constantFrom(2048, 4096, 8192),
        fc.constantFrom(4000, 7700, 15_800),
        fc.integer({ min: 1, max: 6 }),
        fc.constant(0),
        fc.constant(1),
      ),
      price: fc.integer({ min: 50, max: 400 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((list) =>
    list
      .map((offer, i): Offer => ({ id: `t${i}`, ...offer }))
      .sort((a, b) => a.price - b.price || (a.id < b.id ? -1 : 1)),
  );

const shapeOf = (size: readonly number[], port: boolean): Shape => ({
  size: [...size.slice(0, 4), port ? 1 : 0],
  ports: port ? [0] : [],
  members: [],
});

/** A demand of few tasks in up to four shapes, one of which may hold a static host port. */
const cases = fc
  .tuple(fc.array(size, { minLength: 1, maxLength: 4 }), offers, fc.boolean())
  .chain(([sizes, list, port]) =>
    fc.record({
      table: fc.constant(tabulate(sizes.map((each, s) => shapeOf(each, port && s === 0)))),
      list: fc.constant(list),
      demand: fc.tuple(...sizes.map(() => fc.integer({ min: 1, max: 4 }))),
    }),
  )
  .map(({ table, list, demand }) => ({
    table,
    demand: demand as readonly number[],
    offers: list,
    cost: solveExactly(table, list, demand, 0).cost(),
  }))
  .filter(({ cost }) => Number.isFinite(cost));

const EFFORT = { passes: 60, nodes: 1000, tolerance: 0.0001 };

describe("lower bounds", () => {
  it("from the configuration programme never exceed the exact optimum, and reach most of it", () => {
    const shares: number[] = [];
    fc.assert(
      fc.property(cases, ({ table, demand, offers, cost }) => {
        const coverage = { demand, ceiling: demand, instances: 1 };
        const run = { table, offers, coverage, effort: EFFORT, known: Number.POSITIVE_INFINITY };
        const { bound } = solveConfiguration(run, new Map(), undefined);
        expect(bound).toBeLessThanOrEqual(cost * (1 + 1e-9));
        shares.push(bound / cost);
      }),
      { numRuns: 300 },
    );
    expect(shares.reduce((a, b) => a + b, 0) / shares.length).toBeGreaterThan(0.8);
  });

  it("hold where a shape is worth next to nothing", () => {
    const table = tabulate([
      shapeOf([256, 500, 1, 0], false),
      shapeOf([256, 500, 0, 0], false),
      shapeOf([256, 500, 0, 0], false),
    ]);
    const offers = [
      { id: "t0", capacity: [2048, 4000, 2, 0, 1], price: 50 },
      { id: "t1", capacity: [2048, 4000, 1, 0, 1], price: 101 },
    ];
    const demand = [3, 4, 3];
    const coverage = { demand, ceiling: demand, instances: 1 };
    const run = { table, offers, coverage, effort: EFFORT, known: Number.POSITIVE_INFINITY };
    const { bound } = solveConfiguration(run, new Map(), undefined);
    expect(bound).toBeCloseTo(75, 9);
    expect(solveExactly(table, offers, demand, 0).cost()).toBe(100);
  });

  it("hold in a second market that goes on from the first", () => {
    fc.assert(
      fc.property(
        cases,
        fc.array(fc.integer({ min: 50, max: 400 }), { minLength: 5, maxLength: 5 }),
        (first, prices) => {
          const { table, demand, offers } = first;
          const second = offers
            .map((offer, i) => ({ ...offer, price: prices[i] ?? 1 }))
            .sort((a, b) => a.price - b.price);
          const coverage = { demand, ceiling: demand, instances: 1 };
          const known = Number.POSITIVE_INFINITY;
          const pool = new Map();
          const { program } = solveConfiguration({ table, offers, coverage, effort: EFFORT, known }, pool, undefined);
          const { bound } = solveConfiguration(
            { table, offers: second, coverage, effort: EFFORT, known },
            pool,
            program,
          );
          expect(bound).toBeLessThanOrEqual(solveExactly(table, second, demand, 0).cost() * (1 + 1e-9));
        },
      ),
      { numRuns: 150 },
    );
  });

  it("hold after shapes were grouped into classes", () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 3 }), ({ table, demand, offers, cost }, classes) => {
        const coarse = coarsen(table, demand, classes);
        const byClass = sumByClass(coarse, demand);
        const coverage = { demand: byClass, ceiling: byClass, instances: 1 };
        const run = { table: coarse.table, offers, coverage, effort: EFFORT, known: Number.POSITIVE_INFINITY };
        const solved = solveConfiguration(run, new Map(), undefined);
        const values = solved.charge(table);
        const charged = demand.reduce((total, n, s) => total + n * (values[s] ?? 0), solved.credit);
        expect(coarse.lossless ? Math.max(solved.bound, charged) : charged).toBeLessThanOrEqual(cost * (1 + 1e-9));
      }),
      { numRuns: 150 },
    );
  });

  it("from resource prices never exceed the exact optimum, whatever fleet is known", () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 300 }), ({ table, demand, offers, cost }, extra) => {
        const totals = [0, 1, 2, 3, 4].map((k) =>
          demand.reduce((sum, n, s) => sum + n * (table.sizes[s * RESOURCES + k] ?? 0), 0),
        );
        const settings = { minInstances: 1, targetCapacity: 100 };
        expect(resourceBound(offers, { totals, filled: 1 }, settings, cost + extra)).toBeLessThanOrEqual(cost);
      }),
      { numRuns: 300 },
    );
  });
});
