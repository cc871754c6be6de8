/** What a column of an export holds. */
export type CellKind = "text" | "amount" | "time" | "map";

/** A row of an export by its columns; null where it is empty. Maps are kept as records, times as ISO text. */
export type ExportRow = Readonly<Record<string, string | Readonly<Record<string, string>> | null>>;

/** An export before it is written: columns in their order, and rows. */
export interface BillExport {
  readonly columns: readonly (readonly [name: string, kind: CellKind])[];
  readonly rows: readonly ExportRow[];
}

export type ExportFormat = "cur-2.0" | "cur-legacy" | "cur-legacy-parquet" | "focus-1.0" | "focus-1.1" | "focus-1.2";
