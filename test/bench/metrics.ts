import { execFileSync, execSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { readMetrics } from "../../packages/core/src/adapters/metrics/index.ts";
import { adviseSizes } from "../../packages/core/src/domain/rightsizing/advise-sizes.ts";
import { STRATEGIES } from "../../packages/core/src/domain/rightsizing/strategies/strategies.ts";
import { legalSizes } from "../../packages/core/src/domain/sizing/fargate-sizes.ts";
import { nineToOne } from "../../packages/core/src/domain/sizing/size-fit.ts";
import { parquetFile } from "../support/parquet-file.ts";

/**
 * Reads a gzip CSV of 1,000 services x 14 days x 5 minutes and advises on them, against `gzip -dc FILE | wc -l`.
 * and the same rows as Parquet with gzip pages.
 * Run: node --conditions=@ecs-cost/source test/bench/metrics.ts [services] [by-service|by-time]
 */
const RATIO_LIMIT = 4;
const MEMORY_LIMIT_MB = 400;
const RUNS = 3;
const POINTS_PER_DAY = 288;
const DAYS = 14;
const ROWS_PER_GROUP = 1 << 17;

const noise = (seed: number): number => {
  let x = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
};

const HEADER = "service,timestamp,cpu_utilization_pct,memory_utilization_pct\n";

interface Row {
  readonly service: string;
  readonly time: number;
  readonly cpu: number;
  readonly memory: number;
}

const rowOf = (service: number, point: number): Row => {
  const day = Math.sin((2 * Math.PI * point) / POINTS_PER_DAY + service);
  const round = (value: number): number => Math.round(value * 1e4) / 1e4;
  return {
    service: `service-${String(service).padStart(4, "0")}`,
    time: Date.UTC(2026, 10, 1) + point * 300_000,
    cpu: round(20 + (service % 40) + 10 * day + 8 * noise(service * 7919 + point)),
    memory: round(30 + (service % 50) + 4 * noise(service * 104_729 + point)),
  };
};

const lineOf = ({ service, time, cpu, memory }: Row): string =>
  `${service},${new Date(time).toISOString().replace(".000Z", "Z")},${cpu.toFixed(4)},${memory.toFixed(4)}\n`;

/** Writes the rows in blocks, each of one service or of one point of time. */
const generate = (csv: string, parquet: string, services: number, byTime: boolean): void => {
  const out = openSync(csv, "w");
  writeSync(out, gzipSync(HEADER));
  const points = POINTS_PER_DAY * DAYS;
  const columns = { service: [] as string[], time: [] as number[], cpu: [] as number[], memory: [] as number[] };
  for (let outer = 0; outer < (byTime ? points : services); outer++) {
    const lines: string[] = [];
    for (let inner = 0; inner < (byTime ? services : points); inner++) {
      const row = byTime ? rowOf(inner, outer) : rowOf(outer, inner);
      lines.push(lineOf(row));
      columns.service.push(row.service);
      columns.time.push(row.time);
      columns.cpu.push(row.cpu);
      columns.memory.push(row.memory);
    }
    writeSync(out, gzipSync(lines.join("")));
  }
  closeSync(out);
  const bytes = parquetFile(
    [
      { name: "service", kind: "text", values: columns.service },
      { name: "timestamp", kind: "time", values: columns.time },
      { name: "cpu_utilization_pct", kind: "double", values: columns.cpu },
      { name: "memory_utilization_pct", kind: "double", values: columns.memory },
    ],
    { rowsPerGroup: ROWS_PER_GROUP, gzip: true },
  );
  writeFileSync(parquet, bytes);
};

const seconds = (work: () => void): number => {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e9;
};

const fastest = (work: () => void): number => Math.min(...Array.from({ length: RUNS }, () => seconds(work)));

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const readAndAdvise = async (file: string): Promise<void> => {
  const start = process.hrtime.bigint();
  const reading = await readMetrics([{ file }]);
  const read = Number(process.hrtime.bigint() - start) / 1e9;
  const strategy = STRATEGIES[0];
  if (strategy === undefined) throw new Error("there is no strategy");
  const grid = { kind: "list", sizes: legalSizes("linux") } as const;
  const subjects = [...reading.services].map(([id, usage]) => ({
    id,
    usage,
    grid,
    current: { cpu: 4096, memory: 16_384 },
  }));
  const advice = adviseSizes(subjects, { strategy, cost: nineToOne });
  const all = Number(process.hrtime.bigint() - start) / 1e9;
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  print(JSON.stringify({ points: reading.points, services: advice.length, read, all, peak }));
};

interface Measured {
  readonly points: number;
  readonly services: number;
  readonly read: number;
  readonly all: number;
  readonly peak: number;
  readonly wall: number;
}

const measure = (file: string): Measured => {
  const runs = Array.from({ length: RUNS }, (): Measured => {
    const args = ["--conditions=@ecs-cost/source", import.meta.filename, "--read", file];
    const start = process.hrtime.bigint();
    const output = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
    return { ...output, wall: Number(process.hrtime.bigint() - start) / 1e9 };
  });
  const fastestRun = runs.reduce((best, run) => (run.wall < best.wall ? run : best));
  return { ...fastestRun, peak: Math.max(...runs.map((run) => run.peak)) };
};

const report = (name: string, { points, services, read, all, wall, peak }: Measured, base: number): void => {
  print(`${name}: ${points} rows of ${services} services`);
  print(`  read ${read.toFixed(2)} s, with advice ${all.toFixed(2)} s, whole process ${wall.toFixed(2)} s`);
  print(
    `  ${(wall / base).toFixed(2)} times gzip -dc | wc -l (limit ${RATIO_LIMIT}), most memory ${peak} MB (limit ${MEMORY_LIMIT_MB})`,
  );
};

const main = (services: number, byTime: boolean): void => {
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost-bench-"));
  const csv = join(folder, "metrics.csv.gz");
  const parquet = join(folder, "metrics.parquet");
  try {
    generate(csv, parquet, services, byTime);
    const base = fastest(() => execSync(`gzip -dc ${csv} | wc -l`, { stdio: "ignore" }));
    print(`gzip -dc | wc -l: ${base.toFixed(2)} s`);
    const results = [measure(csv), measure(parquet)] as const;
    report(`CSV, ${byTime ? "by time" : "by service"}`, results[0], base);
    report("Parquet", results[1], base);
    const slow = results[0].wall / base > RATIO_LIMIT || results[1].wall > results[0].wall;
    if (slow || results.some(({ peak }) => peak > MEMORY_LIMIT_MB)) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const [first, second] = process.argv.slice(2);
if (first === "--read" && second !== undefined) await readAndAdvise(second);
else main(Number(first ?? 1000), second === "by-time");
