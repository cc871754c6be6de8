import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Charge, Decimal } from "@ecs-cost/core";
import { athenaBill, type BillReading, type BillRequest, costExplorerBill } from "@ecs-cost/core/aws";
import { savedBill } from "@ecs-cost/core/bill";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AwsServer, startAwsServer } from "../../support/aws-server/server.ts";
import { openTestAws } from "../../support/aws-server/session.ts";
import { athenaTables, DATABASE, tableName } from "../../support/bill/athena-tables.ts";
import type { ExportFormat } from "../../support/bill/bill-cells.ts";
import type { BillRow } from "../../support/bill/bill-row.ts";
import { canonicalBill } from "../../support/bill/canonical-bill.ts";
import { saveAnswers } from "../../support/bill/cost-explorer-answers.ts";
import { costExplorerLines } from "../../support/bill/cost-explorer-lines.ts";

const REQUEST: BillRequest = { from: "2026-09-01", to: "2026-11-01", tagKeys: ["team"] };
const ROWS = canonicalBill();
const LINES = costExplorerLines(ROWS);
const FORMATS: readonly ExportFormat[] = ["cur-2.0", "cur-legacy-parquet", "focus-1.2"];

let server: AwsServer;
let folder: string;
const readings = new Map<string, BillReading>();

const LIVE = "Cost Explorer";
const SAVED = "Cost Explorer, saved";
const athena = (format: ExportFormat): string => `Athena over ${format}`;
const files = (format: ExportFormat): string => `files of ${format}`;
const NAMES = [LIVE, SAVED, ...FORMATS.flatMap((format) => [athena(format), files(format)])];
/** FOCUS bills no negations beside covered usage, which it bills as nothing: amounts by kind differ, their sum does not. */
const CUR_NAMES = NAMES.filter((name) => !name.includes("focus"));

const readAll = async (): Promise<void> => {
  const aws = openTestAws(server);
  readings.set(LIVE, await costExplorerBill(aws).read(REQUEST));
  readings.set(SAVED, await savedBill(saveAnswers(folder, LINES, REQUEST)).read(REQUEST));
  for (const format of FORMATS) {
    const place = { region: "eu-central-1", database: DATABASE, table: tableName(format), workgroup: "finops" };
    readings.set(athena(format), await athenaBill(aws, place).read(REQUEST));
    readings.set(files(format), await savedBill([join(folder, `${format}.parquet`)]).read(REQUEST));
  }
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ecs-cost-bills-"));
  server = await startAwsServer({
    bill: { lines: LINES, athena: await athenaTables(folder, ROWS, FORMATS), pageGroups: 2000 },
  });
  await readAll();
}, 60_000);

afterAll(() => server.close());

const reading = (name: string): BillReading => {
  const found = readings.get(name);
  if (found === undefined) throw new Error(`no reading of ${name}`);
  return found;
};

/** Charges that are part of the bill's sum. */
const billed = (name: string): readonly Charge[] =>
  reading(name).bill.charges.filter(({ kind }) => kind !== "split" && kind !== "split-unused");

const total = (amounts: readonly string[]): string =>
  amounts.reduce((sum, amount) => sum.plus(amount), new Decimal(0)).toFixed();

type Amount = "cost" | "effectiveCost" | "quantity";

const sums = <T>(
  parts: readonly T[],
  keyOf: (part: T) => readonly (string | null)[],
  amountsOf: readonly ((part: T) => string)[],
): Readonly<Record<string, readonly string[]>> => {
  const groups = [...Map.groupBy(parts, (part) => keyOf(part).join(" | "))].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    groups.map(([key, members]) => [key, amountsOf.map((amount) => total(members.map(amount)))]),
  );
};

const ofCharges = (name: string, keyOf: (charge: Charge) => readonly (string | null)[], amounts: readonly Amount[]) =>
  sums(
    billed(name),
    keyOf,
    amounts.map((amount) => (charge: Charge) => charge[amount]),
  );

const isUsage = ({ kind }: Charge): boolean => kind === "usage" || kind === "covered";

const KINDS: Readonly<Record<string, string>> = {
  Usage: "usage",
  SavingsPlanCoveredUsage: "covered",
  DiscountedUsage: "covered",
  SavingsPlanNegation: "commitment-offset",
  SavingsPlanRecurringFee: "commitment-fee",
  RIFee: "commitment-fee",
  EdpDiscount: "discount",
  Credit: "credit",
  Refund: "refund",
  Tax: "tax",
  Fee: "fee",
};

const kindOf = ({ lineType }: BillRow): string => KINDS[lineType] ?? lineType;

