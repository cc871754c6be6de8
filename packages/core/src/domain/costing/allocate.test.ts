import { describe, expect, it } from "vitest";
import { Decimal } from "../units/decimal.ts";
import { allocate } from "./allocate.ts";

const parts = (total: string, weights: readonly (bigint | number)[]): string[] =>
  allocate(new Decimal(total), weights).map((part) => part.toFixed());

describe("allocate", () => {
  it("gives the last units to the largest remainders", () => {
    expect(parts("1", [2, 1])).toEqual(["0.666666666667", "0.333333333333"]);
  });

  it("gives equal remainders to the first", () => {
    expect(parts("1", [1, 1, 1])).toEqual(["0.333333333334", "0.333333333333", "0.333333333333"]);
  });

  it("shares equally where all weights are zero", () => {
    expect(parts("3", [0, 0])).toEqual(["1.5", "1.5"]);
  });

  it("gives nothing to a weight of zero among others", () => {
    expect(parts("730", [0, 7n, 0])).toEqual(["0", "730", "0"]);
  });

  it("keeps a resolution that is finer than 1e-12", () => {
    expect(parts("0.00000000000001", [1, 1])).toEqual(["0.00000000000001", "0"]);
  });

  it("refuses to allocate something to nobody, and anything negative", () => {
    expect(() => parts("1", [])).toThrow(RangeError);
    expect(parts("0", [])).toEqual([]);
    expect(() => parts("-1", [1])).toThrow(RangeError);
    expect(() => parts("1", [2, -1])).toThrow(RangeError);
  });
});
