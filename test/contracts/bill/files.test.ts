import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Charge, Decimal } from "@ecs-cost/core";
import type { BillReading } from "@ecs-cost/core/aws";
import { billFiles } from "@ecs-cost/core/bill";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ExportFormat } from "../../support/bill/bill-cells.ts";
import { plus, total } from "../../support/bill/bill-row.ts";
import { canonicalBill } from "../../support/bill/canonical-bill.ts";
import { exportOf, type ParquetTypes, writeExport } from "../../support/bill/write-export.ts";

const REQUEST = { from: "2026-09-01", to: "2026-11-01", tagKeys: ["team", "CostCenter"] };
const ROWS = canonicalBill("2026-09-29", "2026-10-03");

type Written = readonly [name: string, format: ExportFormat, ending: string, types?: Partial<ParquetTypes>];

const WRITTEN: readonly Written[] = [
  ["cur-2.0", "cur-2.0", ".csv"],
  ["cur-2.0", "cur-2.0", ".csv.gz"],
  ["cur-2.0", "cur-2.0", ".parquet"],
  ["cur-2.0 all text", "cur-2.0", ".parquet", { amount: "VARCHAR", time: "VARCHAR", map: "VARCHAR" }],
  ["cur-2.0 decimals", "cur-2.0", ".parquet", { amount: "DECIMAL(38, 18)", time: "TIMESTAMP WITH TIME ZONE" }],
  ["cur-legacy", "cur-legacy", ".csv"],
  ["cur-legacy", "cur-legacy", ".csv.gz"],
  ["cur-legacy", "cur-legacy-parquet", ".parquet"],
  ["focus-1.0", "focus-1.0", ".csv"],
  ["focus-1.0", "focus-1.0", ".parquet"],
  ["focus-1.1", "focus-1.1", ".csv.gz"],
  ["focus-1.1", "focus-1.1", ".parquet", { map: "VARCHAR", time: "VARCHAR" }],
  ["focus-1.2", "focus-1.2", ".csv"],
  ["focus-1.2", "focus-1.2", ".parquet"],
];

const titleOf = ([name, , ending]: Written): string => `${name}${ending}`;

let folder: string;
const readings = new Map<string, BillReading>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ecs-cost-bill-test-"));
  for (const written of WRITTEN) {
    const [, format, ending, types] = written;
    const file = join(folder, `${readings.size}`, `part${ending}`);
    await writeExport(file, exportOf(ROWS, format), types);
    readings.set(titleOf(written), await billFiles([file]).read(REQUEST));
  }
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

const reading = (title: string): BillReading => {
  const found = readings.get(title);
  if (found === undefined) throw new Error(`${title} was not read`);
  return found;
};

const FIRST = "cur-2.0.csv";
const isBilled = ({ kind }: Charge): boolean => kind !== "split" && kind !== "split-unused";

const totalOf = (charges: readonly Charge[], amount: "cost" | "effectiveCost"): string =>
  plus(...charges.filter(isBilled).map((charge) => charge[amount]));

/** Effective cost by everything that every format tells: FOCUS has no negations, and no instances by split cost allocation. */
const comparable = ({ bill }: BillReading): Readonly<Record<string, string>> => {
  const sums = new Map<string, Decimal>();
  for (const { cost, effectiveCost, onDemandCost, quantity, containerInstance, ...key } of bill.charges) {
    if (!isBilled({ ...key } as Charge) || key.kind === "commitment-offset" || key.operation === "ECSTask-EC2")
      continue;
    const text = JSON.stringify(Object.entries(key).sort());
    sums.set(text, (sums.get(text) ?? new Decimal(0)).plus(effectiveCost));
  }
  return Object.fromEntries([...sums].map(([key, cost]) => [key, cost.toFixed()]));
};

describe.each(WRITTEN.map(titleOf))("a bill as %s", (title) => {
  const isFocus = title.startsWith("focus");

  it("adds up to its rows, to the last digit", () => {
    const { charges } = reading(title).bill;
    expect(totalOf(charges, "cost")).toBe(total(ROWS, "cost"));
    expect(totalOf(charges, "effectiveCost")).toBe(total(ROWS, "effectiveCost"));
  });

  it("tells the same as every other", () => {
    expect(comparable(reading(title))).toEqual(comparable(reading(FIRST)));
    if (!isFocus) expect(reading(title).bill.charges).toEqual(reading(FIRST).bill.charges);
  });

  it("says what it knows", () => {
    const { bill, issues, readingCost } = reading(title);
    expect(bill).toMatchObject({ currency: "USD", from: "2026-09-01", to: "2026-10-03" });
    expect(bill.format).toBe(title.split(/ |\.(?:csv|parquet)/)[0]);
    expect(bill.detail).toEqual({
      granularity: "hour",
      ecsTags: true,
      splitCostAllocation: !isFocus,
      resources: true,
      amortised: true,
    });
    expect(issues).toEqual([]);
    expect(readingCost).toBeNull();
  });

  it("knows hours and resources", () => {
    const { bill } = reading(title);
    const first = reading(FIRST).bill;
    const hours = bill.hours?.map(({ cost: _cost, ...hour }) => hour);
    expect(hours).toEqual(first.hours?.map(({ cost: _cost, ...hour }) => hour));
    expect(bill.resources).toEqual(first.resources);
  });
});

describe("a line of the bill", () => {
  const charges = (): readonly Charge[] => reading(FIRST).bill.charges;

  it("keeps what split cost allocation says apart from what is billed", () => {
    const split = charges().filter(({ kind }) => kind === "split");
    expect(split[0]).toMatchObject({
      operation: "ECSTask-EC2",
      cluster: "batch",
      ecsService: "reports",
      quantity: "24",
      cost: "0.276",
    });
    expect(charges().find(({ kind }) => kind === "split-unused")).toMatchObject({ cost: "0.0345", quantity: "0" });
  });

  it("knows instances that run tasks by split cost allocation and by their tags", () => {
    const instances = charges().filter(({ service, kind }) => service === "AmazonEC2" && kind === "usage");
    const byUsage = (usageType: string) => instances.filter((charge) => charge.usageType === usageType);
    expect(byUsage("EUC1-BoxUsage:m5.xlarge").every(({ containerInstance }) => containerInstance)).toBe(true);
    expect(byUsage("EUC1-BoxUsage:c7g.large").every(({ containerInstance }) => containerInstance)).toBe(true);
    expect(byUsage("EUC1-SpotUsage:c6g.large").some(({ containerInstance }) => containerInstance)).toBe(false);
  });

  it("of a service that has nothing to do with ECS is added up without its usage type", () => {
    const storage = charges().filter(({ service, kind }) => service === "AmazonS3" && kind === "usage");
    expect(storage.length).toBe(4);
    expect(storage.every(({ usageType, unit }) => usageType === "" && unit === "")).toBe(true);
  });
});
