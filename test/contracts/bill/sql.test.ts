import { TrinoSQL } from "dt-sql-parser";
import { describe, expect, it } from "vitest";
import { chargesSql } from "../../../packages/core/src/adapters/bill/sql/charges.ts";
import { coverageSql } from "../../../packages/core/src/adapters/bill/sql/coverage.ts";
import { hoursSql } from "../../../packages/core/src/adapters/bill/sql/hours.ts";
import { resourcesSql } from "../../../packages/core/src/adapters/bill/sql/resources.ts";
import { billTable, type TableColumn } from "../../../packages/core/src/adapters/bill/table/bill-format.ts";
import type { BillTable } from "../../../packages/core/src/adapters/bill/table/bill-table.ts";
import { identifier } from "../../../packages/core/src/adapters/bill/table/sql-text.ts";
import type { CellKind, ExportFormat } from "../../support/bill/bill-cells.ts";
import { canonicalBill } from "../../support/bill/canonical-bill.ts";
import { exportOf } from "../../support/bill/write-export.ts";

const ROWS = canonicalBill("2026-10-01", "2026-10-02");
const FORMATS: readonly ExportFormat[] = [
  "cur-2.0",
  "cur-legacy",
  "cur-legacy-parquet",
  "focus-1.0",
  "focus-1.1",
  "focus-1.2",
];

type Types = Readonly<Record<CellKind, string>>;

/** Types of the columns as the Glue catalog says them: as AWS delivers, and as crawlers and views make of it. */
const TYPES: Readonly<Record<string, Types>> = {
  "as delivered": { text: "string", amount: "double", time: "timestamp", map: "map<string,string>" },
  "all text": { text: "string", amount: "string", time: "string", map: "string" },
  "decimals and dates": { text: "varchar(65535)", amount: "decimal(38,18)", time: "date", map: "map<string,string>" },
};

const text = (name: string): TableColumn => ({ name, type: "string" });

const PARTITIONS: Readonly<Record<string, readonly TableColumn[]>> = {
  none: [],
  "billing period": [text("billing_period")],
  "year and month": [text("year"), text("month")],
};

const tableOf = (
  format: ExportFormat,
  types: Types,
  partitions: readonly TableColumn[],
  lacking: RegExp,
): BillTable => {
  const columns = exportOf(ROWS, format)
    .columns.filter(([name]) => !lacking.test(name))
    .map(([name, kind]): TableColumn => ({ name: name.toLowerCase(), type: types[kind] }));
  const from = `${identifier("billing")}.${identifier('a "quoted" table')}`;
  return billTable(from, [...columns, ...partitions], format, partitions);
};

const sqlOf = (table: BillTable, tagKeys: readonly string[]): readonly string[] => {
  const request = { from: "2026-09-01", to: "2026-11-01", tagKeys };
  const usageTypes = ["EU-Fargate-GB-Hours", "it's"];
  const resources = resourcesSql(table, request, usageTypes);
  return [
    coverageSql(table),
    chargesSql(table, request),
    hoursSql(table, request, usageTypes),
    ...(resources === null ? [] : [resources]),
  ];
};

const problems = (sql: string): readonly unknown[] =>
  new TrinoSQL().validate(sql).map(({ message, startLine, startColumn }) => ({ message, startLine, startColumn, sql }));

const NOTHING = /^$/;
const OPTIONAL =
  /^(?:split_|savings_plan|reservation|pricing_|product|bill_billing|line_item_(?:operation|resource|currency|usage_end)|resource_?tags|Tags|Commitment|Region|Resource|SubAccount|BillingPeriod|ListCost|Pricing|x_Operation)/i;

describe("SQL over a bill is SQL of Athena", { timeout: 60_000 }, () => {
  const cases = FORMATS.flatMap((format) => Object.keys(TYPES).map((types) => [format, types] as const));

  it.each(cases)("of %s, %s", (format, name) => {
    const types = TYPES[name] as Types;
    for (const partitions of Object.values(PARTITIONS)) {
      const table = tableOf(format, types, partitions, NOTHING);
      expect(sqlOf(table, ["team"]).flatMap(problems)).toEqual([]);
    }
  });

  it.each(FORMATS)("of %s without the columns that it can do without", (format) => {
    const table = tableOf(format, TYPES["as delivered"] as Types, [], OPTIONAL);
    expect(sqlOf(table, []).flatMap(problems)).toEqual([]);
  });

  it("whatever the keys of tags are", () => {
    const hostile = ["it's", '"; DROP TABLE bill; --', "a\\", "$[*]", "größe 💰", "aws:createdBy"];
    for (const format of FORMATS) {
      const table = tableOf(format, TYPES["as delivered"] as Types, [], NOTHING);
      expect(sqlOf(table, hostile).flatMap(problems)).toEqual([]);
    }
  });

  it("which the grammar would tell", () => {
    expect(problems("SELECT TRY(a['x') FROM b")).not.toEqual([]);
    expect(problems("SELECT a::text FROM b")).not.toEqual([]);
  });
});
