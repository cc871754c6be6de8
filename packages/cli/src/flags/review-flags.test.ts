import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { monthPlus, monthToReview } from "./review-flags.ts";

const month = fc
  .tuple(fc.integer({ min: 2006, max: 2093 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, number]) => `${year}-${String(number).padStart(2, "0")}`);

describe("months", () => {
  it("go back as many as they went on, in the order of their names", () => {
    fc.assert(
      fc.property(month, fc.integer({ min: 1, max: 60 }), (start, count) => {
        const later = monthPlus(start, count);
        expect(monthPlus(later, -count)).toBe(start);
        expect(later > start).toBe(true);
        expect(monthPlus(start, 12).slice(5)).toBe(start.slice(5));
      }),
    );
  });

  it.each(["2026-00", "2026-13", "2026-1", "26-01", "2026-10-01", "october", ""])("refuse %j", (text) => {
    expect(() => monthPlus(text, 0)).toThrow("this is no month");
  });
});

describe("the month to review", () => {
  it.each([
    ["2026-11-01T00:00:00Z", "2026-10"],
    ["2026-11-30T23:59:59Z", "2026-10"],
    ["2027-01-01T00:00:00Z", "2026-12"],
  ])("is, at %s, %s unless it is named", (now, expected) => {
    expect(monthToReview(undefined, new Date(now))).toEqual({ month: expected, chosen: true });
  });

  it("may be the one that runs, and none to come", () => {
    const now = new Date("2026-11-20T12:00:00Z");
    expect(monthToReview("2026-11", now)).toEqual({ month: "2026-11", chosen: false });
    expect(() => monthToReview("2026-12", now)).toThrow("it has not begun");
  });
});
