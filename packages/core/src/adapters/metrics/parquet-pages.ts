import type { ColumnMetaData, Compressors, DataReader, PageHeader, SchemaElement } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { decompressPage } from "hyparquet/src/datapage.js";
import { readRleBitPackedHybrid } from "hyparquet/src/encoding.js";

/**
 * A flat column of one row group as numbers, NaN where it has no value; for text the numbers are places in
 * `dictionary`.
 */
export interface PlainColumn {
  readonly numbers: Float64Array;
  readonly dictionary: readonly Uint8Array[];
}

const TWO_TO_32 = 2 ** 32;

/**
 * Decodes numbers and dictionary text without an object for each value. Undefined where a column is of another kind
 * (nested, text without a dictionary, delta encodings, ...), which is left to the general reader.
 */
export const decodePlainColumn = (
  bytes: Uint8Array<ArrayBuffer>,
  element: SchemaElement,
  meta: ColumnMetaData,
  rows: number,
  compressors: Compressors,
): PlainColumn | undefined => {
  if (element.repetition_type === "REPEATED" || meta.path_in_schema.length !== 1) return undefined;
  const column = { numbers: new Float64Array(rows).fill(Number.NaN), dictionary: [] as Uint8Array[] };
  const reader: DataReader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  let dictionary: Dictionary | undefined;
  let row = 0;
  while (row < rows && reader.offset < bytes.length) {
    const header = parquetHeader(reader);
    const body = bytes.subarray(reader.offset, reader.offset + header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    if (header.type === "DICTIONARY_PAGE") {
      dictionary = readDictionary(header, unpacked(header, meta, body, compressors), meta);
      if (dictionary === undefined) return undefined;
      column.dictionary = dictionary.texts;
    } else {
      const page = openPage(header, element, meta, body, compressors);
      if (page === undefined || !fillPage(column.numbers, row, page, meta, dictionary)) return undefined;
      row += page.count;
    }
  }
  return row === rows ? column : undefined;
};

const unpacked = (header: PageHeader, meta: ColumnMetaData, body: Uint8Array, compressors: Compressors): Uint8Array =>
  decompressPage(body, header.uncompressed_page_size, meta.codec, compressors);

interface Dictionary {
  readonly numbers: Float64Array;
  readonly texts: Uint8Array[];
}

const readDictionary = (header: PageHeader, body: Uint8Array, meta: ColumnMetaData): Dictionary | undefined => {
  const count = header.dictionary_page_header?.num_values ?? 0;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (meta.type === "BYTE_ARRAY")
    return { numbers: Float64Array.from({ length: count }, (_, i) => i), texts: texts(view, count) };
  const numbers = new Float64Array(count);
  const read = numberReader(meta.type);
  if (read === undefined) return undefined;
  for (let i = 0; i < count; i++) numbers[i] = read.at(view, i * read.width);
  return { numbers, texts: [] };
};

const texts = (view: DataView, count: number): Uint8Array[] => {
  let at = 0;
  return Array.from({ length: count }, () => {
    const length = view.getUint32(at, true);
    const text = new Uint8Array(view.buffer, view.byteOffset + at + 4, length);
    at += 4 + length;
    return text;
  });
};

interface NumberReader {
  readonly width: number;
  readonly at: (view: DataView, offset: number) => number;
}

const numberReader = (type: string): NumberReader | undefined => {
  if (type === "DOUBLE") return { width: 8, at: (view, offset) => view.getFloat64(offset, true) };
  if (type === "FLOAT") return { width: 4, at: (view, offset) => view.getFloat32(offset, true) };
  if (type === "INT32") return { width: 4, at: (view, offset) => view.getInt32(offset, true) };
  if (type !== "INT64") return undefined;
  return {
    width: 8,
    at: (view, offset) => view.getInt32(offset + 4, true) * TWO_TO_32 + view.getUint32(offset, true),
  };
};

interface Page {
  /** Rows of the page, and 1 for each that has a value; undefined where all have. */
  readonly count: number;
  readonly present: Uint8Array | undefined;
  readonly encoding: string;
  readonly values: DataView;
}

const openPage = (
  header: PageHeader,
  element: SchemaElement,
  meta: ColumnMetaData,
  body: Uint8Array,
  compressors: Compressors,
): Page | undefined => {
  const optional = element.repetition_type !== "REQUIRED";
  const first = header.data_page_header;
  if (first !== undefined) {
    const page = unpacked(header, meta, body, compressors);
    const reader: DataReader = { view: new DataView(page.buffer, page.byteOffset, page.byteLength), offset: 0 };
    const present = optional ? new Uint8Array(first.num_values) : undefined;
    if (present !== undefined) readRleBitPackedHybrid(reader, 1, present);
    return pageOf(first.num_values, present, first.encoding, page.subarray(reader.offset));
  }
  const second = header.data_page_header_v2;
  if (second === undefined || second.repetition_levels_byte_length > 0) return undefined;
  const levels = second.definition_levels_byte_length;
  const present = optional ? new Uint8Array(second.num_values) : undefined;
  const reader: DataReader = { view: new DataView(body.buffer, body.byteOffset, body.byteLength), offset: 0 };
  if (present !== undefined) readRleBitPackedHybrid(reader, 1, present, levels);
  const packed = body.subarray(levels);
  const size = header.uncompressed_page_size - levels;
  const values = second.is_compressed === false ? packed : decompressPage(packed, size, meta.codec, compressors);
  return pageOf(second.num_values, present, second.encoding, values);
};

const pageOf = (count: number, present: Uint8Array | undefined, encoding: string, values: Uint8Array): Page => {
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  return { count, present: present?.includes(0) ? present : undefined, encoding, values: view };
};

/** Writes the values of a page; false where its encoding is another one. */
const fillPage = (
  numbers: Float64Array,
  row: number,
  page: Page,
  meta: ColumnMetaData,
  dictionary: Dictionary | undefined,
): boolean => {
  const { count, present, values } = page;
  const held = present === undefined ? count : present.reduce((sum, level) => sum + level, 0);
  if (page.encoding === "PLAIN") {
    const read = numberReader(meta.type);
    if (read === undefined) return false;
    scatter(numbers, row, page, (i) => read.at(values, i * read.width));
    return true;
  }
  if (dictionary === undefined || !page.encoding.endsWith("_DICTIONARY")) return false;
  const indexes = new Int32Array(held);
  const width = held === 0 ? 0 : values.getUint8(0);
  if (width > 0) readRleBitPackedHybrid({ view: values, offset: 1 }, width, indexes, values.byteLength - 1);
  scatter(numbers, row, page, (i) => dictionary.numbers[indexes[i] as number] as number);
  return true;
};

/** Numbers to the second of a column of times; undefined where it holds no such numbers. */
export const unitsPerSecond = ({
  type,
  converted_type: converted,
  logical_type: logical,
}: SchemaElement): number | undefined => {
  if (logical?.type === "TIMESTAMP") return { MILLIS: 1e3, MICROS: 1e6, NANOS: 1e9 }[logical.unit];
  if (converted === "TIMESTAMP_MILLIS") return 1e3;
  if (converted === "TIMESTAMP_MICROS") return 1e6;
  return type !== "BYTE_ARRAY" && converted === undefined && logical === undefined ? 1 : undefined;
};

/** Whether the numbers of a column mean what they are. */
export const isPlainNumber = ({ type, converted_type: converted, logical_type: logical }: SchemaElement): boolean =>
  (type === "DOUBLE" || type === "FLOAT" || type === "INT32" || type === "INT64") &&
  (converted === undefined || /^INT_/.test(converted)) &&
  (logical === undefined || (logical.type === "INTEGER" && logical.isSigned));

const scatter = (numbers: Float64Array, row: number, page: Page, valueAt: (index: number) => number): void => {
  const { count, present } = page;
  let next = 0;
  for (let i = 0; i < count; i++) if (present === undefined || present[i] === 1) numbers[row + i] = valueAt(next++);
};
