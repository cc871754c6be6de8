import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { runCli, temporaryFolder } from "./run-cli.ts";

/** A task-hour of 1 vCPU and 2 GB costs 0.12 on x86_64 and 0.06 on ARM. */
const PRICES = [
  ...["x86_64/vcpu-hour=0.1", "x86_64/gb-hour=0.01", "arm64/vcpu-hour=0.05", "arm64/gb-hour=0.005"].flatMap((price) => [
    "--set-price",
    `fargate/linux/${price}`,
  ]),
  ...["--hours", "100"],
];

const HEADER = "service,timestamp,cpu_utilization_pct,memory_utilization_pct";
const MONDAY = Date.UTC(2026, 10, 2);

/** A constant load, a point every five minutes. */
const load = (name: string, cpu: number, memory: number, hours = 72): string[] =>
  Array.from({ length: hours * 12 }, (_, point) => {
    const time = new Date(MONDAY + point * 300_000).toISOString().replace(".000Z", "Z");
    return `${/[",]/.test(name) ? JSON.stringify(name) : name},${time},${cpu},${memory}`;
  });

const write = (name: string, content: string | Buffer, folder = temporaryFolder()): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

const metrics = (...rows: readonly string[][]): string =>
  write("metrics.csv", `${[HEADER, ...rows.flat()].join("\n")}\n`);

const service = (name: string, changes: object = {}) => ({
  name,
  cluster: "production",
  task: { cpu: 2048, memory: 8192 },
  launchType: "FARGATE",
  desiredCount: 2,
  ...changes,
});

const workload = (...services: readonly object[]): string =>
  write("workload.json", JSON.stringify({ version: 1, region: "eu-west-1", services }));

/** api shrinks, cache is too small, silent has no series. */
const FLEET = workload(
  service("api", { tags: { team: "web" } }),
  service("cache", { task: { cpu: 256, memory: 512 }, cluster: "batch" }),
  service("silent"),
);
const LOAD = metrics(load("api", 20, 30), load("cache", 20, 99), load("elsewhere", 5, 5));

const SIZING = ["--strategy", "percentile", ...PRICES];
const rightsizing = (...args: string[]) => ["rightsize", FLEET, "--metrics", LOAD, ...SIZING, ...args];
const json = async (...args: string[]) => JSON.parse((await runCli([...rightsizing("--json"), ...args])).stdout);

