import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { RegionBook } from "@ecs-cost/core";
import { saveBook } from "@ecs-cost/core/aws";
import { describe, expect, it } from "vitest";
import { pinnedRegion } from "../support/prices/pinned.ts";
import { secretsIn, startAccount } from "./aws-account.ts";
import { runCli } from "./run-cli.ts";

const REGION = "us-east-1";
const BOOK = pinnedRegion(REGION);
const DEARER: RegionBook = { ...BOOK, prices: { ...BOOK.prices, "nat.gb": { rate: "0.05", origin: 0 } } };
const REFRESH = ["prices", "refresh", "--region", REGION, "--source", "api", "--no-spot"];
const PLANS = "savingsplans:DescribeSavingsPlansOfferingRates";

const WORKLOAD = `version: 1
region: ${REGION}
shared: { natGateways: { count: 1, gb: 10 } }
services: [{ name: api, task: { cpu: 256, memory: 512 }, desiredCount: 1, launchType: FARGATE }]
`;

interface Refreshed {
  readonly regions: readonly {
    readonly changes: readonly { readonly key: string; readonly before?: string; readonly after: string }[];
    readonly previous?: string;
    readonly file: string;
    readonly issues: readonly { readonly code: string; readonly detail: string }[];
  }[];
}

interface Reported {
  readonly prices: { readonly source: string; readonly asOf: string };
  readonly shared: { readonly lineItems: readonly { readonly dimension: string; readonly rate: string }[] };
  readonly issues: readonly { readonly code: string; readonly severity: string; readonly detail: string }[];
}

const firstRegion = ({ stdout }: { readonly stdout: string }) => (JSON.parse(stdout) as Refreshed).regions[0];

describe.concurrent("prices refresh", () => {
  it("twice at once saves what --prices live uses, shows what changed, and keeps the book before", async () => {
    const { env, home, run } = await startAccount({ clusters: 0, books: [DEARER] });
    const live = async (...args: readonly string[]) =>
      runCli(["estimate", "-", "--prices", "live", "--json", ...args], { env, stdin: WORKLOAD });
    const before = await live();
    expect(before).toMatchObject({ code: 2, stdout: "" });
    expect(before.stderr).toMatch(
      /^Error: --prices live: no live prices of us-east-1 are saved\nHint: Run ecs-cost prices refresh --region us-east-1/,
    );

    saveBook(join(home, "data/ecs-cost/prices"), BOOK);
    const [refreshed, beside] = await Promise.all([run(...REFRESH, "--json"), run(...REFRESH, "--json", "--quiet")]);
    const changed = firstRegion(refreshed);
    const known = changed?.changes.filter(({ key }) => !/(?:all|partial)-upfront/.test(key));
    expect(known).toEqual([{ key: "nat.gb", before: "0.045", after: "0.05" }]);
    expect(firstRegion(beside)?.changes).toEqual(changed?.changes);
    expect(readFileSync(changed?.previous ?? "", "utf8")).toContain('"0.045"');
    expect(readdirSync(join(home, "data/ecs-cost/prices")).sort()).toEqual([
      "us-east-1.json",
      "us-east-1.notes.json",
      "us-east-1.previous.json",
      "us-east-1.versions.json",
    ]);
    expect(statSync(changed?.file ?? "").mode & 0o777).toBe(0o600);

    const report = JSON.parse((await live("--strict")).stdout) as Reported;
    expect(report.prices.source).toBe("live");
    expect(report.prices.asOf).toMatch(/^2026-/);
    expect(report.shared.lineItems.find(({ dimension }) => dimension === "nat.gb")?.rate).toBe("0.05");
    expect(report.issues).toContainEqual(
      expect.objectContaining({ code: "not-read", severity: "info", detail: expect.stringContaining("Fargate Spot") }),
    );
    expect(secretsIn(refreshed.stdout + refreshed.stderr + readFileSync(changed?.file ?? "", "utf8"))).toEqual([]);
  });

  it("tells what was denied, in the reports at these prices too", async () => {
    const { env, run } = await startAccount({
      clusters: 0,
      books: [BOOK],
      faults: { denied: [`${PLANS}@${REGION}`, "*@eu-west-1"], throttled: 0.1, seed: 5 },
    });
    const partly = await run(...REFRESH, "--json", "--strict");
    expect(partly.code).toBe(5);
    expect(firstRegion(partly)?.issues).toEqual([
      expect.objectContaining({ code: "access-denied", detail: expect.stringContaining(PLANS) }),
    ]);
    const estimate = await runCli(["estimate", "-", "--prices", "live", "--json", "--strict"], {
      env,
      stdin: WORKLOAD,
    });
    expect(estimate.code).toBe(5);
    expect((JSON.parse(estimate.stdout) as Reported).issues).toContainEqual(
      expect.objectContaining({ code: "access-denied", severity: "warning" }),
    );
  });

  it("ends with 3 and leaves no book where nothing was read, with 2 for a region without a book", async () => {
    const { home, run } = await startAccount({ clusters: 0, books: [BOOK], faults: { denied: [`*@${REGION}`] } });
    const [denied, unknown] = await Promise.all([
      run(...REFRESH),
      run("prices", "refresh", "--region", "mars-north-1", "--source", "api"),
    ]);
    expect(denied).toMatchObject({ code: 3, stdout: "" });
    expect(denied.stderr).toMatch(
      /^Error: no price of us-east-1 could be read: AWS denied pricing:GetProducts.*\nHint: .*\n$/,
    );
    expect(unknown).toMatchObject({ code: 2, stdout: "" });
    expect(readdirSync(home)).toEqual([]);
  });
});

describe.concurrent("doctor", () => {
  it("looks at the program and its folders without asking AWS", async () => {
    const { run, server } = await startAccount();
    const { code, stdout } = await run("doctor", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      command: "doctor",
      ok: true,
      node: { ok: true },
      live: [],
      folders: [{ name: "data" }, { name: "cache" }],
      aws: null,
    });
    expect(server.log.calls).toEqual([]);
  });

  it("tells endpoint, credentials and permissions by command, and nothing secret", async () => {
    const { run, server } = await startAccount({ faults: { denied: ["pricing:GetProducts@us-east-1"] } });
    const { code, stdout, stderr } = await run("doctor", "--aws", "--region", "eu-west-1");
    expect(code).toBe(0);
    expect(stdout).toContain(server.endpoint);
    expect(stdout).toMatch(/✓ +ecs:ListClusters +allowed in eu-west-1/);
    expect(stdout).toMatch(/✗ +pricing:GetProducts +AWS denied pricing:GetProducts/);
    expect(stdout).toMatch(/✓ +discover\n/);
    expect(stdout).toMatch(/✗ +prices refresh +pricing:GetProducts/);
    expect(secretsIn(stdout + stderr)).toEqual([]);
  });

  it("ends with 3 where AWS gives nothing, and prints what it found", async () => {
    const { run, env } = await startAccount({ faults: { expiredAfter: 0 } });
    const [expired, none] = await Promise.all([
      run("doctor", "--aws", "--region", "eu-west-1"),
      runCli(["doctor", "--aws", "--region", "eu-west-1"], { env: { ...env, AWS_ACCESS_KEY_ID: "" } }),
    ]);
    expect([expired.code, none.code]).toEqual([3, 3]);
    expect(expired.stdout).toMatch(/the credentials have expired/);
    expect(none.stdout).toMatch(/there are no AWS credentials/);
  });
});
