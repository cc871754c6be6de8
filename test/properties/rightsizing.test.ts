import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MetricReading, readMetrics } from "../../packages/core/src/adapters/metrics/index.ts";
import { pointOf } from "../../packages/core/src/domain/demand/metric-point.ts";
import { addPoint, emptyUsage, type ServiceUsage } from "../../packages/core/src/domain/demand/usage.ts";
import { adviseSizes, type SizeAdvice } from "../../packages/core/src/domain/rightsizing/advise-sizes.ts";
import { STRATEGIES } from "../../packages/core/src/domain/rightsizing/strategies/strategies.ts";
import type { AnyStrategy } from "../../packages/core/src/domain/rightsizing/strategy.ts";
import { isLegalSize, legalSizes, type TaskSize } from "../../packages/core/src/domain/sizing/fargate-sizes.ts";

const START = 20_400 * 86_400;
const grid = { kind: "list", sizes: legalSizes("linux") } as const;
const cost = ({ cpu, memory }: TaskSize): number => (cpu / 1024) * 0.04048 + (memory / 1024) * 0.004445;
const RUNS = { numRuns: 40 };

interface Point {
  readonly time: number;
  readonly cpu: number;
  readonly memory: number;
}

const level = fc.double({ min: 0, max: 100, noNaN: true }).map((value) => Math.round(value * 1e4) / 1e4);
/** Days of points every quarter of an hour, with a level, a swing and noise for each service. */
const points = fc
  .record({ cpu: level, memory: level, swing: level, days: fc.integer({ min: 2, max: 9 }), seed: fc.integer() })
  .map(({ cpu, memory, swing, days, seed }): Point[] =>
    Array.from({ length: days * 96 }, (_, i) => {
      const noise = ((Math.imul(i + 1, seed | 1) >>> 8) % 1000) / 1000;
      const day = (1 + Math.sin((2 * Math.PI * i) / 96)) / 2;
      const round = (value: number) => Math.round(Math.min(100, value) * 1e4) / 1e4;
      return {
        time: START + i * 900,
        cpu: round(cpu * (0.5 + day * swing * 0.01) + noise),
        memory: round(memory + noise),
      };
    }),
  );
const size = fc.constantFrom(...legalSizes("linux").filter(({ cpu }) => cpu <= 8192));
const strategy = fc.constantFrom(...STRATEGIES);

const usageOf = (list: readonly Point[]): ServiceUsage => {
  const usage = emptyUsage();
  for (const { time, cpu, memory } of list) addPoint(usage, pointOf(time, { cpu, memory }));
  return usage;
};

const adviseOn = (
  usage: ServiceUsage,
  current: TaskSize,
  rule: AnyStrategy,
  settings: Record<string, number> = {},
  minPoints = 100,
): SizeAdvice => {
  const [advice] = adviseSizes([{ id: "main/api", current, usage, grid }], {
    strategy: rule,
    settings,
    minPoints,
    cost,
  });
  return advice ?? expect.fail();
};

