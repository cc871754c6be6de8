import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NODE, ROOT, RUN, runCli, runProgram, temporaryFolder } from "./run-cli.ts";
import { hostile, incomplete, manyServices, PRICES, twoServices } from "./workloads.ts";

const FORMATS = ["table", "json", "markdown", "csv", "html"] as const;
const TWO = twoServices();
const estimate = ["estimate", TWO, ...PRICES, "--hours", "100"];

describe("exit codes and streams", () => {
  it("0: the report on stdout, nothing on stderr", async () => {
    const { code, stdout, stderr } = await runCli([...estimate, "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      schemaVersion: 1,
      command: "estimate",
      totalMonthlyCost: "36",
      hoursPerMonth: "100",
    });
    expect(report.services.map((each: { monthlyCost: string }) => each.monthlyCost)).toEqual(["24", "12"]);
  });

  it("1: a defect in one line, its trace with --verbose only", async () => {
    const broken = [
      "--import",
      "data:text/javascript,Intl.Segmenter.prototype.segment=null;Array.prototype.toSorted;Map.groupBy=null",
    ];
    const short = await runCli(["sizes"], { nodeFlags: broken });
    expect(short.code).toBe(1);
    expect(short.stdout).toBe("");
    expect(short.stderr).toMatch(
      /^Error: this is a defect of ecs-cost \(run again with --verbose for the trace\): .*\n$/,
    );
    const long = await runCli(["sizes", "--verbose"], { nodeFlags: broken });
    expect(long.stderr).toMatch(/\n +at /);
  });

  it.each([
    [["estimate"], /Missing 1 required arg/],
    [["estimate", "/nowhere.yaml"], /no such file or folder/],
    [["estimate", TWO, "--jsn"], /Did you mean --json\?/],
    [["estmate", TWO], /Did you mean estimate\?/],
    [["estimate", TWO, "--format", "xml"], /table, json, markdown, csv, html/],
    [["estimate", TWO, "--json", "--format", "csv"], /two formats/],
    [["estimate", TWO, "--filter", "nmae=x"], /Did you mean name\?/],
    [["estimate", TWO, "--fields", "cost"], /there is no field cost/],
    [["estimate", TWO, "--group-by", "colour"], /--group-by colour/],
    [["estimate", TWO, "--fail-on", "montly>1"], /Did you mean monthly\?/],
    [["estimate", TWO, "--fail-on", "increase%>1"], /only diff does/],
    [["estimate", TWO, "--top", "0"], /--top/],
    [["estimate", TWO, "--hours", "-3"], /--hours/],
    [["estimate", TWO, "--set-price", "nat.gbb=1"], /nat\.gb/],
    [["estimate", TWO, "--prices", "live"], /--prices snapshot/],
    [["estimate", TWO, "--region", "eu-west-9"], /Did you mean eu-west-1/],
    [["compare", TWO, "--group-by", "dimension"], /for estimate/],
    [["sizes", "--cpu", "lots"], /CPU units such as 512/],
    [["capacity", "split", "--desired", "3", "--strategy", "FARGATE:weight=x"], /PROVIDER:base=B:weight=W/],
    [["prices", "show", "nat.gbb", "--region", "eu-west-1"], /nat\.gb/],
    [["completion", "tcsh"], /bash, zsh, fish/],
  ])("2: %j", async (args, message) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^Error: /);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it("4: a condition that holds, told with its value and service, after the report", async () => {
    const { code, stdout, stderr } = await runCli([
      ...estimate,
      "--json",
      "--fail-on",
      "monthly>35",
      "--fail-on",
      "service.monthlyCost>=24",
      "--fail-on",
      "monthly>36",
    ]);
    expect(code).toBe(4);
    expect(JSON.parse(stdout).totalMonthlyCost).toBe("36");
    expect(stderr).toContain("--fail-on monthly>35: failed, the value is 36 ($36.00)");
    expect(stderr).toContain("production/api is 24 ($24.00)");
    expect(stderr).not.toContain("monthly>36");
  });

  it("5: incomplete and --strict; without it 0 with a warning that --quiet silences", async () => {
    const args = ["estimate", incomplete(), ...PRICES, "--json"];
    expect(await runCli([...args, "--strict"])).toMatchObject({ code: 5, stderr: expect.stringContaining("--strict") });
    expect(await runCli(args)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("Warning: the report is incomplete"),
    });
    expect(await runCli([...args, "--quiet"])).toMatchObject({ code: 0, stderr: "" });
    expect(await runCli([...args, "--quiet", "--fail-on", "monthly>99999"])).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("cannot be decided"),
    });
  });

  it("does not wait for stdin unless - is an input", async () => {
    expect((await runCli(["estimate", "-", ...PRICES], { stdin: readFileSync(TWO, "utf8") })).stdout).toContain(
      "worker",
    );
    expect((await runCli(["estimate", "-"], { stdin: "" })).code).toBe(2);
  });
});

