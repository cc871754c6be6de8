import { describe, expect, it } from "vitest";
import { demandOf, type UsageDemand } from "../../demand/demand-window.ts";
import { pointOf } from "../../demand/metric-point.ts";
import { addPoint, emptyUsage } from "../../demand/usage.ts";
import { type Signs, signsOf } from "./signs.ts";

const START = 20_000 * 86_400;

interface Point {
  readonly cpu: number;
  readonly memory: number;
  readonly cpuMaximum?: number;
}

/** Values by the hour since the start and the minute of the hour. */
const series = (days: number, minutes: number, at: (hour: number, minute: number) => Point): UsageDemand => {
  const usage = emptyUsage();
  for (let m = 0; m < days * 1440; m += minutes) {
    addPoint(usage, pointOf(START + m * 60, at(m / 60, m % 60)));
  }
  return demandOf(usage);
};

const noise = (seed: number): number => ((Math.imul(Math.round(seed * 60) + 1, 2_654_435_761) >>> 8) % 1000) / 1000;
const wave = (hour: number): number => 1 + 0.4 * Math.sin((hour / 24) * 2 * Math.PI) + 0.1 * noise(hour);
const signs = (demand: UsageDemand): Signs => signsOf(demand, demand);

describe("a step", () => {
  const stepped = (day: number, ratio: number, days = 14) =>
    signs(series(days, 15, (hour) => ({ cpu: 20 * wave(hour) * (hour >= day * 24 ? ratio : 1), memory: 30 }))).level;

  it.each([
    [12, 2.25],
    [11.5, 2],
    [13, 3],
    [4, 2.5],
    [6, 0.3],
    [9.3, 0.25],
  ])("on day %f to %f times the level is found", (day, ratio) => {
    const found = stepped(day, ratio);
    expect(found?.day).toBeGreaterThanOrEqual(20_000 + Math.floor(day));
    expect(found?.day).toBeLessThanOrEqual(20_000 + Math.ceil(day));
    expect((found?.ratio ?? 1) > 1).toBe(ratio > 1);
  });

  it("is not seen in a daily wave, nor in a slow rise, nor in one busy hour", () => {
    expect(stepped(20, 3)).toBeUndefined();
    expect(signs(series(14, 15, (hour) => ({ cpu: 20 * wave(hour) + hour / 100, memory: 30 }))).level).toBeUndefined();
    const busy = series(14, 15, (hour) => ({ cpu: Math.floor(hour) === 300 ? 95 : 20 * wave(hour), memory: 30 }));
    expect(signs(busy).level).toBeUndefined();
  });
});

describe("a saw-tooth of memory", () => {
  const tooth = (period: number, from: number, to: number, minutes = 5) =>
    signs(series(14, minutes, (hour) => ({ cpu: 10, memory: from + ((hour % period) / period) * (to - from) })));

  it.each([
    [16, 20, 100],
    [120, 12, 96],
    [7, 30, 60],
    [72, 15, 70],
    [0.75, 20, 99],
  ])("of %f hours from %f to %f %% is found", (period, from, to) => {
    const { sawTooth, saturation } = tooth(period, from, to);
    expect(sawTooth?.from).toBeGreaterThan(from + 0.85 * (to - from));
    expect(sawTooth?.falls).toBeGreaterThanOrEqual(2);
    expect(saturation.memory).toBe((sawTooth?.from ?? 0) >= 95);
  });

  it("is not seen in memory that follows the load, in work at night or in a heap that filled once", () => {
    const following = series(14, 5, (hour) => ({ cpu: 20 * wave(hour), memory: 30 * wave(hour) }));
    const nightly = series(14, 5, (hour) => ({ cpu: 20, memory: hour % 24 < 2 ? 80 : 20 }));
    const filled = series(14, 5, (hour) => ({ cpu: 20, memory: Math.min(60, 20 + hour) }));
    for (const demand of [following, nightly, filled]) expect(signs(demand).sawTooth).toBeUndefined();
  });
});

describe("limits", () => {
  it.each([
    [100, 1],
    [99.5, 1],
    [92, 1],
    [40, 0],
  ])("CPU that stands at %f %% is held down: %f", (cpu, share) => {
    expect(signs(series(8, 5, () => ({ cpu, memory: 30 }))).saturation.cpu).toBe(share);
  });

  it("counts the time at the limit", () => {
    const demand = series(8, 5, (hour) => ({ cpu: hour % 4 < 1 ? 100 : 30, memory: 30 }));
    expect(signs(demand).saturation.cpu).toBeCloseTo(0.25, 2);
  });

  it("memory above a soft limit is not held down", () => {
    expect(signs(series(8, 5, () => ({ cpu: 20, memory: 118 }))).saturation.memory).toBe(false);
  });
});

describe("bursts", () => {
  it.each([
    [3, 12, 90],
    [6, 24, 45],
    [10, 8, 60],
  ])("of %i minutes every %i hours are told apart", (minutes, every, cpu) => {
    const demand = series(14, 1, (hour, minute) => ({
      cpu: Math.floor(hour) % every === 0 && minute < minutes ? cpu : 2,
      memory: 40,
    }));
    const { bursts } = signs(demand);
    expect(bursts?.minutes).toBeCloseTo(minutes, 5);
    expect(bursts?.count).toBe(Math.ceil((14 * 24) / every));
    expect(bursts?.cpu).toBe(cpu);
  });

  it("are not seen in a busy part of the day", () => {
    const demand = series(14, 5, (hour) => ({ cpu: hour % 24 < 6 ? 80 : 5, memory: 40 }));
    expect(signs(demand).bursts).toBeUndefined();
  });
});

describe("averages", () => {
  const bursty = (given: Partial<Point> = {}, minutes = 5) =>
    signs(series(14, minutes, (_, minute) => ({ cpu: minute % 20 === 0 ? 6 : 20, memory: 18, ...given }))).hiddenPeaks;

  it("may hide a minute as high as their spread within the hour allows", () => {
    expect(bursty()?.minute).toBe(6 + 5 * 14);
  });

  it("hide nothing where maxima or single minutes are given", () => {
    expect(bursty({ cpuMaximum: 30 })).toBeUndefined();
    expect(bursty({}, 1)).toBeUndefined();
  });
});

describe("memory that does not follow the load", () => {
  it("is found where it stands high while CPU moves", () => {
    const heap = series(8, 5, (hour) => ({ cpu: 5 + 40 * (wave(hour) - 0.6), memory: 78 + noise(hour) }));
    expect(signs(heap).steadyMemory?.level).toBeCloseTo(79, 0);
  });

  it("is not seen where it is small, or CPU stands still too", () => {
    const small = series(8, 5, (hour) => ({ cpu: 5 + 40 * (wave(hour) - 0.6), memory: 25 }));
    const still = series(8, 5, () => ({ cpu: 30, memory: 78 }));
    for (const demand of [small, still]) expect(signs(demand).steadyMemory).toBeUndefined();
  });
});

describe("fractions", () => {
  it("are suspected of CPU within 0..1 of a task that holds memory", () => {
    expect(signs(series(8, 5, () => ({ cpu: 0.4, memory: 40 }))).fractions).toBe(true);
    expect(signs(series(8, 5, () => ({ cpu: 0.02, memory: 40 }))).fractions).toBe(false);
    expect(signs(series(8, 5, () => ({ cpu: 4, memory: 40 }))).fractions).toBe(false);
  });
});
