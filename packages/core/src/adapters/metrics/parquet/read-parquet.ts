import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import {
  type AsyncBuffer,
  type ColumnMetaData,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  type RowGroup,
  type SchemaElement,
} from "hyparquet";
import { emptyPoint, POINT } from "../../../domain/demand/metric-point.ts";
import { parseTime } from "../../../domain/demand/timestamp.ts";
import { addPoint, type ServiceUsage } from "../../../domain/demand/usage.ts";
import { BorderError } from "../../../domain/issues/border-error.ts";
import { invalidInput } from "../../file/text/invalid-input.ts";
import { columnRoles, FIRST_VALUE, IGNORED, SERVICE, TIME, VALUE_COLUMNS } from "../csv/header.ts";
import { type MetricReading, noteRow, takeValue } from "../reading/metric-reading.ts";
import { lookUp, type ServiceTable, serviceTable } from "../reading/service-table.ts";
import { decodePlainColumn, isPlainNumber, type PlainColumn, unitsPerSecond } from "./pages.ts";

const COMPRESSORS: Compressors = {
  GZIP: (input) => gunzipSync(input),
  BROTLI: (input) => brotliDecompressSync(input),
  ZSTD: (input) => zstdDecompressSync(input),
};

/** Names stay bytes and times become seconds: neither makes an object for each row. */
const PARSERS = {
  stringFromBytes: (bytes: Uint8Array): Uint8Array => bytes,
  timestampFromMilliseconds: (time: bigint | number): number => Math.floor(Number(time) / 1e3),
  timestampFromMicroseconds: (time: bigint | number): number => Math.floor(Number(time) / 1e6),
  timestampFromNanoseconds: (time: bigint | number): number => Math.floor(Number(time) / 1e9),
  dateFromDays: (days: number): number => days * 86_400,
};

/** A column of one row group, in the pieces in which it was decoded. */
interface Column {
  readonly role: number;
  readonly pieces: ArrayLike<unknown>[];
  piece: number;
  at: number;
}

/**
 * Reads Parquet with the columns of the CSV, one row group at a time; plain, snappy, gzip, brotli or zstd pages. Times may
 * be timestamps, ISO 8601 text or seconds since 1970.
 *
 * @throws {BorderError} `invalid-metrics` where it is no Parquet file or lacks a column.
 */
export const readParquetMetrics = async (reading: MetricReading, file: string, buffer: AsyncBuffer): Promise<void> => {
  try {
    await readGroups(reading, file, buffer);
  } catch (cause) {
    if (cause instanceof BorderError) throw cause;
    throw invalidInput("invalid-metrics", { file }, "is no Parquet file that can be read", { cause });
  }
};

const readGroups = async (reading: MetricReading, file: string, buffer: AsyncBuffer): Promise<void> => {
  const metadata = await parquetMetadataAsync(buffer);
  const leaves = metadata.schema.filter((element) => element.num_children === undefined);
  const names = leaves.map(({ name }) => name);
  const roles = columnRoles(file, names);
  const table = serviceTable(reading);
  const columns = names.filter((_, index) => roles[index] !== IGNORED);
  const scratch: Scratch = [];
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    const context = { reading, file, table, firstRow: rowStart + 1 };
    const plain = await plainGroup(buffer, group, leaves, roles, scratch);
    if (plain !== undefined) addPlainRows(context, plain, rows);
    else {
      const range = { rowStart, rowEnd: rowStart + rows };
      addRows(context, await decodeColumns(buffer, metadata, columns, roles, names, range), rows);
    }
    rowStart += rows;
  }
};

/** Decodes the columns of a row group in any form that the library knows. */
const decodeColumns = async (
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: string[],
  roles: Uint8Array,
  names: readonly string[],
  range: { readonly rowStart: number; readonly rowEnd: number },
): Promise<Column[]> => {
  const pieces = new Map(columns.map((name): [string, ArrayLike<unknown>[]] => [name, []]));
  await parquetRead({
    file,
    metadata,
    columns,
    ...range,
    compressors: COMPRESSORS,
    parsers: PARSERS,
    onChunk: ({ columnName, columnData }) => pieces.get(columnName)?.push(columnData),
  });
  return columns.map((name) => {
    const role = roles[names.indexOf(name)] ?? IGNORED;
    return { role, pieces: pieces.get(name) ?? [], piece: 0, at: 0 };
  });
};

/** Room for the values of a row group, by role. */
type Scratch = (Float64Array | undefined)[];

const roomFor = (scratch: Scratch, role: number, rows: number): Float64Array => {
  let room = scratch[role];
  if (room === undefined || room.length < rows) {
    room = new Float64Array(rows);
    scratch[role] = room;
  }
  return room.subarray(0, rows);
};

/** The columns of a row group by role, decoded the fast way; undefined where one of them has another form. */
interface PlainGroup {
  readonly columns: readonly (PlainColumn | undefined)[];
  /** Seconds since 1970, NaN where a row has no time. */
  readonly seconds: Float64Array;
  readonly none: Float64Array;
}

