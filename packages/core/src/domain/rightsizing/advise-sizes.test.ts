import { describe, expect, it } from "vitest";
import { pointOf } from "../demand/metric-point.ts";
import { addPoint, emptyUsage, type ServiceUsage } from "../demand/usage.ts";
import { legalSizes, type TaskSize } from "../sizing/fargate-sizes.ts";
import { adviseSizes, type SizeAdvice, type SizingOptions, type SizingSubject } from "./advise-sizes.ts";
import { findStrategy, STRATEGIES } from "./strategies/strategies.ts";
import type { AnyStrategy } from "./strategy.ts";

const START = 20_000 * 86_400;
const cost = ({ cpu, memory }: TaskSize): number => (cpu / 1024) * 0.04048 + (memory / 1024) * 0.004445;
const grid = { kind: "list", sizes: legalSizes("linux") } as const;
const CURRENT = { cpu: 2048, memory: 8192 };

const steady = (cpu: number, memory: number, days = 8, tasks = NaN): ServiceUsage => {
  const usage = emptyUsage();
  for (let i = 0; i < days * 288; i++) addPoint(usage, pointOf(START + i * 300, { cpu, memory, tasks }));
  return usage;
};

const strategy = findStrategy("percentile") as AnyStrategy;

const DEFAULT = findStrategy("default") as AnyStrategy;

const advise = (subject: Partial<SizingSubject>, options: Partial<SizingOptions> = {}): SizeAdvice => {
  const whole = { id: "main/api", current: CURRENT, usage: steady(20, 20), grid, ...subject };
  const [advice] = adviseSizes([whole], { strategy, cost, ...options });
  if (advice === undefined) throw new Error("no advice");
  return advice;
};

const codes = ({ reasons }: SizeAdvice): string[] => reasons.map(({ code }) => code);

