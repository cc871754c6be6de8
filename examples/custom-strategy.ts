/**
 * A strategy of one's own, beside those of the library: the median of CPU doubled, and the highest memory plus a fixed
 * reserve. It is data and one pure function; settings, limits and help text follow from the data.
 *
 * From a checkout: node --conditions=@ecs-cost/source examples/custom-strategy.ts
 */
import {
  addPoint,
  adviseSizes,
  defineStrategy,
  emptyUsage,
  legalSizes,
  peakOf,
  percentileOf,
  STRATEGIES,
} from "@ecs-cost/core";

const twiceTheMedian = defineStrategy({
  id: "twice-the-median",
  summary: "The median of CPU times a factor, and the highest memory plus a fixed reserve.",
  settings: {
    factor: { default: 2, min: 1, max: 10, unit: "factor", help: "Times the median of CPU." },
    reserve: { default: 256, min: 0, max: 8192, unit: "MiB", help: "Added to the highest memory." },
  },
  needs: ["cpu", "memory"],
  advise: (demand, current, settings) => {
    const cpu = percentileOf(demand, "cpu", 50);
    const memory = peakOf(demand, "memory");
    if (cpu === undefined || memory === undefined) {
      return { kind: "withheld", reason: { code: "no-metrics", detail: "The series has no values." } };
    }
    return {
      kind: "demand",
      cpu: (cpu / 100) * current.cpu * settings.factor,
      memory: (memory / 100) * current.memory + settings.reserve,
      quantiles: [
        { metric: "cpu", statistic: "p50", percent: cpu },
        { metric: "memory", statistic: "highest", percent: memory },
      ],
      reasons: [],
    };
  },
});

const usage = emptyUsage();
const monday = Date.UTC(2026, 10, 2) / 1000;
for (let minute = 0; minute < 7 * 1440; minute += 5) {
  const cpu = 15 + 10 * Math.sin((2 * Math.PI * minute) / 1440);
  addPoint(usage, monday + minute * 60, cpu, 22, Number.NaN, Number.NaN, Number.NaN);
}

const subject = {
  id: "production/api",
  current: { cpu: 2048, memory: 8192 },
  usage,
  grid: { kind: "list", sizes: legalSizes("linux") },
} as const;

for (const strategy of [...STRATEGIES, twiceTheMedian]) {
  const [advice] = adviseSizes([subject], { strategy, cost: ({ cpu, memory }) => 9 * cpu + memory });
  const size = advice?.recommended;
  process.stdout.write(`${strategy.id}: ${advice?.advice} ${size?.cpu} CPU units, ${size?.memory} MiB\n`);
}
