import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import type { AwsServerOptions } from "../support/aws-server/server.ts";
import { type LiveAccount, secretsIn, startAccount } from "./aws-account.ts";
import { NODE, RUN, runCli } from "./run-cli.ts";

const REGION = "eu-west-1";
const GET_METRIC_DATA = "cloudwatch:GetMetricData";

/** An account with a workload file of its services. */
const startFleet = async (options: AwsServerOptions = {}, insights = "enhanced") => {
  const account = await startAccount(options);
  const services = (account.server.account.regions[0]?.clusters ?? []).flatMap((cluster) =>
    cluster.services.map(({ name, desired }) => ({
      name,
      cluster: cluster.name,
      task: { cpu: 1024, memory: 2048 },
      desiredCount: desired,
      launchType: "FARGATE",
    })),
  );
  const workload = join(account.home, "workload.yaml");
  writeFileSync(
    workload,
    JSON.stringify({ version: 1, region: REGION, shared: { containerInsights: insights }, services }),
  );
  return { ...account, workload, live: ["rightsize", workload, "--metrics", "cloudwatch", "--lookback", "1"] };
};

interface Sized {
  readonly services: readonly {
    readonly name: string;
    readonly advice: string;
    readonly evidence: { readonly points: number } | null;
  }[];
  readonly issues: readonly { readonly code: string; readonly detail: string }[];
  readonly assumptions: readonly { readonly code: string }[];
}

const asked = ({ server }: LiveAccount): number => server.log.count(GET_METRIC_DATA);
const pointsGiven = ({ server }: LiveAccount): number => server.log.calls.reduce((sum, { points }) => sum + points, 0);

/** Files of the cache by account, region and name; files and folders are private to the user. */
const cacheOf = ({ home }: LiveAccount): Readonly<Record<string, string>> => {
  const points = join(home, "cache/ecs-cost/points");
  const entries = readdirSync(points, { recursive: true, withFileTypes: true });
  expect(entries.every((entry) => (statSync(join(entry.parentPath, entry.name)).mode & 0o077) === 0)).toBe(true);
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => {
        const file = join(parentPath, name);
        expect(statSync(file).mode & 0o777).toBe(0o600);
        const path = relative(points, file);
        expect(path.split("/").slice(1)).toEqual([REGION, name]);
        return [name, readFileSync(file, "latin1")];
      }),
  );
};

/** Ends a scan by a signal once it has made some calls; gives what it told on stderr. */
const stopAfter = async (calls: number, signal: NodeJS.Signals, account: LiveAccount & { live: readonly string[] }) => {
  const child = spawn(NODE, [RUN, ...account.live], { env: { ...process.env, ...account.env } });
  let told = "";
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    told += part;
  });
  const ended = new Promise<NodeJS.Signals | null>((done) => child.once("close", (_, by) => done(by)));
  while (asked(account) < calls && child.exitCode === null) await new Promise((wait) => setTimeout(wait, 2));
  child.kill(signal);
  expect(await ended).toBe(signal);
  return told;
};

