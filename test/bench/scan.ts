import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { lookbackWindow, openAws, openPointCache, planScan, scanMetrics } from "@ecs-cost/core/aws";
import { createAccount } from "../support/aws-server/account.ts";
import type { FaultPlan } from "../support/aws-server/fault-plan.ts";
import { TEST_CREDENTIALS } from "../support/aws-server/session.ts";

/**
 * 2,000 services over 14 days at 5 minutes, two metrics with two statistics, from a server in another process on
 * loopback. The rates that AWS allows are switched off: on the real API they alone take about 83 seconds.
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
  process.exitCode =
    whole.calls <= whole.leastCalls * 1.1 && disturbed.points === whole.points && whole.mostMiB < 400 ? 0 : 1;
}