describe("task size advice", () => {
  it("does not depend on the order of the points", () => {
    fc.assert(
      fc.property(points, size, strategy, fc.integer(), (list, current, rule, seed) => {
        const key = ({ time }: Point): number => Math.imul(time, seed | 1);
        const shuffled = [...list].sort((a, b) => key(a) - key(b) || a.time - b.time);
        const [a, b] = [list, shuffled].map((order) => JSON.stringify(adviseOn(usageOf(order), current, rule)));
        expect(a).toBe(b);
      }),
      RUNS,
    );
  });

  it("is a legal size that holds what the strategy asks for, or is withheld", () => {
    fc.assert(
      fc.property(points, size, strategy, (list, current, rule) => {
        const { advice, recommended, demand, projected } = adviseOn(usageOf(list), current, rule);
        if (advice === "withheld") return;
        expect(isLegalSize(recommended?.cpu ?? 0, recommended?.memory ?? 0, "linux")).toBe(true);
        expect(recommended?.cpu).toBeGreaterThanOrEqual((demand?.cpu ?? Infinity) - 1e-6);
        expect(recommended?.memory).toBeGreaterThanOrEqual((demand?.memory ?? Infinity) - 1e-6);
        expect(projected?.memory?.shareAbove ?? 1).toBeLessThan(1);
      }),
      RUNS,
    );
  });

  it("holds what a task needs and stays within the tasks that are allowed, where their number follows the load", () => {
    const steps = { kind: "steps", smallest: { cpu: 128, memory: 128 }, step: { cpu: 64, memory: 64 } } as const;
    const policy = fc.record({
      metric: fc.constantFrom("cpu" as const, "memory" as const),
      targetPercent: fc.integer({ min: 10, max: 90 }),
      minTasks: fc.integer({ min: 0, max: 8 }),
      maxTasks: fc.integer({ min: 20, max: 60 }),
    });
    const policies = fc.array(policy, { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(points, size, strategy, policies, fc.boolean(), (list, current, rule, scaling, onFargate) => {
        const subject = {
          id: "main/api",
          current,
          usage: usageOf(list),
          grid: onFargate ? grid : steps,
          scaling,
          tasks: 8,
        };
        const [found] = adviseSizes([subject], { strategy: rule, cost });
        const { advice, recommended, demand, tasks } = found ?? expect.fail();
        if (advice === "withheld") return;
        if (onFargate) expect(isLegalSize(recommended?.cpu ?? 0, recommended?.memory ?? 0, "linux")).toBe(true);
        for (const { metric, minTasks, maxTasks } of scaling) {
          expect(tasks?.recommended).toBeGreaterThanOrEqual(minTasks);
          if (advice === "resize")
            expect(Math.ceil((8 * current[metric]) / (recommended?.[metric] ?? 0) - 1e-9)).toBeLessThanOrEqual(
              maxTasks,
            );
        }
        if (advice === "keep") return;
        expect(recommended?.cpu).toBeGreaterThanOrEqual((demand?.cpu ?? Infinity) - 1e-6);
        expect(recommended?.memory).toBeGreaterThanOrEqual((demand?.memory ?? Infinity) - 1e-6);
      }),
      RUNS,
    );
  });

  it("is never below the stated quantile plus headroom", () => {
    const rule = STRATEGIES.filter(({ settings }) => "cpuHeadroom" in settings && "memoryHeadroom" in settings);
    const headroom = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(
        points,
        size,
        fc.constantFrom(...rule),
        headroom,
        headroom,
        (list, current, chosen, cpuHeadroom, memoryHeadroom) => {
          const found = adviseOn(usageOf(list), current, chosen, { cpuHeadroom, memoryHeadroom });
          if (found.advice === "withheld") return;
          const stated = (metric: string): number =>
            found.evidence?.quantiles.find((quantile) => quantile.metric === metric)?.percent ?? Infinity;
          const cpu = (stated("cpu") / 100) * current.cpu * (1 + cpuHeadroom / 100);
          const memory = (stated("memory") / 100) * current.memory * (1 + memoryHeadroom / 100);
          expect(found.recommended?.cpu).toBeGreaterThanOrEqual(cpu - 1e-6);
          expect(found.recommended?.memory).toBeGreaterThanOrEqual(memory - 1e-6);
        },
      ),
      RUNS,
    );
  });

  it("costs no less with more headroom", () => {
    const headrooms = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }));
    const name = fc.constantFrom("cpuHeadroom", "memoryHeadroom", "margin", "buffer");
    fc.assert(
      fc.property(points, size, strategy, name, headrooms, (list, current, rule, setting, pair) => {
        if (!(setting in rule.settings)) return;
        const usage = usageOf(list);
        const [less, more] = [...pair]
          .sort((a, b) => a - b)
          .map((value) => {
            const { demand } = adviseOn(usage, current, rule, { [setting]: value });
            const holding = grid.sizes.filter(
              (s) => demand !== null && s.cpu >= demand.cpu - 1e-9 && s.memory >= demand.memory - 1e-9,
            );
            return Math.min(...holding.map(cost));
          });
        expect(more).toBeGreaterThanOrEqual(less ?? 0);
      }),
      RUNS,
    );
  });

  it("is withheld below the fewest points, for every strategy", () => {
    fc.assert(
      fc.property(points, size, strategy, fc.integer({ min: 0, max: 99 }), (list, current, rule, count) => {
        const few = list.slice(0, count);
        const parts = [
          few,
          few.map((point) => ({ ...point, cpu: NaN })),
          few.map((point) => ({ ...point, memory: NaN })),
        ];
        const sparse = [...few, ...list.slice(count).map((point) => ({ ...point, memory: NaN }))];
        for (const part of count === 0 ? parts : [...parts, sparse]) {
          const advice = adviseOn(usageOf(part), current, rule);
          expect(advice).toMatchObject({ advice: "withheld", recommended: current });
          expect(advice.reasons).toHaveLength(1);
        }
      }),
      RUNS,
    );
  });

  it("never makes smaller what was not measured, and asks of the other what it asks with both", () => {
    const metric = fc.constantFrom("cpu", "memory");
    fc.assert(
      fc.property(points, size, strategy, metric, (list, current, rule, measured) => {
        const other = measured === "cpu" ? "memory" : "cpu";
        const half = adviseOn(usageOf(list.map((point) => ({ ...point, [other]: NaN }))), current, rule);
        const both = adviseOn(usageOf(list), current, rule);
        expect(half.reasons.map(({ code }) => code)).toContain(`${other}-not-measured`);
        expect(half.demand).toEqual({ ...both.demand, [other]: current[other] });
        expect(half.recommended?.[other]).toBeGreaterThanOrEqual(current[other]);
        expect(half.recommended?.[measured]).toBeGreaterThanOrEqual((half.demand?.[measured] ?? Infinity) - 1e-6);
        expect(half.projected?.[other]).toBeNull();
        expect(half.evidence?.quantiles.filter((used) => used.metric.startsWith(other))).toEqual([]);
        expect(half.evidence).toMatchObject({ [`${measured}Points`]: list.length, [`${other}Points`]: 0 });
      }),
      RUNS,
    );
  });

  it("does not rest on a single point with a time far in the future", () => {
    const day = 86_400;
    fc.assert(
      fc.property(points, size, strategy, fc.integer({ min: 30, max: 40_000 }), (list, current, rule, later) => {
        const last = list.at(-1) ?? expect.fail();
        const stray = { ...last, cpu: 0, memory: 0 };
        const near = adviseOn(usageOf([...list, { ...stray, time: last.time + day }]), current, rule);
        const far = adviseOn(usageOf([...list, { ...stray, time: last.time + later * day }]), current, rule);
        if (rule.id !== "default") expect(far.demand).toEqual(near.demand);
        expect(far.demand?.cpu).toBeGreaterThanOrEqual(
          ((far.evidence?.quantiles[0]?.percent ?? 0) / 100) * current.cpu - 1e-6,
        );
        expect(far.evidence?.quantiles).toEqual(near.evidence?.quantiles);
      }),
      RUNS,
    );
  });

  it("is the same for points that are given twice", () => {
    fc.assert(
      fc.property(points, size, strategy, (list, current, rule) => {
        const once = adviseOn(usageOf(list), current, rule);
        const twice = adviseOn(usageOf([...list, ...list]), current, rule);
        if (rule.id !== "cloudfix") expect(twice.demand).toEqual(once.demand);
        expect(twice.evidence?.points).toBe(once.evidence?.points);
      }),
      RUNS,
    );
  });
});