describe("advice on task sizes", () => {
  it("resizes, grows or withholds, priced exactly", async () => {
    const { code, stdout, stderr } = await runCli(rightsizing("--json"));
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("incomplete") });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      schemaVersion: 1,
      command: "rightsize",
      totalMonthlyCost: "118",
      recommendedMonthlyCost: "79",
      monthlySaving: "39",
      advice: { resize: 2, keep: 0, withheld: 1 },
      settings: { strategy: "percentile", settings: { cpuPercentile: 99, cpuHeadroom: 10 }, minPoints: 100 },
    });
    expect(report.services).toMatchObject([
      {
        name: "api",
        current: { cpu: 2048, memory: 8192 },
        advice: "resize",
        recommended: { cpu: 512, memory: 3072 },
        monthlyCost: "56",
        recommendedMonthlyCost: "16",
        monthlySaving: "40",
        bindingDimension: "memory",
        reasons: [{ code: "over-provisioned" }],
        evidence: { points: 864, gaps: 0, from: "2026-11-02T00:00:00Z", strategy: "percentile" },
        projected: { cpu: { shareAbove: 0 }, memory: { shareAbove: 0 } },
        combined: { advice: ["resize", "arm64"], monthlySaving: "48" },
      },
      { name: "cache", recommended: { cpu: 256, memory: 1024 }, monthlySaving: "-1" },
      { name: "silent", advice: "withheld", recommended: { cpu: 2048, memory: 8192 }, monthlySaving: "0" },
    ]);
    expect(report.issues).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: "no-metrics", severity: "warning", subject: "production/silent" }),
        expect.objectContaining({ code: "unmatched-metrics", severity: "info", subject: "elsewhere" }),
      ]),
    );
  });

  it("draws a page of a hundred columns, the biggest saving first", async () => {
    const { stdout } = await runCli(rightsizing());
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("$118.00 a month for 3 services, $39.00 (33.1%) less with the advised sizes");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(stdout).toMatch(
      /^production\/api +2\/8 → 0\.5\/3 +mem ▃▃▃▃▃▃▃▃ → ▇▇▇▇▇▇▇▇ +\$56\.00 +\$40\.00 +71\.4% +medium$/m,
    );
    expect(stdout.replaceAll("\n", " ")).toContain(
      "Next: give more to cache, too small for the load; then give api 0.5 vCPU 3 GB, which saves $40.00 a month.",
    );
    expect(stdout.indexOf("production/api")).toBeLessThan(stdout.indexOf("batch/cache"));
  });

  it("draws with ASCII where the locale is not UTF-8", async () => {
    const { stdout } = await runCli(rightsizing(), { env: { LC_ALL: "C" } });
    expect(stdout).toMatch(/2\/8 -> 0\.5\/3 +mem ::::::::/);
    expect(stdout).not.toMatch(/[▁-█]/);
  });

  it.each(["markdown", "csv", "html"])("prints %s", async (format) => {
    const { code, stdout } = await runCli(rightsizing("--format", format));
    expect(code).toBe(0);
    expect(stdout).toContain("over-provisioned".slice(0, format === "csv" ? 16 : 0));
    expect(stdout).toContain("api");
  });

  it("reads gzip, folders and standard input, and finds services by cluster and name", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "deep"));
    write("a.csv.gz", gzipSync([HEADER, ...load("production/api", 20, 30)].join("\n")), join(folder, "deep"));
    write("notes.txt", "no metrics", folder);
    const fromFolder = await runCli(["rightsize", FLEET, "--metrics", folder, ...SIZING, "--json"]);
    expect(JSON.parse(fromFolder.stdout).services[0].recommended).toEqual({ cpu: 512, memory: 3072 });
    const fromStdin = await runCli(["rightsize", FLEET, "--metrics", "-", ...SIZING, "--json"], {
      stdin: readFileSync(LOAD, "utf8"),
    });
    expect(JSON.parse(fromStdin.stdout).monthlySaving).toBe("39");
  });

  it("leaves out a series whose name two clusters share", async () => {
    const twice = workload(service("api"), service("api", { cluster: "staging" }));
    const args = ["rightsize", twice, "--metrics", metrics(load("api", 20, 30)), ...SIZING, "--json"];
    const report = JSON.parse((await runCli(args)).stdout);
    expect(report.services.map(({ advice }: { advice: string }) => advice)).toEqual(["withheld", "withheld"]);
    expect(report.issues).toContainEqual(expect.objectContaining({ code: "ambiguous-metrics", subject: "api" }));
  });

  it("names the line of a row that it cannot read, and goes on", async () => {
    const broken = metrics(load("api", 20, 30), ["api,yesterday,1,2"], load("cache", 20, 99));
    const report = JSON.parse((await runCli(["rightsize", FLEET, "--metrics", broken, ...SIZING, "--json"])).stdout);
    expect(report.monthlySaving).toBe("39");
    expect(report.issues).toContainEqual(
      expect.objectContaining({ code: "unreadable-metrics", subject: `${broken}:866` }),
    );
  });
});

