import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Charge, Decimal } from "@ecs-cost/core";
import {
  type AthenaPlace,
  athenaBill,
  type BillReading,
  type BillRequest,
  costExplorerBill,
  openAws,
  planCostExplorer,
} from "@ecs-cost/core/aws";
import fc from "fast-check";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { BilledLine } from "../../support/aws-server/billed-lines.ts";
import { AwsFault } from "../../support/aws-server/fault.ts";
import type { FaultPlan } from "../../support/aws-server/fault-plan.ts";
import { type AwsServer, type AwsServerOptions, startAwsServer } from "../../support/aws-server/server.ts";
import type { AthenaBackend } from "../../support/aws-server/services/athena.ts";
import { openTestAws, TEST_CREDENTIALS, testTiming } from "../../support/aws-server/session.ts";
import { athenaTables, DATABASE, tableName } from "../../support/bill/athena-tables.ts";
import { canonicalBill } from "../../support/bill/canonical-bill.ts";
import { costExplorerLines } from "../../support/bill/cost-explorer-lines.ts";

const REQUEST: BillRequest = { from: "2026-10-01", to: "2026-11-01", tagKeys: [] };
const ROWS = canonicalBill("2026-10-01", "2026-10-08");
const LINES = costExplorerLines(ROWS);
const PLACE: AthenaPlace = {
  region: "eu-central-1",
  database: DATABASE,
  table: tableName("cur-2.0"),
  workgroup: "finops",
};

let tables: AthenaBackend;
let server: AwsServer | undefined;

beforeAll(async () => {
  tables = await athenaTables(mkdtempSync(join(tmpdir(), "ecs-cost-athena-")), ROWS, ["cur-2.0"]);
}, 60_000);

afterEach(async () => {
  await server?.close();
  server = undefined;
});

const serverOf = async (options: AwsServerOptions = {}): Promise<AwsServer> => {
  server = await startAwsServer({
    ...options,
    bill: { lines: LINES, athena: tables, pageGroups: 40, ...options.bill },
  });
  return server;
};

const withFaults = async (faults: FaultPlan): Promise<AwsServer> => serverOf({ faults });

const total = (charges: readonly Charge[]): string =>
  charges
    .filter(({ kind }) => kind !== "split" && kind !== "split-unused")
    .reduce((sum, { cost }) => sum.plus(cost), new Decimal(0))
    .toFixed();

const BILL_TOTAL = LINES.reduce((sum, { unblended }) => sum.plus(unblended), new Decimal(0)).toFixed();

const FAULTS: readonly (readonly [string, FaultPlan])[] = [
  ["throttling", { throttled: 0.3 }],
  ["failures", { serverError: 0.3 }],
  ["cut answers", { cut: 0.2 }],
  ["pages that come again", { repeatedPage: 0.2 }],
  ["fields of other types", { wrongType: 0.2 }],
];

