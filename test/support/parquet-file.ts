import { gzipSync } from "node:zlib";

/** A column to write: text, times in milliseconds, or doubles; null where a value is missing. */
export interface ParquetColumn {
  readonly name: string;
  readonly kind: "text" | "time" | "double";
  readonly values: readonly (string | number | null)[];
}

export interface ParquetOptions {
  readonly rowsPerGroup?: number;
  readonly gzip?: boolean;
  /** Text stands in the pages themselves instead of in a dictionary. */
  readonly plainText?: boolean;
}

const TYPES = { text: 6, time: 2, double: 5 };
const CONVERTED = { text: 0, time: 9, double: undefined };
const MAGIC = Buffer.from("PAR1");
const PLAIN = 0;
const RLE = 3;
const RLE_DICTIONARY = 8;

/** Bytes of a Parquet file, version 1 pages: every column optional, one page for each column of a row group. */
export const parquetFile = (columns: readonly ParquetColumn[], options: ParquetOptions = {}): Buffer => {
  const rows = columns[0]?.values.length ?? 0;
  const perGroup = Math.max(1, options.rowsPerGroup ?? rows);
  const parts: Buffer[] = [MAGIC];
  let offset = MAGIC.length;
  const groups: Field[] = [];
  for (let from = 0; from < rows; from += perGroup) {
    const chunks = columns.map((column) => {
      const values = column.values.slice(from, from + perGroup);
      const chunk = columnChunk(column, values, offset, options);
      parts.push(chunk.bytes);
      offset += chunk.bytes.length;
      return chunk.meta;
    });
    const count = Math.min(perGroup, rows - from);
    groups.push(struct([1, list(STRUCT, chunks)], [2, i64(1)], [3, i64(count)]));
  }
  const footer = struct([1, i32(1)], [2, list(STRUCT, schema(columns))], [3, i64(rows)], [4, list(STRUCT, groups)]);
  return Buffer.concat([...parts, footer.bytes, uint32(footer.bytes.length), MAGIC]);
};

const schema = (columns: readonly ParquetColumn[]): Field[] => [
  struct([4, text("schema")], [5, i32(columns.length)]),
  ...columns.map(({ name, kind }) => {
    const converted = CONVERTED[kind];
    const logical = converted === undefined ? [] : [[6, i32(converted)] as const];
    return struct([1, i32(TYPES[kind])], [3, i32(1)], [4, text(name)], ...logical);
  }),
];

const columnChunk = (
  column: ParquetColumn,
  values: ParquetColumn["values"],
  offset: number,
  options: ParquetOptions,
) => {
  const { gzip = false, plainText = false } = options;
  const inDictionary = column.kind === "text" && !plainText;
  const present = values.filter((value) => value !== null);
  const names = inDictionary ? [...new Set(present.map(String))] : [];
  const levels = runs(
    values.map((value) => (value === null ? 0 : 1)),
    1,
  );
  const body = inDictionary ? dictionaryIndexes(present, names) : plainValues(column.kind, present);
  const data = Buffer.concat([uint32(levels.length), levels, body]);
  const encoding = inDictionary ? RLE_DICTIONARY : PLAIN;
  const dataHeader = struct([1, i32(values.length)], [2, i32(encoding)], [3, i32(RLE)], [4, i32(RLE)]);
  const dictionary = plainTexts(names);
  const dictionaryPage = inDictionary
    ? page(2, dictionary, [7, struct([1, i32(names.length)], [2, i32(PLAIN)])], gzip)
    : Buffer.alloc(0);
  const bytes = Buffer.concat([dictionaryPage, page(0, data, [5, dataHeader], gzip)]);
  const start = dictionaryPage.length > 0 ? [[11, i64(offset)] as const] : [];
  const meta = struct(
    [1, i32(TYPES[column.kind])],
    [2, list(I32, [i32(encoding), i32(RLE)])],
    [3, list(BINARY, [text(column.name)])],
    [4, i32(gzip ? 2 : 0)],
    [5, i64(values.length)],
    [6, i64(bytes.length)],
    [7, i64(bytes.length)],
    [9, i64(offset + dictionaryPage.length)],
    ...start,
  );
  return { bytes, meta: struct([2, i64(offset)], [3, meta]) };
};

const page = (type: number, body: Buffer, header: readonly [number, Field], gzip: boolean): Buffer => {
  const packed = gzip ? gzipSync(body) : body;
  return Buffer.concat([struct([1, i32(type)], [2, i32(body.length)], [3, i32(packed.length)], header).bytes, packed]);
};

const plainTexts = (values: readonly string[]): Buffer =>
  Buffer.concat(values.flatMap((value) => [uint32(Buffer.byteLength(value)), Buffer.from(value)]));

const plainValues = (kind: ParquetColumn["kind"], values: readonly (string | number)[]): Buffer => {
  if (kind === "text") return plainTexts(values.map(String));
  const bytes = Buffer.alloc(values.length * 8);
  values.forEach((value, i) => {
    if (kind === "time") bytes.writeBigInt64LE(BigInt(value), i * 8);
    else bytes.writeDoubleLE(Number(value), i * 8);
  });
  return bytes;
};

const dictionaryIndexes = (values: readonly (string | number)[], names: readonly string[]): Buffer => {
  const indexes = new Map(names.map((name, index) => [name, index]));
  const width = Math.max(1, Math.ceil(Math.log2(Math.max(2, names.length))));
  const packed = runs(
    values.map((value) => indexes.get(String(value)) ?? 0),
    width,
  );
  return Buffer.concat([Buffer.of(width), packed]);
};

/** Run lengths of equal values, as the hybrid encoding has them. */
const runs = (values: readonly number[], width: number): Buffer => {
  const bytes: number[] = [];
  for (let from = 0; from < values.length; ) {
    let to = from + 1;
    while (to < values.length && values[to] === values[from]) to += 1;
    bytes.push(...varint((to - from) * 2));
    for (let shift = 0; shift < width; shift += 8) bytes.push(((values[from] ?? 0) >>> shift) & 255);
    from = to;
  }
  return Buffer.from(bytes);
};

/** A value in the compact protocol of Thrift. */
interface Field {
  readonly type: number;
  readonly bytes: Buffer;
}

const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

const varint = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
};

const i32 = (value: number): Field => ({ type: I32, bytes: Buffer.from(varint(value * 2)) });
const i64 = (value: number): Field => ({ type: I64, bytes: Buffer.from(varint(value * 2)) });
const text = (value: string): Field => {
  const bytes = Buffer.from(value);
  return { type: BINARY, bytes: Buffer.concat([Buffer.from(varint(bytes.length)), bytes]) };
};
const list = (type: number, items: readonly Field[]): Field => {
  const head = items.length < 15 ? [(items.length << 4) | type] : [0xf0 | type, ...varint(items.length)];
  return { type: LIST, bytes: Buffer.concat([Buffer.from(head), ...items.map(({ bytes }) => bytes)]) };
};
const struct = (...fields: readonly (readonly [number, Field])[]): Field => {
  let last = 0;
  const parts = fields.map(([id, { type, bytes }]) => {
    const head = Buffer.of(((id - last) << 4) | type);
    last = id;
    return Buffer.concat([head, bytes]);
  });
  return { type: STRUCT, bytes: Buffer.concat([...parts, Buffer.of(0)]) };
};

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