describe.concurrent("--metrics cloudwatch", () => {
  it("sizes what discover found, tells the cost before, and asks for nothing twice", async () => {
    const account = await startAccount();
    const { run, home } = account;
    const workload = join(home, "found.yaml");
    await run("discover", "--region", REGION, "--no-traffic", "--out", workload);
    const live = ["rightsize", workload, "--metrics", "cloudwatch", "--lookback", "2", "--json"];
    const planned = JSON.parse((await run(...live, "--dry-run")).stdout);
    expect(planned).toMatchObject({
      dryRun: true,
      scan: { services: 5, calls: 1, cachedSeries: 0, periodSeconds: 300 },
    });
    expect(planned.scan.cost).toBe(String(planned.scan.metricsRequested / 100_000));
    expect(asked(account)).toBe(0);

    const first = await run(...live);
    const { services } = JSON.parse(first.stdout) as Sized;
    expect(first.code).toBe(0);
    expect(services.find(({ name }) => name === "svc-0000")?.evidence?.points).toBeGreaterThan(250);
    expect(asked(account)).toBe(1);
    expect(first.stderr).toContain(`1 call for ${planned.scan.metricsRequested} metrics, $${planned.scan.cost}.`);

    const again = await run(...live);
    expect(again.stdout).toBe(first.stdout);
    expect(again.stderr).toContain("0 calls for 0 metrics, $0.");
    expect(asked(account)).toBe(1);
    const kept = Object.values(cacheOf(account)).join("");
    expect(secretsIn(first.stdout + first.stderr + kept + Object.keys(cacheOf(account)).join(""))).toEqual([]);
  });

  it("goes on where Ctrl-C or a kill stopped it, and ends with the same bytes", async () => {
    const options = { services: 6, pagePoints: 300 };
    const quiet = await startFleet(options);
    const undisturbed = quiet.run(...quiet.live, "--json");
    const stopped = async (signal: NodeJS.Signals) => {
      const victim = await startFleet(options);
      const told = await stopAfter(6, signal, victim);
      const resumed = await victim.run(...victim.live, "--json");
      expect(resumed.stdout).toBe((await undisturbed).stdout);
      expect(cacheOf(victim)).toEqual(cacheOf(quiet));
      expect(pointsGiven(victim) - pointsGiven(quiet)).toBeLessThanOrEqual(2 * options.pagePoints);
      return told;
    };
    const [interrupted, killed] = await Promise.all([stopped("SIGINT"), stopped("SIGKILL")]);
    expect(interrupted).toMatch(/^Interrupted: the points that were read are kept/);
    expect(killed).toBe("");
  });

  it("killed again and again, at whatever call, loses nothing and asks for nothing twice", async () => {
    const options = { services: 6, pagePoints: 300 };
    const [quiet, victim] = await Promise.all([startFleet(options), startFleet(options)]);
    const undisturbed = await quiet.run(...quiet.live, "--json");
    const kills = [1, 4, 9, 13];
    for (const calls of kills) await stopAfter(calls, "SIGKILL", victim);
    expect((await victim.run(...victim.live, "--json")).stdout).toBe(undisturbed.stdout);
    expect(cacheOf(victim)).toEqual(cacheOf(quiet));
    const inFlight = 2 * options.pagePoints;
    expect(pointsGiven(victim) - pointsGiven(quiet)).toBeLessThanOrEqual(kills.length * inFlight);
  });

  it("gives the same under throttling and broken connections", async () => {
    const [quiet, noisy] = await Promise.all([
      startFleet({ pagePoints: 1000 }),
      startFleet({ pagePoints: 1000, faults: { throttled: 0.4, cut: 0.2, seed: 1 } }),
    ]);
    const [whole, disturbed] = await Promise.all([
      quiet.run(...quiet.live, "--json"),
      noisy.run(...noisy.live, "--json", "--no-cache"),
    ]);
    expect(noisy.server.log.calls.some(({ fault }) => fault !== undefined)).toBe(true);
    expect(disturbed.stdout).toBe(whole.stdout);
    expect(readdirSync(noisy.home)).toEqual(["workload.yaml"]);
  });

  it("ends with 3 and no report where the action is denied, and where the credentials have expired", async () => {
    const { run, live, server, home } = await startFleet({ faults: { denied: [`${GET_METRIC_DATA}@${REGION}`] } });
    const denied = await run(...live, "--json");
    expect(denied).toMatchObject({ code: 3, stdout: "" });
    expect(denied.stderr).toContain(GET_METRIC_DATA);
    expect(denied.stderr).not.toMatch(/\$/);
    server.setFaults({ expiredAfter: 0 });
    const expired = await run(...live, "--cache-dir", join(home, "other"));
    expect(expired).toMatchObject({ code: 3, stdout: "" });
    expect(expired.stderr).toMatch(/^Error: the credentials have expired .*\nHint: Sign in again.*\n$/);
    expect(secretsIn(denied.stdout + denied.stderr + expired.stderr)).toEqual([]);
  });

  it("gives capacity the tasks that ran, whatever the inputs say of Container Insights", async () => {
    const [counted, silent] = await Promise.all([startFleet(), startFleet({}, "off")]);
    const capacity = (account: { workload: string; run: LiveAccount["run"] }) =>
      account.run("capacity", account.workload, "--metrics", "cloudwatch", "--lookback", "1", "--json");
    const planned = await counted.run("capacity", counted.workload, "--metrics", "cloudwatch", "--dry-run", "--json");
    expect(JSON.parse(planned.stdout)).toMatchObject({ scan: { services: 4, calls: 1, metricsRequested: 4 } });
    const [measured, unmeasured] = await Promise.all([capacity(counted), capacity(silent)]);
    expect((JSON.parse(measured.stdout) as Sized).assumptions.map(({ code }) => code)).toContain("counts-measured");
    expect(counted.server.log.calls.map(({ queries }) => queries)).toEqual([4]);
    expect((JSON.parse(unmeasured.stdout) as Sized).assumptions.map(({ code }) => code)).toContain("counts-measured");
    expect(asked(silent)).toBe(1);
  });

  it("asks only for services that can pass the filter", async () => {
    const account = await startFleet();
    const { stdout } = await account.run(...account.live, "--filter", "name=svc-0003,monthlyCost>=0", "--json");
    expect((JSON.parse(stdout) as Sized).services.map(({ name }) => name)).toEqual(["svc-0003"]);
    expect(account.server.log.calls.map(({ queries }) => queries)).toEqual([5]);
  });

  it("stands alone, and a dry run is of it alone", async () => {
    const { run, live, workload } = await startFleet();
    for (const args of [
      [...live, "metrics.csv"],
      ["rightsize", workload, "--metrics", "metrics.csv", "--dry-run"],
      ["capacity", workload, "--dry-run"],
    ]) {
      expect(await run(...args)).toMatchObject({ code: 2, stdout: "" });
    }
    const none = await runCli([...live, "--dry-run"], { env: { AWS_EC2_METADATA_DISABLED: "true", HOME: "/nowhere" } });
    expect(none).toMatchObject({ code: 0, stderr: "" });
  });
});
