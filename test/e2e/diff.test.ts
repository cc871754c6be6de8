import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli, temporaryFolder } from "./run-cli.ts";
import { hostile, incomplete, PRICES, twoServices } from "./workloads.ts";

const FORMATS = ["table", "json", "markdown", "csv", "html"] as const;
const SETTINGS = [...PRICES, "--hours", "100"];

const service = (name: string, changes: object = {}) => ({
  name,
  cluster: "production",
  task: { cpu: 1024, memory: 2048 },
  launchType: "FARGATE",
  desiredCount: 1,
  ...changes,
});

const workload = (...services: readonly object[]): string => {
  const file = join(temporaryFolder(), "workload.json");
  writeFileSync(file, JSON.stringify({ version: 1, region: "eu-west-1", services }));
  return file;
};

/** With `SETTINGS`: api 24 -> 54 (12 for memory at 2 tasks, 18 for a third), worker 12 -> gone, cron new at 12. */
const BASE = workload(service("api", { desiredCount: 2 }), service("worker"), service("same"));
const HEAD = workload(
  service("same"),
  service("api", { desiredCount: 3, task: { cpu: 1024, memory: 8192 } }),
  service("cron"),
);

const NAT = join(temporaryFolder(), "nat.json");
writeFileSync(
  NAT,
  JSON.stringify({
    ...{ version: 1, region: "eu-west-1", shared: { natGateways: { count: 1, gb: 1 } } },
    services: [service("api")],
  }),
);

const diffed = async (...args: string[]) => {
  const { stdout, stderr, code } = await runCli(["diff", ...args, ...SETTINGS, "--json"]);
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  return JSON.parse(stdout);
};

const saved = async (input: string, ...flags: string[]): Promise<string> => {
  const file = join(temporaryFolder(), "report.json");
  expect((await runCli(["estimate", input, ...SETTINGS, ...flags, "--json", "--out", file])).code).toBe(0);
  return file;
};