describe("every source of the bill", () => {
  it.each(NAMES)("adds up to the bill as billed, to the last digit, on every day: %s", (name) => {
    const expected = sums(ROWS, ({ start }) => [start.slice(0, 10)], [({ cost }) => cost]);
    expect(ofCharges(name, ({ day }) => [day], ["cost"])).toEqual(expected);
  });

  it.each(NAMES)("adds up to the bill as amortised: %s", (name) => {
    expect(total(billed(name).map(({ effectiveCost }) => effectiveCost))).toBe(
      total(ROWS.map(({ effectiveCost }) => effectiveCost)),
    );
  });

  it.each(CUR_NAMES)("gives the same by kind: %s", (name) => {
    const expected = sums(ROWS, (row) => [kindOf(row)], [({ cost }) => cost, ({ effectiveCost }) => effectiveCost]);
    expect(ofCharges(name, ({ kind }) => [kind], ["cost", "effectiveCost"])).toEqual(expected);
  });

  it.each(NAMES)("gives the same quantities by service, usage type and region: %s", (name) => {
    const related = new Set(billed(LIVE).flatMap(({ usageType, service }) => (usageType === "" ? [] : [service])));
    const isCompared = (charge: Charge): boolean =>
      isUsage(charge) && related.has(charge.service) && !charge.usageType.includes("ECS-EC2");
    const expected = sums(
      ROWS.filter(
        (row) => ["usage", "covered"].includes(kindOf(row)) && related.has(row.service) && row.split === null,
      ),
      ({ service, usageType, region }) => [service, usageType, region],
      [({ effectiveCost }) => effectiveCost, ({ quantity }) => quantity],
    );
    const found = sums(
      billed(name).filter(isCompared),
      ({ service, usageType, region }) => [service, usageType, region],
      [({ effectiveCost }) => effectiveCost, ({ quantity }) => quantity],
    );
    expect(found).toEqual(expected);
  });

  const isTagged = (charge: Charge): boolean =>
    (isUsage(charge) || charge.kind === "discount") &&
    (charge.cluster ?? "") !== "" &&
    !charge.usageType.includes("ECS-EC2");
  const TAGGED = ROWS.filter(
    (row) =>
      ["usage", "covered", "discount"].includes(kindOf(row)) && "aws:ecs:clusterName" in row.tags && row.split === null,
  );
  const tagsOf = ({ tags }: BillRow): readonly [cluster: string, service: string] => [
    tags["aws:ecs:clusterName"] ?? "",
    tags["aws:ecs:serviceName"] ?? "",
  ];

  it.each(NAMES.filter((name) => name !== SAVED))(
    "gives the same by cluster, ECS service, account and tag: %s",
    (name) => {
      const expected = sums(TAGGED, (row) => [...tagsOf(row), row.account, row.tags["team"] ?? ""], [
        ({ effectiveCost }) => effectiveCost,
      ]);
      const found = sums(
        billed(name).filter(isTagged),
        ({ cluster, ecsService, account, tags }) => [cluster, ecsService, account, tags["team"] ?? null],
        [({ effectiveCost }) => effectiveCost],
      );
      expect(found).toEqual(expected);
    },
  );

  it("tells services from saved answers where their groups leave nothing open, and never more than there is", () => {
    const expected = sums(TAGGED, tagsOf, [({ effectiveCost }) => effectiveCost]);
    const found = sums(billed(SAVED).filter(isTagged), ({ cluster, ecsService }) => [cluster, ecsService], [
      ({ effectiveCost }) => effectiveCost,
    ]);
    for (const key of ["production | worker", "windows | legacy", "managed | search"]) {
      expect(found[key]).toEqual(expected[key]);
    }
    for (const [key, [cost = "0"]] of Object.entries(found)) {
      expect(new Decimal(cost).lte(expected[key]?.[0] ?? "-1")).toBe(true);
    }
  });

  it.each(NAMES)("says which months it covers, in which currency, and loses nothing on the way: %s", (name) => {
    const { bill, issues } = reading(name);
    expect([bill.from, bill.to, bill.currency]).toEqual(["2026-09-01", "2026-11-01", "USD"]);
    expect(issues.filter(({ severity, code }) => severity !== "info" && code !== "bill-detail")).toEqual([]);
  });

  it("is read from files and from Athena with the same answer, charge by charge", () => {
    for (const format of FORMATS) {
      const [one, other] = [reading(athena(format)), reading(files(format))];
      expect(one.bill.charges).toEqual(other.bill.charges);
      expect(one.bill.hours).toEqual(other.bill.hours);
      expect(one.bill.resources).toEqual(other.bill.resources);
      expect(one.bill.detail).toEqual(other.bill.detail);
    }
  });

  it("tells what reading cost where it cost something", () => {
    const pages = server.log.count("ce:GetCostAndUsage");
    expect(reading(LIVE).readingCost).toEqual({
      usd: (pages / 100).toFixed(2),
      detail: `${pages} pages of Cost Explorer at $0.01`,
    });
    expect(reading(athena("cur-2.0")).readingCost?.detail).toMatch(
      /^4 queries of Athena, .* scanned at an assumed \$5 a TB/,
    );
    expect(reading(SAVED).readingCost).toBeNull();
  });
});
