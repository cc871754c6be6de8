import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli, runProgram, temporaryFolder } from "./run-cli.ts";
import { PRICES } from "./workloads.ts";

const SETTINGS = [...PRICES, "--hours", "100"];
const ARN = "arn:aws:ecs:eu-west-1:111122223333";

type Json = Record<string, unknown>;

const resource = (type: string, name: string, values: Json) => ({
  ...{ address: `module.shop.${type}.${name}`, mode: "managed", type, name, values },
});
const task = (name: string, cpu: number, memory: number) =>
  resource("aws_ecs_task_definition", name, {
    ...{ family: name, cpu: String(cpu), memory: String(memory), container_definitions: "[]" },
    ...{ arn: `${ARN}:task-definition/${name}:1`, revision: 1 },
  });
const service = (name: string, count: number) =>
  resource("aws_ecs_service", name, {
    ...{ name, desired_count: count, launch_type: "FARGATE", cluster: `${ARN}:cluster/live` },
    task_definition: `${ARN}:task-definition/${name}:1`,
  });
const module = (...resources: readonly Json[]) => ({ child_modules: [{ address: "module.shop", resources }] });

/** With `SETTINGS`: api 12 -> 30 a month (2 vCPU, 10 GB), worker 12 -> gone, cron new at 12. */
const PLAN = {
  format_version: "1.2",
  prior_state: {
    values: {
      root_module: module(task("api", 1024, 2048), service("api", 1), task("worker", 1024, 2048), service("worker", 1)),
    },
  },
  planned_values: {
    root_module: module(task("api", 2048, 10240), service("api", 1), task("cron", 1024, 2048), service("cron", 1)),
  },
  resource_changes: [
    { address: "module.shop.aws_ecs_task_definition.api", change: { actions: ["delete", "create"] } },
    { address: "module.shop.aws_ecs_service.worker", change: { actions: ["delete"] } },
    { address: "module.shop.aws_ecs_service.cron", change: { actions: ["create"] } },
  ],
};

const folder = temporaryFolder();
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const PLAN_FILE = file("plan.json", JSON.stringify(PLAN, null, 2));
const METRICS = file(
  "metrics.csv",
  [
    "service,timestamp,cpu_utilization_pct,memory_utilization_pct",
    ...Array.from({ length: 600 }, (_, point) => {
      const time = new Date(Date.UTC(2026, 10, 2) + point * 300_000).toISOString();
      return `api,${time},30,40`;
    }),
    "",
  ].join("\n"),
);
const POLICY = file(
  "policy.yml",
  [
    "version: 1",
    "rules:",
    "  - { id: dear, on: change, when: increase>15, message: '{subject} costs {increase} more' }",
    "  - { id: size, on: advice, when: advice=too-large, severity: warning }",
    "  - { id: kept, when: monthly>1000 }",
    "",
  ].join("\n"),
);

const run = (...args: readonly string[]) => runCli(["diff", PLAN_FILE, ...SETTINGS, ...args]);

describe("one Terraform plan", () => {
  it("is both sides, in a file or from standard input", async () => {
    const { code, stdout, stderr } = await run("--json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ beforeMonthlyCost: "24", afterMonthlyCost: "42", monthlyChange: "18" });
    expect(report.changes.map((change: Json) => [change["kind"], change["address"], change["monthlyChange"]])).toEqual([
      ["changed", "module.shop.aws_ecs_service.api", "18"],
      ["added", "module.shop.aws_ecs_service.cron", "12"],
      ["removed", "module.shop.aws_ecs_service.worker", "-12"],
    ]);
    const piped = await runCli(["diff", "-", ...SETTINGS, "--json"], { stdin: readFileSync(PLAN_FILE, "utf8") });
    expect(JSON.parse(piped.stdout).monthlyChange).toBe("18");
  });

  it("is the only input that can stand alone", async () => {
    const workload = file("workload.json", '{"version":1,"services":[]}');
    const { code, stderr } = await runCli(["diff", workload]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/is a workload file, which does not say what was before\nHint: .*BASE HEAD/);
  });
});

describe("utilization", () => {
  it("says whether each touched size fits, and what would", async () => {
    const { stdout } = await run("--metrics", METRICS, "--strategy", "percentile", "--suggest", "--json");
    const report = JSON.parse(stdout);
    const [api, cron, worker] = report.changes;
    expect(api.sizing).toMatchObject({
      ...{ verdict: "too-large", fits: false, current: { cpu: 1024, memory: 2048 } },
      ...{ proposed: { cpu: 2048, memory: 10240 }, monthlyCost: "30" },
    });
    expect([cron.sizing.verdict, worker.sizing]).toEqual(["unknown", undefined]);
    expect(report.suggestions).toMatchObject([
      {
        ...{ subjects: ["live/api"], format: "terraform", address: "module.shop.aws_ecs_task_definition.api" },
        changes: [
          { attribute: "cpu", from: "2048", to: String(api.sizing.recommended.cpu) },
          { attribute: "memory", from: "10240", to: String(api.sizing.recommended.memory) },
        ],
      },
    ]);
  });

  it("is a gate: advice that is not followed", async () => {
    const { code, stderr } = await run("--metrics", METRICS, "--fail-on", "advice>0");
    expect(code).toBe(4);
    expect(stderr).toContain("--fail-on advice>0: failed, the value is at least 1");
    const without = await run("--fail-on", "advice>0");
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining("only known with --metrics")]);
  });
});

