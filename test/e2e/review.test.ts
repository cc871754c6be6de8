import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Decimal } from "@ecs-cost/core";
import { describe, expect, it } from "vitest";
import { athenaTables, DATABASE, tableName } from "../support/bill/athena-tables.ts";
import { total } from "../support/bill/bill-row.ts";
import { canonicalBill } from "../support/bill/canonical-bill.ts";
import { costExplorerLines } from "../support/bill/cost-explorer-lines.ts";
import { startAccount } from "./aws-account.ts";
import { NODE, type Outcome, ROOT, runCli, runProgram, temporaryFolder } from "./run-cli.ts";

const BILL = join(ROOT, "examples/review/bill");
const WORKLOAD = join(ROOT, "examples/review/workload.yaml");

const review = (...args: readonly string[]): Promise<Outcome> => runCli(["review", ...args]);
const ofExample = (...args: readonly string[]): Promise<Outcome> =>
  review("--month", "2026-10", "--bill", BILL, ...args);

interface Reviewed {
  readonly schemaVersion: number;
  readonly month: string;
  readonly totalCost: string;
  readonly previousCost: string;
  readonly change: string;
  readonly unplaced: { readonly cost: string };
  readonly other: string;
  readonly credits: string;
  readonly tax: string;
  readonly billTotal: string;
  readonly lineItems: readonly { readonly cost: string; readonly service: string }[];
  readonly services: readonly { readonly key: string; readonly cost: string }[];
  readonly groups?: readonly { readonly key: string; readonly cost: string }[];
  readonly findings: readonly {
    readonly code: string;
    readonly monthlySaving: string | null;
    readonly detail: string;
  }[];
  readonly forecast: { readonly month: string; readonly monthToDate: string; readonly expected: string } | null;
  readonly reconciliation: { readonly lines: readonly unknown[] } | null;
}

const sum = (amounts: readonly string[]): string =>
  amounts.reduce((total, amount) => total.plus(amount), new Decimal(0)).toFixed();

const json = async (...args: readonly string[]): Promise<Reviewed> => {
  const { code, stdout, stderr } = await ofExample("--json", ...args);
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as Reviewed;
};

/** What the parts of the example's bill say, added up line by line. */
const billedIn = (month: string): string => {
  const [header = "", ...lines] = gunzipSync(readFileSync(join(BILL, `${month}.csv.gz`)))
    .toString("utf8")
    .trimEnd()
    .split("\n");
  const at = header.split(",").indexOf("line_item_unblended_cost");
  return sum(lines.map((line) => line.split(",")[at] ?? ""));
};