describe("a difference", () => {
  it("is exact, traced to attributes, and line by line", async () => {
    const report = await diffed(BASE, HEAD);
    expect(report).toMatchObject({
      schemaVersion: 1,
      command: "diff",
      beforeMonthlyCost: "48",
      afterMonthlyCost: "78",
      monthlyChange: "30",
      relativeChange: "0.625",
      complete: true,
      unchangedServices: 1,
    });
    expect(Object.keys(report).slice(0, 2)).toEqual(["schemaVersion", "command"]);
    const [api, cron, worker, ...others] = report.changes;
    expect(others).toEqual([]);
    expect(api).toMatchObject({
      kind: "changed",
      subject: "production/api",
      beforeMonthlyCost: "24",
      afterMonthlyCost: "54",
      monthlyChange: "30",
      causes: [
        { attribute: "task.memory", from: 2048, to: 8192, monthlyChange: "12" },
        { attribute: "desiredCount", from: 2, to: 3, monthlyChange: "18" },
      ],
    });
    expect(api.lineItems).toEqual([
      {
        dimension: "fargate/linux/x86_64/vcpu-hour",
        usageType: "EU-Fargate-vCPU-Hours:perCPU",
        unit: "vCPU-hour",
        quantity: "100",
        rate: "0.1",
        cost: "10",
        before: { quantity: "200", rate: "0.1", cost: "20" },
        after: { quantity: "300", rate: "0.1", cost: "30" },
      },
      expect.objectContaining({ dimension: "fargate/linux/x86_64/gb-hour", quantity: "2000", cost: "20" }),
    ]);
    expect([cron.kind, cron.monthlyChange, worker.kind, worker.monthlyChange]).toEqual([
      ...["added", "12"],
      ...["removed", "-12"],
    ]);
  });

  it("says what the other services of a fleet did to a service that stays as it is", async () => {
    const onInstances = (name: string, changes: object = {}) =>
      service(name, { launchType: "EC2", desiredCount: 3, task: { cpu: 512, memory: 1024 }, ...changes });
    const report = await diffed(
      workload(onInstances("stays"), onInstances("grows")),
      workload(onInstances("stays"), onInstances("grows", { desiredCount: 8, task: { cpu: 1024, memory: 6144 } })),
    );
    const [grows, stays] = report.changes;
    expect(grows.causes.map(({ attribute }: { attribute: string }) => attribute)).toEqual([
      ...["task.cpu", "task.memory", "desiredCount"],
    ]);
    expect(stays).toMatchObject({
      subject: "production/stays",
      causes: [{ attribute: "fleet", from: null, to: null }],
    });
    expect(stays.causes).toHaveLength(1);
    expect(stays.causes[0].monthlyChange).toBe(stays.monthlyChange);
  });

  it("of an input to itself is empty, in every format", async () => {
    for (const format of FORMATS) {
      const { code, stdout, stderr } = await runCli(["diff", BASE, BASE, ...SETTINGS, "--format", format]);
      expect({ format, code, stderr }).toEqual({ format, code: 0, stderr: "" });
      if (format === "table") expect(stdout).toMatch(/^No change in monthly cost\n/);
      if (format === "csv") expect(stdout.trim().split("\n")).toHaveLength(1);
      if (format === "json") expect(JSON.parse(stdout)).toMatchObject({ monthlyChange: "0", changes: [] });
    }
  });

  it("has one headline, the largest change first, and fits in 100 columns", async () => {
    const { stdout } = await runCli(["diff", BASE, HEAD, ...SETTINGS]);
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("+$30.00 a month (+62.5 %)");
    expect(lines.find((line) => line.startsWith("api"))).toMatch(/^api +production +changed +\$24\.00 +\$54\.00/);
    expect(stdout).toContain("- production/api: task.memory 2048 -> 8192: +$12.00\n");
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(100);
  });

  it("is a comment in Markdown: headline, table, causes", async () => {
    const { stdout } = await runCli(["diff", BASE, HEAD, ...SETTINGS, "--format", "markdown"]);
    expect(stdout).toMatch(/^## \+\$30\.00 a month \(\+62\.5 %\)\n\n\| Service \| Cluster \|/);
    expect(stdout).toContain("| api | production | changed | $24.00 | $54.00 |");
    expect(stdout).toContain("### Causes\n");
  });

  it("of chosen changes and fields keeps the totals of all", async () => {
    const report = await diffed(BASE, HEAD, "--filter", "kind=added", "--fields", "subject,monthlyChange");
    expect(report.changes).toEqual([{ subject: "production/cron", monthlyChange: "12" }]);
    expect([report.monthlyChange, report.omittedChanges]).toEqual(["30", 2]);
    expect((await diffed(BASE, HEAD, "--top", "1")).changes).toHaveLength(1);
  });
});

describe("sides", () => {
  it("are folders, lists parted by commas, standard input and saved reports", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "deep"));
    writeFileSync(join(folder, "deep", "head.json"), readFileSync(HEAD));
    const stdin = readFileSync(BASE, "utf8");
    expect((await diffed(BASE, folder)).monthlyChange).toBe("30");
    expect((await diffed(BASE, `${HEAD},${workload(service("late"))}`)).monthlyChange).toBe("42");
    const piped = await runCli(["diff", "-", HEAD, ...SETTINGS, "--json"], { stdin });
    expect(JSON.parse(piped.stdout).monthlyChange).toBe("30");
    const reports = [await saved(BASE), await saved(HEAD)] as const;
    for (const [base, head] of [reports, [reports[0], HEAD], [BASE, reports[1]]] as const) {
      const report = await diffed(base, head);
      expect([report.monthlyChange, report.changes[0].causes.length]).toEqual(["30", 2]);
    }
    const fromPipe = await runCli(["diff", "-", HEAD, ...SETTINGS, "--json"], {
      stdin: readFileSync(reports[0], "utf8"),
    });
    expect(JSON.parse(fromPipe.stdout).before.of).toBe("report");
  });

  it("of two price books tell what prices did apart from what was configured", async () => {
    const dearer = ["--set-price", "fargate/linux/x86_64/vcpu-hour=0.2"];
    const report = await diffed(await saved(BASE), await saved(HEAD, ...dearer));
    expect(report.changes[0].causes).toEqual([
      { attribute: "task.memory", from: 2048, to: 8192, monthlyChange: "12" },
      { attribute: "tasks", from: 2, to: 3, monthlyChange: "18" },
      expect.objectContaining({ attribute: "prices", monthlyChange: "30" }),
    ]);
  });

  it.each([
    [[BASE], /does not say what was before\nHint: .*BASE HEAD/],
    [["-", "-"], /either BASE or HEAD/],
    [[BASE, "/nowhere.yaml"], /no such file or folder/],
    [[BASE, ""], /must not be empty/],
    [[BASE, HEAD, "--fail-on", "increas>1"], /Did you mean increase\?/],
    [[BASE, HEAD, "--filter", "knd=added"], /Did you mean kind\?/],
    [[BASE, HEAD, "--base-prices", "/nowhere.json"], /no such file/],
  ])("2: %j", async (args, message) => {
    const { code, stdout, stderr } = await runCli(["diff", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  it("2: a report that is cut, of another command, edited or for other hours", async () => {
    const whole = await saved(BASE);
    const compared = join(temporaryFolder(), "compared.json");
    await runCli(["compare", BASE, ...SETTINGS, "--json", "--out", compared]);
    const edited = join(temporaryFolder(), "edited.json");
    writeFileSync(edited, readFileSync(whole, "utf8").replace('"totalMonthlyCost": "48"', '"totalMonthlyCost": "47"'));
    const refused = async (base: string, ...flags: string[]) => {
      const { code, stderr } = await runCli(["diff", base, HEAD, ...flags]);
      expect(code).toBe(2);
      return stderr;
    };
    expect(await refused(await saved(BASE, "--top", "1"))).toContain("--top");
    expect(await refused(compared)).toContain("a report of compare cannot be compared");
    expect(await refused(edited)).toContain("totalMonthlyCost: is not the sum");
    expect(await refused(await saved(NAT, "--allocate-shared"))).toContain("divides what is shared");
    expect(await refused(whole, "--hours", "200")).toContain("different hours to the month");
    expect(await refused(whole, "--base-prices", "snapshot")).toContain("which has its prices");
  });
});

describe("verdicts", () => {
  it.each([
    ["increase>29.99", 4, "the value is 30 ($30.00)"],
    ["increase>30", 0, ""],
    ["increase%>62.4", 4, "the value is 62.5%"],
    ["increase%>62.5", 0, ""],
    ["monthly>77", 4, "the value is 78"],
    ["service.increase>29", 4, "production/api is 30"],
    ["service.increase%>100", 4, "production/cron is without bound"],
    ["increase<-5", 0, ""],
  ])("--fail-on %s: %i", async (expression, expected, message) => {
    const { code, stdout, stderr } = await runCli(["diff", BASE, HEAD, ...SETTINGS, "--fail-on", expression]);
    expect(code).toBe(expected);
    expect(stdout).toMatch(/^\+\$30\.00/);
    expect(stderr).toContain(message);
  });

  it("5 with --strict where a side is incomplete; its change is unknown and never counted as zero", async () => {
    const file = incomplete();
    const whole = workload(service("api"), service("cron"));
    const { code, stdout } = await runCli(["diff", file, whole, ...SETTINGS, "--strict", "--json"]);
    expect(code).toBe(5);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      monthlyChange: null,
      knownMonthlyChange: "0",
      complete: false,
      relativeChange: null,
    });
    expect(report.changes).toEqual([expect.objectContaining({ subject: "production/cron", monthlyChange: null })]);
    const table = await runCli(["diff", file, whole, ...SETTINGS, "--fail-on", "increase>1"]);
    expect([table.code, table.stdout.split("\n")[0]]).toEqual([0, "Monthly change not known"]);
    expect(table.stderr).toContain("cannot be decided");
    const worse = await runCli(["diff", twoServices(), incomplete(), ...SETTINGS, "--fail-on", "increase>1"]);
    expect(worse.stderr).toContain("cannot be decided");
  });
});

describe("hostile names", () => {
  it.each([...FORMATS, "sarif", "junit"])("come out harmless as %s", async (format) => {
    const { code, stdout } = await runCli(["diff", BASE, hostile(), ...SETTINGS, "--format", format, "--verbose"]);
    expect(code).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    if (format === "html") expect(stdout).not.toContain("<b>");
    if (format === "markdown") expect(stdout).not.toMatch(/@team|(?<!\\)`|<b>/);
    if (format === "csv") expect(stdout).not.toMatch(/(?:^|,)=/m);
  });
});
