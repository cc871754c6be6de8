import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { readMetrics } from "../../packages/core/src/adapters/metrics/index.ts";
import {
  dayWindows,
  highestOf,
  levelExceededFor,
  shareAboveIn,
} from "../../packages/core/src/domain/demand/day-windows.ts";
import { demandOf, type UsageDemand } from "../../packages/core/src/domain/demand/demand-window.ts";
import { type BacktestSubject, backtest } from "../../packages/core/src/domain/rightsizing/backtest.ts";
import { STRATEGIES } from "../../packages/core/src/domain/rightsizing/strategies/strategies.ts";
import { legalSizes, type TaskSize } from "../../packages/core/src/domain/sizing/fargate-sizes.ts";
import { byCost } from "../../packages/core/src/domain/sizing/size-grid.ts";

/**
 * What sizes promise against what came, on files of metrics: the default at several risks, and beside it the cheapest
 * fixed rule (percentile x headroom, chosen in hindsight) that was as safe on the same days.
 * Run: node --conditions=@ecs-cost/source test/bench/promises.ts TRAIN TEST STEP CPU MEMORY FILE...
 * TRAIN and TEST are days, a window starts every STEP days; CPU and MEMORY are the units and MiB that percentages are of,
 * unless the file has them in columns `task_cpu` and `task_memory` at its end.
 */
const [train = 7, test = 3, step = 3, cpu = 4096, memory = 16_384] = process.argv.slice(2, 7).map(Number);
const files = process.argv.slice(7);
const RISKS = [1, 2, 5];
const PERCENTILES = [90, 95, 97, 98, 99, 99.5, 99.8, 99.9, 100];
const HEADROOMS = [0, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200];
const MEMORY_HEADROOMS = [0, 5, 10, 15, 20, 30, 50, 100];

/** Sizes by service, of files that hold them. */
const sizesOf = (file: string): [string, TaskSize][] => {
  const bytes = readFileSync(file);
  const [header = "", ...lines] = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString().split("\n");
  if (!header.trim().endsWith(",task_cpu,task_memory")) return [];
  return lines.flatMap((line): [string, TaskSize][] => {
    const cells = line.split(",");
    return cells.length < 4 ? [] : [[cells[0] ?? "", { cpu: Number(cells.at(-2)), memory: Number(cells.at(-1)) }]];
  });
};
const known = new Map(files.flatMap(sizesOf));
const currentOf = (id: string): TaskSize => known.get(id) ?? { cpu, memory };
/** USD an hour on Fargate in us-east-1. */
const cost = (size: TaskSize): number => (size.cpu / 1024) * 0.04048 + (size.memory / 1024) * 0.004445;
const sizes = byCost(legalSizes("linux"), cost);
const grid = { kind: "list", sizes } as const;
const smallest = (needed: TaskSize): TaskSize =>
  sizes.find((size) => size.cpu >= needed.cpu && size.memory >= needed.memory) ?? (sizes.at(-1) as TaskSize);

const memoryOf = ({ days }: UsageDemand, from: number, to: number): number =>
  Math.max(
    ...days.slice(from, to).map((day) => Math.max(day.metrics.memory.maximum, day.metrics.memoryMaximum.maximum)),
  );

interface Case {
  readonly current: TaskSize;
  readonly levels: readonly number[];
  readonly memory: number;
  readonly highestAfter: number;
  readonly memoryAfter: number;
  readonly shortAt: (percent: number) => number;
}

const caseOf = ({ demand, current }: BacktestSubject): Case[] => {
  const windows = dayWindows(demand, "cpu");
  const all = demand.days.length;
  const split = Math.min(all - 1, Math.round((all * train) / (train + test)));
  const levels = PERCENTILES.map((p) =>
    p === 100 ? highestOf(windows, 0, split) : levelExceededFor(windows, 0, split, 1 - p / 100),
  );
  const after = highestOf(windows, split, all);
  if (after === undefined || levels.some((level) => level === undefined)) return [];
  return [
    {
      current,
      levels: levels as number[],
      memory: memoryOf(demand, 0, split),
      highestAfter: after,
      memoryAfter: memoryOf(demand, split, all),
      shortAt: (percent) => shareAboveIn(windows, split, all, percent),
    },
  ];
};

