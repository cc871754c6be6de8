import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { BillReading } from "@ecs-cost/core/aws";
import { type BillFilesOptions, billFiles } from "@ecs-cost/core/bill";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { BillExport } from "../../support/bill/bill-cells.ts";
import { type BillRow, billRow, plus, total } from "../../support/bill/bill-row.ts";
import { canonicalBill } from "../../support/bill/canonical-bill.ts";
import { csvText, exportOf, writeExport } from "../../support/bill/write-export.ts";

const REQUEST = { from: "2026-09-01", to: "2026-11-01", tagKeys: ["team"] };
const [FIRST_DAY, SECOND_DAY, THIRD_DAY] = ["01", "02", "03"].map((day) =>
  canonicalBill(`2026-10-${day}`, `2026-10-${String(Number(day) + 1).padStart(2, "0")}`).map((row) => ({
    ...row,
    id: `${day}${row.id}`,
  })),
) as [BillRow[], BillRow[], BillRow[]];
const ALL = [...FIRST_DAY, ...SECOND_DAY, ...THIRD_DAY];

let root: string;
let written: string;
let folder: string;
let folders = 0;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "ecs-cost-parts-"));
  written = join(root, "written");
  await writeExport(join(written, "2.parquet"), exportOf(SECOND_DAY, "cur-2.0"));
  await writeExport(join(written, "3-text.parquet"), exportOf(THIRD_DAY, "cur-2.0"), {
    amount: "VARCHAR",
    time: "VARCHAR",
  });
});

beforeEach(() => {
  folder = join(root, `bill-${folders++}`);
  mkdirSync(folder);
});

afterAll(() => rmSync(root, { recursive: true }));

const put = (name: string, content: string | Buffer): string => {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
};

const csvOf = (rows: readonly BillRow[]): string => csvText(exportOf(rows, "cur-2.0"));
const gzipOf = (rows: readonly BillRow[]): Buffer => gzipSync(csvOf(rows));

const read = (paths: readonly string[] = [folder], options: BillFilesOptions = {}): Promise<BillReading> =>
  billFiles(paths, options).read(REQUEST);

const billed = ({ bill }: BillReading): string =>
  plus(...bill.charges.filter(({ kind }) => !kind.startsWith("split")).map(({ cost }) => cost));

const without = (bill: BillExport, column: string): BillExport => ({
  ...bill,
  columns: bill.columns.filter(([name]) => name !== column),
});

