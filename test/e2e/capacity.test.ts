import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { NODE, RUN, runCli, runProgram, temporaryFolder } from "./run-cli.ts";

const FORMATS = ["table", "json", "markdown", "csv", "html"] as const;

/** A task-hour of 1 vCPU and 2 GB: 0.12 on demand, 0.036 on Spot. */
const PRICES = [
  ...["--set-price", "fargate/linux/x86_64/vcpu-hour=0.1", "--set-price", "fargate/linux/x86_64/gb-hour=0.01"],
  ...[
    "--set-price",
    "fargate-spot/linux/x86_64/vcpu-hour=0.03",
    "--set-price",
    "fargate-spot/linux/x86_64/gb-hour=0.003",
  ],
  ...["--hours", "100"],
];

const WINDOWS_PRICES = ["vcpu-hour", "gb-hour", "os-vcpu-hour"].flatMap((meter) => [
  "--set-price",
  `fargate/windows/x86_64/${meter}=0.1`,
]);

const service = (name: string, changes: object = {}) => ({
  name,
  cluster: "production",
  task: { cpu: 1024, memory: 2048 },
  launchType: "FARGATE",
  desiredCount: 2,
  interruptible: "partly",
  minAvailableTasks: 1,
  ...changes,
});

const workload = (...services: readonly object[]): string => {
  const file = join(temporaryFolder(), "workload.json");
  writeFileSync(file, JSON.stringify({ version: 1, region: "eu-west-1", services }));
  return file;
};

const API = workload(service("api"));
const MIXED = workload(
  service("api", { tags: { team: "web" } }),
  service("ledger", { interruptible: "no", minAvailableTasks: undefined }),
  service("wholly", { interruptible: "yes", minAvailableTasks: undefined, desiredCount: 4 }),
);

const json = async (...args: string[]) => {
  const { stdout, stderr, code } = await runCli(["capacity", ...args, ...PRICES, "--json"]);
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  return JSON.parse(stdout);
};

