import { describe, expect, it } from "vitest";
import { demandOf, type UsageDemand } from "../../demand/demand-window.ts";
import { pointOf } from "../../demand/metric-point.ts";
import { peakOf, shareAbove } from "../../demand/quantile.ts";
import { addPoint, emptyUsage } from "../../demand/usage.ts";
import { resolveSettings } from "../settings.ts";
import type { StrategyAdvice } from "../strategy.ts";
import { findStrategy, STRATEGIES } from "./strategies.ts";

const CURRENT = { cpu: 1024, memory: 4096 };
const START = 20_000 * 86_400;
const PER_DAY = 288;

interface Point {
  readonly cpu: number;
  readonly memory: number;
  readonly cpuMaximum?: number;
  readonly memoryMaximum?: number;
}

const series = (days: number, at: (index: number) => Point): UsageDemand => {
  const usage = emptyUsage();
  for (let i = 0; i < days * PER_DAY; i++) {
    const { cpu, memory, cpuMaximum = NaN, memoryMaximum = NaN } = at(i);
    addPoint(usage, pointOf(START + i * 300, { cpu, memory, cpuMaximum, memoryMaximum }));
  }
  return demandOf(usage);
};

/** Percentiles of each day are the percentages themselves: 0.35 % steps from 0 to 99.65. */
const ramp = (days: number, scale = 1) =>
  series(days, (i) => ({ cpu: ((i % PER_DAY) / PER_DAY) * 100 * scale, memory: 50 }));

const ask = (id: string, demand: UsageDemand, given: Record<string, number> = {}): StrategyAdvice => {
  const strategy = findStrategy(id);
  const settings = resolveSettings(strategy?.settings ?? {}, given);
  if (strategy === undefined || !settings.ok) throw new Error(`cannot ask ${id}`);
  return strategy.advise(demand, CURRENT, settings.values);
};

const percentOf = (advice: StrategyAdvice): readonly [number, number] => {
  if (advice.kind === "withheld") throw new Error(advice.reason.detail);
  const { cpu = Number.NaN, memory = Number.NaN } = advice;
  return [(100 * cpu) / CURRENT.cpu, (100 * memory) / CURRENT.memory];
};

const codes = (advice: StrategyAdvice): string[] => (advice.kind === "demand" ? advice.reasons.map((r) => r.code) : []);

describe("every strategy", () => {
  it.each(STRATEGIES)("$id has settings whose defaults are allowed", ({ settings }) => {
    expect(resolveSettings(settings).ok).toBe(true);
  });

  it.each(STRATEGIES)("$id asks for nothing of what has no values", ({ id }) => {
    expect(ask(id, { days: [] })).toMatchObject({ cpu: undefined, memory: undefined, quantiles: [], reasons: [] });
  });

  it.each(STRATEGIES)("$id asks for nothing where nothing is used", ({ id }) => {
    const [cpu, memory] = percentOf(
      ask(
        id,
        series(8, () => ({ cpu: 0, memory: 0 })),
      ),
    );
    expect(cpu).toBe(0);
    expect(memory).toBe(0);
  });
});

describe("the published rules", () => {
  const demand = ramp(8, 0.5);

  it.each([
    ["krr-simple", 47.57, 57.5],
    ["percentile", 49.48 * 1.1, 55],
    ["compute-optimizer", 49.65, 50],
    ["vpa", 45 * 1.15, 57.5],
    ["cloudfix", 49.81 * 1.2, 60],
  ])("%s asks for %f %% CPU and %f %% memory", (id, cpu, memory) => {
    const [foundCpu, foundMemory] = percentOf(ask(id, demand));
    expect(Math.abs(foundCpu - cpu)).toBeLessThan(0.3);
    expect(foundMemory).toBeCloseTo(memory, 6);
  });

  it("compute-optimizer takes maxima where they are given and says when they are not", () => {
    const maxima = series(2, () => ({ cpu: 10, memory: 20, cpuMaximum: 60, memoryMaximum: 30 }));
    expect(percentOf(ask("compute-optimizer", maxima))).toEqual([60, 30]);
    expect(codes(ask("compute-optimizer", maxima))).toEqual([]);
    expect(codes(ask("compute-optimizer", demand))).toEqual(["averages-only"]);
  });

  it("vpa forgets by the day", () => {
    const falling = series(10, (i) => ({ cpu: i < 5 * PER_DAY ? 80 : 20, memory: i < 5 * PER_DAY ? 80 : 20 }));
    const [cpu, memory] = percentOf(ask("vpa", falling));
    expect(cpu).toBeLessThan(20 * 1.16);
    expect(memory).toBeCloseTo(20 * 1.15, 6);
  });
});

