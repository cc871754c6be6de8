import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confidenceOf, continuityOf, startUpOf } from "./continuity.ts";
import { demandOf, pointsOf, spanDays, splitDemand, timeRange } from "./demand-window.ts";
import { pointOf } from "./metric-point.ts";
import { meanOf, peakOf, percentileOf } from "./quantile.ts";
import { seasonOf, taskCountsOf } from "./season.ts";
import { dayOfDate, isoDate, isoTime } from "./timestamp.ts";
import { addPoint, emptyUsage, MAX_DAYS, type ServiceUsage } from "./usage.ts";

const MONDAY = dayOfDate(2026, 11, 2) * 86_400;

const fill = (
  usage: ServiceUsage,
  days: number,
  cpu: (minute: number) => number,
  { from = MONDAY, period = 5, tasks = NaN } = {},
): ServiceUsage => {
  for (let minute = 0; minute < days * 1440; minute += period) {
    addPoint(usage, pointOf(from + minute * 60, { cpu: cpu(minute), memory: 40, tasks }));
  }
  return usage;
};

describe("addPoint", () => {
  it("leaves out negative values and keeps values over 100 %", () => {
    const usage = emptyUsage();
    addPoint(usage, pointOf(MONDAY, { cpu: -1, memory: 120 }));
    addPoint(usage, pointOf(MONDAY + 300, { cpu: 30, memory: -0.5 }));
    const demand = demandOf(usage);
    expect(demand.days[0]).toMatchObject({ negative: 2, above100: 1, points: 2 });
    expect(peakOf(demand, "cpu")).toBe(30);
    expect(peakOf(demand, "memory")).toBe(120);
    expect(pointsOf(demand)).toBe(1);
  });

  it("counts a minute that is given twice once, and reports it", () => {
    const usage = fill(
      fill(emptyUsage(), 1, () => 10),
      1,
      () => 10,
    );
    expect(pointsOf(demandOf(usage))).toBe(288);
    expect(demandOf(usage).days[0]?.repeated).toBe(288);
    expect(usage.disordered).toBe(287);
  });

  it("keeps the newest days with points, in whatever order they come", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          Array.from({ length: 200 }, (_, i) => i),
          { minLength: 120 },
        ),
        (days) => {
          const usage = emptyUsage();
          for (const day of days) addPoint(usage, pointOf((day + 20_000) * 86_400, { cpu: 1, memory: 1 }));
          const newest = [...days].sort((a, b) => b - a).slice(0, MAX_DAYS);
          expect(usage.days.size).toBe(MAX_DAYS);
          expect(demandOf(usage).days.map(({ day }) => day - 20_000)).toEqual(newest.reverse());
          expect(usage.tooOld).toBe(days.length - MAX_DAYS);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("loses no history to one time in the far future", () => {
    const usage = fill(emptyUsage(), 7, () => 10);
    addPoint(usage, pointOf(dayOfDate(2099, 1, 1) * 86_400, { cpu: 1, memory: 1 }));
    expect(demandOf(usage).days).toHaveLength(8);
  });
});

describe("demandOf", () => {
  it("looks at the newest days only", () => {
    const usage = fill(emptyUsage(), 10, (minute) => (minute < 1440 ? 90 : 10));
    expect(peakOf(demandOf(usage, 9), "cpu")).toBe(10);
    expect(peakOf(demandOf(usage), "cpu")).toBe(90);
    expect(spanDays(demandOf(usage, 9))).toBe(9);
    const [first, rest] = splitDemand(demandOf(usage), 7);
    expect([first.days.length, rest.days.length]).toEqual([7, 3]);
  });

  it("knows its first and last minute", () => {
    const range = timeRange(demandOf(fill(emptyUsage(), 2, () => 10)));
    expect(isoTime(range?.from ?? 0)).toBe("2026-11-02T00:00:00Z");
    expect(isoTime(range?.to ?? 0)).toBe("2026-11-03T23:55:00Z");
  });

  it("means what was given, whatever the order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1 }), (values) => {
        const [a, b] = [values, [...values].reverse()].map((list) => {
          const usage = emptyUsage();
          for (const value of list) addPoint(usage, pointOf(MONDAY, { cpu: value, memory: value }));
          return meanOf(demandOf(usage), "cpu");
        });
        expect(a).toBe(b);
        expect(a).toBeCloseTo(values.reduce((x, y) => x + y, 0) / values.length, 3);
      }),
    );
  });
});

