import { describe, expect, it } from "vitest";
import { demandOf } from "../demand/demand-window.ts";
import { pointOf } from "../demand/metric-point.ts";
import { addPoint, emptyUsage } from "../demand/usage.ts";
import { legalSizes, type TaskSize } from "../sizing/fargate-sizes.ts";
import { type BacktestSubject, backtest } from "./backtest.ts";
import { findStrategy } from "./strategies/strategies.ts";
import type { AnyStrategy } from "./strategy.ts";

const START = 20_000 * 86_400;
const grid = { kind: "list", sizes: legalSizes("linux") } as const;
const cost = ({ cpu, memory }: TaskSize): number => 9 * cpu + memory;
const CURRENT = { cpu: 4096, memory: 16_384 };
const krr = { strategy: findStrategy("krr-simple") as AnyStrategy };

const subject = (
  id: string,
  at: (day: number, slot: number) => readonly [number, number],
  days = 10,
): BacktestSubject => {
  const usage = emptyUsage();
  for (let i = 0; i < days * 288; i++) {
    const [cpu, memory] = at(Math.floor(i / 288), i % 288);
    addPoint(usage, pointOf(START + i * 300, { cpu, memory }));
  }
  return { id, current: CURRENT, grid, demand: demandOf(usage) };
};

describe("backtest", () => {
  it("finds nothing wrong with a steady service", () => {
    const [row, current] = backtest([subject("a", () => [20, 20])], [krr], { cost });
    expect(row).toMatchObject({ strategy: "krr-simple", judged: 1, withheld: 0, costOverOracle: 1 });
    expect(row).toMatchObject({ shortOfCpu: 0, overMemory: 0 });
    expect(current).toMatchObject({ strategy: "current", shortOfCpu: 0, overMemory: 0 });
    expect(current?.costOverOracle).toBeGreaterThan(3);
  });

  it("sees what the first part could not know", () => {
    const grown = subject("a", (day) => [day < 7 ? 20 : 60, day < 7 ? 20 : 60]);
    const [row] = backtest([grown], [krr], { cost });
    expect(row).toMatchObject({ shortOfCpu: 1, overMemory: 1 });
    expect(row?.cases[0]).toMatchObject({ shareShortOfCpu: 1, oracle: { cpu: 4096, memory: 10_240 } });
    expect(row?.costOverOracle).toBeLessThan(1);
  });

  it("forgives CPU for a percent of the time, memory never", () => {
    const spike = subject("a", (day, slot) => (day === 8 && slot < 8 ? [90, 90] : [20, 20]));
    expect(backtest([spike], [krr], { cost })[0]).toMatchObject({ shortOfCpu: 0, overMemory: 1 });
    const longer = subject("a", (day, slot) => (day === 8 && slot < 9 ? [90, 20] : [20, 20]));
    expect(backtest([longer], [krr], { cost })[0]).toMatchObject({ shortOfCpu: 1, overMemory: 0 });
  });

  it("judges by what was measured, and holds the rest as it is", () => {
    const cpuOnly = subject("a", (day) => [day < 7 ? 20 : 60, NaN]);
    const [row] = backtest([cpuOnly], [krr], { cost });
    expect(row).toMatchObject({ judged: 1, cpuJudged: 1, memoryJudged: 0, shortOfCpu: 1, overMemory: 0 });
    expect(row?.cases[0]).toMatchObject({ overMemory: null, size: { memory: 16_384 }, oracle: CURRENT });
    const unseen = subject("a", (day) => [20, day < 7 ? 20 : NaN]);
    expect(backtest([unseen], [krr], { cost })[0]).toMatchObject({ judged: 0 });
  });

  it("splits where it is told to", () => {
    const grown = subject("a", (day) => [day < 5 ? 20 : 60, 20]);
    expect(backtest([grown], [krr], { cost, trainShare: 0.5 })[0]).toMatchObject({ shortOfCpu: 1 });
    expect(backtest([grown], [krr], { cost, trainShare: 0.6 })[0]).toMatchObject({ shortOfCpu: 0 });
  });

  it("counts what is withheld and skips what cannot be split", () => {
    const services = [subject("a", () => [20, 20]), subject("b", () => [20, 20], 1)];
    expect(backtest(services, [krr], { cost, minPoints: 5000 })[0]).toMatchObject({
      judged: 0,
      withheld: 1,
      costOverOracle: null,
    });
  });

  it("promises what is kept, and tells who is at risk", () => {
    const random = (seed: number): number => (((Math.imul(seed, 2_654_435_761) ^ (seed >>> 7)) >>> 5) % 4093) / 4093;
    const services = Array.from({ length: 120 }, (_, n) => {
      const spread = n % 3 === 0 ? 0.5 : 0.05;
      const level = 8 + (n % 9) * 2;
      const days = Array.from({ length: 10 }, (_day, day) => 1 + spread * (random(n * 97 + day * 13 + 5) - 0.5));
      return subject(`s${n}`, (day, slot) => {
        const memory = 20 * (days[day] ?? 1) + 10;
        return [level * (days[day] ?? 1) * (1 + 0.3 * random(n * 7919 + day * 288 + slot)), memory];
      });
    });
    const [row] = backtest(services, [{ strategy: findStrategy("default") as AnyStrategy }], { cost });
    expect(row?.judged).toBe(120);
    expect(Math.abs((row?.shortOfCpu ?? 0) - (row?.promisedShortOfCpu ?? 0))).toBeLessThan(0.03 * 120);
    expect(Math.abs((row?.overMemory ?? 0) - (row?.promisedOverMemory ?? 0))).toBeLessThan(0.05 * 120);
    expect(row?.overKnownMemory).toBe(0);
  });
});
