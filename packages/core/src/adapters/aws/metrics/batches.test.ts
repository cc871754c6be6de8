import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchesOf, MOST_POINTS, MOST_QUERIES, seriesPerBatch } from "./batches.ts";
import type { SeriesRef } from "./series.ts";

const seriesOf = (at: number, region: string): SeriesRef => ({
  owner: { region, cluster: "production", service: `svc-${at}` },
  column: "cpu",
});

describe("batches", () => {
  it("stay within the limits of a call and waste no more than a tenth of its points, whatever the length", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700_000 }), (points) => {
        const size = seriesPerBatch(points);
        expect(size).toBeGreaterThanOrEqual(1);
        expect(size).toBeLessThanOrEqual(MOST_QUERIES);
        const pages = Math.ceil((size * points) / MOST_POINTS);
        if (size < MOST_QUERIES && points < 500_000)
          expect(pages * MOST_POINTS).toBeLessThanOrEqual(size * points * 1.1 + 1);
      }),
    );
  });

  it("hold what is missing, each series and stretch once", () => {
    const stretch = fc.constantFrom({ from: 0, to: 3000 }, { from: 300, to: 3000 }, { from: 0, to: 90_000_000 });
    const missing = fc.array(fc.tuple(fc.constantFrom("eu-west-1", "us-east-1"), stretch), { maxLength: 40 });
    fc.assert(
      fc.property(missing, (all) => {
        const asked = all.map(([region, range], at) => ({ series: seriesOf(at, region), ...range }));
        const batches = batchesOf(asked, 300);
        const held = batches.flatMap(({ series, from, to, region }) =>
          series.map((each) => ({ series: each, from, to, region })),
        );
        expect(held.length).toBe(asked.length);
        for (const each of asked) expect(held).toContainEqual({ ...each, region: each.series.owner.region });
      }),
    );
  });
});
