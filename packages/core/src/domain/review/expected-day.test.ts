import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectedDay } from "./expected-day.ts";

const week = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 7, maxLength: 7 });

describe("expectedDay", () => {
  it("expects of a weekday what it always cost", () => {
    fc.assert(
      fc.property(week, fc.integer({ min: 28, max: 60 }), (costs, index) => {
        const days = Array.from({ length: index }, (_, day) => costs[day % 7] ?? 0);
        expect(expectedDay(days, index)?.expected).toBe(costs[index % 7]);
      }),
    );
  });

  it("is not moved by a single day, however dear", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 2, max: 1e6 }), (back, spike) => {
        const days = Array.from({ length: 40 }, () => 100);
        if (back !== 7) days[40 - back] = 100 + spike;
        expect(expectedDay(days, 40)).toEqual({ expected: 100, deviation: 0 });
      }),
    );
  });

  it("takes a level that stays for the new one within a week", () => {
    const days = Array.from({ length: 40 }, (_, day) => (day < 33 ? 100 : 300));
    expect(expectedDay(days.slice(0, 33), 33)?.expected).toBe(100);
    for (let index = 37; index < 60; index += 1) {
      const longer = Array.from({ length: index }, (_, day) => (day < 33 ? 100 : 300));
      expect(expectedDay(longer, index)?.expected).toBe(300);
    }
    const fresh = Array.from({ length: 40 }, (_, day) => (day < 33 ? 0 : 300));
    expect(expectedDay(fresh, 40)?.expected).toBe(300);
  });

  it("says nothing with less than a week before", () => {
    expect(expectedDay([1, 2, 3, 4, 5, 6, 7], 6)).toBeUndefined();
  });
});
