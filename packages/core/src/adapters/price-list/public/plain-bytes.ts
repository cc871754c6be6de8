import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { ListFile } from "./file-bytes.ts";
import { listError } from "./list-error.ts";

const GZIP = 0x1f8b;
/** Large enough to be given back to the system one by one. */
const CHUNK_BYTES = 256 * 1024;

/** The first two bytes at least, and everything. */
const peeked = async (bytes: AsyncIterable<Buffer>): Promise<readonly [Buffer, AsyncIterable<Buffer>]> => {
  const iterator = bytes[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  async function* all(): AsyncGenerator<Buffer> {
    try {
      yield head;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.(undefined);
    }
  }
  return [head, all()];
};

/** Told apart from what a proxy or a login page puts in its place. */
const isMarkup = (head: Buffer): boolean => /^\uFEFF?\s*</.test(head.subarray(0, 64).toString("utf8"));

async function* checked(url: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of bytes) {
    if (isFirst && isMarkup(chunk)) {
      throw listError(
        url,
        "malformed-answer",
        "a web page came instead of the price list: is there a proxy on the way?",
      );
    }
    isFirst = false;
    yield chunk;
  }
}

async function* gunzipped(url: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = Readable.from(bytes, { objectMode: false, highWaterMark: 64 * 1024 });
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  source.on("error", (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    if (!/^(?:Z_|ERR_ZLIB)/.test(String((error as { readonly code?: unknown }).code))) throw error;
    throw listError(url, "malformed-answer", "it cannot be unpacked: it is damaged or cut short", error);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

/** What is in a file, unpacked where it is packed, whatever its headers say; a web page is refused. */
export const plainBytes = async ({ url, bytes }: ListFile): Promise<AsyncIterable<Buffer>> => {
  const [head, all] = await peeked(bytes);
  const isPacked = head.length >= 2 && head.readUInt16BE(0) === GZIP;
  return checked(url, isPacked ? gunzipped(url, all) : all);
};
