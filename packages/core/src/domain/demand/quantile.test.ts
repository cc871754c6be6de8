import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { demandOf } from "./demand-window.ts";
import { RELATIVE_BOUND, SMALLEST_EDGE } from "./log-histogram.ts";
import { pointOf } from "./metric-point.ts";
import { highestHourlyP99, meanOf, peakOf, percentileOf, recentPercentile, shareAbove } from "./quantile.ts";
import { addPoint, emptyUsage } from "./usage.ts";

const PERCENT = fc.oneof(
  fc.double({ min: 0, max: 100, noNaN: true }),
  fc.double({ min: 0, max: 0.05, noNaN: true }),
  fc.double({ min: 100, max: 9000, noNaN: true }),
);
const SERIES = fc.array(PERCENT, { minLength: 1, maxLength: 300 });

const demandFor = (values: readonly number[], step = 300) => {
  const usage = emptyUsage();
  values.forEach((value, i) => {
    addPoint(usage, pointOf(1_790_000_000 + i * step, { cpu: value, memory: 1 }));
  });
  return demandOf(usage);
};

const nearestRank = (values: readonly number[], percent: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent * sorted.length) / 100 - 1e-9) - 1)] ?? NaN;
};

describe("percentileOf", () => {
  it("is never below the exact percentile and at most the bound above it", () => {
    fc.assert(
      fc.property(SERIES, fc.constantFrom(0, 1, 50, 90, 95, 99, 99.5, 100), (values, percent) => {
        const exact = nearestRank(values, percent);
        const found = percentileOf(demandFor(values), "cpu", percent) ?? NaN;
        expect(found).toBeGreaterThanOrEqual(exact);
        expect(found).toBeLessThanOrEqual(Math.max(SMALLEST_EDGE, exact * (1 + RELATIVE_BOUND) * (1 + 1e-12)));
      }),
    );
  });

  it("is exact at 100 and rises with the percentile", () => {
    fc.assert(
      fc.property(SERIES, (values) => {
        const demand = demandFor(values);
        expect(peakOf(demand, "cpu")).toBe(Math.max(...values));
        const rising = [0, 10, 50, 90, 99, 100].map((percent) => percentileOf(demand, "cpu", percent) ?? NaN);
        expect(rising).toEqual([...rising].sort((a, b) => a - b));
      }),
    );
  });

  it("has no value without points", () => {
    expect(percentileOf({ days: [] }, "cpu", 99)).toBeUndefined();
    expect(meanOf({ days: [] }, "cpu")).toBeUndefined();
    expect(percentileOf(demandFor([5]), "cpuMaximum", 50)).toBeUndefined();
  });

  it("counts more than 65,535 equal values", () => {
    const demand = demandFor(
      Array.from({ length: 70_000 }, (_, i) => (i < 69_000 ? 10 : 20)),
      1,
    );
    expect(percentileOf(demand, "cpu", 98)).toBeLessThan(10.03);
    expect(percentileOf(demand, "cpu", 99)).toBe(20);
  });
});

describe("recentPercentile", () => {
  it("forgets an old level and keeps a new one", () => {
    const days = Array.from({ length: 20 * 288 }, (_, i) => (i < 10 * 288 ? 80 : 20));
    const demand = demandFor(days);
    expect(percentileOf(demand, "cpu", 90)).toBe(80);
    expect(recentPercentile(demand, "cpu", 90, 1)).toBeLessThan(20.1);
  });

  it("equals the plain percentile over one day", () => {
    fc.assert(
      fc.property(fc.array(PERCENT, { minLength: 1, maxLength: 100 }), (values) => {
        const demand = { days: demandFor(values, 60).days.slice(0, 1) };
        expect(recentPercentile(demand, "cpu", 95, 3)).toBe(percentileOf(demand, "cpu", 95));
      }),
    );
  });
});

describe("shareAbove", () => {
  it("never understates the share above a level", () => {
    fc.assert(
      fc.property(SERIES, PERCENT, (values, level) => {
        const exact = values.filter((value) => value > level).length / values.length;
        const within = values.filter((value) => value * (1 + RELATIVE_BOUND) > level || level < SMALLEST_EDGE).length;
        const found = shareAbove(demandFor(values), "cpu", level);
        expect(found).toBeGreaterThanOrEqual(exact - 1e-12);
        expect(found).toBeLessThanOrEqual(within / values.length + 1e-12);
      }),
    );
  });
});

describe("highestHourlyP99", () => {
  it("interpolates between the two highest values of an hour", () => {
    const hour = [10, 20, 30, 40, 50, 60, 70, 80, 90, 91, 92, 100];
    const demand = demandFor(hour.map((value) => value / 2));
    expect(highestHourlyP99({ days: demand.days.slice(0, 1) }, "cpu")).toBeGreaterThan(49);
    const start = Math.ceil(1_790_000_000 / 3600) * 3600;
    const usage = emptyUsage();
    hour.forEach((value, i) => {
      addPoint(usage, pointOf(start + i * 300, { cpu: value, memory: 1 }));
    });
    expect(highestHourlyP99(demandOf(usage), "cpu")).toBeCloseTo(92 + 0.89 * 8, 4);
  });
});
