import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLegalSize, legalSizes } from "./fargate-sizes.ts";
import { describeSize, nineToOne, smallestSizeThatFits } from "./size-fit.ts";

const os = fc.constantFrom("linux" as const, "windows" as const);
const cpu = fc.double({ min: 0, max: 33_000, noNaN: true });
const memory = fc.double({ min: 0, max: 251_000, noNaN: true });

const sizeFor = (wantedCpu: number, wantedMemory: number) => {
  const fit = smallestSizeThatFits(wantedCpu, wantedMemory, "linux");
  return fit.found ? [fit.size.cpu, fit.size.memory, fit.reason.code] : fit.reason.code;
};

describe("smallestSizeThatFits", () => {
  it("is legal, covers the demand, and nothing legal that covers it costs less", () => {
    fc.assert(
      fc.property(cpu, memory, os, (wantedCpu, wantedMemory, system) => {
        const fit = smallestSizeThatFits(wantedCpu, wantedMemory, system);
        const covering = legalSizes(system).filter((s) => s.cpu >= wantedCpu && s.memory >= wantedMemory);
        expect(fit.found).toBe(covering.length > 0);
        if (!fit.found) return;
        expect(isLegalSize(fit.size.cpu, fit.size.memory, system)).toBe(true);
        expect(fit.size.cpu).toBeGreaterThanOrEqual(wantedCpu);
        expect(fit.size.memory).toBeGreaterThanOrEqual(wantedMemory);
        expect(nineToOne(fit.size)).toBe(Math.min(...covering.map(nineToOne)));
      }),
    );
  });

  it("never gets cheaper when the demand grows", () => {
    fc.assert(
      fc.property(cpu, memory, cpu, memory, os, (cpuA, memoryA, cpuB, memoryB, system) => {
        const less = smallestSizeThatFits(Math.min(cpuA, cpuB), Math.min(memoryA, memoryB), system);
        const more = smallestSizeThatFits(Math.max(cpuA, cpuB), Math.max(memoryA, memoryB), system);
        if (!more.found) return;
        expect(less.found).toBe(true);
        if (less.found) expect(nineToOne(less.size)).toBeLessThanOrEqual(nineToOne(more.size));
      }),
    );
  });

  it("keeps a legal size", () => {
    for (const system of ["linux", "windows"] as const) {
      for (const size of legalSizes(system)) {
        expect(smallestSizeThatFits(size.cpu, size.memory, system)).toMatchObject({ found: true, size });
      }
    }
  });

  it.each([
    [300, 900, [512, 1024, "size-raised-for-cpu"]],
    [300, 1500, [512, 2048, "size-rounded-up"]],
    [300, 5000, [1024, 5120, "size-raised-for-memory"]],
    [4096, 4096, [4096, 8192, "size-raised-for-cpu"]],
    [2048, 31 * 1024, [8192, 32_768, "size-raised-for-memory"]],
    [1024, 2048, [1024, 2048, "size-is-legal"]],
    [32_768, 250_000, "size-too-large"],
    [33_000, 1024, "size-too-large"],
  ])("%d CPU units and %d MiB", (wantedCpu, wantedMemory, expected) => {
    expect(sizeFor(wantedCpu, wantedMemory)).toEqual(expected);
  });

  it("tells the other minimal sizes where the table is not monotone", () => {
    const fit = smallestSizeThatFits(16_384, 60 * 1024, "linux");
    expect(fit).toMatchObject({
      size: { cpu: 16_384, memory: 65_536 },
      alternatives: [{ cpu: 32_768, memory: 61_440 }],
    });
  });

  it("follows the caller's prices", () => {
    const memoryIsDear = smallestSizeThatFits(16_384, 60 * 1024, "linux", (size) => size.memory);
    expect(memoryIsDear).toMatchObject({ size: { cpu: 32_768, memory: 61_440 } });
  });

  it("says why in vCPU and GB", () => {
    const fit = smallestSizeThatFits(300, 5000, "linux");
    expect(fit.reason.detail).toBe("0.293 vCPU 4.883 GB needs 1 vCPU 5 GB: 0.5 vCPU ends at 4 GB.");
    expect(describeSize({ cpu: 256, memory: 512 })).toBe("0.25 vCPU 0.5 GB");
  });
});
