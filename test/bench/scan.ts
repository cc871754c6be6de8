import { type ChildProcess, fork, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { lookbackWindow, openAws, openPointCache, planScan, scanMetrics } from "@ecs-cost/core/aws";
import { createAccount } from "../support/aws-server/account.ts";
import type { FaultPlan } from "../support/aws-server/fault-plan.ts";
import { TEST_CREDENTIALS } from "../support/aws-server/session.ts";

/**
 * 2,000 services over 14 days at 5 minutes, two metrics with two statistics, from a server in another process on
 * loopback. The rates that AWS allows are switched off: on the real API they alone take about 83 seconds. Then
 * `ecs-cost rightsize --metrics cloudwatch` on the same as a process, which keeps to them. Run after a build:
 * node --conditions=@ecs-cost/source test/bench/scan.ts
 */
export interface ScanBench {
  readonly services: number;
  readonly points: number;
  readonly calls: number;
  /** The least that 100,800 points to the call allow. */
  readonly leastCalls: number;
  readonly seconds: number;
  /** Of a second scan, out of the cache. */
  readonly secondsAgain: number;
  readonly callsAgain: number;
  readonly mostMiB: number;
  readonly issues: number;
}

const MEMORY_LIMIT_MIB = 400;
const ACCOUNT = { clusters: 40, services: 50 };
const SERVER = fileURLToPath(new URL("../support/aws-server/main.ts", import.meta.url));

const messageOf = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as T));
    child.once("exit", (code) => reject(new Error(`ended with ${code}`)));
  });

/** Measures once, in a process of its own; the caller repeats and takes the least. */
export const benchScan = async (faults: FaultPlan = {}): Promise<ScanBench> => {
  const server = fork(SERVER, [JSON.stringify({ ...ACCOUNT, faults })]);
  const { endpoint } = await messageOf<{ readonly endpoint: string }>(server);
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost-bench-"));
  try {
    const scan = fork(fileURLToPath(import.meta.url), [endpoint, folder]);
    return await messageOf<ScanBench>(scan);
  } finally {
    server.send({ stop: true });
    rmSync(folder, { recursive: true, force: true });
  }
};

const measure = async (endpoint: string, folder: string): Promise<ScanBench> => {
  const account = createAccount(ACCOUNT);
  const services = account.regions.flatMap(({ region, clusters }) =>
    clusters.flatMap((cluster) =>
      cluster.services.map(({ name }) => ({ region, cluster: cluster.name, service: name })),
    ),
  );
  const request = { services, window: lookbackWindow(14, account.now, 300) };
  const timing = {
    now: () => account.now * 1000,
    sleep: () => new Promise<void>((done) => setTimeout(done, 5)),
    random: Math.random,
  };
  const aws = openAws({ endpoint, credentials: TEST_CREDENTIALS, timing, limits: { cloudwatch: { concurrency: 8 } } });
  const cache = openPointCache(folder);
  const plan = planScan(request, cache);
  const start = performance.now();
  const first = await scanMetrics(aws, request, () => undefined, cache);
  const between = performance.now();
  const second = await scanMetrics(aws, request, () => undefined, openPointCache(folder));
  return {
    services: plan.services,
    points: first.points,
    calls: first.calls,
    leastCalls: Math.ceil((plan.series * (request.window.to - request.window.from)) / 300 / 100_800),
    seconds: (between - start) / 1000,
    secondsAgain: (performance.now() - between) / 1000,
    callsAgain: second.calls,
    mostMiB: process.resourceUsage().maxRSS / 1024,
    issues: first.issues.length,
  };
};

/** What `rightsize` took, as the launcher runs it. */
interface CommandBench {
  readonly seconds: number;
  readonly mostMiB: number;
  readonly told: string;
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PEAK = 'process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS));';

const runCommand = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<CommandBench> => {
  const flags = ["--min-semi-space-size=32", "--max-semi-space-size=32"];
  const hook = ["--import", `data:text/javascript,${encodeURIComponent(PEAK)}`];
  const start = performance.now();
  const child = spawn(process.execPath, [...flags, ...hook, join(ROOT, "packages/cli/bin/run.js"), ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    told += part;
  });
  const code = await new Promise((done) => child.once("close", done));
  if (code !== 0) throw new Error(told);
  const mostMiB = Number(/peak (\d+)$/.exec(told)?.[1]) / 1024;
  return { seconds: (performance.now() - start) / 1000, mostMiB, told: told.split("\n")[0] ?? "" };
};

const writeWorkload = (file: string): void => {
  const services = createAccount(ACCOUNT).regions.flatMap(({ clusters }) =>
    clusters.flatMap((cluster) =>
      cluster.services.map(({ name, desired }) => ({
        name,
        cluster: cluster.name,
        task: { cpu: 1024, memory: 2048 },
        desiredCount: desired,
        launchType: "FARGATE",
      })),
    ),
  );
  writeFileSync(file, JSON.stringify({ version: 1, region: "eu-west-1", services }));
};

/** The command with an empty cache, and again with what it kept. */
const benchCommand = async (): Promise<readonly [CommandBench, CommandBench]> => {
  const server = fork(SERVER, [JSON.stringify({ ...ACCOUNT, now: Math.floor(Date.now() / 1000) })]);
  const { endpoint } = await messageOf<{ readonly endpoint: string }>(server);
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost-bench-"));
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: TEST_CREDENTIALS.sessionToken,
  };
  const workload = join(folder, "workload.json");
  const args = ["rightsize", workload, "--metrics", "cloudwatch", "--cache-dir", join(folder, "cache"), "--json"];
  writeWorkload(workload);
  try {
    return [await runCommand(args, env), await runCommand(args, env)];
  } finally {
    server.send({ stop: true });
    rmSync(folder, { recursive: true, force: true });
  }
};

const isMain = process.argv[1] === fileURLToPath(import.meta.url);

if (isMain && process.send !== undefined) {
  const [, , endpoint = "", folder = ""] = process.argv;
  const bench = await measure(endpoint, folder);
  process.send(bench, () => process.exit(0));
} else if (isMain) {
  const whole = await benchScan();
  const disturbed = await benchScan({ throttled: 0.2, cut: 0.05, seed: 2 });
  const print = (name: string, bench: ScanBench): void => {
    const { calls, leastCalls, seconds, secondsAgain, mostMiB, points, issues } = bench;
    process.stdout.write(
      `${name}: ${points} points, ${calls} calls (least ${leastCalls}), ${seconds.toFixed(1)} s, ` +
        `again ${secondsAgain.toFixed(1)} s, ${mostMiB.toFixed(0)} MiB, ${issues} issues\n`,
    );
  };
  print("undisturbed", whole);
  print("20 % throttled, 5 % cut", disturbed);
  const commands = await benchCommand();
  for (const { seconds, mostMiB, told } of commands) {
    process.stdout.write(`rightsize: ${seconds.toFixed(1)} s, ${mostMiB.toFixed(0)} MiB; ${told}\n`);
  }
  const most = Math.max(whole.mostMiB, disturbed.mostMiB, ...commands.map(({ mostMiB }) => mostMiB));
  process.exitCode =
    whole.calls <= whole.leastCalls * 1.1 && disturbed.points === whole.points && most < MEMORY_LIMIT_MIB ? 0 : 1;
}