describe.concurrent("review", () => {
  it("adds up to the bill, part by part and line by line", async () => {
    const report = await json();
    const { totalCost, unplaced, other, credits, tax, billTotal, lineItems, previousCost, change } = report;
    expect(report).toMatchObject({ schemaVersion: 1, month: "2026-10" });
    expect(sum([totalCost, unplaced.cost, other, credits, tax])).toBe(billTotal);
    expect(billTotal).toBe(billedIn("2026-10"));
    expect(sum(lineItems.map(({ cost }) => cost))).toBe(totalCost);
    expect(sum([previousCost, change])).toBe(totalCost);
    expect(new Set(lineItems.map(({ service }) => service))).toContain("AmazonECS");
  });

  it("finds what the example was made with", async () => {
    const { findings, services } = await json("--tag", "team");
    expect(findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["idle-load-balancer", "image-pulls", "spot-candidate", "buy-savings-plan"]),
    );
    expect(services[0]?.key).toBe("production/checkout");
  });

  it("puts the estimate of workload files beside the bill, and sizes from metrics among the findings", async () => {
    const folder = temporaryFolder();
    const rows = Array.from({ length: 2000 }, (_, minute) => {
      const time = new Date(Date.parse("2026-10-20T00:00:00Z") + minute * 300_000).toISOString();
      return `storefront,${time},${20 + (minute % 7)},${11 + (minute % 3)}`;
    });
    const metrics = join(folder, "metrics.csv");
    writeFileSync(metrics, ["service,timestamp,cpu_utilization_pct,memory_utilization_pct", ...rows].join("\n"));
    const { reconciliation, findings } = await json("--workloads", WORKLOAD, "--metrics", metrics);
    expect(reconciliation?.lines.length).toBeGreaterThan(5);
    expect(findings.map(({ code }) => code)).toContain("oversized-task");
  });

  it.each([
    ["cluster", "production"],
    ["tag:team", "shop"],
    ["dimension", "nat.gb"],
    ["service", "production/checkout"],
  ])("puts costs together by %s", async (by, key) => {
    const { groups } = await json("--group-by", by);
    expect(groups?.map((group) => group.key)).toContain(key);
  });

  it("lists the services that are asked for and keeps the totals of the month", async () => {
    const [whole, some, top] = await Promise.all([
      json(),
      json("--filter", "cluster=production,cost>100"),
      json("--top", "1", "--fields", "name,cost"),
    ]);
    expect(some.services.map(({ key }) => key)).toEqual(
      whole.services.filter(({ cost }) => Number(cost) > 100).map(({ key }) => key),
    );
    expect([some.totalCost, top.totalCost]).toEqual([whole.totalCost, whole.totalCost]);
    expect(top.services).toEqual([{ name: "checkout", cost: whole.services[0]?.cost }]);
  });

  it("fits a terminal", async () => {
    const { stdout, stderr } = await ofExample("--verbose", "--workloads", WORKLOAD);
    expect(stderr).toBe("");
    expect(stdout.split("\n")[0]).toMatch(
      /^\$[\d,.]+ for ECS in October 2026, \+\$[\d,.]+ \(\+[\d.]+ %\) against September$/,
    );
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  it.each([
    ["csv", /^part,month,service,usageType,/],
    ["markdown", /^## \$[\s\S]*<details>\n<summary>The bill<\/summary>/],
    ["html", /^<!doctype html>[\s\S]*<\/html>\n$/],
  ])("is %s where that is asked for", async (format, shape) => {
    const file = join(temporaryFolder(), "review");
    const { code, stdout, stderr } = await ofExample("--format", format, "--out", file);
    expect([code, stdout, stderr]).toEqual([0, "", ""]);
    expect(readFileSync(file, "utf8")).toMatch(shape);
  });

  it("takes the last complete month unless told, and says so", async () => {
    const { stderr } = await review("--bill", "nothing-here");
    expect(stderr).toMatch(/^Month: 20\d\d-\d\d, the last complete one\.\n/);
    expect((await review("--bill", "nothing-here", "--quiet")).stderr).not.toContain("Month:");
  });

  it("forecasts the month that runs from what the bill knows of it", async () => {
    const [october, november] = await Promise.all([
      json(),
      review("--month", "2026-11", "--bill", BILL, "--json").then(({ stdout }) => JSON.parse(stdout) as Reviewed),
    ]);
    expect(november.forecast?.monthToDate).toBe(november.totalCost);
    expect(october.forecast).toMatchObject({ month: "2026-11", monthToDate: november.totalCost });
  });

  it("reviews a month that runs against as many days of the one before", async () => {
    const { stdout } = await review("--month", "2026-11", "--bill", BILL);
    expect(stdout.split("\n")[0]).toMatch(
      /for ECS in the first 19 days of November 2026, .* against the first 19 days of October$/,
    );
    expect(stdout).toMatch(/November 2026: \$[\d,.]+ expected.* So far \$[\d,.]+ in\n?\s?19 days/);
  });

  it.each([
    [["--fail-on", "total>100"], 4, "total>100: failed"],
    [["--fail-on", "change%>99"], 0, ""],
    [["--fail-on", "unplaced>0"], 0, ""],
    [["--fail-on", "service.change>50"], 4, "production/checkout is"],
  ])("judges %j with %i", async (args, code, told) => {
    const outcome = await ofExample(...args);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toContain(told);
  });

  const folder = temporaryFolder();
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const part = gunzipSync(readFileSync(join(BILL, "2026-10.csv.gz")))
    .toString("utf8")
    .split("\n")
    .slice(0, 200);

  it.each([
    ["no bill", [], "there is no --bill"],
    ["a missing file", ["--bill", "nothing-here"], "nothing-here: there is no such file or folder"],
    ["an empty folder", ["--bill", temporaryFolder()], "holds no *.csv"],
    ["a table that is no bill", ["--bill", file("other.csv", "a,b\n1,2\n")], "is no bill"],
    ["a broken part", ["--bill", file("broken.csv", part.with(50, '"broken,').join("\n"))], "is broken"],
    ["a month that is none", ["--bill", BILL, "--month", "2026-13"], "this is no month"],
    ["a month to come", ["--bill", BILL, "--month", "2099-01"], "it has not begun"],
    ["a month that the bill has not", ["--bill", BILL, "--month", "2026-03"], "the bill has nothing of 2026-03"],
    ["two sources", ["--bill", "cost-explorer", "athena://a.b"], "--bill cost-explorer stands alone"],
    ["a table without a name", ["--bill", "athena://billing"], "expected athena://DATABASE.TABLE"],
    ["metrics alone", ["--bill", BILL, "--metrics", "m.csv"], "--metrics needs --workloads"],
    ["a figure that there is not", ["--bill", BILL, "--fail-on", "totl>1"], "there is no field totl"],
    ["a tag of a service", ["--bill", BILL, "--filter", "tag.team=shop"], "services of a bill have no tags"],
    ["a stray word", ["--no-color", "stray", "--bill", BILL], "review takes no argument stray"],
  ])("refuses %s with one line and 2", async (_, args, told) => {
    const { code, stdout, stderr } = await review(...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(told);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("asks Cost Explorer once with --cache, tells the dollars first, and nothing with --dry-run", async () => {
    const { home, run, server } = await startAccount({ clusters: 0 });
    const args = ["review", "--bill", "cost-explorer", "--json"];
    const planned = await run(...args, "--dry-run");
    expect(JSON.parse(planned.stdout)).toMatchObject({
      dryRun: true,
      reading: { source: "cost-explorer", cost: "0.05" },
    });
    expect(server.asked.size).toBe(0);

    const cache = join(home, "kept bills");
    const first = await run(...args, "--cache", cache);
    expect(first.stderr).toMatch(
      /Cost Explorer bills \$0\.01 a page: at least 5 pages, \$0\.05\.\nRead: \d+ pages of Cost Explorer/,
    );
    expect(first.code).toBe(0);
    const pages = server.asked.size;
    expect(pages).toBeGreaterThan(0);
    expect(readdirSync(join(cache, "bills"))).toHaveLength(1);

    const second = await run(...args, "--cache", "--cache-dir", cache);
    expect(server.asked.size).toBe(pages);
    expect(second.stderr).not.toContain("Cost Explorer bills");
    const figures = ({ stdout }: Outcome) => ({ ...JSON.parse(stdout), bill: null });
    expect(figures(second)).toEqual(figures(first));
  });

  it("reads a table with Athena, after its SQL was told with --dry-run", async () => {
    const rows = canonicalBill("2026-10-01", "2026-10-08");
    const athena = await athenaTables(temporaryFolder(), rows, ["cur-2.0"]);
    const { run, server } = await startAccount({ clusters: 0, bill: { lines: costExplorerLines(rows), athena } });
    const bill = ["--bill", `athena://${DATABASE}.${tableName("cur-2.0")}`, "--region", "eu-central-1"];
    const args = ["review", "--month", "2026-10", "--workgroup", "finops", "--json", ...bill];
    const planned = await run(...args, "--dry-run");
    const { reading } = JSON.parse(planned.stdout) as { reading: { sql: string[]; cost: null } };
    expect(reading.cost).toBeNull();
    expect(reading.sql.every((sql) => sql.includes(tableName("cur-2.0")))).toBe(true);
    expect([...server.asked.keys()].filter((asked) => /StartQuery/.test(asked))).toEqual([]);

    const { code, stdout, stderr } = await run(...args);
    const report = JSON.parse(stdout) as Reviewed;
    expect(code).toBe(0);
    expect(report.billTotal).toBe(total(rows, "cost"));
    expect(stderr).toMatch(/^Athena scans billing\..*\nRead: \d queries of Athena/);
    expect(stderr).toContain("Warning: the bill covers 7 days of 2026-10");
  });

  it("ends with 3 where AWS refuses", async () => {
    const { run } = await startAccount({ clusters: 0, faults: { denied: ["ce:GetCostAndUsage"] } });
    const { code, stdout, stderr } = await run("review", "--bill", "cost-explorer");
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("AWS denied ce:GetCostAndUsage");
  });

  it("reviews the example that its script writes", async () => {
    const folder = temporaryFolder();
    const script = join(ROOT, "scripts/write-review-example.ts");
    expect(await runProgram(NODE, [script, folder])).toMatchObject({ code: 0, stdout: "", stderr: "" });
    expect(readdirSync(folder).sort()).toEqual(readdirSync(BILL).sort());
    for (const name of readdirSync(folder)) {
      expect(gunzipSync(readFileSync(join(folder, name)))).toEqual(gunzipSync(readFileSync(join(BILL, name))));
    }
  });
});

it("leaves out a broken part of the bill where that is asked for, and says so", async () => {
  const folder = temporaryFolder();
  for (const name of readdirSync(BILL)) writeFileSync(join(folder, name), readFileSync(join(BILL, name)));
  const broken = join(folder, "cut.csv.gz");
  writeFileSync(broken, readFileSync(join(BILL, "2026-10.csv.gz")).subarray(0, 2000));
  const of = ["--month", "2026-10", "--bill", folder];
  const refused = await review(...of);
  expect([refused.code, refused.stdout]).toEqual([2, ""]);
  expect(refused.stderr).toContain("cut.csv.gz");
  const { code, stdout, stderr } = await review(...of, "--leave-out-broken", "--json");
  expect(code).toBe(0);
  expect(stderr).toContain("the report is incomplete");
  const { issues } = JSON.parse(stdout) as {
    readonly issues: readonly { readonly code: string; readonly severity: string; readonly subject: string }[];
  };
  expect(issues).toContainEqual(expect.objectContaining({ code: "broken-bill", severity: "error", subject: broken }));
  expect((await review(...of, "--leave-out-broken", "--strict")).code).toBe(5);
  const judged = await review(...of, "--leave-out-broken", "--fail-on", "total>1000000", "--fail-on", "change>1000000");
  expect(judged.stderr.match(/^Warning: .*(?:total|change)/gm)?.length).toBe(2);
});
