import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ShapeTable, tabulate } from "../model/pattern.ts";
import { RESOURCES } from "../model/resources.ts";
import { chargeTasks, fitsOf, type Priced, priceOffer } from "./pricing-problem.ts";

const shape = fc
  .tuple(
    fc.constantFrom(0, 128, 256, 1024),
    fc.constantFrom(250, 500, 700, 2000),
    fc.constantFrom(0, 1),
    fc.constantFrom(0, 0, 1),
    fc.boolean(),
  )
  .map(([cpu, memory, enis, gpus, port]) => ({
    size: [cpu, memory, enis, gpus, port ? 1 : 0],
    ports: port ? [0] : [],
    members: [],
  }));

/** Of all magnitudes: what rounding leaves of a zero, too. */
const value = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 200 }),
  fc.double({ min: 1e-30, max: 200, noNaN: true }),
  fc.integer({ min: -24, max: 0 }).map((exponent) => 10 ** exponent),
);

const offer = fc
  .tuple(
    fc.constantFrom(512, 1024, 2048),
    fc.constantFrom(1000, 2100, 4000),
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 0, max: 2 }),
    fc.integer({ min: 1, max: 400 }),
  )
  .map(([cpu, memory, enis, gpus, price]) => ({ id: "t", capacity: [cpu, memory, enis, gpus, 1], price }));

const cases = fc.array(fc.tuple(shape, value, fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 4 });

/** What the most valuable pattern is worth, of all that there are. */
const mostOfAll = (
  table: ShapeTable,
  values: Float64Array,
  ceiling: readonly number[],
  capacity: readonly number[],
): number => {
  let most = 0;
  const visit = (s: number, left: readonly number[], worth: number): void => {
    most = Math.max(most, worth);
    for (let n = 0; s < table.count && n <= (ceiling[s] as number); n++) {
      const rest = left.map((c, k) => c - n * (table.sizes[s * RESOURCES + k] as number));
      if (rest.some((c) => c < 0)) break;
      visit(s + 1, rest, worth + n * (values[s] as number));
    }
  };
  visit(0, capacity, 0);
  return most;
};

const pricedAt = (
  listed: readonly (readonly [Parameters<typeof tabulate>[0][number], number, number])[],
  type: Priced["offer"],
  nodes: number,
) => {
  const table = tabulate(listed.map(([each]) => each));
  const ceiling = listed.map(([, , most]) => most);
  const values = Float64Array.from(listed, ([, worth]) => worth);
  const coverage = { demand: ceiling, ceiling, instances: 1 };
  const effort = { passes: 1, nodes, tolerance: 0 };
  const run = { table, offers: [type], coverage, effort, known: Number.POSITIVE_INFINITY, proofs: new Map() };
  const fits = fitsOf(table, type);
  const price = (worth: Float64Array): Priced => priceOffer(run, type, fits, nodes, worth, 0);
  return { table, ceiling, values, price };
};

describe("what an offer is worth", () => {
  it("is never less than its most valuable pattern, whatever the values and however short the search", () => {
    fc.assert(
      fc.property(cases, offer, fc.constantFrom(1, 3, 10_000), (listed, type, nodes) => {
        const { table, ceiling, values, price } = pricedAt(listed, type, nodes);
        const most = mostOfAll(table, values, ceiling, type.capacity);
        expect(price(values).most).toBeGreaterThanOrEqual(most * (1 - 1e-12));
        const other = values.map((each, s) => (s % 2 === 0 ? each : each / 3));
        const less = mostOfAll(table, other, ceiling, type.capacity);
        expect(price(other).most).toBeGreaterThanOrEqual(less * (1 - 1e-12));
      }),
      { numRuns: 400 },
    );
  });

  it("charges tasks so that no pattern is worth more than its instance", () => {
    fc.assert(
      fc.property(cases, offer, (listed, type) => {
        const { table, ceiling, values, price } = pricedAt(listed, type, 100);
        const charged = chargeTasks(table, [price(values)]);
        const fitting = charged.map((each, s) => (fitsOf(table, type)[s] === 1 ? each : 0));
        expect(mostOfAll(table, fitting, ceiling, type.capacity)).toBeLessThanOrEqual(type.price * (1 + 1e-12));
      }),
      { numRuns: 400 },
    );
  });
});
