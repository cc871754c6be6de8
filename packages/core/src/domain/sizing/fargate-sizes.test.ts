import { describe, expect, it } from "vitest";
import { isLegalSize, legalSizes } from "./fargate-sizes.ts";

const countsByCpu = (os: "linux" | "windows"): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { cpu } of legalSizes(os)) counts[cpu] = (counts[cpu] ?? 0) + 1;
  return counts;
};

describe("legal Fargate sizes", () => {
  it("are the 77 that AWS publishes for Linux", () => {
    expect(countsByCpu("linux")).toEqual({
      256: 3,
      512: 4,
      1024: 7,
      2048: 13,
      4096: 23,
      8192: 12,
      16384: 12,
      32768: 3,
    });
    expect(legalSizes("linux")).toHaveLength(77);
  });

  it("stop at 1 to 4 vCPU and 30 GB for Windows", () => {
    expect(countsByCpu("windows")).toEqual({ 1024: 7, 2048: 13, 4096: 23 });
    expect(Math.max(...legalSizes("windows").map((size) => size.memory))).toBe(30 * 1024);
  });

  it("ascend by CPU and then memory, each once", () => {
    for (const os of ["linux", "windows"] as const) {
      const order = legalSizes(os).map(({ cpu, memory }) => cpu * 1e6 + memory);
      expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
    }
  });

  it.each([
    [256, 512, "linux", true],
    [256, 4096, "linux", false],
    [8192, 17_408, "linux", false],
    [8192, 20_480, "linux", true],
    [16_384, 36_864, "linux", false],
    [16_384, 61_440, "linux", false],
    [32_768, 61_440, "linux", true],
    [32_768, 65_536, "linux", false],
    [32_768, 249_856, "linux", true],
    [512, 1024, "windows", false],
    [1024, 2048, "windows", true],
    [8192, 16_384, "windows", false],
  ] as const)("%d CPU units with %d MiB on %s: %s", (cpu, memory, os, legal) => {
    expect(isLegalSize(cpu, memory, os)).toBe(legal);
  });
});
