import { crc32 } from "node:zlib";

/**
 * Points of one series over a stretch of time that is fully known: one value for each period from `from` (inclusive)
 * to `to` (exclusive), NaN where there is none. Seconds since 1970.
 */
export interface Segment {
  readonly series: string;
  readonly period: number;
  readonly from: number;
  readonly to: number;
  /** Empty where the stretch has no point at all. */
  readonly values: Float64Array;
}

/** What a cache file begins with. */
export const MAGIC = Buffer.from("ecs-cost points 1\n");

const HEAD_BYTES = 8;
const FIXED_BYTES = 2 + 4 + 8 + 8 + 4;
/** No record is longer: a series of 455 days by the minute is far below. */
const LONGEST = 64 * 1024 * 1024;

const valueBytes = (values: Float64Array): Buffer => Buffer.from(values.buffer, values.byteOffset, values.byteLength);

/** Bytes of a record in parts: length, checksum, what the values are of; then the values themselves, not copied. */
export const encodeSegment = (segment: Segment): readonly [head: Buffer, values: Buffer] => {
  const series = Buffer.from(segment.series, "utf8");
  const values = valueBytes(segment.values);
  const head = Buffer.alloc(HEAD_BYTES + FIXED_BYTES + series.length);
  let at = head.writeUInt16LE(series.length, HEAD_BYTES);
  at = head.writeUInt32LE(segment.period, at);
  at = head.writeDoubleLE(segment.from, at);
  at = head.writeDoubleLE(segment.to, at);
  at = head.writeUInt32LE(segment.values.length, at);
  series.copy(head, at);
  head.writeUInt32LE(head.length - HEAD_BYTES + values.length, 0);
  head.writeUInt32LE(crc32(values, crc32(head.subarray(HEAD_BYTES))), 4);
  return [head, values];
};

interface PayloadHead {
  readonly series: string;
  readonly period: number;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Where the values begin. */
  readonly begin: number;
}

const readHead = (payload: Buffer): PayloadHead | undefined => {
  if (payload.length < FIXED_BYTES) return undefined;
  const begin = FIXED_BYTES + payload.readUInt16LE(0);
  const count = payload.readUInt32LE(22);
  if (payload.length !== begin + count * 8) return undefined;
  const [period, from, to] = [payload.readUInt32LE(2), payload.readDoubleLE(6), payload.readDoubleLE(14)];
  if (!(period > 0) || !(to >= from) || (count !== 0 && count !== (to - from) / period)) return undefined;
  return { series: payload.toString("utf8", FIXED_BYTES, begin), period, from, to, count, begin };
};

const segmentOf = (payload: Buffer, { series, period, from, to, count, begin }: PayloadHead): Segment => {
  const values = new Float64Array(count);
  payload.copy(valueBytes(values), 0, begin);
  return { series, period, from, to, values };
};

/** What is known of a series, without its values. */
export type Covered = Omit<Segment, "values">;

/** Records of a file up to the first that is cut off or damaged, and how many bytes they take. */
export interface DecodedFile<T> {
  readonly records: readonly T[];
  readonly validBytes: number;
}

const decode = <T>(bytes: Buffer, take: (payload: Buffer, head: PayloadHead) => T): DecodedFile<T> => {
  if (bytes.length < MAGIC.length || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    return { records: [], validBytes: 0 };
  }
  const records: T[] = [];
  let at = MAGIC.length;
  while (at + HEAD_BYTES <= bytes.length) {
    const length = bytes.readUInt32LE(at);
    const end = at + HEAD_BYTES + length;
    if (length > LONGEST || end > bytes.length) break;
    const payload = bytes.subarray(at + HEAD_BYTES, end);
    const head = crc32(payload) === bytes.readUInt32LE(at + 4) ? readHead(payload) : undefined;
    if (head === undefined) break;
    records.push(take(payload, head));
    at = end;
  }
  return { records, validBytes: at };
};

/** Reads a cache file; whatever follows the last whole record is left out, and so is a file of another format. */
export const decodeFile = (bytes: Buffer): DecodedFile<Segment> => decode(bytes, segmentOf);

/** The same without the values. */
export const decodeCoverage = (bytes: Buffer): DecodedFile<Covered> =>
  decode(bytes, (_, { series, period, from, to }) => ({ series, period, from, to }));
