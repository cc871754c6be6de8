import { describe, expect, it } from "vitest";
import { familyOf, normalizationFactor } from "./normalization-factor.ts";

describe("normalization factors", () => {
  it.each([
    ["t3.nano", "0.25"],
    ["t3.micro", "0.5"],
    ["t3.small", "1"],
    ["t3.medium", "2"],
    ["m7g.large", "4"],
    ["m7g.xlarge", "8"],
    ["r5.4xlarge", "32"],
    ["c5.9xlarge", "72"],
    ["m5.24xlarge", "192"],
    ["u7i-12tb.224xlarge", "1792"],
    ["r5.metal", undefined],
    ["r7i.metal-24xl", undefined],
  ])("%s //=> %s", (type, factor) => {
    expect(normalizationFactor(type)).toBe(factor);
  });

  it("belong to a family", () => {
    expect(familyOf("u7i-12tb.224xlarge")).toBe("u7i-12tb");
  });
});
