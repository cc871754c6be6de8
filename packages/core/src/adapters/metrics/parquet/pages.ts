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

/** A column chunk with what its values are and where they are to be written. */
export interface PlainChunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly element: SchemaElement;
  readonly meta: ColumnMetaData;
  readonly compressors: Compressors;
  /** As long as the row group; reused from group to group, because new ones fill the memory faster than it is freed. */
  readonly numbers: Float64Array;
}

/**
 * Decodes numbers and text without an object for each value. Undefined where a column is of another kind (nested, delta
 * encodings, ...), which is left to the general reader.
 */
export const decodePlainColumn = (chunk: PlainChunk): PlainColumn | undefined => {
  const { bytes, element, meta, compressors, numbers } = chunk;
  if (element.repetition_type === "REPEATED" || meta.path_in_schema.length !== 1) return undefined;
  numbers.fill(Number.NaN);
  const reader: DataReader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  const dictionary = emptyDictionary();
  let row = 0;
  while (row < numbers.length && reader.offset < bytes.length) {
    const header = parquetHeader(reader);
    const body = bytes.subarray(reader.offset, reader.offset + header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    if (header.type === "DICTIONARY_PAGE") {
      if (!readDictionary(dictionary, header, unpacked(header, meta, body, compressors), meta)) return undefined;
    } else {
      const page = openPage(header, element, meta, body, compressors);
      if (page === undefined || !fillPage(numbers, row, page, meta, dictionary)) return undefined;
      row += page.count;
    }
  }
  return row === numbers.length ? { numbers, dictionary: dictionary.texts } : undefined;
};

const unpacked = (header: PageHeader, meta: ColumnMetaData, body: Uint8Array, compressors: Compressors): Uint8Array =>
  decompressPage(body, header.uncompressed_page_size, meta.codec, compressors);

/** Values by their place; text that stands in the pages themselves is given places on the way. */
interface Dictionary {
  numbers: Float64Array;
  readonly texts: Uint8Array[];
  readonly places: Map<string, number>;
}

const emptyDictionary = (): Dictionary => ({ numbers: new Float64Array(0), texts: [], places: new Map() });

const readDictionary = (
  dictionary: Dictionary,
  header: PageHeader,
  body: Uint8Array,
  { type }: ColumnMetaData,
): boolean => {
  dictionary.numbers = new Float64Array(header.dictionary_page_header?.num_values ?? 0);
  return type === "BYTE_ARRAY"
    ? internTexts(dictionary, body, dictionary.numbers)
    : readNumbers(type, body, dictionary.numbers);
};

/** Writes the places of the texts that stand in a page one after the other. */
const internTexts = ({ texts, places }: Dictionary, body: Uint8Array, target: Float64Array): true => {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  let at = 0;
  for (let i = 0; i < target.length; i++) {
    const end = at + 4 + view.getUint32(at, true);
    const text = bytes.toString("latin1", at + 4, end);
    let place = places.get(text);
    if (place === undefined) {
      place = texts.length;
      places.set(text, place);
      texts.push(new Uint8Array(body.subarray(at + 4, end)));
    }
    target[i] = place;
    at = end;
  }
  return true;
};

/** Fills the target with the little-endian numbers of a page, one loop for each type; false for other types. */
const readNumbers = (type: string, body: Uint8Array, target: Float64Array): boolean => {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const count = target.length;
  if (type === "DOUBLE") {
    for (let i = 0; i < count; i++) target[i] = view.getFloat64(8 * i, true);
  } else if (type === "FLOAT") {
    for (let i = 0; i < count; i++) target[i] = view.getFloat32(4 * i, true);
  } else if (type === "INT32") {
    for (let i = 0; i < count; i++) target[i] = view.getInt32(4 * i, true);
  } else if (type === "INT64") {
    for (let i = 0; i < count; i++)
      target[i] = view.getInt32(8 * i + 4, true) * TWO_TO_32 + view.getUint32(8 * i, true);
  } else return false;
  return true;
};

interface Page {
  /** Rows of the page, and 1 for each that has a value; undefined where all have. */
  readonly count: number;
  readonly present: Uint8Array | undefined;
  readonly encoding: string;
  readonly values: Uint8Array;
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

const pageOf = (count: number, present: Uint8Array | undefined, encoding: string, values: Uint8Array): Page => ({
  count,
  present: present?.includes(0) ? present : undefined,
  encoding,
  values,
});

/** Writes the values of a page; false where its encoding is another one. */
const fillPage = (
  numbers: Float64Array,
  row: number,
  page: Page,
  { type }: ColumnMetaData,
  dictionary: Dictionary,
): boolean => {
  const { count, present, values } = page;
  const held = present === undefined ? count : present.reduce((sum, level) => sum + level, 0);
  const target = present === undefined ? numbers.subarray(row, row + count) : new Float64Array(held);
  if (page.encoding === "PLAIN") {
    if (!(type === "BYTE_ARRAY" ? internTexts(dictionary, values, target) : readNumbers(type, values, target)))
      return false;
  } else if (!page.encoding.endsWith("_DICTIONARY") || !readPlaces(values, dictionary, target)) return false;
  if (present !== undefined) scatter(numbers, row, present, target);
  return true;
};

const readPlaces = (values: Uint8Array, { numbers }: Dictionary, target: Float64Array): boolean => {
  if (numbers.length === 0 && target.length > 0) return false;
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  const places = new Int32Array(target.length);
  const width = target.length === 0 ? 0 : view.getUint8(0);
  if (width > 0) readRleBitPackedHybrid({ view, offset: 1 }, width, places, values.byteLength - 1);
  for (let i = 0; i < target.length; i++) target[i] = numbers[places[i] as number] as number;
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

const scatter = (numbers: Float64Array, row: number, present: Uint8Array, found: Float64Array): void => {
  let next = 0;
  for (let i = 0; i < present.length; i++) if (present[i] === 1) numbers[row + i] = found[next++] as number;
};