describe("a strategy", () => {
  it("keeps the required task on demand and the rest on Spot, priced exactly", async () => {
    const report = await json(API);
    expect(report).toMatchObject({
      schemaVersion: 1,
      command: "capacity",
      settings: { availability: "0.999" },
      totalMonthlyCost: "15.564",
      todayMonthlyCost: "24",
      monthlySaving: "8.436",
    });
    expect(report.services).toHaveLength(1);
    expect(report.services[0]).toMatchObject({
      name: "api",
      cluster: "production",
      strategy: [
        { capacityProvider: "FARGATE", base: 1, weight: 0 },
        { capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 },
      ],
      tasks: { FARGATE: 1, FARGATE_SPOT: 1 },
      monthlyCost: "15.564",
      uninterruptedMonthlyCost: "15.6",
      monthlySaving: "8.436",
      availability: { required: "0.999", achieved: "1", model: { id: "reclaim-groups" } },
      today: { tasks: { FARGATE: 2 }, monthlyCost: "24" },
    });
    expect(report.services[0].reasons.map(({ code }: { code: string }) => code)).toContain("no-spot-fallback");
    expect(report.services[0].frontier.length).toBeGreaterThan(1);
  });

  it("agrees with an estimate of the same strategy, where Spot always has capacity", async () => {
    const { services } = await json(MIXED, "--spot-hours-without", "0");
    const file = workload(
      ...services.map((each: { name: string; strategy: object[]; count: number }) => ({
        ...service(each.name, { desiredCount: each.count, launchType: undefined }),
        capacityProviderStrategy: each.strategy,
      })),
    );
    const estimated = JSON.parse((await runCli(["estimate", file, ...PRICES, "--json"])).stdout);
    expect(services.map(({ monthlyCost }: { monthlyCost: string }) => monthlyCost)).toEqual(
      estimated.services.map(({ monthlyCost }: { monthlyCost: string }) => monthlyCost),
    );
  });

  it("follows what the flags ask for", async () => {
    const tasks = async (...flags: string[]) => (await json(API, ...flags)).services[0].tasks;
    expect(await tasks("--required", "2")).toEqual({ FARGATE: 2 });
    expect(await tasks("--required", "0")).toEqual({ FARGATE_SPOT: 2 });
    expect(await tasks("--required", "50%")).toEqual({ FARGATE: 1, FARGATE_SPOT: 1 });
    expect(await tasks("--availability", "90%")).toEqual({ FARGATE_SPOT: 2 });
    expect(await tasks("--availability", "0.9", "--spot-hours-without", "20")).toEqual({ FARGATE: 1, FARGATE_SPOT: 1 });
    expect(await tasks("--spot-hours-without", "0", "--spot-rate", "0")).toEqual({ FARGATE_SPOT: 2 });
    const slow = ["--spot-hours-without", "0", "--spot-rate", "0.1", "--spot-together", "1", "--replace-seconds"];
    expect(await tasks(...slow, "3600")).toEqual({ FARGATE: 1, FARGATE_SPOT: 1 });
    expect(await tasks(...slow, "1")).toEqual({ FARGATE_SPOT: 2 });
    const [noZero] = (await json(API, "--counts", "2..10", "--no-zero-weight-base")).services;
    expect(noZero.strategy.every(({ weight }: { weight: number }) => weight > 0)).toBe(true);
    expect(await tasks("--counts", "2..10")).toEqual({ FARGATE: 1, FARGATE_SPOT: 1 });
    expect(await tasks("--counts", "4..10")).toEqual({ FARGATE: 1, FARGATE_SPOT: 9 });
  });

  it("serves the running tasks that metrics tell of", async () => {
    const metrics = join(temporaryFolder(), "metrics.csv");
    const head = "service,timestamp,cpu_utilization_pct,memory_utilization_pct,running_tasks";
    writeFileSync(metrics, `${head}\napi,2026-11-01T00:00:00Z,9,9,3\napi,2026-11-01T01:00:00Z,9,9,5\n`);
    const { stdout } = await runCli(["capacity", API, ...PRICES, "--json", "--metrics", metrics]);
    const report = JSON.parse(stdout);
    expect(report.services[0]).toMatchObject({ count: 5, tasks: { FARGATE: 1, FARGATE_SPOT: 4 } });
    expect(report.assumptions.map(({ code }: { code: string }) => code)).toContain("counts-measured");
    expect((await runCli(["capacity", "--metrics", metrics])).code).toBe(2);
  });

  it("is told with reasons where none applies or a figure is missing, and never stops the rest", async () => {
    const file = workload(
      service("agent", { scheduling: "daemon", launchType: "EC2", desiredCount: undefined }),
      service("nightly", { desiredCount: undefined, runs: { perMonth: 30, seconds: 60 } }),
      service("elsewhere", { launchType: "EXTERNAL" }),
      service("stopped", { desiredCount: 0 }),
      service("windows", { task: { cpu: 1024, memory: 2048, os: "WINDOWS_SERVER_2022_CORE" } }),
      service("silent", { desiredCount: undefined }),
      service("api"),
    );
    const { stdout, code, stderr } = await runCli([
      "capacity",
      file,
      ...PRICES,
      ...WINDOWS_PRICES,
      "--json",
      "--strict",
    ]);
    expect(code).toBe(5);
    expect(stderr).toContain("--strict");
    const { services, issues, complete } = JSON.parse(stdout);
    const told = services.map((each: { status: string; feasible: boolean; reasons: { code: string }[] }) => [
      each.status,
      each.feasible,
      each.reasons[0]?.code,
    ]);
    expect(told).toEqual([
      ["not-applicable", false, "daemon"],
      ["not-applicable", false, "standalone-runs"],
      ["not-applicable", false, "external"],
      ["not-applicable", false, "no-tasks"],
      ["advised", true, "keep-today"],
      ["unknown", false, "unknown-demand"],
      ["advised", true, "cheapest-that-holds"],
    ]);
    expect(services[4].strategy).toEqual([{ capacityProvider: "FARGATE", base: 0, weight: 1 }]);
    expect(services[5].monthlyCost).toBe(null);
    expect(complete).toBe(false);
    expect(issues).toContainEqual(expect.objectContaining({ code: "unknown-demand", subject: "production/silent" }));
  });

  it("shows two services where a strategy cannot mix what would cost least", async () => {
    const own = ["--provider", "own=asg:on-demand", "--provider", "own-spot=asg:spot:m7i"];
    const dearSpot = ["vcpu-hour=0.0199", "gb-hour=0.0049"].flatMap((price) => [
      "--set-price",
      `fargate-spot/linux/x86_64/${price}`,
    ]);
    const cheap = ["vcpu-hour=0.02", "gb-hour=0.005"].flatMap((price) => [
      "--set-price",
      `fargate/linux/x86_64/${price}`,
    ]);
    const file = workload(service("api", { desiredCount: 10, minAvailableTasks: 4 }));
    const { stdout } = await runCli(["capacity", file, ...own, ...cheap, ...dearSpot, "--json"]);
    const [api] = JSON.parse(stdout).services;
    expect(api.twoServices).toMatchObject({
      onDemand: { capacityProvider: "FARGATE", tasks: 4 },
      spot: { capacityProvider: "own-spot" },
    });
    expect(Number(api.twoServices.together.monthlyCost)).toBeLessThan(Number(api.monthlyCost));
  });

  it("uses Auto Scaling groups and Managed Instances where the service is on them or they are asked for", async () => {
    const file = workload(
      service("own", { launchType: "EC2", desiredCount: 6 }),
      service("named", {
        launchType: undefined,
        capacityProviderStrategy: [{ capacityProvider: "my-group", weight: 1 }],
        desiredCount: 6,
      }),
    );
    const named = ["--provider", "my-group=asg:on-demand:m7g+m7i", "--provider", "my-spot=asg:spot:m7i"];
    const { services } = await json(file, ...named);
    expect(services[1].providers.map(({ capacityProvider }: { capacityProvider: string }) => capacityProvider)).toEqual(
      ["my-group", "my-spot"],
    );
    expect(services[1].strategy).toEqual([
      { capacityProvider: "my-group", base: 1, weight: 0 },
      { capacityProvider: "my-spot", base: 0, weight: 1 },
    ]);
    expect(services[1].targetCapacity).toMatchObject({ capacityProvider: "my-group" });
    const asked = (await json(file, "--providers", "fargate,managed-instances")).services[0];
    const types = new Set(asked.providers.map(({ type }: { type: string }) => type));
    expect(types).toEqual(new Set(["auto-scaling-group", "fargate", "managed-instances"]));
    expect(asked.reasons.map(({ code }: { code: string }) => code)).toContain("types-cannot-mix");
  });
});