describe("a bill in parts", { timeout: 60_000 }, () => {
  it("is found in folders of partitions, among manifests and other files", async () => {
    put("data/BILLING_PERIOD=2026-10/part-1.csv", csvOf(FIRST_DAY));
    put("data/BILLING_PERIOD=2026-10/part-2.csv.gz", gzipOf(SECOND_DAY));
    copyFileSync(join(written, "3-text.parquet"), join(folder, "data/BILLING_PERIOD=2026-10/part-3.snappy.parquet"));
    put("metadata/BILLING_PERIOD=2026-10/bill-Manifest.json", "{}");
    put("data/BILLING_PERIOD=2026-10/_SUCCESS", "");
    put("cost_and_usage_data_status.csv", "status\nREADY\n");
    const reading = await read();
    expect(billed(reading)).toBe(total(ALL, "cost"));
    expect(reading.bill.detail.granularity).toBe("hour");
    expect(reading.issues).toEqual([
      {
        code: "ignored-input",
        severity: "info",
        subject: join(folder, "cost_and_usage_data_status.csv"),
        detail: "is no part of a bill; it is not read",
      },
    ]);
  });

  it("may have columns in another order, of other types, or only in some parts", async () => {
    const bill = exportOf(FIRST_DAY, "cur-2.0");
    put("1.csv", csvText({ ...bill, columns: bill.columns.toReversed() }));
    copyFileSync(join(written, "2.parquet"), join(folder, "2.parquet"));
    copyFileSync(join(written, "3-text.parquet"), join(folder, "3.parquet"));
    put("4.csv", csvText(without(exportOf(canonicalBill("2026-10-04", "2026-10-05"), "cur-2.0"), "resource_tags")));
    const rows = [...ALL, ...canonicalBill("2026-10-04", "2026-10-05")];
    const reading = await read();
    expect(billed(reading)).toBe(total(rows, "cost"));
    expect(reading.bill.to).toBe("2026-10-05");
  });

  it("may have any name", async () => {
    const names = ["a [1]*?.csv", 'it\'s "b".csv.gz', "ü.csv"];
    for (const [index, rows] of [FIRST_DAY, SECOND_DAY, THIRD_DAY].entries()) {
      const name = names[index] ?? "";
      put(name, name.endsWith(".gz") ? gzipOf(rows) : csvOf(rows));
    }
    expect(billed(await read())).toBe(total(ALL, "cost"));
    expect(billed(await read([join(folder, names[0] ?? "")]))).toBe(total(FIRST_DAY, "cost"));
  });

  it("may have the ends of lines and the mark of Windows", async () => {
    put("1.csv", `\uFEFF${csvOf(FIRST_DAY).replaceAll("\n", "\r\n")}`);
    put("2.csv", csvOf(SECOND_DAY));
    expect(billed(await read())).toBe(total([...FIRST_DAY, ...SECOND_DAY], "cost"));
  });

  it("counts a part once that is there twice, and tells so", async () => {
    put("1.csv", csvOf(FIRST_DAY));
    put("copy/1 (copy).csv", csvOf(FIRST_DAY));
    const reading = await read([folder, folder, join(folder, "1.csv")]);
    expect(billed(reading)).toBe(total(FIRST_DAY, "cost"));
    expect(reading.issues).toMatchObject([{ code: "duplicate-bill", severity: "info" }]);
  });

  it("is read from its last delivery where every version is kept", async () => {
    put("BILLING_PERIOD=2026-10/2026-10-04T00:10:00.000Z-1/part-1.csv", csvOf(FIRST_DAY));
    put("BILLING_PERIOD=2026-10/2026-10-05T00:10:00.000Z-2/part-1.csv", csvOf(ALL));
    const reading = await read();
    expect(billed(reading)).toBe(total(ALL, "cost"));
    expect(reading.issues).toMatchObject([{ code: "duplicate-bill" }]);
  });

  it("is read from the delivery that the manifest names, and from none where none does", async () => {
    const [old, last] = ["0a1b2c3d-0000-4000-8000-00000000000f", "0a1b2c3d-0000-4000-8000-000000000001"];
    put(`20261001-20261101/${old}/bill-1.csv`, csvOf(FIRST_DAY));
    put(`20261001-20261101/${last}/bill-1.csv`, csvOf(ALL));
    await expect(read()).rejects.toMatchObject({ code: "duplicate-bill", source: "user" });
    put("20261001-20261101/bill-Manifest.json", JSON.stringify({ assemblyId: last }));
    expect(billed(await read())).toBe(total(ALL, "cost"));
  });
});

describe("a broken part", { timeout: 60_000 }, () => {
  const broken: Readonly<Record<string, (name: string) => string>> = {
    "cut gzip": (name) => put(`${name}.csv.gz`, gzipOf(SECOND_DAY).subarray(0, -4)),
    "gzip cut in the middle": (name) => put(`${name}.csv.gz`, gzipOf(SECOND_DAY).subarray(0, 2000)),
    "gzip with a wrong checksum": (name) => {
      const bytes = gzipOf(SECOND_DAY);
      bytes[bytes.length - 6] = (bytes[bytes.length - 6] ?? 0) ^ 0xff;
      return put(`${name}.csv.gz`, bytes);
    },
    "cut csv": (name) => put(`${name}.csv`, csvOf(SECOND_DAY).slice(0, -100)),
    "csv cut in its first line": (name) => put(`${name}.csv`, csvOf(SECOND_DAY).slice(0, 100)),
    "empty file": (name) => put(`${name}.csv`, ""),
    "cut parquet": (name) => {
      const file = join(folder, `${name}.parquet`);
      cpSync(join(written, "2.parquet"), file);
      truncateSync(file, 4000);
      return file;
    },
    "parquet without an end": (name) => put(`${name}.parquet`, Buffer.from("PAR1 nothing else than this PAR1")),
    "parquet with spoiled pages": (name) => {
      const bytes = readFileSync(join(written, "2.parquet"));
      return put(`${name}.parquet`, bytes.fill(0xee, 10, Math.floor(bytes.length * 0.6)));
    },
  };

  it.each(Object.keys(broken))("%s: is named, and nothing is told without it", async (kind) => {
    put("good.csv", csvOf(FIRST_DAY));
    const file = broken[kind]?.("bad") ?? "";
    const error = await read().catch((cause: unknown) => cause);
    expect(error).toMatchObject({ name: "BorderError", code: "broken-bill", source: "user" });
    expect((error as Error).message).toContain(file);
  });

  it("is left out where that is asked for, and the figures are told to be incomplete", async () => {
    put("good.csv", csvOf(FIRST_DAY));
    put("other.csv.gz", gzipOf(THIRD_DAY));
    const files = ["cut gzip", "cut csv", "cut parquet", "parquet with spoiled pages"].map(
      (kind) => broken[kind]?.(`bad ${kind}`) ?? "",
    );
    const reading = await read([folder], { leaveOutBroken: true });
    expect(billed(reading)).toBe(total([...FIRST_DAY, ...THIRD_DAY], "cost"));
    expect(reading.issues.map(({ code, severity, subject }) => [code, severity, subject]).sort()).toEqual(
      files.map((file) => ["broken-bill", "error", file]).sort(),
    );
  });
});

