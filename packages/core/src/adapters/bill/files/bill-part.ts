import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createGunzip, gunzipSync } from "node:zlib";
import { csvHeader } from "./csv-header.ts";
import type { BillFile } from "./list-bill-files.ts";

export type PartKind = "parquet" | "csv" | "csv.gz";

const HEAD_BYTES = 512 * 1024;
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
export const csvColumns = ({ realPath }: BillFile, kind: "csv" | "csv.gz"): readonly string[] | null => {
  const head = bytesAt(realPath, 0, HEAD_BYTES);
  const text = kind === "csv" ? head : gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  return csvHeader(text.toString("utf8"));
};

/** Reads a gzip file to its end and checks length and checksum, which DuckDB does not. Throws where it is broken. */
export const checkGzip = async ({ realPath }: BillFile): Promise<void> => {
  const nothing = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(createReadStream(realPath, { highWaterMark: 1 << 20 }), createGunzip({ chunkSize: 1 << 20 }), nothing);
};
