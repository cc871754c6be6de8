import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finestPeriod, lookbackWindow, metricWindow, OLDEST_AGE } from "./retention.ts";

const NOW = Date.UTC(2026, 10, 20, 12, 34, 56) / 1000;
const DAY = 86_400;

describe("a window", () => {
  it("lies within what is wanted, in whole periods that CloudWatch has kept, ten minutes back at least", () => {
    const times = fc.record({
      from: fc.integer({ min: NOW - 600 * DAY, max: NOW }),
      length: fc.integer({ min: 0, max: 600 * DAY }),
      period: fc.option(fc.integer({ min: -60, max: 100_000 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(times, ({ from, length, period }) => {
        const wanted = { from, to: from + length, ...(period === undefined ? {} : { period }) };
        const window = metricWindow(wanted, NOW);
        const isEmpty = window.from === window.to;
        expect(window.from).toBeGreaterThanOrEqual(Math.max(wanted.from, NOW - OLDEST_AGE));
        expect(isEmpty || window.to <= Math.min(wanted.to, NOW - 600)).toBe(true);
        expect(window.from % window.period).toBe(0);
        expect((window.to - window.from) % window.period).toBe(0);
        expect(window.period % finestPeriod(NOW - Math.max(wanted.from, NOW - OLDEST_AGE))).toBe(0);
      }),
    );
  });

  it("of the last days ends at a full hour that is over for ten minutes", () => {
    const at = (hour: number, minute: number): number => Date.UTC(2026, 10, 20, hour, minute) / 1000;
    expect(lookbackWindow(1, at(12, 34)).to).toBe(at(12, 0));
    expect(lookbackWindow(1, at(12, 9)).to).toBe(at(11, 0));
    expect(lookbackWindow(1, at(12, 10)).to).toBe(at(12, 0));
    expect(lookbackWindow(1, at(12, 59))).toEqual(lookbackWindow(1, at(12, 11)));
  });
});