async function* chunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const iso = (time: number): string => new Date(time * 1000).toISOString().replace(".000Z", "Z");

const stateOf = (reading: MetricReading) => ({ services: reading.services, points: reading.points });

describe("metric readers", () => {
  it("find the same in CSV, in gzip and in both forms of CloudWatch JSON", async () => {
    await fc.assert(
      fc.asyncProperty(points, async (list) => {
        const header = "service,timestamp,cpu_utilization_pct,memory_utilization_pct\n";
        const csv = Buffer.from(
          header + list.map(({ time, cpu, memory }) => `api,${iso(time)},${cpu},${memory}\n`).join(""),
        );
        const Timestamps = list.map(({ time }) => iso(time));
        const data = {
          MetricDataResults: [
            { Id: "m1", Label: "api CPUUtilization", Timestamps, Values: list.map(({ cpu }) => cpu) },
            { Id: "m2", Label: "api MemoryUtilization", Timestamps, Values: list.map(({ memory }) => memory) },
          ],
        };
        const statistics = (["cpu", "memory"] as const).map((metric) => ({
          Label: metric === "cpu" ? "CPUUtilization" : "MemoryUtilization",
          Datapoints: list.map((point) => ({ Timestamp: iso(point.time), Average: point[metric], Unit: "Percent" })),
        }));
        const [plain, ...others] = await Promise.all(
          [csv, gzipSync(csv), Buffer.from(JSON.stringify(data)), Buffer.from(JSON.stringify(statistics))].map(
            (bytes) => readMetrics([{ file: "api.json", bytes: chunk(bytes) }]),
          ),
        );
        for (const other of others) expect(stateOf(other)).toEqual(stateOf(plain ?? expect.fail()));
      }),
      { numRuns: 10 },
    );
  });
});
