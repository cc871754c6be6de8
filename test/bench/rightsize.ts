import { execSync, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `ecs-cost rightsize` as a process on 1,000 services x 14 days x 5 minutes of gzip CSV, other advice and prices included,
 * against `gzip -dc FILE | wc -l`. Run after a build: node test/bench/rightsize.ts [services]
 */
const RATIO_LIMIT = 4;
const MEMORY_LIMIT_MB = 400;
const RUNS = 3;
const POINTS = 14 * 288;
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const nameOf = (service: number): string => `service-${String(service).padStart(4, "0")}`;

/** A daily wave with a ripple that no two services share. */
const linesOf = (service: number, times: readonly string[]): string =>
  times
    .map((time, point) => {
      const ripple = ((point * 7919 + service * 104_729) % 1009) / 1009;
      const cpu = 20 + (service % 40) + 10 * Math.sin(point / 46 + service) + 8 * ripple;
      const memory = 30 + (service % 50) + 4 * ripple;
      return `${nameOf(service)},${time},${cpu.toFixed(4)},${memory.toFixed(4)}\n`;
    })
    .join("");

const generate = (csv: string, workload: string, services: number): void => {
  const monday = Date.UTC(2026, 10, 2);
  const times = Array.from({ length: POINTS }, (_, point) =>
    new Date(monday + point * 300_000).toISOString().replace(".000Z", "Z"),
  );
  const plain = csv.replace(/\.gz$/, "");
  const out = openSync(plain, "w");
  writeSync(out, "service,timestamp,cpu_utilization_pct,memory_utilization_pct\n");
  const names = Array.from({ length: services }, (_, service) => service);
  for (const service of names) writeSync(out, linesOf(service, times));
  closeSync(out);
  execSync(`gzip ${plain}`);
  const task = { cpu: 4096, memory: 16_384 };
  const entries = names.map((service) => ({ name: nameOf(service), task, desiredCount: 2, launchType: "FARGATE" }));
  writeFileSync(workload, JSON.stringify({ version: 1, region: "eu-west-1", services: entries }));
};

const PEAK = 'process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS));';

interface Measured {
  readonly seconds: number;
  readonly peakMB: number;
}

/** As the launcher runs it. */
const measure = (args: readonly string[]): Measured => {
  const flags = ["--min-semi-space-size=32", "--max-semi-space-size=32"];
  const hook = ["--import", `data:text/javascript,${encodeURIComponent(PEAK)}`];
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(
    process.execPath,
    [...flags, ...hook, join(ROOT, "packages/cli/bin/run.js"), ...args],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(stderr);
  return { seconds, peakMB: Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024 };
};

const main = (services: number): void => {
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost-bench-"));
  const [csv, workload] = [join(folder, "metrics.csv.gz"), join(folder, "workload.json")];
  try {
    generate(csv, workload, services);
    const runs: { readonly base: number; readonly own: Measured }[] = [];
    for (let run = 0; run < RUNS; run++) {
      const start = process.hrtime.bigint();
      execSync(`gzip -dc ${csv} | wc -l`, { stdio: "ignore" });
      const base = Number(process.hrtime.bigint() - start) / 1e9;
      runs.push({ base, own: measure(["rightsize", workload, "--metrics", csv, "--json"]) });
    }
    const base = Math.min(...runs.map((run) => run.base));
    const seconds = Math.min(...runs.map(({ own }) => own.seconds));
    const peak = Math.max(...runs.map(({ own }) => own.peakMB));
    print(`${services * POINTS} rows of ${services} services`);
    print(`gzip -dc | wc -l   ${base.toFixed(2)} s`);
    print(
      `rightsize --json   ${seconds.toFixed(2)} s, ${(seconds / base).toFixed(2)} times that (limit ${RATIO_LIMIT})`,
    );
    print(`most memory        ${peak.toFixed(0)} MB (limit ${MEMORY_LIMIT_MB})`);
    if (seconds / base > RATIO_LIMIT || peak > MEMORY_LIMIT_MB) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

main(Number(process.argv[2] ?? 1000));