describe("what is no bill to be read", { timeout: 60_000 }, () => {
  it("names the columns that are missing", async () => {
    const bill = exportOf(FIRST_DAY, "cur-2.0");
    const file = put("1.csv", csvText(without(without(bill, "line_item_unblended_cost"), "line_item_usage_amount")));
    await expect(read()).rejects.toMatchObject({
      code: "missing-columns",
      message: `${file}: lacks line_item_usage_amount, line_item_unblended_cost`,
    });
  });

  it("names the files where formats are mixed", async () => {
    const cur = put("cur.csv", csvOf(FIRST_DAY));
    const focus = put("focus.csv", csvText(exportOf(FIRST_DAY, "focus-1.2")));
    await expect(read()).rejects.toMatchObject({
      code: "mixed-bill",
      message: `${cur}: is cur-2.0\n${focus}: is focus-1.2`,
    });
  });

  it("refuses other files by name, and folders without bills", async () => {
    const file = put("other.csv", "a,b\n1,2\n");
    await expect(read([file])).rejects.toMatchObject({ code: "unknown-bill" });
    await expect(read()).rejects.toMatchObject({ code: "unknown-bill" });
    put("sub/readme.txt", "x");
    await expect(read([join(folder, "sub")])).rejects.toMatchObject({ code: "no-bill" });
    await expect(read([join(folder, "nothing")])).rejects.toMatchObject({ code: "unreadable-file" });
  });

  it("refuses amounts that are none, several currencies and sums that do not fit", async () => {
    const bill = exportOf(FIRST_DAY, "cur-2.0");
    const changed = (column: string, value: string): string =>
      csvText({ ...bill, rows: bill.rows.map((row, index) => (index === 3 ? { ...row, [column]: value } : row)) });
    put("1.csv", changed("line_item_unblended_cost", "n/a"));
    await expect(read()).rejects.toMatchObject({ code: "invalid-bill", message: expect.stringContaining("n/a") });
    put("1.csv", changed("line_item_currency_code", "EUR"));
    await expect(read()).rejects.toMatchObject({
      code: "several-currencies",
      message: expect.stringContaining("EUR, USD"),
    });
    put("1.csv", changed("line_item_usage_start_date", "10/01/2026 00:00"));
    await expect(read()).rejects.toMatchObject({
      code: "invalid-bill",
      message: expect.stringContaining("10/01/2026"),
    });
    const huge = { line_item_unblended_cost: "99999999999999999999" };
    put("1.csv", csvText({ ...bill, rows: bill.rows.map((row) => ({ ...row, ...huge })) }));
    await expect(read()).rejects.toMatchObject({ code: "bill-overflow" });
  });
});

