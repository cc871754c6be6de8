import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { billFiles } from "../../packages/core/src/adapters/bill/index.ts";
import { review } from "../../packages/core/src/app/review/review.ts";
import { groupBySql, largeBillSql } from "../support/bill/large-bill.ts";
import { runDuckDb } from "../support/bill/write-export.ts";

/**
 * Reviews a generated bill, CUR 2.0 as Parquet, against DuckDB alone running one GROUP BY over the same columns; each in a
 * process of its own, turn about.
 * Run: node --conditions=@ecs-cost/source test/bench/review.ts [rows [file that has them]]; 50000000 rows are 2.1 GB.
 */
const RATIO_LIMIT = 3;
const MEMORY_LIMIT_MB = 2048;
const RUNS = 3;
const DEFAULT_ROWS = 5_000_000;
const TAG = "team";

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const REVIEW = "--review";
const GROUP_BY = "--group-by";

const reviewOnce = async (file: string): Promise<number> => {
  const request = { from: "2026-10-01", to: "2026-11-01", tagKeys: [TAG] };
  const reading = await billFiles([file]).read(request);
  review({ reading, month: "2026-10", tagKeys: [TAG] });
  return reading.bill.charges.length;
};

interface Measured {
  readonly seconds: number;
  readonly cpu: number;
  readonly peak: number;
}

/** Tells the parent what a process took, its start included. */
const tell = (): void => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  print(JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, peak: Math.round(maxRSS / 1024) }));
};

const measure = (mode: string, file: string): Measured => {
  const start = process.hrtime.bigint();
  const args = ["--conditions=@ecs-cost/source", import.meta.filename, mode, file];
  const told = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Omit<Measured, "seconds">;
  return { ...told, seconds: Number(process.hrtime.bigint() - start) / 1e9 };
};

const fastest = (runs: readonly Measured[]): Measured =>
  runs.reduce((best, run) => (run.seconds < best.seconds ? run : best));

const compare = async (rows: number): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost-review-"));
  try {
    const file = join(folder, "bill.parquet");
    await runDuckDb([largeBillSql(rows, file)]);
    print(`${rows} rows, ${Math.round(statSync(file).size / 1e6)} MB`);
    report(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const report = (file: string): void => {
  const pairs = Array.from({ length: RUNS }, () => [measure(GROUP_BY, file), measure(REVIEW, file)] as const);
  const base = fastest(pairs.map(([run]) => run));
  const ours = fastest(pairs.map(([, run]) => run));
  const peak = Math.max(...pairs.map(([, run]) => run.peak));
  const ratio = ours.seconds / base.seconds;
  print(`GROUP BY alone ${base.seconds.toFixed(2)} s, ${base.cpu.toFixed(1)} s of processor`);
  print(`review ${ours.seconds.toFixed(2)} s, ${ours.cpu.toFixed(1)} s of processor`);
  print(`${ratio.toFixed(2)} times (limit ${RATIO_LIMIT}), most memory ${peak} MB (limit ${MEMORY_LIMIT_MB})`);
  process.exitCode = ratio > RATIO_LIMIT || peak > MEMORY_LIMIT_MB ? 1 : 0;
};

const [mode = String(DEFAULT_ROWS), file = ""] = process.argv.slice(2);
if (mode === REVIEW) {
  await reviewOnce(file);
  tell();
} else if (mode === GROUP_BY) {
  await runDuckDb([groupBySql(file)], { memory_limit: "1GB" });
  tell();
} else if (file !== "") report(file);
else await compare(Number(mode));