describe("continuityOf", () => {
  it("finds the period, the gaps and the coverage", () => {
    const usage = emptyUsage();
    fill(usage, 1, () => 10);
    fill(usage, 1, () => 10, { from: MONDAY + 2 * 86_400 });
    const found = continuityOf(demandOf(usage));
    expect(found).toMatchObject({ periodMinutes: 5, otherPeriods: 0, gaps: 1, missingMinutes: 1440 });
    expect(found.coverage).toBeCloseTo(2 / 3, 6);
    expect(isoDate(Math.floor((found.longestGaps[0]?.to ?? 0) / 1440))).toBe("2026-11-04");
  });

  it("takes each day by its own period and reports that they differ", () => {
    const usage = fill(emptyUsage(), 2, () => 10);
    fill(usage, 1, () => 90, { from: MONDAY + 2 * 86_400, period: 1 });
    const demand = demandOf(usage);
    expect(continuityOf(demand)).toMatchObject({ periodMinutes: 5, gaps: 0, coverage: 1 });
    expect(continuityOf(demand).otherPeriods).toBeCloseTo(1 / 3, 9);
    expect(percentileOf(demand, "cpu", 66)).toBeLessThan(10.1);
    expect(percentileOf(demand, "cpu", 67)).toBe(90);
  });

  it("says nothing of an empty series", () => {
    expect(continuityOf({ days: [] })).toMatchObject({ periodMinutes: 0, gaps: 0, coverage: 0 });
  });
});

describe("startUpOf", () => {
  it("tells the peak after a pause from steady state", () => {
    const usage = fill(emptyUsage(), 1, () => 10);
    fill(usage, 1, (minute) => (minute < 15 ? 95 : 10), { from: MONDAY + 2 * 86_400 });
    expect(startUpOf(demandOf(usage))).toMatchObject({ starts: 1, cpuPeak: 95, steadyCpuPeak: 10, memoryPeak: 40 });
  });

  it("has no start without a pause", () => {
    expect(startUpOf(demandOf(fill(emptyUsage(), 2, () => 10)))).toMatchObject({ starts: 0, cpuPeak: undefined });
  });
});

describe("confidenceOf", () => {
  it.each([
    [1, "low"],
    [3, "medium"],
    [7, "high"],
  ])("after %d full days is %s", (days, confidence) => {
    expect(confidenceOf(demandOf(fill(emptyUsage(), days, () => 10)))).toBe(confidence);
  });
});

describe("seasonOf", () => {
  it("sees office hours of each day and of the week", () => {
    const office = (minute: number): number => {
      const day = Math.floor(minute / 1440) % 7;
      const hour = Math.floor(minute / 60) % 24;
      return day < 5 && hour >= 9 && hour < 17 ? 60 : 5;
    };
    const season = seasonOf(demandOf(fill(emptyUsage(), 14, office)), "cpu");
    expect(season.weekly).toBeCloseTo(1, 6);
    expect(season.daily).toBeGreaterThan(0.5);
    expect(season.weekPeaks[9]).toBe(60);
    expect(season.weekPeaks[8]).toBe(5);
    expect(season.weekPeaks[5 * 24 + 12]).toBe(5);
  });

  it("claims none where every hour is the same", () => {
    expect(seasonOf(demandOf(fill(emptyUsage(), 14, () => 10)), "cpu")).toMatchObject({ daily: 0, weekly: 0 });
  });
});

describe("taskCountsOf", () => {
  it("keeps the fewest, the most and the mean of the hours", () => {
    const usage = fill(emptyUsage(), 1, () => 10, { tasks: 2 });
    fill(usage, 1, () => 10, { from: MONDAY + 86_400, tasks: 6 });
    expect(taskCountsOf(demandOf(usage))).toMatchObject({ fewest: 2, most: 6, mean: 4 });
  });

  it("is not known where the series never gives it", () => {
    expect(taskCountsOf(demandOf(fill(emptyUsage(), 1, () => 10)))).toBeUndefined();
  });
});