interface Outcome {
  readonly cost: number;
  readonly short: number;
  readonly over: number;
  readonly rule: string;
}

/** Every fixed rule over all cases. */
const fixedRules = (cases: readonly Case[], risk: number): Outcome[] =>
  PERCENTILES.flatMap((percentile, at) =>
    HEADROOMS.flatMap((headroom) =>
      MEMORY_HEADROOMS.map((memoryHeadroom) => {
        const outcome = { cost: 0, short: 0, over: 0 };
        for (const each of cases) {
          const size = smallest({
            cpu: ((each.levels[at] as number) / 100) * each.current.cpu * (1 + headroom / 100),
            memory: (each.memory / 100) * each.current.memory * (1 + memoryHeadroom / 100),
          });
          outcome.cost += cost(size);
          if (each.shortAt((size.cpu / each.current.cpu) * 100) > risk / 100) outcome.short += 1;
          if ((each.memoryAfter / 100) * each.current.memory > size.memory + 1e-9) outcome.over += 1;
        }
        return { ...outcome, rule: `p${percentile} + ${headroom} %, memory + ${memoryHeadroom} %` };
      }),
    ),
  );

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const percent = (part: number, all: number): string => `${((100 * part) / Math.max(1, all)).toFixed(1)} %`;

const reading = await readMetrics(files.map((file) => ({ file })));
const services = [...reading.services].map(([id, usage]) => ({ id, days: demandOf(usage).days }));
const longest = Math.max(...services.map(({ days }) => days.length));
const starts = Array.from({ length: Math.max(1, Math.floor((longest - train - test) / step) + 1) }, (_, i) => i * step);
const windows = starts.map((start) =>
  services
    .map(
      ({ id, days }): BacktestSubject => ({
        id,
        current: currentOf(id),
        grid,
        demand: { days: days.slice(start, start + train + test) },
      }),
    )
    .filter(({ demand }) => demand.days.length > 1),
);
const cases = windows.flatMap((subjects) => subjects.flatMap(caseOf));
const oracle = cases.reduce(
  (sum, each) =>
    sum +
    cost(
      smallest({
        cpu: (each.highestAfter / 100) * each.current.cpu,
        memory: (each.memoryAfter / 100) * each.current.memory,
      }),
    ),
  0,
);
print(`${services.length} services, ${starts.length} windows of ${train} and ${test} days, ${cases.length} cases`);
const [strategy] = STRATEGIES;
if (strategy === undefined) throw new Error("there is no strategy");
for (const risk of RISKS) {
  const options = { cost, trainShare: train / (train + test), share: risk / 100 };
  const rows = windows.flatMap(
    (subjects) => backtest(subjects, [{ strategy, settings: { riskCpu: risk } }], options)[0] ?? [],
  );
  const judged = rows.flatMap((row) => row.cases);
  const sum = (pick: (row: (typeof rows)[number]) => number): number => rows.reduce((all, row) => all + pick(row), 0);
  const own = judged.reduce((all, { size }) => all + cost(size), 0);
  const [short, over] = [sum((row) => row.shortOfCpu), sum((row) => row.overMemory)];
  const [best] = fixedRules(cases, risk)
    .filter((rule) => rule.short <= short && rule.over <= over)
    .sort((a, b) => a.cost - b.cost);
  const byRisk = ["low", "medium", "high", "unknown"].map((level) => {
    const told = judged.filter(({ promised }) => promised.level === level);
    return `${level} ${told.filter(({ shortOfCpu, overMemory }) => shortOfCpu || overMemory).length} of ${told.length}`;
  });
  print(
    `risk ${risk} %: cost ${(own / oracle).toFixed(3)}, short ${percent(short, judged.length)} (promised ${percent(
      sum((row) => row.promisedShortOfCpu),
      judged.length,
    )}), over memory ${percent(over, judged.length)} (promised ${percent(
      sum((row) => row.promisedOverMemory),
      judged.length,
    )}), of it not outgrown ${sum((row) => row.overKnownMemory)}; fell short by risk told: ${byRisk.join(", ")}`,
  );
  if (best !== undefined)
    print(
      `  as safe in hindsight: ${(best.cost / oracle).toFixed(3)} (${best.rule}), ours ${(own / best.cost).toFixed(3)} times`,
    );
}