describe("a policy", () => {
  it("ends in 4 where a rule of severity error is broken, and names rule, subject and line item", async () => {
    const { code, stdout, stderr } = await run("--policy", POLICY, "--metrics", METRICS);
    expect(code).toBe(4);
    expect(stderr).toContain("Error: policy dear: live/api: live/api costs 18 more (fargate/linux/x86_64/vcpu-hour)");
    expect(stdout).toContain("Policy\n");
  });

  it("is taken from the working directory, and left out with none", async () => {
    file("ecs-cost.policy.yml", readFileSync(POLICY, "utf8"));
    const here = (...args: readonly string[]) =>
      runCli(["estimate", PLAN_FILE, ...SETTINGS, "--json", ...args], { cwd: folder });
    const { code, stdout } = await here();
    expect(code).toBe(0);
    expect(JSON.parse(stdout).policy).toEqual({
      file: "ecs-cost.policy.yml",
      rules: [{ id: "kept", severity: "error", subjects: 1 }],
      results: [],
    });
    expect(JSON.parse((await here("--policy", "none")).stdout)).not.toHaveProperty("policy");
  });

  it("that cannot be read is 2, with its place", async () => {
    const broken = file("broken.yml", "version: 1\nrules:\n  - { id: a, on: change, when: increse>1 }\n");
    const { code, stderr, stdout } = await run("--policy", broken);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("broken.yml:3: rules[0].when: there is no field increse");
    expect(stderr).toContain("Did you mean increase?");
  });
});

describe("findings", () => {
  it("as SARIF stand at the line of the service", async () => {
    const { code, stdout } = await run("--policy", POLICY, "--metrics", METRICS, "--format", "sarif");
    expect(code).toBe(4);
    const { results } = JSON.parse(stdout).runs[0];
    const [first] = results;
    const { region } = first.locations[0].physicalLocation;
    const lines = readFileSync(PLAN_FILE, "utf8").split("\n");
    expect(lines.slice(region.startLine - 1, region.startLine + 1).join()).toContain("module.shop.aws_ecs_service.api");
    expect(first.locations[0].logicalLocations[0].fullyQualifiedName).toBe("module.shop.aws_ecs_service.api");
    expect(results.map(({ ruleId, level }: Json) => [ruleId, level])).toEqual([
      ["dear", "error"],
      ["size", "warning"],
      ["cost-change", "note"],
      ["cost-change", "note"],
      ["cost-change", "note"],
      ["task-size", "note"],
    ]);
  });

  it("as JUnit are one test for each gate, rule and service", async () => {
    const { code, stdout } = await run("--policy", POLICY, "--format", "junit", "--fail-on", "increase>5");
    expect(code).toBe(4);
    const tests = [...stdout.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"/g)].map(([, , name]) => name);
    expect(tests).toEqual([
      ...["increase&gt;5", "dear: live/api", "size", "kept"],
      ...["live/api", "live/cron", "live/worker", "complete"],
    ]);
  });

  it.each(["estimate", "compare", "rightsize", "capacity"])("are there of %s as well", async (command) => {
    const metrics = command === "rightsize" ? ["--metrics", METRICS] : [];
    for (const format of ["sarif", "junit"]) {
      const { code, stdout, stderr } = await runCli([
        ...[command, PLAN_FILE, ...metrics, ...SETTINGS],
        ...["--quiet", "--format", format],
      ]);
      expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: "" });
      expect(stdout).toMatch(format === "sarif" ? /^\{\n {2}"\$schema"/ : /^<\?xml/);
    }
  });

  it("are not what other commands have", async () => {
    expect((await runCli(["sizes", "--format", "sarif"])).code).toBe(2);
  });
});

describe("a suggested patch", () => {
  it("is taken by git where the command ran", async () => {
    const place = temporaryFolder();
    const definition =
      '{\n  "family": "api",\n  "cpu": "2048",\n  "memory": "10240",\n  "containerDefinitions": []\n}\n';
    writeFileSync(join(place, "api.json"), definition);
    const { stdout } = await runCli(
      ["rightsize", "api.json", "--metrics", METRICS, "--region", "eu-west-1", "--suggest", "--json", ...SETTINGS],
      { cwd: place },
    );
    const [suggestion] = JSON.parse(stdout).suggestions;
    const applied = await runProgram("git", ["apply", "-"], { cwd: place, stdin: suggestion.patch });
    expect([applied.code, applied.stderr]).toEqual([0, ""]);
    expect(JSON.parse(readFileSync(join(place, "api.json"), "utf8")).cpu).toBe(suggestion.changes[0].to);
  });
});