const plainGroup = async (
  buffer: AsyncBuffer,
  group: RowGroup,
  leaves: readonly SchemaElement[],
  roles: Uint8Array,
  scratch: Scratch,
): Promise<PlainGroup | undefined> => {
  const rows = Number(group.num_rows);
  const columns: (PlainColumn | undefined)[] = [];
  let seconds: Float64Array | undefined;
  for (const [index, element] of leaves.entries()) {
    const role = roles[index] ?? IGNORED;
    const meta = group.columns[index]?.meta_data;
    if (role === IGNORED) continue;
    if (meta === undefined || !isPlain(role, element)) return undefined;
    const bytes = await chunkBytes(buffer, meta);
    const numbers = roomFor(scratch, role, rows);
    const column = decodePlainColumn({ bytes, element, meta, compressors: COMPRESSORS, numbers });
    if (column === undefined) return undefined;
    if (role === TIME) seconds = secondsIn(column, element);
    columns[role] = column;
  }
  return seconds === undefined
    ? undefined
    : { columns, seconds, none: roomFor(scratch, IGNORED, rows).fill(Number.NaN) };
};

const isPlain = (role: number, element: SchemaElement): boolean => {
  if (role === SERVICE) return element.type === "BYTE_ARRAY";
  return role === TIME
    ? element.type === "BYTE_ARRAY" || unitsPerSecond(element) !== undefined
    : isPlainNumber(element);
};

/** The times of a column in seconds, in its own place: text is parsed once for each time that there is. */
const secondsIn = ({ numbers, dictionary }: PlainColumn, element: SchemaElement): Float64Array => {
  const perSecond = unitsPerSecond(element) ?? 1;
  if (element.type !== "BYTE_ARRAY") {
    for (let row = 0; row < numbers.length; row++) numbers[row] = Math.floor((numbers[row] as number) / perSecond);
    return numbers;
  }
  const decoder = new TextDecoder();
  const times = dictionary.map((text) => parseTime(decoder.decode(text)) ?? Number.NaN);
  for (let row = 0; row < numbers.length; row++) numbers[row] = times[numbers[row] as number] ?? Number.NaN;
  return numbers;
};

const chunkBytes = async (buffer: AsyncBuffer, meta: ColumnMetaData): Promise<Uint8Array<ArrayBuffer>> => {
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
  return new Uint8Array(await buffer.slice(start, start + Number(meta.total_compressed_size)));
};

const addPlainRows = (group: Group, { columns, seconds: times, none }: PlainGroup, rows: number): void => {
  const service = columns[SERVICE] as PlainColumn;
  const values = VALUE_COLUMNS.map((_, index) => columns[FIRST_VALUE + index]?.numbers ?? none);
  const point = emptyPoint();
  const usages: (ServiceUsage | undefined)[] = [];
  for (let row = 0; row < rows; row++) {
    const place = service.numbers[row] as number;
    const name = service.dictionary[place];
    const seconds = times[row] as number;
    if (name === undefined || name.length === 0) {
      noteRow(group.reading, group.file, group.firstRow + row, "names no service");
    } else if (!Number.isFinite(seconds)) {
      noteRow(group.reading, group.file, group.firstRow + row, "has no time");
    } else {
      usages[place] ??= lookUp(group.table, name, 0, name.length);
      point[POINT.time] = seconds;
      for (let at = 0; at < VALUE_COLUMNS.length; at++) {
        const value = (values[at] as Float64Array)[row] as number;
        point[POINT.cpu + at] = value >= 0 && value < Number.POSITIVE_INFINITY ? value : checked(group, row, value);
      }
      addPoint(usages[place], point);
      group.reading.points += 1;
    }
  }
};

interface Group {
  readonly reading: MetricReading;
  readonly file: string;
  readonly table: ServiceTable;
  /** Row of the file, from 1. */
  readonly firstRow: number;
}

const addRows = (group: Group, columns: readonly Column[], rows: number): void => {
  const byRole = (role: number): Column | undefined => columns.find((column) => column.role === role);
  const service = byRole(SERVICE);
  const time = byRole(TIME);
  const values = VALUE_COLUMNS.map((_, index) => byRole(FIRST_VALUE + index));
  const point = emptyPoint();
  for (let row = 0; row < rows; row++) {
    const name = nextOf(service);
    const seconds = secondsOf(nextOf(time));
    values.forEach((column, at) => {
      point[POINT.cpu + at] = checked(group, row, numberOf(nextOf(column)));
    });
    if (!(name instanceof Uint8Array) || name.length === 0) {
      noteRow(group.reading, group.file, group.firstRow + row, "names no service");
    } else if (seconds === undefined) {
      noteRow(group.reading, group.file, group.firstRow + row, "has no time");
    } else {
      point[POINT.time] = seconds;
      addPoint(lookUp(group.table, name, 0, name.length), point);
      group.reading.points += 1;
    }
  }
};

/** A value as it is, NaN where there is none; noted where it is below zero or infinite. */
const checked = ({ reading, file, firstRow }: Group, row: number, value = Number.NaN): number =>
  Number.isNaN(value) || (value >= 0 && value < Number.POSITIVE_INFINITY)
    ? value
    : takeValue(reading, value, { file, line: firstRow + row });

/** The next value of a column; undefined where it is not there or ends early. */
const nextOf = (column: Column | undefined): unknown => {
  if (column === undefined) return undefined;
  let piece = column.pieces[column.piece];
  while (piece !== undefined && column.at >= piece.length) {
    column.piece += 1;
    column.at = 0;
    piece = column.pieces[column.piece];
  }
  return piece?.[column.at++];
};

const secondsOf = (time: unknown): number | undefined => {
  if (typeof time === "number") return Number.isFinite(time) ? Math.floor(time) : undefined;
  if (typeof time === "bigint") return Number(time);
  return time instanceof Uint8Array ? parseTime(new TextDecoder().decode(time)) : undefined;
};

const numberOf = (value: unknown): number => {
  if (typeof value === "number") return value;
  return typeof value === "bigint" ? Number(value) : Number.NaN;
};
