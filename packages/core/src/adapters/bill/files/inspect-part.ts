import { isBorderError } from "../../../domain/issues/border-error.ts";
import type { DuckDb } from "../duckdb/open-duckdb.ts";
import { billFormat, missingColumns } from "../table/bill-format.ts";
import type { TableFormat } from "../table/bill-table.ts";
import { csvColumns, cutParquet, isZip, type PartKind, partKind } from "./bill-part.ts";
import type { BillFile } from "./list-bill-files.ts";
import { fileList, type NamedColumn } from "./part-group.ts";
import type { SizeLimits } from "./size-limits.ts";

/** A part of a bill, a part that cannot be read, or a file that has nothing to do with one. */
export type InspectedPart =
  | {
      readonly is: "part";
      readonly file: BillFile;
      readonly kind: PartKind;
      readonly format: TableFormat;
      readonly columns: readonly NamedColumn[];
    }
  | { readonly is: "broken"; readonly file: BillFile; readonly reason: string }
  | { readonly is: "foreign"; readonly file: BillFile };

/** First line of what an engine or the file system says went wrong, without its kind. */
export const firstLine = (error: unknown): string => {
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return line.replace(/^[A-Z][A-Za-z ]+ Error: /, "").trim();
};

const parquetColumns = async (db: DuckDb, { realPath }: BillFile): Promise<readonly NamedColumn[]> => {
  const columns: NamedColumn[] = [];
  const sql = `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM READ_PARQUET(${fileList([realPath])}, hive_partitioning = false, binary_as_string = true))`;
  for await (const rows of db.rows(sql)) {
    for (const [name, type] of rows) columns.push({ name: name ?? "", type: type ?? "" });
  }
  return columns;
};

const columnsOf = async (
  db: DuckDb,
  file: BillFile,
  kind: PartKind,
  limits: SizeLimits,
): Promise<readonly NamedColumn[] | null> => {
  if (kind === "parquet") return parquetColumns(db, file);
  return csvColumns(file, limits)?.map((name) => ({ name, type: "VARCHAR" })) ?? null;
};

/** Looks at the first bytes and the columns of a file. */
export const inspectPart = async (db: DuckDb, file: BillFile, limits: SizeLimits): Promise<InspectedPart> => {
  const broken = (reason: string): InspectedPart => ({ is: "broken", file, reason });
  if (file.bytes === 0) return broken("is empty, without even a first line");
  try {
    if (isZip(file)) return broken("is a ZIP archive: unpack it, or have the report delivered as gzip or Parquet");
    const kind = partKind(file);
    const cut = kind === "parquet" ? cutParquet(file) : null;
    if (cut !== null) return broken(cut);
    const columns = await columnsOf(db, file, kind, limits);
    if (columns === null) return broken("is cut off in its first line, or is no CSV");
    const format = billFormat(columns.map(({ name }) => name));
    return format === null ? { is: "foreign", file } : { is: "part", file, kind, format, columns };
  } catch (error) {
    if (isBorderError(error)) throw error;
    return broken(`cannot be read: ${firstLine(error)}`);
  }
};

/** Columns that a part lacks, by the names that the export gives them. */
export const lackingColumns = (part: Extract<InspectedPart, { readonly is: "part" }>): readonly string[] =>
  missingColumns(
    part.format,
    part.columns.map(({ name }) => name),
  );