describe("a month", { timeout: 60_000 }, () => {
  const credit = billRow({ lineType: "Credit", account: "1", service: "AmazonECS", usageType: "", cost: "-12.5" });

  it("without lines is told with the months that there are", async () => {
    put("1.csv", csvOf(canonicalBill("2026-07-01", "2026-07-02")));
    const { bill, issues } = await read();
    expect(bill).toMatchObject({ from: "2026-09-01", to: "2026-09-01", charges: [] });
    expect(issues).toMatchObject([{ code: "empty-month", detail: expect.stringContaining("2026-07") }]);
  });

  it("may be a first line without others", async () => {
    put("1.csv", csvOf(FIRST_DAY).split("\n", 1).join("").concat("\n"));
    const { bill, issues } = await read();
    expect(bill.charges).toEqual([]);
    expect(issues).toMatchObject([{ code: "empty-month", detail: "the bill holds no line at all" }]);
  });

  it("may hold credits only", async () => {
    put("1.csv", csvOf([credit]));
    const { bill, issues } = await read();
    expect(bill.charges).toMatchObject([{ kind: "credit", cost: "-12.5", effectiveCost: "-12.5" }]);
    expect(bill).toMatchObject({ from: "2026-10-01", hours: null });
    expect(issues).toEqual([]);
  });

  it("counts lines that began before it on its first day, and lines of other months not at all", async () => {
    const late = { ...credit, start: "2026-08-30T00:00:00Z", period: "2026-09-01", cost: "-1" };
    const other = { ...credit, period: "2026-11-01", start: "2026-11-01T00:00:00Z", cost: "-100" };
    put("1.csv", csvOf([credit, late, other]));
    const { bill, issues } = await read();
    expect(bill.charges.map(({ day, cost }) => [day, cost])).toEqual([
      ["2026-09-01", "-1"],
      ["2026-10-01", "-12.5"],
    ]);
    expect(issues).toMatchObject([{ code: "bill-detail", detail: expect.stringMatching(/^1 lines? began outside/) }]);
  });

  it("in another currency is one in that currency", async () => {
    const bill = exportOf(FIRST_DAY, "focus-1.0");
    put("1.csv", csvText({ ...bill, rows: bill.rows.map((row) => ({ ...row, BillingCurrency: "CNY" })) }));
    expect((await read()).bill.currency).toBe("CNY");
  });

  it("whose line types are not known says so", async () => {
    put("1.csv", csvOf([{ ...credit, lineType: "Surprise" }]));
    const { bill, issues } = await read();
    expect(bill.charges).toMatchObject([{ kind: "fee", cost: "-12.5" }]);
    expect(issues).toMatchObject([
      { code: "bill-detail", severity: "warning", detail: expect.stringContaining("Surprise") },
    ]);
  });

  it("without the columns of commitments tells that it cannot spread them", async () => {
    put("1.csv", csvText(without(exportOf(FIRST_DAY, "cur-2.0"), "savings_plan_savings_plan_effective_cost")));
    const reading = await read();
    expect(reading.bill.detail.amortised).toBe(false);
    expect(billed(reading)).toBe(total(FIRST_DAY, "cost"));
    expect(reading.issues).toMatchObject([
      { detail: expect.stringContaining("savings_plan_savings_plan_effective_cost") },
    ]);
  });

  it("of which some parts lack columns of commitments counts those as billed, and says so", async () => {
    put("1.csv", csvText(without(exportOf(FIRST_DAY, "cur-2.0"), "savings_plan_savings_plan_effective_cost")));
    put("2.csv", csvOf(SECOND_DAY));
    const reading = await read();
    const covered = reading.bill.charges.filter(
      ({ kind, commitment }) => kind === "covered" && commitment === "savings-plan",
    );
    const asBilled = covered.filter(({ cost, effectiveCost }) => cost === effectiveCost);
    expect([covered.length > 0, new Set(asBilled.map(({ day }) => day))]).toEqual([true, new Set(["2026-10-01"])]);
    expect(billed(reading)).toBe(total([...FIRST_DAY, ...SECOND_DAY], "cost"));
    expect(reading.issues).toMatchObject([
      {
        severity: "warning",
        detail: expect.stringContaining("some parts lack savings_plan_savings_plan_effective_cost"),
      },
    ]);
  });

  it("by the hour knows no hours where a line lasts longer than its hour", async () => {
    put("1.csv", csvOf(FIRST_DAY));
    const hourly = await read();
    const [line] = FIRST_DAY.filter(({ usageType }) => usageType.endsWith("Fargate-vCPU-Hours:perCPU"));
    put("1.csv", csvOf([...FIRST_DAY, { ...(line as BillRow), id: "long", end: "2026-10-03T00:00:00Z" }]));
    const { bill } = await read();
    expect([hourly.bill.hours === null, bill.hours]).toEqual([false, null]);
  });
});
