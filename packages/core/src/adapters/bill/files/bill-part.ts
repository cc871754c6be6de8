import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { csvHeader } from "./csv-header.ts";
import type { BillFile } from "./list-bill-files.ts";
import { lineTooLong, type SizeLimits, tooLarge } from "./size-limits.ts";
import { unpackedHead } from "./unpacked-head.ts";

export type PartKind = "parquet" | "csv" | "csv.gz";

/** No bill has a thousand columns with names of a thousand letters. */
const LONGEST_HEADER = 1024 ** 2;
const LINE_FEED = 0x0a;
const PARQUET_MAGIC = "PAR1";

const bytesAt = (path: string, position: number, length: number): Buffer => {
  const handle = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(length);
    return buffer.subarray(0, readSync(handle, buffer, 0, length, position));
  } finally {
    closeSync(handle);
  }
};

/** What a file is by its first bytes. */
export const partKind = ({ realPath }: BillFile): PartKind => {
  const head = bytesAt(realPath, 0, 4);
  if (head.toString("latin1") === PARQUET_MAGIC) return "parquet";
  return head[0] === 0x1f && head[1] === 0x8b ? "csv.gz" : "csv";
};

/** Whether a file is an archive of files, which a bill can come in. */
export const isZip = ({ realPath }: BillFile): boolean =>
  bytesAt(realPath, 0, 4).toString("latin1") === "PK\u0003\u0004";

/** Why a file that begins as Parquet cannot be whole; null where it can. */
export const cutParquet = ({ realPath, bytes }: BillFile): string | null =>
  bytes >= 12 && bytesAt(realPath, bytes - 4, 4).toString("latin1") === PARQUET_MAGIC
    ? null
    : "is cut off: a Parquet file ends with PAR1";

/** Names of the columns of a CSV file; null where it has no first line. Throws where gzip cannot be read. */
export const csvColumns = ({ path, realPath }: BillFile, limits: SizeLimits): readonly string[] | null => {
  const most = Math.min(limits.line, LONGEST_HEADER);
  const head = unpackedHead(realPath, most, (text) => csvHeader(text) !== null);
  const header = csvHeader(head);
  if (header === null && Buffer.byteLength(head) >= most) throw lineTooLong(path, { ...limits, line: most });
  return header;
};

/** Reads a gzip file to its end and checks length and checksum, which DuckDB does not. Throws where it is broken or too large. */
export const checkGzip = async ({ path, realPath }: BillFile, limits: SizeLimits): Promise<void> => {
  let [bytes, lineBytes] = [0, 0];
  const nothing = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      const end = chunk.lastIndexOf(LINE_FEED);
      lineBytes = end < 0 ? lineBytes + chunk.length : chunk.length - end - 1;
      if (bytes > limits.unpacked) done(tooLarge(path, limits));
      else done(lineBytes > limits.line ? lineTooLong(path, limits) : null);
    },
  });
  await pipeline(createReadStream(realPath, { highWaterMark: 1 << 20 }), createGunzip({ chunkSize: 1 << 20 }), nothing);
};