describe("adviseSizes", () => {
  it("advises the cheapest size that holds the demand", () => {
    const advice = advise({});
    expect(advice).toMatchObject({ advice: "resize", recommended: { cpu: 512, memory: 2048 }, idle: false });
    expect(codes(advice)).toEqual(["over-provisioned"]);
    expect(advice.demand?.cpu).toBeCloseTo(2048 * 0.2 * 1.1, 6);
  });

  it("keeps a size that fits", () => {
    const advice = advise({ usage: steady(80, 85) });
    expect(advice).toMatchObject({ advice: "keep", recommended: { cpu: 2048, memory: 8192 } });
    expect(codes(advice)).toEqual(["right-size"]);
  });

  it("raises a size that is too small", () => {
    const advice = advise({ usage: steady(96, 40) });
    expect(advice).toMatchObject({ advice: "resize", recommended: { cpu: 4096, memory: 8192 } });
    expect(codes(advice)).toEqual(["under-provisioned", "saturated"]);
  });

  it("tells the risk that remains, and where it does not know", () => {
    expect(advise({}).risk).toMatchObject({ doubts: [], services: 1 });
    expect(advise({ usage: steady(100, 30) }).risk).toMatchObject({
      level: "unknown",
      doubts: ["CPU reached its limit"],
    });
    const full = advise({ usage: steady(20, 97) });
    expect(full.risk?.level).not.toBe("low");
    expect(full.evidence).toMatchObject({ confidence: "medium", confidenceShare: 0.6 });
    expect(advise({ usage: undefined }).risk).toBeNull();
  });

  it("judges by what came after a step down", () => {
    const usage = emptyUsage();
    for (let i = 0; i < 14 * 288; i++) {
      const cpu = (i < 7 * 288 ? 60 : 15) + (i % 7) / 10;
      addPoint(usage, pointOf(START + i * 300, { cpu, memory: 40, cpuMaximum: cpu }));
    }
    const advice = adviseSizes([{ id: "main/api", current: CURRENT, usage, grid }], { strategy: DEFAULT, cost })[0];
    expect(advice?.recommended?.cpu).toBe(512);
    expect(advice?.risk?.level).not.toBe("high");
    expect(advice?.reasons.map(({ code }) => code)).toContain("level-change");
  });

  it("leaves a size that is not worth changing", () => {
    const advice = advise({ usage: steady(80, 75) }, { minSaving: 0.2 });
    expect(advice).toMatchObject({ advice: "keep", recommended: CURRENT });
  });

  it.each([
    ["too few points", { usage: steady(20, 20, 0.3) }, "too-few-points"],
    ["no series", { usage: undefined }, "no-metrics"],
    ["an empty series", { usage: emptyUsage() }, "no-metrics"],
    ["no current size", { current: undefined }, "no-task-size"],
    ["no size large enough", { current: { cpu: 65_536, memory: 500_000 }, usage: steady(90, 90) }, "no-size-holds"],
  ])("withholds with %s", (_, subject, code) => {
    const advice = advise(subject);
    expect(advice.advice).toBe("withheld");
    expect(codes(advice)).toEqual([code]);
    expect(advice.recommended).toEqual("current" in subject ? (subject.current ?? null) : CURRENT);
  });

  it("tells an idle service to stop", () => {
    const advice = advise({ usage: steady(0.4, 0.7) });
    expect(advice).toMatchObject({ idle: true, recommended: { cpu: 256, memory: 512 } });
    expect(codes(advice)[0]).toBe("idle");
  });

  it("shows what binds, what the sizes force and what is next", () => {
    const { fitting } = advise({ usage: steady(20, 40) });
    expect(fitting).toMatchObject({ binding: "memory", nextSmaller: { lacks: "memory" } });
    expect(fitting?.waste.cpu).toBeGreaterThan(0);
    expect(advise({ usage: steady(45, 10) }).fitting).toMatchObject({ binding: "cpu" });
    expect(advise({ usage: steady(1.5, 1.5) }).fitting).toMatchObject({ binding: "smallest-size", nextSmaller: null });
  });

  it("projects utilization onto the new size", () => {
    const { projected, recommended } = advise({});
    expect(recommended).toEqual({ cpu: 512, memory: 2048 });
    expect(projected?.cpu).toMatchObject({ mean: 80, peak: 80, shareAbove: 0 });
    expect(projected?.memory).toMatchObject({ mean: 80, shareAbove: 0 });
  });

  it("holds to the sizes that are allowed", () => {
    const sizes = [{ cpu: 1024, memory: 4096 }];
    expect(advise({ grid: { kind: "list", sizes } })).toMatchObject({ recommended: { cpu: 1024, memory: 4096 } });
    const only = { kind: "list", sizes: [{ cpu: 4096, memory: 8192 }] } as const;
    expect(codes(advise({ grid: only }))).toEqual(["size-not-allowed"]);
  });

  it("rounds up to steps where there is no list of sizes", () => {
    const step = { cpu: 64, memory: 64 };
    const advice = advise({ grid: { kind: "steps", smallest: { cpu: 128, memory: 64 }, step } });
    expect(advice.recommended).toEqual({ cpu: 512, memory: 1856 });
  });

  it("refuses settings that the strategy does not have", () => {
    expect(() => advise({}, { settings: { cpuHeadrom: 5 } })).toThrow(/cpuHeadrom is not a setting/);
    expect(() => advise({}, { settings: { cpuHeadroom: -5 } })).toThrow(/must be 0 to 400/);
  });

  it("answers every service, in order, with the evidence", () => {
    const subjects = ["b", "a", "c"].map((id) => ({ id, current: CURRENT, usage: steady(20, 20), grid }));
    const advice = adviseSizes(subjects, { strategy: STRATEGIES[0] as AnyStrategy, cost });
    expect(advice.map(({ id }) => id)).toEqual(["b", "a", "c"]);
    expect(advice[0]?.evidence).toMatchObject({
      strategy: "default",
      points: 8 * 288,
      from: "2024-10-04T00:00:00Z",
      gaps: 0,
      coverage: 1,
      confidence: "high",
    });
  });
});

