import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AthenaBackend } from "../aws-server/services/athena.ts";
import type { ExportFormat } from "./bill-cells.ts";
import type { BillRow } from "./bill-row.ts";
import { exportOf, writeExport } from "./write-export.ts";

const coreRequire = createRequire(new URL("../../../packages/core/package.json", import.meta.url));

interface Reader {
  readonly columnNames: () => readonly string[];
  readonly getRowsJson: () => readonly (readonly unknown[])[];
}

interface Connection {
  readonly run: (sql: string) => Promise<unknown>;
  readonly runAndReadAll: (sql: string) => Promise<Reader>;
}

interface DuckDbModule {
  readonly DuckDBInstance: {
    readonly create: (path: string) => Promise<{ readonly connect: () => Promise<Connection> }>;
  };
}

/** The database of the tables in Athena. */
export const DATABASE = "billing";

/** A table of Athena by the format of its bill. */
export const tableName = (format: ExportFormat): string => format.replaceAll(/[^a-z0-9]/g, "_");

/** In Athena it gives the value, in DuckDB a list. */
const ELEMENT_AT = "CREATE MACRO element_at(entries, entry_key) AS MAP_EXTRACT_VALUE(entries, entry_key)";

const GLUE: readonly (readonly [RegExp, string])[] = [
  [/^MAP/, "map<string,string>"],
  [/^TIMESTAMP/, "timestamp"],
  [/^DOUBLE/, "double"],
  [/^DECIMAL/, "decimal(38,18)"],
  [/^DATE/, "date"],
];

const glueType = (type: string): string => GLUE.find(([pattern]) => pattern.test(type))?.[1] ?? "string";

const START: Readonly<Record<string, string>> = {
  cur: "bill_billing_period_start_date",
  focus: "BillingPeriodStart",
};

/** Writes tables of the same bill and answers Athena's SQL over them with DuckDB. */
export const athenaTables = async (
  folder: string,
  rows: readonly BillRow[],
  formats: readonly ExportFormat[],
): Promise<AthenaBackend & { readonly asked: string[] }> => {
  const { DuckDBInstance } = (await import(coreRequire.resolve("@duckdb/node-api"))) as DuckDbModule;
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`SET TimeZone = 'UTC'; CREATE SCHEMA "${DATABASE}"; ${ELEMENT_AT}`);
  const bytes = new Map<string, number>();
  for (const format of formats) {
    const file = join(folder, `${format}.parquet`);
    await writeExport(file, exportOf(rows, format));
    const start = START[format.split("-")[0] ?? ""] ?? "";
    await connection.run(
      `CREATE VIEW "${DATABASE}"."${tableName(format)}" AS SELECT *, strftime("${start}", '%Y-%m') AS billing_period FROM read_parquet('${file}')`,
    );
    bytes.set(tableName(format), statSync(file).size);
  }
  const asked: string[] = [];
  return {
    asked,
    table: async (database, table) => {
      if (database !== DATABASE || !bytes.has(table)) return undefined;
      const described = await connection.runAndReadAll(`DESCRIBE "${DATABASE}"."${table}"`);
      const all = described
        .getRowsJson()
        .map(([name, type]) => ({ name: String(name).toLowerCase(), type: glueType(String(type)) }));
      const isPartition = ({ name }: { readonly name: string }): boolean => name === "billing_period";
      return { columns: all.filter((column) => !isPartition(column)), partitions: all.filter(isPartition) };
    },
    query: async (sql) => {
      asked.push(sql);
      const answer = await connection.runAndReadAll(sql);
      const table = [...bytes.keys()].find((name) => sql.includes(`"${name}"`)) ?? "";
      return {
        names: answer.columnNames(),
        rows: answer.getRowsJson().map((row) => row.map((cell) => (cell === null ? null : String(cell)))),
        scannedBytes: bytes.get(table) ?? 0,
      };
    },
  };
};