describe("Cost Explorer", () => {
  const read = async (at: AwsServer, request = REQUEST): Promise<BillReading> =>
    costExplorerBill(openTestAws(at)).read(request);

  it.each(FAULTS)("gives the same bill in spite of %s", async (_, faults) => {
    const clean = await read(await serverOf());
    await server?.close();
    const spoiled = await read(await withFaults(faults));
    expect(spoiled.bill).toEqual(clean.bill);
    expect(total(clean.bill.charges)).toBe(BILL_TOTAL);
  });

  it("keeps the total of the first answer where pages of others end early, and says what is missing", async () => {
    const { bill, issues } = await read(await withFaults({ endedEarly: 0.15, seed: 5 }));
    expect(issues.some(({ code }) => code === "bill-mismatch")).toBe(true);
    expect(bill.charges.length).toBeGreaterThan(0);
  });

  const anyLine: fc.Arbitrary<BilledLine> = fc
    .record({
      day: fc.constantFrom("2026-10-01", "2026-10-02"),
      recordType: fc.constantFrom("Usage", "Usage", "SavingsPlanCoveredUsage", "Credit", "Tax"),
      service: fc.constantFrom("Amazon Elastic Container Service", "EC2 - Other", "AmazonCloudWatch", "Amazon RDS"),
      usageType: fc.constantFrom("EU-Fargate-GB-Hours", "EU-Fargate-vCPU-Hours:perCPU", "DataProcessing-Bytes"),
      account: fc.constantFrom("111122223333", "444455556666"),
      cluster: fc.constantFrom("", "production", "staging"),
      name: fc.constantFrom("", "api", "web"),
      team: fc.constantFrom("", "a", "b"),
      cents: fc.integer({ min: 1, max: 1_000_000 }),
    })
    .map(({ cluster, name, team, cents, ...line }) => {
      const sign = line.recordType === "Credit" ? "-" : "";
      const amount = `${sign}${(cents / 10_000).toFixed(10)}`;
      const tags = { "aws:ecs:clusterName": cluster, "aws:ecs:serviceName": name, team };
      return { ...line, tags, operation: "", unblended: amount, amortized: amount, quantity: "1", unit: "Hrs" };
    });

  const sumsOf = <T>(parts: readonly T[], keyOf: (part: T) => string, amountOf: (part: T) => string) =>
    new Map(
      [...Map.groupBy(parts, keyOf)].map(([key, members]) => [
        key,
        members.reduce((sum, member) => sum.plus(amountOf(member)), new Decimal(0)),
      ]),
    );

  it("adds up by day and kind whatever the bill, and never says more of a service, account or tag than there is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { minLength: 1, maxLength: 25 }), async (lines) => {
        const at = await startAwsServer({ bill: { lines } });
        const { bill } = await read(at, { ...REQUEST, tagKeys: ["team"] }).finally(at.close);
        const kinds: Readonly<Record<string, string>> = { SavingsPlanCoveredUsage: "covered" };
        const told = sumsOf(
          bill.charges,
          ({ day, kind }) => `${day} ${kind}`,
          ({ cost }) => cost,
        );
        const given = sumsOf(
          lines,
          ({ day, recordType }) => `${day} ${kinds[recordType] ?? recordType.toLowerCase()}`,
          ({ unblended }) => unblended,
        );
        expect(Object.fromEntries(told)).toEqual(Object.fromEntries(given));
        for (const charge of bill.charges.filter(({ kind }) => kind === "usage" || kind === "covered")) {
          const possible = lines.filter(
            ({ day, recordType, usageType, account, tags }) =>
              day === charge.day &&
              (kinds[recordType] ?? recordType.toLowerCase()) === charge.kind &&
              [usageType, ""].includes(charge.usageType) &&
              [account, null].includes(charge.account) &&
              [tags["aws:ecs:clusterName"], null].includes(charge.cluster) &&
              [tags["aws:ecs:serviceName"], null].includes(charge.ecsService) &&
              [tags["team"], undefined].includes(charge.tags["team"]),
          );
          const most = possible.reduce((sum, { unblended }) => sum.plus(unblended), new Decimal(0));
          expect(new Decimal(charge.cost).lte(most)).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("asks at least what was planned, and tells each page while it comes", async () => {
    const at = await serverOf();
    const told: string[] = [];
    const observe = (event: { readonly code: string }) => told.push(event.code);
    const aws = openTestAws(at, { observe });
    const { readingCost } = await costExplorerBill(aws).read(REQUEST);
    const pages = at.log.count("ce:GetCostAndUsage");
    expect(planCostExplorer({ tagKeys: ["team"] })).toEqual({ requests: 7, usd: "0.07" });
    expect(pages).toBeGreaterThanOrEqual(planCostExplorer(REQUEST).requests);
    expect(readingCost?.usd).toBe((pages / 100).toFixed(2));
    expect(told).toEqual(Array.from({ length: pages }, () => "cost-explorer-progress"));
  });

  it("asks one question where nothing of ECS is billed", async () => {
    const lines = LINES.filter(({ service }) => service === "Amazon Relational Database Service");
    const at = await serverOf({ bill: { lines } });
    const { bill } = await read(at);
    expect(at.log.count("ce:GetCostAndUsage")).toBe(1);
    expect(bill.detail.ecsTags).toBe(false);
    expect(bill.charges.every(({ service, usageType }) => service === "AmazonRDS" && usageType === "")).toBe(true);
  });

  it("says that no cost allocation tag is active where none is found", async () => {
    const at = await serverOf({ bill: { lines: LINES.map((line) => ({ ...line, tags: {} })) } });
    const { bill, issues } = await read(at);
    expect(bill.detail.ecsTags).toBe(false);
    expect(bill.charges.every(({ cluster, ecsService }) => cluster === null && ecsService === null)).toBe(true);
    expect(issues.map(({ detail }) => detail).join("\n")).toContain("activate both cost allocation tags");
    expect(total(bill.charges)).toBe(BILL_TOTAL);
  });

  it("asks no more than is allowed, and says what that leaves open", async () => {
    const at = await serverOf({ bill: { pageGroups: 10_000 } });
    const { bill, issues } = await costExplorerBill(openTestAws(at), { mostRequests: 8 }).read(REQUEST);
    expect(at.log.count("ce:GetCostAndUsage")).toBeLessThanOrEqual(8);
    expect(issues.some(({ detail }) => detail.includes("more than allowed"))).toBe(true);
    expect(total(bill.charges)).toBe(BILL_TOTAL);
  });

  it("covers the days that are over, and says that AWS may still change them", async () => {
    const lines = LINES.map((line) => ({ ...line, day: line.day.replace("2026-10", "2026-11") }));
    const at = await serverOf({ bill: { lines } });
    const { bill, issues } = await read(at, { ...REQUEST, to: "2027-01-01" });
    expect([bill.from, bill.to]).toEqual(["2026-10-01", "2026-11-08"]);
    expect(issues[0]).toMatchObject({ code: "bill-estimated", severity: "info" });
  });

  it("says that a month is empty", async () => {
    const { bill, issues } = await read(await serverOf({ bill: { lines: [] } }));
    expect([bill.charges, issues.map(({ code }) => code)]).toEqual([[], ["empty-month"]]);
  });

  it("names the action that is denied", async () => {
    const refused = read(await withFaults({ denied: ["ce:GetCostAndUsage"] }));
    await expect(refused).rejects.toMatchObject({ code: "access-denied" });
    await expect(refused).rejects.toThrow("ce:GetCostAndUsage");
  });

  it("says how far back it reaches, and that a month has not begun", async () => {
    const at = await serverOf();
    const old = read(at, { ...REQUEST, from: "2025-01-01" });
    await expect(old).rejects.toMatchObject({ code: "aws-refused", hint: expect.stringContaining("14 months") });
    const future = read(at, { from: "2026-12-01", to: "2027-01-01", tagKeys: [] });
    await expect(future).rejects.toMatchObject({ code: "no-bill-yet", source: "user" });
  });

  it.each([
    ["DataUnavailableException", "enable it in the Billing console"],
    ["BillExpirationException", "repeat the command"],
  ])("explains %s", async (code, hint) => {
    const fault = (): never => {
      throw new AwsFault(code, "no data");
    };
    const lines = new Proxy([], { get: fault });
    const refused = read(await serverOf({ bill: { lines } }));
    await expect(refused).rejects.toMatchObject({ code: "aws-refused", hint: expect.stringContaining(hint) });
  });
});

const recorded = (): { readonly asked: readonly string[]; readonly backend: AthenaBackend } => {
  const asked: string[] = [];
  const query: AthenaBackend["query"] = (sql) => {
    asked.push(sql);
    return tables.query(sql);
  };
  return { asked, backend: { ...tables, query } };
};

describe("Athena", () => {
  const read = async (at: AwsServer, place: Partial<AthenaPlace> = {}): Promise<BillReading> =>
    athenaBill(openTestAws(at), { ...PLACE, ...place }).read(REQUEST);

  it.each(FAULTS)("gives the same bill in spite of %s", async (_, faults) => {
    const clean = await read(await serverOf());
    await server?.close();
    const spoiled = await read(await withFaults(faults));
    expect(spoiled.bill).toEqual(clean.bill);
    expect(total(clean.bill.charges)).toBe(BILL_TOTAL);
  });

  it("starts each query once, however often the request has to be repeated", async () => {
    const { asked, backend: counted } = recorded();
    await read(await serverOf({ faults: { cut: 0.4 }, bill: { athena: counted } }));
    expect(asked.length).toBe(new Set(asked).size);
  });

  it("reads only the partitions of the months", async () => {
    const { asked, backend: counted } = recorded();
    await read(await serverOf({ bill: { athena: counted } }));
    expect(asked.filter((sql) => sql.includes(`"billing_period" IN ('2026-10')`)).length).toBeGreaterThanOrEqual(2);
  });

  it("tells what a query could not do", async () => {
    const failing: AthenaBackend = {
      ...tables,
      query: () => Promise.reject(new Error("HIVE_BAD_DATA: a part is broken")),
    };
    const at = await serverOf({ bill: { athena: failing } });
    await expect(read(at)).rejects.toMatchObject({
      code: "query-failed",
      message: expect.stringContaining("HIVE_BAD_DATA: a part is broken"),
    });
  });

  it("stops a query that nobody waits for any more", async () => {
    const at = await serverOf();
    const controller = new AbortController();
    const timing = testTiming(at.account.now);
    const aws = openTestAws(at, {
      timing: {
        ...timing,
        sleep: async (milliseconds) => {
          controller.abort();
          await timing.sleep(milliseconds);
        },
      },
    });
    const stopped = athenaBill(aws, { ...PLACE, signal: controller.signal }).read(REQUEST);
    await expect(stopped).rejects.toMatchObject({ code: "stopped" });
    expect(at.log.count("athena:StopQueryExecution")).toBe(1);
  });

  it("says what is missing: a table, a place for results, a permission", async () => {
    const at = await serverOf();
    await expect(read(at, { table: "nowhere" })).rejects.toMatchObject({
      code: "aws-refused",
      hint: "Check the names, the region and the profile.",
    });
    await expect(read(at, { workgroup: "primary" })).rejects.toMatchObject({
      hint: expect.stringContaining("a place for results"),
    });
    at.setFaults({ denied: ["athena:GetQueryResults"] });
    await expect(read(at)).rejects.toThrow("athena:GetQueryResults");
  });

  it.each([`bill"; DROP TABLE x; --`, "a.b", "", "a b", "x".repeat(300)])(
    "refuses the name %j before it calls",
    (name) => {
      const aws = openAws({ credentials: TEST_CREDENTIALS });
      for (const place of [{ database: name }, { table: name }]) {
        expect(() => athenaBill(aws, { ...PLACE, ...place })).toThrow(
          expect.objectContaining({ code: "invalid-bill-source" }),
        );
      }
      expect(() => athenaBill(aws, { ...PLACE, outputLocation: "https://bucket" })).toThrow("is no place in S3");
    },
  );
});