describe("flags", () => {
  it("tune the strategy and are echoed", async () => {
    const report = await json("--memory-headroom", "40%", "--min-points", "10", "--lookback", "2d");
    expect(report.settings).toMatchObject({ settings: { memoryHeadroom: 40 }, minPoints: 10, lookbackDays: 2 });
    expect(report.services[0]).toMatchObject({ recommended: { cpu: 512, memory: 4096 }, evidence: { days: 2 } });
  });

  it("withhold with too few points", async () => {
    const report = await json("--min-points", "5000");
    expect(report.advice).toEqual({ resize: 0, keep: 0, withheld: 3 });
    expect(report.services[0].reasons[0].code).toBe("too-few-points");
  });

  it("hold to the sizes that are allowed, and to savings that are worth it", async () => {
    const allowed = await json("--allow-sizes", "1024/4096,1 vCPU/8 GB,2048");
    expect(allowed.services[0].recommended).toEqual({ cpu: 1024, memory: 4096 });
    const keeps = await json("--min-saving", "40.01");
    expect(keeps.services[0]).toMatchObject({ advice: "keep", reasons: [{ code: "saving-too-small" }] });
    expect((await json("--min-saving", "71%")).services[0].advice).toBe("resize");
  });

  it("switch other advice off", async () => {
    const report = await json("--advise", "none");
    expect(report.services.every(({ otherAdvice }: { otherAdvice: unknown[] }) => otherAdvice.length === 0)).toBe(true);
    expect(report.combinedMonthlySaving).toBe("39");
  });

  it("compare strategies and judge them on days they did not see", async () => {
    const report = await json("--compare-strategies", "--backtest", "2/1");
    expect(report.strategies.map(({ strategy }: { strategy: string }) => strategy)).toContain("krr-simple");
    expect(report.backtest).toMatchObject({ days: 3 });
    const current = report.backtest.strategies.at(-1);
    expect(current).toMatchObject({ strategy: "current", judged: 2, shortOfCpu: 0 });
    expect((await runCli(rightsizing("--compare-strategies"))).stdout).toMatch(/^Backtest: sized on the first 70 %/m);
  });

  it.each([
    [["--allow-sizes", "512/5000"], "no task can have"],
    [["--allow-sizes", "700"], "no size has 700"],
    [["--min-saving", "lots"], "expected a number"],
    [["--lookback", "0"], "from 1 to 93"],
    [["--advise", "arm46"], "Did you mean arm64"],
    [["--buffer", "20"], "the strategy percentile has no such setting"],
    [["--cpu-headroom", "9000"], "must be 0 to 400"],
    [["--backtest", "9/0"], "expected TRAIN/TEST"],
    [["--metrics", "cloudwatch"], "stands alone"],
    [["--metrics", "/nowhere.csv"], "no such file"],
    [["--group-by", "dimension"], "for estimate"],
    [["--overwrite"], "--patch"],
  ])("refuse %j", async (args, message) => {
    const { code, stdout, stderr } = await runCli(rightsizing(...args));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  it("refuse a strategy that there is not", async () => {
    const { code, stderr } = await runCli(["rightsize", FLEET, "--metrics", LOAD, "--strategy", "best"]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("krr-simple") });
  });

  it("need an input and a source, whichever stands first", async () => {
    expect(await runCli(["rightsize", "--metrics", LOAD])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/INPUT/),
    });
    expect(await runCli(["rightsize", FLEET])).toMatchObject({ code: 2, stderr: expect.stringContaining("metrics") });
    const yaml = write("workload.yaml", readFileSync(FLEET, "utf8"));
    expect((await runCli(["rightsize", "--metrics", LOAD, yaml, ...SIZING])).code).toBe(0);
  });
});

describe("selection and gates", () => {
  it("--filter, --top, --fields and --group-by work as everywhere", async () => {
    expect(await json("--filter", "advice=resize")).toMatchObject({ totalMonthlyCost: "62", monthlySaving: "39" });
    expect(await json("--top", "1")).toMatchObject({ services: [{ name: "api" }], omitted: { services: 2 } });
    expect((await json("--fields", "name,advice,monthlySaving")).services[0]).toEqual({
      name: "api",
      advice: "resize",
      monthlySaving: "40",
    });
    expect((await json("--group-by", "cluster")).groups[0]).toMatchObject({ key: "production", monthlySaving: "40" });
  });

  it.each([
    ["saving>30", 4],
    ["saving>39", 0],
    ["service.monthlySaving>39", 4],
    ["resize>1", 4],
    ["withheld>1", 0],
    ["tooSmall>0", 4],
  ])("--fail-on %s exits with %d", async (gate, code) => {
    expect((await runCli(rightsizing("--fail-on", gate))).code).toBe(code);
  });

  it("--strict fails where advice is withheld for want of metrics", async () => {
    expect((await runCli(rightsizing("--strict"))).code).toBe(5);
    expect((await runCli(rightsizing("--strict", "--filter", "name=api"))).code).toBe(0);
  });
});

