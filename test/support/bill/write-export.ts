import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import type { BillExport, CellKind, ExportFormat, ExportRow } from "./bill-cells.ts";
import type { BillRow } from "./bill-row.ts";
import { cur2Export, legacyExport } from "./cur-export.ts";
import { focusExport } from "./focus-export.ts";

const coreRequire = createRequire(new URL("../../../packages/core/package.json", import.meta.url));

interface Connection {
  readonly run: (sql: string) => Promise<unknown>;
  readonly closeSync: () => void;
}

interface DuckDbModule {
  readonly DuckDBInstance: {
    readonly create: (
      path: string,
      settings: Readonly<Record<string, string>>,
    ) => Promise<{ readonly connect: () => Promise<Connection>; readonly closeSync: () => void }>;
  };
}

/** Runs statements in a DuckDB of its own, which is the one that core has installed. */
export const runDuckDb = async (
  statements: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const { DuckDBInstance } = (await import(coreRequire.resolve("@duckdb/node-api"))) as DuckDbModule;
  const instance = await DuckDBInstance.create(":memory:", settings);
  const connection = await instance.connect();
  try {
    for (const statement of ["SET TimeZone = 'UTC'", ...statements]) await connection.run(statement);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

/** Rows in a format, before they are written. */
export const exportOf = (rows: readonly BillRow[], format: ExportFormat): BillExport => {
  if (format === "cur-2.0") return cur2Export(rows);
  if (format === "cur-legacy") return legacyExport(rows, "csv");
  if (format === "cur-legacy-parquet") return legacyExport(rows, "parquet");
  return focusExport(rows, format.slice("focus-".length) as "1.0" | "1.1" | "1.2");
};

const cellText = (cell: ExportRow[string] | undefined): string => {
  if (cell === null || cell === undefined) return "";
  const text = typeof cell === "string" ? cell : JSON.stringify(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** CSV text as AWS writes it: quoted where it has to be. */
export const csvText = ({ columns, rows }: BillExport): string => {
  const lines = rows.map((row) => columns.map(([name]) => cellText(row[name])).join(","));
  return `${[columns.map(([name]) => cellText(name)).join(","), ...lines].join("\n")}\n`;
};

/** Types of Parquet columns by what they hold. */
export interface ParquetTypes {
  readonly amount: "DOUBLE" | "VARCHAR" | "DECIMAL(38, 18)" | "DECIMAL(20, 10)";
  readonly time: "TIMESTAMP" | "VARCHAR" | "TIMESTAMP WITH TIME ZONE";
  readonly map: "MAP" | "VARCHAR";
}

const USUAL: ParquetTypes = { amount: "DOUBLE", time: "TIMESTAMP", map: "MAP" };

const parquetColumn = (name: string, kind: CellKind, types: ParquetTypes): string => {
  const ref = `"${name.replaceAll('"', '""')}"`;
  if (kind === "map")
    return types.map === "VARCHAR" ? ref : `CAST(CAST(${ref} AS JSON) AS MAP(VARCHAR, VARCHAR)) AS ${ref}`;
  if (kind === "text") return ref;
  return `CAST(${ref} AS ${kind === "time" ? types.time : types.amount}) AS ${ref}`;
};

const writeParquet = async (file: string, bill: BillExport, types: ParquetTypes): Promise<void> => {
  const csv = `${file}.source.csv`;
  writeFileSync(csv, csvText(bill));
  const columns = bill.columns.map(([name, kind]) => parquetColumn(name, kind, types)).join(", ");
  const source = `read_csv('${csv}', all_varchar = true, header = true, delim = ',', quote = '"', auto_detect = true)`;
  await runDuckDb([`COPY (SELECT ${columns} FROM ${source}) TO '${file}' (FORMAT parquet)`]);
  rmSync(csv);
};

/** Writes an export; the ending of the name tells how: `.csv`, `.csv.gz` or `.parquet`. */
export const writeExport = async (file: string, bill: BillExport, types: Partial<ParquetTypes> = {}): Promise<void> => {
  mkdirSync(dirname(file), { recursive: true });
  if (file.endsWith(".parquet")) await writeParquet(file, bill, { ...USUAL, ...types });
  else if (file.endsWith(".gz")) writeFileSync(file, gzipSync(csvText(bill)));
  else writeFileSync(file, csvText(bill));
};