describe("capacity split", () => {
  const split = async (...args: string[]) => {
    const strategy = ["--strategy", "FARGATE:base=1:weight=1", "FARGATE_SPOT:weight=4"];
    const { stdout, code } = await runCli(["capacity", "split", "--json", ...args, ...strategy]);
    expect(code).toBe(0);
    return JSON.parse(stdout);
  };

  it("tells the published split, and the way there where it is asked for", async () => {
    expect(await split("--desired", "10")).toMatchObject({ tasks: { FARGATE: 3, FARGATE_SPOT: 7 } });
    const { tasks, scaling, deployment } = await split("--desired", "10", "--from", "4", "--maximum-percent", "200");
    expect(tasks).toEqual({ FARGATE: 3, FARGATE_SPOT: 7 });
    expect(scaling).toMatchObject({ from: 4, before: { FARGATE: 2, FARGATE_SPOT: 2 }, after: tasks });
    const sums = scaling.path.map((step: Record<string, number>) => Object.values(step).reduce((a, b) => a + b, 0));
    expect(sums).toEqual([5, 6, 7, 8, 9, 10]);
    expect(deployment).toEqual({ maximumPercent: 200, peak: { FARGATE: 6, FARGATE_SPOT: 14 }, after: tasks });
    expect((await split("--desired", "4", "--from", "10")).scaling.path).toHaveLength(6);
  });

  it("refuses to follow more tasks one by one than it can show", async () => {
    const { code, stderr } = await runCli([
      ...["capacity", "split", "--desired", "50000", "--from", "1", "--strategy", "FARGATE:weight=1"],
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain("task by task, up to 5000");
  });
});

describe("output", () => {
  it.each(FORMATS)("%s shows every service and says the same twice", async (format) => {
    const first = await runCli(["capacity", MIXED, ...PRICES, "--format", format]);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(/api/);
    expect(first.stdout).toMatch(/ledger/);
    expect((await runCli(["capacity", MIXED, ...PRICES, "--format", format])).stdout).toBe(first.stdout);
  });

  it("fits 100 columns, the largest saving first, and warns that nothing falls back", async () => {
    const { stdout } = await runCli(["capacity", MIXED, ...PRICES, "--verbose"]);
    const rows = stdout.split("\n");
    expect(Math.max(...rows.slice(0, 12).map(({ length }) => length))).toBeLessThanOrEqual(100);
    expect(rows.findIndex((row) => row.startsWith("wholly"))).toBeLessThan(
      rows.findIndex((row) => row.startsWith("api")),
    );
    expect(stdout).toContain("never fall back from Spot to on demand");
    expect(stdout).toMatch(/^Next: run wholly on FARGATE_SPOT, which saves /m);
    expect(stdout).toMatch(/FARGATE base 1 w0 \+ SPOT w1 +1 \+ 1 +\$15\.56 +100% +recommended/);
  });

  it("draws the frontier of one service in Markdown and HTML", async () => {
    const markdown = (await runCli(["capacity", API, ...PRICES, "--format", "markdown"])).stdout;
    expect(markdown).toMatch(/```mermaid\nxychart-beta\n[^`]*line \[[\d., ]+\]\n```/);
    const html = (await runCli(["capacity", API, ...PRICES, "--format", "html"])).stdout;
    expect(html).toMatch(/<svg class="chart"[\s\S]*<polyline[\s\S]*class="marked"[\s\S]*<\/svg>/);
    expect(html).toContain("prefers-color-scheme: dark");
    expect(html).not.toMatch(/<script|style="/);
  });

  it.each(FORMATS)("%s of hostile names commands no terminal, table, page or spreadsheet", async (format) => {
    const name = "api\u001b[31m\u009b2J\u202e|`<b>@team\u200b=1+1";
    const file = workload(
      service(name, {
        cluster: "=cmd|'/C calc'!A0",
        launchType: undefined,
        desiredCount: 5,
        capacityProviderStrategy: [
          { capacityProvider: `own ${name}`, weight: 1 },
          { capacityProvider: `spot ${name}`, weight: 1 },
        ],
      }),
    );
    const { code, stdout, stderr } = await runCli(["capacity", file, "--format", format]);
    expect(code).toBe(0);
    expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    expect(stderr.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
    if (format === "html" || format === "markdown") expect(stdout).not.toContain("<b>");
    if (format === "csv") expect(stdout).not.toMatch(/(?:^|,)"?[=@+]/m);
  });

  it("filters, groups, projects and cuts", async () => {
    expect((await json(MIXED, "--filter", "monthlySaving>10")).services).toMatchObject([{ name: "wholly" }]);
    expect((await json(MIXED, "--top", "1")).services).toMatchObject([{ name: "wholly" }]);
    expect((await json(API, "--fields", "name,tasks,monthlySaving")).services).toEqual([
      { name: "api", tasks: { FARGATE: 1, FARGATE_SPOT: 1 }, monthlySaving: "8.436" },
    ]);
    expect((await json(MIXED, "--group-by", "tag:team", "--filter", "name=api")).groups).toEqual([
      {
        key: "web",
        services: 1,
        monthlyCost: "15.564",
        todayMonthlyCost: "24",
        monthlySaving: "8.436",
        complete: true,
      },
    ]);
  });

  it("streams a long report with nothing on stderr", async () => {
    const many = workload(...Array.from({ length: 400 }, (_, index) => service(`service-${index}`)));
    const script = '"$0" "$1" capacity "$2" --json | (sleep 1; wc -c)';
    const { stdout, stderr } = await runProgram("bash", ["-c", script, NODE, RUN, many]);
    expect(Number(stdout)).toBeGreaterThan(1_000_000);
    expect(stderr).toBe("");
  });

  it("passes gates or fails with 4", async () => {
    const run = (...gates: string[]) =>
      runCli(["capacity", MIXED, ...PRICES, "--json", "--quiet", ...gates.flatMap((gate) => ["--fail-on", gate])]);
    expect(await run("saving>1000", "service.availability<0.99")).toMatchObject({ code: 0, stderr: "" });
    const { code, stderr } = await run("saving>5", "service.todayAvailability<0.5", "service.saving>30");
    expect(code).toBe(4);
    expect(stderr).toContain("saving>5: failed");
    expect(stderr).toContain("production/wholly is ");
  });

  it.each([
    [["--availability", "2"], /--availability/],
    [["--required", "many"], /--required/],
    [["--counts", "9..3"], /--counts/],
    [["--providers", "lambda"], /fargate, asg, managed-instances/],
    [["--provider", "x=asg"], /NAME=TYPE:PURCHASE/],
    [["--spot-together", "1.5"], /--spot-together/],
    [["--max-weight", "0"], /max-weight/],
    [["--emit", "cdk"], /aws-cli, cloudformation, terraform/],
    [["--emit", "terraform", "--json"], /two results/],
    [["--emit", "terraform", "--fields", "name"], /--fields/],
    [["--group-by", "dimension"], /for estimate/],
    [["--filter", "avail>1"], /there is no field avail/],
    [["--fail-on", "savin>1"], /Did you mean saving\?/],
  ])("2: %j", async (flags, message) => {
    const { code, stdout, stderr } = await runCli(["capacity", API, ...flags]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });
});

describe("--emit", () => {
  const HOSTILE = "a'b\"$(touch /tmp/x)`id`$\u007bx}%{y}\n- z: #";
  const file = workload(service("api"), service(HOSTILE), service("ledger", { interruptible: "no" }));
  const emit = (format: string, ...flags: string[]) =>
    runCli(["capacity", file, ...PRICES, "--emit", format, ...flags]);
  const STRATEGY = [
    { capacityProvider: "FARGATE", base: 1, weight: 0 },
    { capacityProvider: "FARGATE_SPOT", weight: 1 },
  ];

  it("aws-cli: one command for each service that changes, whatever its name", async () => {
    const { stdout, stderr, code } = await emit("aws-cli");
    expect(code).toBe(0);
    expect(stderr).toBe("Not emitted: 1 service with today's strategy.\n");
    const words = `aws() { for word in "$@"; do printf '%s\\036' "$word"; done; printf '\\035'; }\n${stdout}`;
    const commands = (await runProgram("sh", ["-c", words])).stdout
      .split("\u001d")
      .slice(0, -1)
      .map((command) => command.split("\u001e").slice(0, -1));
    expect(commands[0]).toEqual([
      ...["ecs", "update-service", "--cluster", "production", "--service", "api", "--capacity-provider-strategy"],
      ...["capacityProvider=FARGATE,base=1,weight=0", "capacityProvider=FARGATE_SPOT,weight=1"],
      "--force-new-deployment",
    ]);
    expect(commands[1]?.slice(0, 3)).toEqual(["ecs", "update-service", "--cli-input-json"]);
    expect(JSON.parse(commands[1]?.[3] ?? "")).toMatchObject({ service: HOSTILE, capacityProviderStrategy: STRATEGY });
    expect(commands).toHaveLength(2);
  });

  it("cloudformation: YAML of services and their strategies", async () => {
    const { Resources } = parse((await emit("cloudformation", "--quiet")).stdout);
    const resources: { Type: string; Properties: object }[] = Object.values(Resources);
    expect(resources.map(({ Type }) => Type)).toEqual(["AWS::ECS::Service", "AWS::ECS::Service"]);
    expect(resources[0]?.Properties).toEqual({
      CapacityProviderStrategy: [
        { CapacityProvider: "FARGATE", Base: 1, Weight: 0 },
        { CapacityProvider: "FARGATE_SPOT", Weight: 1 },
      ],
    });
  });

  it("terraform: blocks that close, with no template in a name", async () => {
    const out = join(temporaryFolder(), "strategies.tf");
    const { stdout, stderr } = await emit("terraform", "--quiet", "--out", out);
    expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "" });
    const text = (await runProgram("cat", [out])).stdout;
    const code = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').replaceAll(/#.*$/gm, "");
    expect(code.match(/\{/g)?.length).toBe(code.match(/\}/g)?.length);
    expect(text.match(/capacity_provider_strategy \{/g)).toHaveLength(4);
    expect(text).not.toMatch(/[$%]\{/);
  });
});
