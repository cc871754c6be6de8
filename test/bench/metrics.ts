import { execFileSync, execSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { readMetrics } from "../../packages/core/src/adapters/metrics/index.ts";
import { adviseSizes } from "../../packages/core/src/domain/rightsizing/advise-sizes.ts";
import { STRATEGIES } from "../../packages/core/src/domain/rightsizing/strategies.ts";
import { legalSizes } from "../../packages/core/src/domain/sizing/fargate-sizes.ts";
import { nineToOne } from "../../packages/core/src/domain/sizing/size-fit.ts";

/**
 * Reads a gzip CSV of 1,000 services x 14 days x 5 minutes and advises on them, against `gzip -dc FILE | wc -l`.
 * Run: node --conditions=@ecs-cost/source test/bench/metrics.ts [services] [by-service|by-time]
 */
const RATIO_LIMIT = 4;
const MEMORY_LIMIT_MB = 400;
const RUNS = 3;
const POINTS_PER_DAY = 288;
const DAYS = 14;

const noise = (seed: number): number => {
  let x = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
};

const row = (service: number, point: number): string => {
  const time = new Date(Date.UTC(2026, 10, 1) + point * 300_000).toISOString().replace(".000Z", "Z");
  const day = Math.sin((2 * Math.PI * point) / POINTS_PER_DAY + service);
  const cpu = 20 + (service % 40) + 10 * day + 8 * noise(service * 7919 + point);
  const memory = 30 + (service % 50) + 4 * noise(service * 104_729 + point);
  return `service-${String(service).padStart(4, "0")},${time},${cpu.toFixed(4)},${memory.toFixed(4)}\n`;
};

const generate = (file: string, services: number, byTime: boolean): void => {
  const out = openSync(file, "w");
  writeSync(out, gzipSync("service,timestamp,cpu_utilization_pct,memory_utilization_pct\n"));
  const points = POINTS_PER_DAY * DAYS;
  for (let outer = 0; outer < (byTime ? points : services); outer++) {
    const rows: string[] = [];
    for (let inner = 0; inner < (byTime ? services : points); inner++) {
      rows.push(byTime ? row(inner, outer) : row(outer, inner));
    }
    writeSync(out, gzipSync(rows.join("")));
  }
  closeSync(out);
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

const main = (services: number, byTime: boolean): void => {
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost-bench-"));
  const file = join(folder, "metrics.csv.gz");
  try {
    generate(file, services, byTime);
    const base = fastest(() => execSync(`gzip -dc ${file} | wc -l`, { stdio: "ignore" }));
    const results = Array.from({ length: RUNS }, () => {
      const args = ["--conditions=@ecs-cost/source", import.meta.filename, "--read", file];
      const start = process.hrtime.bigint();
      const output = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
      return { ...output, wall: Number(process.hrtime.bigint() - start) / 1e9 };
    });
    const wall = Math.min(...results.map((result) => result.wall));
    const peak = Math.max(...results.map((result) => result.peak));
    const { points, read, all } = results[0];
    print(`${points} rows of ${services} services, ${byTime ? "by time" : "by service"}`);
    print(`gzip -dc | wc -l   ${base.toFixed(2)} s`);
    print(
      `read               ${read.toFixed(2)} s, with advice ${all.toFixed(2)} s, whole process ${wall.toFixed(2)} s`,
    );
    print(`ratio              ${(wall / base).toFixed(2)} (limit ${RATIO_LIMIT})`);
    print(`most memory        ${peak} MB (limit ${MEMORY_LIMIT_MB})`);
    if (wall / base > RATIO_LIMIT || peak > MEMORY_LIMIT_MB) process.exitCode = 1;
  } finally {
    if (existsSync(folder)) rmSync(folder, { recursive: true });
  }
};

const [first, second] = process.argv.slice(2);
if (first === "--read" && second !== undefined) await readAndAdvise(second);
else main(Number(first ?? 1000), second === "by-time");
