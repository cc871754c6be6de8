import {
  addPoint,
  adviseSizes,
  emptyUsage,
  findStrategy,
  isLegalSize,
  legalSizes,
  pointOf,
  type ServiceUsage,
  type SizeAdvice,
} from "@ecs-cost/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const START = 20_400 * 86_400;
const PER_DAY = 48;
const RUNS = { numRuns: 60 };
const grid = { kind: "list", sizes: legalSizes("linux") } as const;
const current = { cpu: 2048, memory: 8192 };
const cost = ({ cpu, memory }: { readonly cpu: number; readonly memory: number }): number => 9 * cpu + memory;

interface Day {
  readonly cpu: number;
  readonly memory: number;
}

/** Days of their own level, each with the same wave over its hours. */
const usageOf = (days: readonly Day[], swing: number): ServiceUsage => {
  const usage = emptyUsage();
  days.forEach(({ cpu, memory }, day) => {
    for (let i = 0; i < PER_DAY; i++) {
      const wave = 1 + swing * Math.sin((2 * Math.PI * i) / PER_DAY);
      const time = START + (day * PER_DAY + i) * 1800;
      addPoint(usage, pointOf(time, { cpu: Math.min(95, cpu * wave), memory: memory * (0.9 + 0.1 * wave) }));
    }
  });
  return usage;
};

const strategy = findStrategy("default") ?? expect.fail("no strategy");

const adviseOn = (usage: ServiceUsage, settings: Record<string, number> = {}): SizeAdvice =>
  adviseSizes([{ id: "main/api", current, usage, grid }], { strategy, cost, settings, lookbackDays: 60 })[0] ??
  expect.fail("no advice");

const level = fc.record({
  cpu: fc.double({ min: 1, max: 60, noNaN: true }),
  memory: fc.double({ min: 5, max: 60, noNaN: true }),
});
const days = fc.array(level, { minLength: 4, maxLength: 12 });
/** Days that differ a little from each other, and no more at the end than at the start. */
const steadyDays = fc
  .tuple(level, fc.array(fc.double({ min: 0.9, max: 1.1, noNaN: true }), { minLength: 4, maxLength: 12 }))
  .map(([{ cpu, memory }, factors]) => factors.map((factor) => ({ cpu: cpu * factor, memory: memory * factor })));
const swing = fc.double({ min: 0, max: 0.8, noNaN: true });
const risk = fc.double({ min: 0.1, max: 40, noNaN: true });

describe("the risk that is allowed", () => {
  it("never asks for more where more is allowed, and always for a legal size", () => {
    fc.assert(
      fc.property(days, swing, risk, risk, (list, wave, a, b) => {
        const usage = usageOf(list, wave);
        for (const name of ["riskCpu", "riskMemory"]) {
          const strict = adviseOn(usage, { [name]: Math.min(a, b) });
          const loose = adviseOn(usage, { [name]: Math.max(a, b) });
          expect(loose.demand?.cpu).toBeLessThanOrEqual((strict.demand?.cpu ?? 0) * (1 + 1e-9));
          expect(loose.demand?.memory).toBeLessThanOrEqual((strict.demand?.memory ?? 0) * (1 + 1e-9));
          const { cpu, memory } = strict.recommended ?? expect.fail();
          expect(isLegalSize(cpu, memory, "linux")).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it("is promised no worse where the same days have been seen once more", () => {
    fc.assert(
      fc.property(steadyDays, swing, (list, wave) => {
        const once = adviseOn(usageOf(list, wave));
        const twice = adviseOn(usageOf([...list, ...list], wave));
        fc.pre(JSON.stringify(once.recommended) === JSON.stringify(twice.recommended));
        expect(twice.risk?.memory?.chance).toBeLessThanOrEqual((once.risk?.memory?.chance ?? 0) + 0.02);
        expect(twice.risk?.cpu?.chance).toBeLessThanOrEqual((once.risk?.cpu?.chance ?? 0) + 0.02);
      }),
      RUNS,
    );
  });

  it("is between 0 and 1, and tells from how much past it comes", () => {
    fc.assert(
      fc.property(days, swing, (list, wave) => {
        const told = adviseOn(usageOf(list, wave)).risk ?? expect.fail();
        for (const chance of [told.chance, told.cpu?.chance ?? -1, told.memory?.chance ?? -1]) {
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1);
        }
        expect(told.ownCases).toBeGreaterThan(0);
        expect(told.services).toBe(1);
      }),
      RUNS,
    );
  });
});
