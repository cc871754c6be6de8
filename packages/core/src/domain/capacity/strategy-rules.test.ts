import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectiveStrategy, strategyProblems } from "./strategy-rules.ts";

const item = (capacityProvider: string, base = 0, weight = 1) => ({ capacityProvider, base, weight });
const codes = (...items: ReturnType<typeof item>[]) => strategyProblems(items).map(({ code }) => code);

describe("a capacity provider strategy", () => {
  it("that ECS takes has no problem", () => {
    const limits = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        limits,
        fc.integer({ min: 0, max: 100_000 }),
        fc.integer({ min: 1, max: 1000 }),
        (names, base, weight) => {
          expect(
            strategyProblems(names.map((name, i) => item(name, i === 0 ? base : 0, i === 0 ? weight : 0))),
          ).toEqual([]);
        },
      ),
    );
    expect(codes(item("FARGATE", 2, 1), item("FARGATE_SPOT", 0, 3))).toEqual([]);
    expect(codes(item("FARGATE", 0, 0))).toEqual([]);
  });

  it.each([
    ["no-provider", []],
    ["too-many-providers", Array.from({ length: 21 }, (_, i) => item(`p${i}`))],
    ["base-out-of-range", [item("a", 100_001)]],
    ["base-out-of-range", [item("a", -1)]],
    ["base-out-of-range", [item("a", 0.5)]],
    ["weight-out-of-range", [item("a", 0, 1001)]],
    ["weight-out-of-range", [item("a", 0, Number.NaN)]],
    ["unnamed-provider", [item("")]],
    ["provider-twice", [item("a"), item("a")]],
    ["base-twice", [item("a", 1), item("b", 1)]],
    ["no-weight", [item("a", 1, 0), item("b", 0, 0)]],
    ["mixed-provider-types", [item("FARGATE"), item("asg")]],
    ["mixed-provider-types", [item("asg"), item("FARGATE_SPOT")]],
  ])("is refused for %s", (code, items) => {
    expect(strategyProblems(items).map((problem) => problem.code)).toEqual([code]);
  });

  it("of one provider puts every task on it, whatever the weight", () => {
    expect(effectiveStrategy([item("a", 1, 0)])).toEqual([item("a", 1, 1)]);
    expect(effectiveStrategy([item("a", 0, 7)])).toEqual([item("a", 0, 7)]);
    expect(effectiveStrategy([item("a", 0, 0), item("b")])).toEqual([item("a", 0, 0), item("b")]);
  });
});