describe("tail-aware", () => {
  const busy = (i: number) => 20 + 10 * Math.sin((2 * Math.PI * i) / PER_DAY);

  it("ignores a peak that lasts less than one percent of the time", () => {
    const spiky = series(8, (i) => ({ cpu: i % 200 === 0 ? 90 : busy(i), memory: 40 }));
    expect(percentOf(ask("tail-aware", spiky))[0]).toBeLessThan(40);
  });

  it("never asks for more CPU than was ever used, once a week is known", () => {
    const flat = series(8, () => ({ cpu: 40, memory: 40 }));
    expect(percentOf(ask("tail-aware", flat))[0]).toBe(40);
  });

  it("keeps a margin over the highest memory", () => {
    const once = series(8, (i) => ({ cpu: 20, memory: i === 5 ? 70 : 40 }));
    expect(percentOf(ask("tail-aware", once))[1]).toBeCloseTo(77, 6);
  });

  it("takes the highest memory of any task", () => {
    const hot = series(8, () => ({ cpu: 20, memory: 40, memoryMaximum: 60 }));
    expect(percentOf(ask("tail-aware", hot))[1]).toBeCloseTo(66, 6);
  });

  it("asks for more where less than a week is known", () => {
    const [shortCpu, shortMemory] = percentOf(
      ask(
        "tail-aware",
        series(2, (i) => ({ cpu: busy(i), memory: 40 })),
      ),
    );
    const [longCpu, longMemory] = percentOf(
      ask(
        "tail-aware",
        series(8, (i) => ({ cpu: busy(i), memory: 40 })),
      ),
    );
    expect(shortCpu).toBeGreaterThan(longCpu);
    expect(shortMemory).toBeGreaterThan(longMemory);
  });

  it("carries a sure rise on", () => {
    const leak = series(8, (i) => ({ cpu: 20, memory: 30 + (2 * i) / PER_DAY }));
    const advice = ask("tail-aware", leak);
    expect(percentOf(advice)[1]).toBeGreaterThan((46 + 10) * 1.1);
    expect(codes(advice)).toEqual(["rising"]);
    expect(codes(ask("tail-aware", leak, { trendDays: 0 }))).toEqual([]);
  });

  it("holds a task that is hot all the time", () => {
    const skewed = series(8, () => ({ cpu: 20, memory: 40, cpuMaximum: 55 }));
    expect(percentOf(ask("tail-aware", skewed))[0]).toBeGreaterThanOrEqual(55);
    expect(codes(ask("tail-aware", skewed))).toEqual(["hot-task"]);
    expect(codes(ask("tail-aware", skewed, { hotTaskPercentile: 0 }))).toEqual([]);
  });

  it("says that a task at its limit may need more, and asks for it where that lasts", () => {
    const full = (share: number) => series(8, (i) => ({ cpu: i % 100 < share ? 100 : 30, memory: 40 }));
    expect(percentOf(ask("tail-aware", full(20)))[0]).toBeGreaterThan(100);
    expect(codes(ask("tail-aware", full(20)))).toEqual(["saturated"]);
    expect(percentOf(ask("tail-aware", full(5)))[0]).toBe(100);
    expect(codes(ask("tail-aware", full(5)))).toEqual(["saturated"]);
  });

  it("lets old load fade", () => {
    const before = series(21, (i) => ({ cpu: i < 3 * PER_DAY ? 80 : busy(i), memory: 40 }));
    const after = series(42, (i) => ({ cpu: i < 3 * PER_DAY ? 80 : busy(i), memory: 40 }));
    expect(percentOf(ask("tail-aware", after))[0]).toBeLessThan(percentOf(ask("tail-aware", before))[0]);
  });

  it("names the figures that it used", () => {
    const advice = ask("tail-aware", ramp(8));
    const metrics =
      advice.kind === "demand" ? advice.quantiles.map(({ metric, statistic }) => `${metric} ${statistic}`) : [];
    expect(metrics).toEqual(["cpu p99, half-life 7 d", "cpu p95, half-life 7 d", "cpu highest", "memory highest"]);
  });
});

describe("the default", () => {
  const busy = (i: number) => 20 + 10 * Math.sin((2 * Math.PI * i) / PER_DAY) + ((i * 7919) % 97) / 20;

  it.each([0.5, 1, 5])("is never short for more than the %f %% that are allowed of what was seen", (riskCpu) => {
    const demand = series(10, (i) => ({ cpu: i % 60 === 0 ? 90 : busy(i), memory: 40 }));
    const [cpu] = percentOf(ask("default", demand, { riskCpu }));
    expect(shareAbove(demand, "cpu", cpu)).toBeLessThanOrEqual(riskCpu / 100);
  });

  it("asks for no more CPU than was ever used, once a few days are known", () => {
    const demand = series(8, (i) => ({ cpu: busy(i), memory: 40 }));
    expect(percentOf(ask("default", demand))[0]).toBeLessThanOrEqual(peakOf(demand, "cpu") ?? 0);
  });

  it("adds next to nothing to memory that stands still, and more to what moves from day to day", () => {
    const still = series(10, () => ({ cpu: 20, memory: 40 }));
    const moving = series(10, (i) => ({ cpu: 20, memory: 30 + 3 * (Math.floor(i / PER_DAY) % 4) }));
    const margin = (demand: UsageDemand) =>
      percentOf(ask("default", demand, { trendDays: 0 }))[1] / (peakOf(demand, "memory") ?? 0);
    expect(margin(still)).toBeLessThanOrEqual(1.02);
    expect(margin(moving)).toBeGreaterThan(1.04);
  });

  it("sizes on the new level after a step, with more margin than on a level that lasts", () => {
    const stepped = series(14, (i) => ({ cpu: busy(i) * (i < 12 * PER_DAY ? 1 : 2), memory: 40 }));
    const lasting = series(14, (i) => ({ cpu: busy(i) * 2, memory: 40 }));
    expect(percentOf(ask("default", stepped))[0]).toBeGreaterThan(percentOf(ask("default", lasting))[0]);
  });

  it("asks for more than was seen of what stood at its limit", () => {
    expect(
      percentOf(
        ask(
          "default",
          series(8, () => ({ cpu: 100, memory: 40 })),
        ),
      )[0],
    ).toBeGreaterThan(100);
    expect(
      percentOf(
        ask(
          "default",
          series(8, (i) => ({ cpu: 20, memory: i % 90 })),
        ),
      )[1],
    ).toBe(100);
    expect(
      percentOf(
        ask(
          "default",
          series(8, (i) => ({ cpu: 20, memory: i % 100 })),
        ),
      )[1],
    ).toBeGreaterThan(100);
  });
});