describe("formats", () => {
  it.each(FORMATS)("%s shows the same services and says the same twice", async (format) => {
    const first = await runCli([...estimate, "--format", format]);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(/api[\s\S]*worker/);
    expect((await runCli([...estimate, "--format", format])).stdout).toBe(first.stdout);
  });

  it.each(FORMATS)("%s of a comparison", async (format) => {
    const { code, stdout } = await runCli(["compare", TWO, "--format", format]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/api[\s\S]*worker/);
  });

  it.each(FORMATS)("%s of sizes, a split and prices", async (format) => {
    const outcomes = await Promise.all([
      runCli(["sizes", "--format", format]),
      runCli(["capacity", "split", "--desired", "10", "--strategy", "FARGATE:weight=1", "--format", format]),
      runCli(["prices", "list", "--format", format]),
      runCli(["prices", "list", "nat", "--region", "eu-west-1", "--format", format]),
      runCli(["prices", "show", "m7g.large", "--region", "eu-west-1", "--format", format]),
    ]);
    for (const { code, stdout, stderr } of outcomes) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout.length).toBeGreaterThan(20);
      if (format === "json") JSON.parse(stdout);
    }
  });

  it.each(FORMATS)("%s of hostile names commands no terminal, table, page or spreadsheet", async (format) => {
    const { code, stdout, stderr } = await runCli(["estimate", hostile(), "--format", format]);
    expect(code).toBe(0);
    expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    expect(stderr.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
    if (format === "html" || format === "markdown") expect(stdout).not.toContain("<b>");
    if (format === "csv") expect(stdout).not.toMatch(/(?:^|,)"?[=@+]/m);
  });

  it("come from variables too, and a flag beats its variable", async () => {
    const env = { ECS_COST_FORMAT: "csv", ECS_COST_FAIL_ON: "monthly>1; services>5", ECS_COST_HOURS: "100" };
    const fromVariables = await runCli(["estimate", TWO, ...PRICES], { env });
    expect(fromVariables.stdout).toMatch(/^service,cluster,/);
    expect(fromVariables).toMatchObject({ code: 4, stderr: expect.stringContaining("the value is 36") });
    expect((await runCli([...estimate, "--json"], { env })).stdout).toMatch(/^\{/);
  });
});

describe("selection", () => {
  const json = async (...args: string[]) => JSON.parse((await runCli([...estimate, "--json", ...args])).stdout);

  it("--filter totals what stays, --top keeps the total", async () => {
    expect(await json("--filter", "tag.team=data")).toMatchObject({ totalMonthlyCost: "12", filtered: true });
    expect(await json("--top", "1")).toMatchObject({
      totalMonthlyCost: "36",
      services: [{ name: "api" }],
      omitted: { services: 1, monthlyCost: "12" },
    });
  });

  it("--fields projects services in every format", async () => {
    expect((await json("--fields", "name,monthlyCost")).services).toEqual([
      { name: "api", monthlyCost: "24" },
      { name: "worker", monthlyCost: "12" },
    ]);
    expect((await runCli([...estimate, "--fields", "name,monthlyCost", "--format", "csv"])).stdout).toBe(
      "name,monthlyCost\napi,24\nworker,12\n",
    );
    expect((await runCli([...estimate, "--fields", "name,monthlyCost"])).stdout).toMatch(/^api +\$24\.00$/m);
  });

  it("--group-by adds groups", async () => {
    expect((await json("--group-by", "tag:team")).groups).toEqual([
      { key: "web", monthlyCost: "24", complete: true, services: 1 },
      { key: "data", monthlyCost: "12", complete: true, services: 1 },
    ]);
  });
});

describe("prices", () => {
  const BOOK = join(ROOT, "test/support/prices/pinned-book.json");

  it("come from a file of the user's, and a price that is set beats it", async () => {
    const show = ["prices", "show", "nat.gb", "--json", "--region", "eu-west-1", "--prices", BOOK];
    const fromFile = JSON.parse((await runCli(show)).stdout);
    expect(fromFile).toMatchObject({ region: "eu-west-1", prices: { source: BOOK }, items: [{ key: "nat.gb" }] });
    const set = JSON.parse((await runCli(show, { env: { ECS_COST_SET_PRICE: "nat.gb=9;nat.hour=8" } })).stdout);
    expect(set.items[0].tiers).toEqual([{ from: "0", to: null, rate: "9" }]);
  });

  it("of a file that is none are refused with what is wrong", async () => {
    const { code, stderr } = await runCli(["prices", "list", "--prices", join(ROOT, "package.json")]);
    expect(code).toBe(2);
    expect(stderr).toContain("this is not a price book");
    expect(stderr).toContain("regions");
  });

  it("need a region, which a variable of AWS tools may give", async () => {
    expect(await runCli(["prices", "list", "nat"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--region"),
    });
    expect((await runCli(["prices", "list", "nat"], { env: { AWS_REGION: "eu-west-1" } })).stdout).toContain(
      "in eu-west-1",
    );
  });
});

describe("output", () => {
  it("--out replaces a file wholly, leaves nothing else behind and says nothing on stdout", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "report.json");
    writeFileSync(file, "old");
    expect(await runCli([...estimate, "--json", "--out", file])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(JSON.parse(readFileSync(file, "utf8")).totalMonthlyCost).toBe("36");
    expect(readdirSync(folder)).toEqual(["report.json"]);
  });

  it("--out keeps the old file where the report cannot be made, and follows links", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "real.csv"), "old");
    symlinkSync("real.csv", join(folder, "link.csv"));
    expect((await runCli(["estimate", "/nowhere", "--out", join(folder, "real.csv")])).code).toBe(2);
    expect(readFileSync(join(folder, "real.csv"), "utf8")).toBe("old");
    await runCli([...estimate, "--format", "csv", "--out", join(folder, "link.csv")]);
    expect(readFileSync(join(folder, "real.csv"), "utf8")).toMatch(/^service,/);
    expect(readdirSync(folder)).toEqual(["link.csv", "real.csv"]);
  });

  it("--out refuses folders and places that are not there", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "sub"));
    expect(await runCli([...estimate, "--out", join(folder, "sub")])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("is a folder"),
    });
    expect(await runCli([...estimate, "--out", join(folder, "no", "x.json")])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("its folder does not exist"),
    });
    expect(await runCli([...estimate, "--out", "/dev/null"])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(readdirSync(join(folder, "sub"))).toEqual([]);
  });

  it("a closed pipe is no error", async () => {
    const many = manyServices(2000);
    const script = 'set -o pipefail; "$0" "$1" estimate "$2" --json | head -n 1; echo "$?"';
    const { stdout, stderr } = await runProgram("bash", ["-c", script, NODE, RUN, many]);
    expect(stdout).toBe("{\n0\n");
    expect(stderr).toBe("");
  });

  it("has no colours where it is no terminal", async () => {
    expect((await runCli(estimate, { env: { FORCE_COLOR: "1" } })).stdout).not.toContain("\u001b");
  });
});

describe("what is loaded", () => {
  const HOOK = [
    'import { registerHooks } from "node:module";',
    "const urls = [];",
    "registerHooks({ load: (url, context, next) => { urls.push(url); return next(url, context); } });",
    'process.on("exit", () => process.stderr.write(urls.join("\\n")));',
  ].join("");
  const loaded = async (args: readonly string[]): Promise<string> => {
    const hook = ["--import", `data:text/javascript,${encodeURIComponent(HOOK)}`];
    return (await runCli(args, { nodeFlags: hook })).stderr;
  };

  it("is no AWS SDK, and no command but the one that runs", async () => {
    const modules = await loaded(estimate);
    expect(modules).toContain("cli/dist/commands/estimate.js");
    expect(modules).not.toMatch(/@aws-sdk|@smithy/);
    expect(modules.match(/cli\/dist\/commands\/\w+/g)).toHaveLength(1);
    expect(modules).not.toMatch(/render\/(?:html|markdown|csv|json)\.js/);
  });
});
