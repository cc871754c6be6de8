import { describe, expect, it } from "vitest";
import { performanceRisk } from "./performance-risk.ts";

const used = (peak: number, shareAbove: number) => ({ mean: 10, p99: 20, peak, shareAbove });

describe("the risk of running short", () => {
  it.each([
    [used(80, 0), used(80, 0), "low"],
    [used(110, 0.005), used(80, 0), "medium"],
    [used(80, 0), used(95, 0), "medium"],
    [used(110, 0.02), used(80, 0), "high"],
    [used(80, 0), used(101, 0.0001), "high"],
    [null, used(80, 0), null],
  ])("with CPU %j and memory %j is %s", (cpu, memory, risk) => {
    expect(performanceRisk({ cpu, memory })).toBe(risk);
  });
});
