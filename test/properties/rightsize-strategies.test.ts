import {
  addPoint,
  emptyUsage,
  type Inventory,
  isLegalSize,
  type LaunchType,
  legalSizes,
  pointOf,
  type RightsizeSettings,
  rightsize,
  type ServiceRightsizing,
  STRATEGIES,
} from "@ecs-cost/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryInventory } from "../support/arbitrary-inventory.ts";
import { pinnedCatalogue } from "../support/prices/pinned.ts";

const CATALOGUE = pinnedCatalogue("us-east-1");
const START = 20_400 * 86_400;
const PER_DAY = 48;
const RUNS = { numRuns: 60 };

interface Point {
  readonly day: number;
  readonly hour: number;
  readonly time: number;
  readonly cpu: number;
  readonly memory: number;
}

interface Weighted {
  readonly value: number;
  readonly weight: number;
}

/** Nearest rank over the values themselves, without a histogram. */
const rank = (values: readonly Weighted[], percent: number): number => {
  const sorted = [...values].sort((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let below = 0;
  for (const { value, weight } of sorted) {
    below += weight;
    if (below * 100 >= percent * total * (1 - 1e-9)) return value;
  }
  return sorted.at(-1)?.value ?? 0;
};

type Metric = "cpu" | "memory";

const plain = (points: readonly Point[], metric: Metric, percent: number): number =>
  rank(
    points.map((point) => ({ value: point[metric], weight: 1 })),
    percent,
  );

const age = (points: readonly Point[], day: number, halfLife: number): number =>
  0.5 ** (((points.at(-1)?.day ?? 0) - day) / halfLife);

const recent = (points: readonly Point[], metric: Metric, percent: number, halfLife: number): number =>
  rank(
    points.map((point) => ({ value: point[metric], weight: age(points, point.day, halfLife) })),
    percent,
  );

const highest = (points: readonly Point[], metric: Metric): number => Math.max(...points.map((point) => point[metric]));

const dailyPeaks = (points: readonly Point[], percent: number, halfLife: number): number =>
  rank(
    [...Map.groupBy(points, ({ day }) => day)].map(([day, list]) => ({
      value: highest(list, "memory"),
      weight: age(points, day, halfLife),
    })),
    percent,
  );

const hourlyP99 = (points: readonly Point[], metric: Metric): number =>
  Math.max(
    ...[...Map.groupBy(points, ({ day, hour }) => day * 24 + hour).values()].map((list) => {
      const [top = 0, next = top] = list.map((point) => point[metric]).sort((a, b) => b - a);
      return top - 0.01 * (list.length - 1) * (top - next);
    }),
  );

/** The quantile that each strategy states, exact, and the setting that is its headroom; percent of the size of today. */
interface Stated {
  readonly cpu: (points: readonly Point[]) => number;
  readonly memory: (points: readonly Point[]) => number;
  readonly headroom: { readonly cpu?: string; readonly memory?: string };
}

const STATED: Readonly<Record<string, Stated>> = {
  default: {
    cpu: (points) => plain(points, "cpu", 99),
    memory: (points) => highest(points, "memory"),
    headroom: { cpu: "cpuHeadroom", memory: "memoryHeadroom" },
  },
  "tail-aware": {
    cpu: (points) => recent(points, "cpu", 99, 7),
    memory: (points) => highest(points, "memory"),
    headroom: { cpu: "cpuHeadroom", memory: "memoryHeadroom" },
  },
  percentile: {
    cpu: (points) => plain(points, "cpu", 99),
    memory: (points) => highest(points, "memory"),
    headroom: { cpu: "cpuHeadroom", memory: "memoryHeadroom" },
  },
  "compute-optimizer": {
    cpu: (points) => plain(points, "cpu", 99.5),
    memory: (points) => plain(points, "memory", 99.5),
    headroom: {},
  },
  "krr-simple": {
    cpu: (points) => plain(points, "cpu", 95),
    memory: (points) => highest(points, "memory"),
    headroom: { memory: "memoryHeadroom" },
  },
  vpa: {
    cpu: (points) => recent(points, "cpu", 90, 1),
    memory: (points) => dailyPeaks(points, 90, 1),
    headroom: { cpu: "margin", memory: "margin" },
  },
  cloudfix: {
    cpu: (points) => hourlyP99(points, "cpu"),
    memory: (points) => hourlyP99(points, "memory"),
    headroom: { cpu: "buffer", memory: "buffer" },
  },
};

const level = fc.double({ min: 0, max: 60, noNaN: true });
const series = fc
  .record({ cpu: level, memory: level, swing: level, days: fc.integer({ min: 3, max: 9 }), seed: fc.integer() })
  .map(({ cpu, memory, swing, days, seed }): Point[] =>
    Array.from({ length: days * PER_DAY }, (_, i) => {
      const noise = ((Math.imul(i + 1, seed | 1) >>> 8) % 1000) / 1000;
      const wave = (1 + Math.sin((2 * Math.PI * i) / PER_DAY)) / 2;
      const rounded = (value: number): number => Math.round(Math.min(100, value) * 1e4) / 1e4;
      return {
        day: Math.floor(i / PER_DAY),
        hour: Math.floor((i % PER_DAY) / 2),
        time: START + i * 1800,
        cpu: rounded(cpu + wave * swing * 0.6 + noise ** 8 * 20),
        memory: rounded(memory + noise * 3),
      };
    }),
  );

const cases = fc.record({
  points: series,
  inventory: arbitraryInventory,
  size: fc.constantFrom(...legalSizes("linux").filter(({ cpu }) => cpu <= 4096)),
  launchType: fc.constantFrom<LaunchType>("FARGATE", "EC2"),
  strategy: fc.constantFrom(...STRATEGIES),
  headroom: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
});

type Case = typeof cases extends fc.Arbitrary<infer Value> ? Value : never;

const oneService = ({ inventory, size, launchType }: Case): Inventory => {
  const [service] = inventory.services;
  if (service?.task === undefined) throw new Error("the inventory has no service");
  const placement = { kind: "launch-type", launchType } as const;
  const demand = { kind: "count", tasks: 3 } as const;
  return {
    ...inventory,
    services: [{ ...service, task: { ...service.task, ...size }, placement, demand, name: "api", id: "main/api" }],
  };
};

const headroomSettings = ({ strategy }: Case, percent: number | undefined): RightsizeSettings => {
  const names = Object.values(STATED[strategy.id]?.headroom ?? {});
  return {
    strategy: strategy.id,
    strategySettings: percent === undefined ? {} : Object.fromEntries(names.map((name) => [name, percent])),
  };
};

const advised = (given: Case, percent = given.headroom): ServiceRightsizing => {
  const usage = emptyUsage();
  for (const { time, cpu, memory } of given.points) addPoint(usage, pointOf(time, { cpu, memory }));
  const report = rightsize(
    oneService(given),
    new Map([["main/api", usage]]),
    CATALOGUE,
    headroomSettings(given, percent),
  );
  return report.services[0] ?? expect.fail();
};

const headroomOf = ({ strategy, headroom }: Case, metric: Metric): number => {
  const name = STATED[strategy.id]?.headroom[metric];
  return name === undefined ? 0 : (headroom ?? strategy.settings[name]?.default ?? Infinity);
};

describe("every strategy through rightsize", () => {
  it("states its rule here", () => {
    expect(Object.keys(STATED).sort()).toEqual(STRATEGIES.map(({ id }) => id).sort());
  });

  it("advises a legal size that is never below its exact quantile plus headroom", () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { advice, recommended, reasons } = advised(given);
        if (advice === "withheld") {
          expect(reasons[0]?.code).toBe("no-size-holds");
          return;
        }
        const size = recommended ?? expect.fail();
        if (given.launchType === "FARGATE") expect(isLegalSize(size.cpu, size.memory, "linux")).toBe(true);
        for (const metric of ["cpu", "memory"] as const) {
          const stated = STATED[given.strategy.id]?.[metric](given.points) ?? Infinity;
          const least = (stated / 100) * given.size[metric] * (1 + headroomOf(given, metric) / 100);
          expect(size[metric]).toBeGreaterThanOrEqual(least - 1e-6);
        }
      }),
      RUNS,
    );
  });

  it("never asks for less or costs less with more headroom", () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }));
    fc.assert(
      fc.property(cases, pair, (given, [a, b]) => {
        const less = advised(given, Math.min(a, b));
        const more = advised(given, Math.max(a, b));
        if (more.advice === "withheld" || less.demand === null) return;
        expect(more.demand?.cpu).toBeGreaterThanOrEqual(less.demand.cpu);
        expect(more.demand?.memory).toBeGreaterThanOrEqual(less.demand.memory);
        if (given.launchType !== "FARGATE") return;
        expect(more.recommendedMonthlyCost?.greaterThanOrEqualTo(less.recommendedMonthlyCost ?? Infinity)).toBe(true);
      }),
      RUNS,
    );
  });

  it("withholds below the fewest points, and only then", () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 200 }), (given, count) => {
        const { advice, reasons, recommended } = advised({ ...given, points: given.points.slice(0, count) });
        const short = Math.min(count, given.points.length) < 100;
        if (short) expect(advice).toBe("withheld");
        expect(["no-metrics", "too-few-points"].includes(reasons[0]?.code ?? "")).toBe(short);
        if (advice !== "resize") expect(recommended).toEqual(given.size);
      }),
      RUNS,
    );
  });
});