describe("with target tracking", () => {
  const cpu60 = { metric: "cpu", targetPercent: 60, minTasks: 2, maxTasks: 100 } as const;

  it("chooses size and count together", () => {
    const advice = advise({ usage: steady(60, 10, 8, 10), scaling: [cpu60] });
    expect(advice.advice).toBe("resize");
    expect(advice.tasks?.current).toBeCloseTo(10, 6);
    const { recommended, tasks } = advice;
    expect((recommended?.cpu ?? 0) * (tasks?.recommended ?? 0)).toBeCloseTo(20_480, 6);
    expect(recommended?.memory).toBeGreaterThanOrEqual(8192 * 0.1 * 1.1);
    expect(cost(recommended ?? CURRENT) * (tasks?.recommended ?? 0)).toBeLessThan(cost(CURRENT) * 10);
    expect(codes(advice)).toContain("target-tracking");
  });

  it("asks of a task what is left of the demand at that number of tasks", () => {
    const busy = advise({ usage: steady(60, 10, 8, 10), scaling: [cpu60] });
    const share = (busy.tasks?.current ?? 0) / (busy.tasks?.recommended ?? 1);
    expect(busy.demand?.cpu).toBeCloseTo(2048 * 0.6 * 1.1 * share, 6);
    expect(busy.recommended?.cpu).toBeGreaterThanOrEqual(busy.demand?.cpu ?? Infinity);
    const saturated = advise({ usage: steady(100, 10, 8, 10), scaling: [cpu60] });
    expect(saturated.demand?.cpu).toBeLessThanOrEqual((saturated.recommended?.cpu ?? 0) + 1e-6);
  });

  it("divides memory over the tasks where their number follows it", () => {
    const memory60 = { ...cpu60, metric: "memory" } as const;
    const { recommended, tasks, projected } = advise({ usage: steady(5, 58, 8, 10), scaling: [memory60] });
    const share = ((recommended?.memory ?? 0) * (tasks?.recommended ?? 0)) / (CURRENT.memory * (tasks?.current ?? 1));
    expect(projected?.memory?.mean).toBeCloseTo(58 / share, 6);
    expect(projected?.memory?.shareAbove).toBe(0);
  });

  it("leaves a tracked dimension on instances as it is, unless the fewest tasks are idle, and fits the other", () => {
    const steps = { kind: "steps", smallest: { cpu: 128, memory: 128 }, step: { cpu: 64, memory: 64 } } as const;
    const busy = advise({ usage: steady(60, 10, 8, 10), scaling: [cpu60], grid: steps });
    expect(busy).toMatchObject({ advice: "resize", recommended: { cpu: 2048, memory: 960 } });
    expect(busy.tasks?.recommended).toBeCloseTo(busy.tasks?.current ?? 0, 6);
    const idle = advise({ usage: steady(5, 10, 8, 2), scaling: [cpu60], grid: steps });
    expect(idle.recommended).toEqual({ cpu: 192, memory: 960 });
  });

  it("gives fewer tasks the CPU of those that are gone", () => {
    const memory60 = { ...cpu60, metric: "memory" } as const;
    const { tasks, projected } = advise({ usage: steady(58, 60, 8, 10), scaling: [memory60] });
    expect(tasks?.recommended).toBeLessThanOrEqual(tasks?.current ?? 0);
    expect(projected?.cpu?.shareAbove).toBe(0);
  });

  it("keeps as many times more tasks as run today than the load explains", () => {
    const { tasks, recommended } = advise({ usage: steady(30, 10, 8, 10), scaling: [cpu60] });
    expect(tasks?.current).toBeCloseTo(10, 6);
    expect((recommended?.cpu ?? 0) * (tasks?.recommended ?? 0)).toBeCloseTo(20_480, 6);
  });

  it("holds a burst that the fewest tasks meet without more of them", () => {
    const usage = steady(5, 5, 8, 2);
    for (let i = 0; i < 200; i++) addPoint(usage, pointOf(START + i * 300, { cpu: 55, memory: 5, tasks: 2 }));
    const { recommended, tasks } = advise({ usage, scaling: [cpu60] });
    expect(tasks).toEqual({ current: 2, recommended: 2 });
    expect(recommended?.cpu).toBeGreaterThanOrEqual(2048 * 0.55);
  });

  it("never plans more tasks than are allowed", () => {
    const advice = advise({ usage: steady(60, 10, 8, 10), scaling: [{ ...cpu60, maxTasks: 10 }] });
    expect(advice.recommended?.cpu).toBeGreaterThanOrEqual(2048);
  });

  it("makes the tasks smaller where the minimum is idle", () => {
    const advice = advise({ usage: steady(5, 5, 8, 2), scaling: [cpu60] });
    expect(advice.tasks).toEqual({ current: 2, recommended: 2 });
    expect(advice.recommended).toEqual({ cpu: 256, memory: 512 });
  });

  it("withholds where nothing of what is tracked was measured", () => {
    const memory70 = { ...cpu60, metric: "memory" } as const;
    expect(codes(advise({ usage: steady(NaN, 10, 8, 10), scaling: [cpu60] }))).toEqual(["no-metrics"]);
    expect(codes(advise({ usage: steady(20, NaN, 8, 10), scaling: [cpu60, memory70] }))).toEqual(["no-metrics"]);
    const untracked = advise({ usage: steady(20, NaN, 8, 10), scaling: [cpu60] });
    expect(untracked.recommended?.memory).toBeGreaterThanOrEqual(CURRENT.memory);
  });

  it("takes the given tasks where the series has none, and withholds without any", () => {
    expect(advise({ usage: steady(60, 10), scaling: [cpu60], tasks: 4 }).tasks?.current).toBeCloseTo(4, 6);
    expect(codes(advise({ usage: steady(60, 10), scaling: [cpu60] }))).toEqual(["unknown-tasks"]);
  });
});
