import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalText } from "./quantity.ts";

describe("a quantity", () => {
  it.each([
    [0.1, "0.1"],
    [1e-7, "0.0000001"],
    [1e21, "1000000000000000000000"],
    ["0.10", "0.1"],
    [" 12 ", "12"],
    ["0.12345678901234567890123", "0.12345678901234567890123"],
    [0, "0"],
  ])("%j is %s", (value, text) => {
    expect(decimalText(value)).toBe(text);
  });

  it("keeps the value of every number that it was written as", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), (value) => {
        expect(Number(decimalText(value))).toBe(value);
        expect(decimalText(value)).toMatch(/^\d+(?:\.\d+)?$/);
      }),
    );
  });
});
