import { closeSync, openSync, readSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";

/** Compressed bytes that are unpacked at first; a thousand times as much can come out of them. */
const FIRST_BYTES = 4 * 1024;
const MOST_BYTES = 512 * 1024;

const bytesAt = (path: string, length: number): Buffer => {
  const handle = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(length);
    return buffer.subarray(0, readSync(handle, buffer, 0, length, 0));
  } finally {
    closeSync(handle);
  }
};

const unpacked = (bytes: Buffer): Buffer => {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isGzip ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }) : bytes;
};

/** The text that a file begins with, unpacked, as much of it as `isEnough` needs or as there is up to `most` bytes. */
export const unpackedHead = (path: string, most: number, isEnough: (text: string) => boolean): string => {
  for (let length = FIRST_BYTES; ; length *= 4) {
    const packed = bytesAt(path, length);
    const bytes = unpacked(packed);
    const text = bytes.subarray(0, most).toString("utf8");
    if (isEnough(text) || packed.length < length || bytes.length >= most || length >= MOST_BYTES) return text;
  }
};
