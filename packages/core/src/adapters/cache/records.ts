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

/** Bytes of a record: length, checksum, then what they are of. Values are little-endian on every machine Node runs on. */
export const encodeSegment = (segment: Segment): Buffer => {
  const series = Buffer.from(segment.series, "utf8");
  const length = FIXED_BYTES + series.length + segment.values.byteLength;
  const record = Buffer.alloc(HEAD_BYTES + length);
  let at = record.writeUInt16LE(series.length, HEAD_BYTES);
  at = record.writeUInt32LE(segment.period, at);
  at = record.writeDoubleLE(segment.from, at);
  at = record.writeDoubleLE(segment.to, at);
  at = record.writeUInt32LE(segment.values.length, at);
  at += series.copy(record, at);
  valueBytes(segment.values).copy(record, at);
  record.writeUInt32LE(length, 0);
  record.writeUInt32LE(crc32(record.subarray(HEAD_BYTES)), 4);
  return record;
};

const decodePayload = (payload: Buffer): Segment | undefined => {
  if (payload.length < FIXED_BYTES) return undefined;
  const nameLength = payload.readUInt16LE(0);
  const count = payload.readUInt32LE(22);
  const begin = FIXED_BYTES + nameLength;
  if (payload.length !== begin + count * 8) return undefined;
  const values = new Float64Array(count);
  payload.copy(valueBytes(values), 0, begin);
  const [period, from, to] = [payload.readUInt32LE(2), payload.readDoubleLE(6), payload.readDoubleLE(14)];
  if (!(period > 0) || !(to >= from) || (count !== 0 && count !== (to - from) / period)) return undefined;
  return { series: payload.toString("utf8", FIXED_BYTES, begin), period, from, to, values };
};

/** Records of a file up to the first that is cut off or damaged, and how many bytes they take. */
export interface DecodedFile {
  readonly segments: readonly Segment[];
  readonly validBytes: number;
}

/** Reads a cache file; whatever follows the last whole record is left out, and so is a file of another format. */
export const decodeFile = (bytes: Buffer): DecodedFile => {
  if (bytes.length < MAGIC.length || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    return { segments: [], validBytes: 0 };
  }
  const segments: Segment[] = [];
  let at = MAGIC.length;
  while (at + HEAD_BYTES <= bytes.length) {
    const length = bytes.readUInt32LE(at);
    const end = at + HEAD_BYTES + length;
    if (length > LONGEST || end > bytes.length) break;
    const payload = bytes.subarray(at + HEAD_BYTES, end);
    if (crc32(payload) !== bytes.readUInt32LE(at + 4)) break;
    const segment = decodePayload(payload);
    if (segment === undefined) break;
    segments.push(segment);
    at = end;
  }
  return { segments, validBytes: at };
};
