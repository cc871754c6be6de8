import { describe, expect, it } from "vitest";
import { dayWindows, highestOf, levelExceededFor, shareAboveIn } from "./day-windows.ts";
import { demandOf } from "./demand-window.ts";
import { RELATIVE_BOUND } from "./log-histogram.ts";
import { pointOf } from "./metric-point.ts";
import { addPoint, emptyUsage } from "./usage.ts";

const START = 20_000 * 86_400;
const PER_DAY = 96;
const valueAt = (i: number): number => 5 + ((i * 7919) % 1009) / 12 + Math.floor(i / PER_DAY);

const usage = emptyUsage();
for (let i = 0; i < 6 * PER_DAY; i++) addPoint(usage, pointOf(START + i * 900, { cpu: valueAt(i) }));
const windows = dayWindows(demandOf(usage), "cpu");

/** Nearest rank over the values themselves. */
const exact = (from: number, to: number, share: number): number => {
  const values = Array.from({ length: (to - from) * PER_DAY }, (_, i) => valueAt(from * PER_DAY + i)).sort(
    (a, b) => a - b,
  );
  return values[Math.max(0, Math.ceil((1 - share) * values.length - 1e-9) - 1)] ?? Number.NaN;
};

describe("dayWindows", () => {
  it.each([
    [0, 6, 0.01],
    [0, 6, 0.5],
    [2, 5, 0.05],
    [3, 4, 0.02],
    [0, 1, 1],
  ])("finds in the days %i to %i what is exceeded for a share of %f", (from, to, share) => {
    const found = levelExceededFor(windows, from, to, share) ?? Number.NaN;
    expect(found).toBeGreaterThanOrEqual(exact(from, to, share));
    expect(found).toBeLessThanOrEqual(exact(from, to, share) * (1 + RELATIVE_BOUND));
  });

  it("knows the highest value and what lies above a level", () => {
    expect(highestOf(windows, 1, 2)).toBe(Math.max(...Array.from({ length: PER_DAY }, (_, i) => valueAt(PER_DAY + i))));
    expect(shareAboveIn(windows, 0, 6, 1000)).toBe(0);
    expect(shareAboveIn(windows, 0, 6, 1)).toBe(1);
  });

  it("finds nothing without values", () => {
    const none = dayWindows(demandOf(usage), "memory");
    expect(levelExceededFor(none, 0, 6, 0.01)).toBeUndefined();
    expect(highestOf(none, 0, 6)).toBeUndefined();
  });
});