describe("--patch", () => {
  const DEFINITION = `{
\t"family": "api",  "cpu" : "2048", "memory":"8 GB",
  "requiresCompatibilities": [ "FARGATE" ],   "networkMode": "awsvpc",
  "containerDefinitions": [
    { "name": "app", "image": "r/é:1", "cpu": 1792, "memory": 7680, "memoryReservation" : 4096, "essential": true },
    { "name": "envoy", "cpu": 256, "memory": 512, "essential": true, "environment": [{ "name": "cpu", "value": "2048" }] }
  ]}\r
`;

  const setUp = () => {
    const folder = temporaryFolder();
    write("api.json", DEFINITION, folder);
    const services = [service("api", { task: undefined, taskDefinition: "./api.json" }), service("cron")];
    write("workload.yaml", JSON.stringify({ version: 1, region: "eu-west-1", services }), folder);
    const source = metrics(load("api", 20, 30), load("cron", 20, 30));
    const out = join(temporaryFolder(), "new");
    const run = (...args: string[]) =>
      runCli(["rightsize", join(folder, "workload.yaml"), "--metrics", source, ...SIZING, "--patch", out, ...args]);
    return { out, run };
  };

  it("writes the definitions with new sizes, sidecars whole, and not another byte changed", async () => {
    const { out, run } = setUp();
    const { code, stderr, stdout } = await run("--json");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining(`Wrote 1 task definition file to ${out}`),
    });
    expect(readdirSync(out)).toEqual(["api.json"]);
    expect(readFileSync(join(out, "api.json"), "utf8")).toBe(
      DEFINITION.replace('"cpu" : "2048"', '"cpu" : "512"')
        .replace("8 GB", "3 GB")
        .replace("1792", "256")
        .replace("7680", "2560")
        .replace("4096", "1365"),
    );
    const report = JSON.parse(stdout);
    expect(report.services[0].containers).toEqual([
      { name: "app", sidecar: false, cpu: 256, memory: 2560, memoryReservation: 1365 },
      { name: "envoy", sidecar: true, cpu: 256, memory: 512 },
    ]);
    expect(report.issues).toContainEqual(expect.objectContaining({ code: "not-patched", subject: "production/cron" }));
  });

  it("replaces nothing unless it is told to", async () => {
    const { out, run } = setUp();
    await run();
    writeFileSync(join(out, "api.json"), "mine");
    expect(await run()).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("is there already") });
    expect(readFileSync(join(out, "api.json"), "utf8")).toBe("mine");
    expect((await run("--overwrite")).code).toBe(0);
    expect(readFileSync(join(out, "api.json"), "utf8")).toContain('"3 GB"');
  });

  it("writes only what passes the filter", async () => {
    const { out, run } = setUp();
    expect((await run("--filter", "name=cron", "--quiet")).stderr).toBe("");
    expect(() => readdirSync(out)).toThrow();
  });
});

describe("names from outside", () => {
  const HOSTILE = "api\u001b[31m\u009b2J\u202e|`<b>@team\u200b=1+1";

  it.each(["table", "json", "markdown", "csv", "html"])("command nothing in %s", async (format) => {
    const names = [HOSTILE, "=cmd|'/C calc'!A0"];
    const input = workload(...names.map((name) => service(name, { minAvailableTasks: 1 })));
    const source = metrics(...names.map((name) => load(name, 20, 30)), load("\u001b]0;owned\u0007", 1, 1));
    const args = ["rightsize", input, "--metrics", source, ...SIZING, "--format", format];
    const { code, stdout, stderr } = await runCli(args);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(`${stdout}${stderr}`.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    if (format === "html" || format === "markdown") expect(stdout).not.toContain("<b>");
    if (format === "csv") expect(stdout).not.toMatch(/(?:^|,)"?[=@+]/m);
  });
});
