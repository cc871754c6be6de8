import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { billFiles } from "@ecs-cost/core/bill";
import { Decimal as Base } from "decimal.js";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { ExportFormat } from "../support/bill/bill-cells.ts";
import { type BillRow, billRow, plus } from "../support/bill/bill-row.ts";
import { exportOf, type ParquetTypes, writeExport } from "../support/bill/write-export.ts";

const Decimal = Base.clone({ precision: 60, toExpNeg: -60, toExpPos: 60, rounding: Base.ROUND_HALF_UP });
const PLACES = 18;

const folder = mkdtempSync(join(tmpdir(), "ecs-cost-exact-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is smaller than the last place that is added up is no amount. */
const isNoDust = (amount: number): boolean => amount === 0 || Math.abs(amount) > 1e-18;

/** Decimals as bills have them, doubles with all their digits, and numbers in exponent notation. */
const amounts = fc.oneof(
  fc
    .tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 17 }))
    .map(([units, places]) => new Decimal(units).div(new Decimal(10).pow(places)).toFixed()),
  fc.double({ min: -5000, max: 5000, noNaN: true }).filter(isNoDust).map(String),
  fc.double({ min: -1e9, max: 1e9, noNaN: true }).filter(isNoDust).map(String),
  fc.double({ min: 1e-18, max: 1e-3, noNaN: true }).map(String),
  fc.double({ min: -1e-3, max: -1e-18, noNaN: true }).map(String),
  fc.constantFrom(
    "0",
    "-0.0",
    "1e3",
    "1E-7",
    "0.1",
    "0.30000000000000004",
    "1234567.123456789",
    "999999999999",
    "1e-18",
  ),
);

const SERVICES = ["AmazonECS", "AmazonEC2", "AmazonS3", "AWSELB"] as const;

const rows: fc.Arbitrary<readonly BillRow[]> = fc.array(
  fc
    .record({
      cost: amounts,
      quantity: amounts,
      service: fc.constantFrom(...SERVICES),
      account: fc.constantFrom("1", "2"),
    })
    .map((given) => billRow({ ...given, lineType: "Usage", usageType: `X:${given.service}` })),
  { minLength: 1, maxLength: 60 },
);

interface Written {
  readonly format: ExportFormat;
  readonly ending: string;
  readonly amount: ParquetTypes["amount"];
}

const written: fc.Arbitrary<Written> = fc.oneof(
  fc.record({
    format: fc.constantFrom<ExportFormat>("cur-2.0", "cur-legacy", "focus-1.0", "focus-1.1", "focus-1.2"),
    ending: fc.constantFrom(".csv", ".csv.gz"),
    amount: fc.constant<ParquetTypes["amount"]>("VARCHAR"),
  }),
  fc.record({
    format: fc.constantFrom<ExportFormat>("cur-2.0", "cur-legacy-parquet", "focus-1.2"),
    ending: fc.constant(".parquet"),
    amount: fc.constantFrom<ParquetTypes["amount"]>("DOUBLE", "VARCHAR", "DECIMAL(38, 18)"),
  }),
);

/** What the file holds of an amount: the shortest decimal of its double, or the text itself, to 18 places. */
const stored = (text: string, amount: Written["amount"]): string =>
  new Decimal(amount === "DOUBLE" ? String(Number(text)) : text).toDecimalPlaces(PLACES).toFixed();

let files = 0;

describe("whatever the amounts of a bill are", { timeout: 60_000 }, () => {
  it("charges add up to the rows to the last digit, in every format and type", async () => {
    await fc.assert(
      fc.asyncProperty(rows, written, async (bill, { format, ending, amount }) => {
        const file = join(folder, `${files++}${ending}`);
        await writeExport(file, exportOf(bill, format), { amount });
        const reading = await billFiles([file]).read({ from: "2026-10-01", to: "2026-11-01", tagKeys: [] });
        for (const account of ["1", "2"]) {
          const ofAccount = bill.filter((row) => row.account === account);
          const charges = reading.bill.charges.filter((charge) => charge.account === account);
          expect(plus(...charges.map(({ cost }) => cost))).toBe(
            plus(...ofAccount.map(({ cost }) => stored(cost, amount))),
          );
          const related = ofAccount.filter(({ service }) => service !== "AmazonS3");
          const quantities = charges.filter(({ service }) => service !== "AmazonS3").map(({ quantity }) => quantity);
          expect(plus(...quantities)).toBe(plus(...related.map(({ quantity }) => stored(quantity, amount))));
        }
      }),
      { numRuns: 25 },
    );
  });

  it("the order of rows and their division into files change nothing", async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.nat({ max: 60 }), async (bill, cut) => {
        const whole = join(folder, `${files++}.csv`);
        const parts = [bill.slice(0, cut), bill.slice(cut)].filter((part) => part.length > 0);
        const numbered = (part: readonly BillRow[]) =>
          part.map((row, index) => ({ ...row, id: `${cut}-${index}-${files}` }));
        await writeExport(whole, exportOf(bill, "cur-2.0"));
        const names = parts.map((_, index) => join(folder, `${files++}-${index}.csv`));
        for (const [index, part] of parts.entries()) {
          await writeExport(names[index] ?? "", exportOf(numbered(part).toReversed(), "cur-2.0"));
        }
        const request = { from: "2026-10-01", to: "2026-11-01", tagKeys: [] };
        const once = await billFiles([whole]).read(request);
        const divided = await billFiles(names).read(request);
        expect(divided.bill.charges).toEqual(once.bill.charges);
      }),
      { numRuns: 8 },
    );
  });
});
