import { type ColumnType, columnKey, columnType } from "../table/bill-table.ts";
import { identifier, literal } from "../table/sql-text.ts";
import { isMapColumn, isWanted } from "../table/wanted-columns.ts";

export interface PartColumn {
  readonly key: string;
  readonly type: ColumnType;
  /** The column as SQL, with the type above. */
  readonly expression: string;
}

/** Parts with the same columns: a relation of its own. */
export interface PartGroup {
  /** Relation as SQL. */
  readonly from: string;
  readonly columns: ReadonlyMap<string, PartColumn>;
}

/** A path as DuckDB takes it, which reads signs in it as patterns. */
export const withoutPattern = (path: string): string => path.replaceAll(/[*?[]/g, "[$&]");

export const fileList = (paths: readonly string[]): string =>
  `[${paths.map((path) => literal(withoutPattern(path))).join(", ")}]`;

/** A map from what stands for one: a map, JSON text of one, or a struct. */
const asMap = (ref: string, sqlType: string): string => {
  const type = sqlType.toUpperCase();
  if (type.startsWith("MAP(")) return `CAST(${ref} AS MAP(VARCHAR, VARCHAR))`;
  const json =
    type.startsWith("VARCHAR") || type === "JSON"
      ? `CAST(NULLIF(CAST(${ref} AS VARCHAR), '') AS JSON)`
      : `TO_JSON(${ref})`;
  return `CAST(${json} AS MAP(VARCHAR, VARCHAR))`;
};

const partColumn = (name: string, sqlType: string, ref: string): PartColumn => {
  const key = columnKey(name);
  if (isMapColumn(key)) return { key, type: "map", expression: asMap(ref, sqlType) };
  const type = columnType(sqlType);
  const plain = type === "other" ? `CAST(${ref} AS VARCHAR)` : ref;
  return { key, type: type === "other" ? "text" : type, expression: plain };
};

/** Two names of one key, for example tags that differ in case only, are one column: the first that is not empty. */
const merged = (columns: readonly PartColumn[]): ReadonlyMap<string, PartColumn> => {
  const byKey = new Map<string, PartColumn>();
  for (const column of columns) {
    const known = byKey.get(column.key);
    const both = known?.type === "text" && column.type === "text";
    if (known === undefined) byKey.set(column.key, column);
    else if (both) {
      byKey.set(column.key, {
        ...known,
        expression: `COALESCE(NULLIF(${known.expression}, ''), ${column.expression})`,
      });
    }
  }
  return byKey;
};

export interface NamedColumn {
  readonly name: string;
  /** Type as DuckDB says it. */
  readonly type: string;
}

/** The map of products is wide, and only its region is of use. */
const withoutProduct = (columns: ReadonlyMap<string, PartColumn>): ReadonlyMap<string, PartColumn> =>
  columns.has("productregioncode") || columns.has("productregion")
    ? new Map([...columns].filter(([key]) => key !== "product"))
    : columns;

/** Words for what was used are wide, and needed only where no usage type is. */
const withoutDescription = (columns: ReadonlyMap<string, PartColumn>): ReadonlyMap<string, PartColumn> =>
  columns.has("xusagetype") || columns.has("skumeter")
    ? new Map([...columns].filter(([key]) => !["chargedescription", "skuid", "skupriceid"].includes(key)))
    : columns;

const wantedColumns = (columns: readonly NamedColumn[], refOf: (name: string, index: number) => string) =>
  withoutDescription(
    withoutProduct(
      merged(
        columns
          .map(({ name, type }, index) => partColumn(name, type, refOf(name, index)))
          .filter(({ key }) => isWanted(key)),
      ),
    ),
  );

/** Parquet files of one schema. */
export const parquetGroup = (paths: readonly string[], columns: readonly NamedColumn[]): PartGroup => ({
  from: `READ_PARQUET(${fileList(paths)}, hive_partitioning = false, binary_as_string = true)`,
  columns: wantedColumns(columns, identifier),
});

/** CSV files with the same first line, by position: names may differ in case only. */
export const csvGroup = (
  paths: readonly string[],
  names: readonly string[],
  gzip: boolean,
  longestLine: number,
): PartGroup => {
  const columns = names.map((_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  const options = `auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', max_line_size = ${longestLine}`;
  return {
    from: `READ_CSV(${fileList(paths)}, columns = {${columns}}, ${options}, compression = '${gzip ? "gzip" : "none"}')`,
    columns: wantedColumns(
      names.map((name) => ({ name, type: "VARCHAR" })),
      (_, index) => `c${index}`,
    ),
  };
};

/** Copies a group into a Parquet file, so that text is parsed once. */
export const copySql = ({ from, columns }: PartGroup, path: string): string => {
  const selected = [...columns.values()].map(({ key, expression }) => `${expression} AS ${identifier(key)}`);
  return `COPY (SELECT ${selected.join(", ")} FROM ${from}) TO ${literal(path)} (FORMAT parquet, COMPRESSION snappy)`;
};

/** The group that such a copy is. */
export const copiedGroup = ({ columns }: PartGroup, path: string): PartGroup => ({
  from: `READ_PARQUET(${fileList([path])}, hive_partitioning = false, binary_as_string = true)`,
  columns: new Map([...columns].map(([key, { type }]) => [key, { key, type, expression: identifier(key) }])),
});
