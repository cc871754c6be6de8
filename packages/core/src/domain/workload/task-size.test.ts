import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CPU_TEXT, MEMORY_TEXT, parseCpu, parseMemory } from "./task-size.ts";

describe("task sizes", () => {
  it.each([
    [1024, 1024],
    ["1024", 1024],
    [" 256 ", 256],
    ["1 vCPU", 1024],
    ["1vcpu", 1024],
    [".5 vCPU", 512],
    ["0.25 VCPU", 256],
    ["1. vCPU", 1024],
    ["16 vCPU", 16_384],
  ])("take cpu %j as %j units", (text, units) => {
    expect(parseCpu(text)).toBe(units);
  });

  it.each([
    [2048, 2048],
    ["2048", 2048],
    ["2 GB", 2048],
    ["2GB", 2048],
    ["0.5 gb", 512],
    [".5 Gb", 512],
    ["244 GB", 249_856],
  ])("take memory %j as %j MiB", (text, mib) => {
    expect(parseMemory(text)).toBe(mib);
  });

  it.each([
    "",
    "x",
    "1 core",
    "-1",
    "-1 vCPU",
    "1e3",
    "0x10",
    ". vCPU",
    "vCPU",
    "1 GB",
    "1,5 vCPU",
    "0.3 vCPU",
    -1,
    1.5,
    Number.NaN,
    Infinity,
  ])("refuse cpu %j", (text) => {
    expect(parseCpu(text)).toBeUndefined();
  });

  it("refuse memory that is no whole number of MiB", () => {
    expect(["2 TB", "2 MB", "0.0001 GB", "2 vCPU", -5].map(parseMemory)).toEqual(Array(5).fill(undefined));
  });

  it("mean the same with and without the unit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 768 }), fc.constantFrom(" vCPU", "vCPU", "  VCPU "), (quarters, unit) => {
        expect(parseCpu(`${quarters / 4}${unit}`)).toBe(quarters * 256);
        expect(parseCpu(String(quarters * 256))).toBe(quarters * 256);
      }),
    );
  });

  it("are never read from text that the schema refuses, nor half read", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9. vcpuGB]{0,8}$/)), (text) => {
        for (const [size, pattern] of [
          [parseCpu(text), CPU_TEXT],
          [parseMemory(text), MEMORY_TEXT],
        ] as const) {
          if (size !== undefined) expect(pattern.test(text) && Number.isSafeInteger(size) && size >= 0).toBe(true);
        }
      }),
    );
  });
});
