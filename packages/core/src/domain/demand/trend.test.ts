import { describe, expect, it } from "vitest";
import { trendOf } from "./trend.ts";

const daily = (values: readonly number[]) => values.map((value, day) => ({ day, value }));

describe("trendOf", () => {
  it("is sure of a straight rise", () => {
    expect(trendOf(daily([10, 11, 12, 13, 14]))).toMatchObject({ perDay: 1, surePerDay: 1 });
  });

  it("is sure of nothing in noise and in a fall", () => {
    expect(trendOf(daily([10, 14, 9, 15, 11, 13]))?.surePerDay).toBe(0);
    expect(trendOf(daily([14, 13, 12, 11, 10]))?.surePerDay).toBe(0);
  });

  it("takes two errors off a noisy rise", () => {
    const trend = trendOf(daily([10, 12.2, 13.9, 16.1, 18, 19.8]));
    expect(trend?.surePerDay).toBeGreaterThan(1.5);
    expect(trend?.surePerDay).toBeLessThan(trend?.perDay ?? 0);
  });

  it("needs five days", () => {
    expect(trendOf(daily([1, 2, 3, 4]))).toBeUndefined();
  });
});
