import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { BorderError } from "../../../domain/issues/border-error.ts";
import { invalidInput } from "../../file/text/invalid-input.ts";
import { unreadable } from "../../file/text/read-text.ts";

const READ_BYTES = 1 << 16;
/** Larger chunks are no faster and wait longer for the garbage collector. */
const INFLATE_BYTES = 1 << 15;

/** Bytes of a file as a stream; `-` is not a file here. */
export const fileBytes = (path: string): AsyncIterable<Uint8Array> =>
  createReadStream(path, { highWaterMark: READ_BYTES });

/** How much of one source is read, unpacked, in MiB. */
export const DEFAULT_SOURCE_MIB = 8192;

/**
 * Unpacks gzip, told by its first bytes, and drops a byte order mark; other bytes pass as they are.
 *
 * @throws {BorderError} `file-too-large` while reading, where there are more than `maxMib` MiB.
 */
export async function* plainBytes(
  file: string,
  source: AsyncIterable<Uint8Array>,
  maxMib = DEFAULT_SOURCE_MIB,
): AsyncGenerator<Uint8Array> {
  let left = maxMib * 1024 * 1024;
  const chunks = source[Symbol.asyncIterator]();
  const head = await readHead(file, chunks);
  const all = withHead(file, head, chunks);
  const bytes = head[0] === 0x1f && head[1] === 0x8b ? gunzip(file, all) : all;
  let first = true;
  for await (const chunk of bytes) {
    left -= chunk.length;
    if (left < 0) throw tooLarge(file, maxMib);
    yield first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk;
    first = false;
  }
}

const tooLarge = (file: string, mib: number) =>
  invalidInput("file-too-large", { file }, `has more than ${mib} MiB unpacked`, {
    hint: "--max-metrics-mib raises the limit; or give only the days and services that matter.",
  });

const readHead = async (file: string, chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> => {
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < 4) {
    const { done, value } = await nextOf(file, chunks);
    if (done) return head;
    head = Buffer.concat([head, value]);
  }
  return head;
};

const nextOf = async (
  file: string,
  chunks: AsyncIterator<Uint8Array>,
): Promise<IteratorResult<Uint8Array, unknown>> => {
  try {
    return await chunks.next();
  } catch (error) {
    throw error instanceof BorderError ? error : unreadable(file, error);
  }
};

async function* withHead(
  file: string,
  head: Uint8Array,
  chunks: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let next = await nextOf(file, chunks); !next.done; next = await nextOf(file, chunks)) yield next.value;
  } finally {
    await chunks.return?.();
  }
}

async function* gunzip(file: string, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip({ chunkSize: INFLATE_BYTES });
  const packed = Readable.from(source, { objectMode: true });
  packed.on("error", (error) => unpacked.destroy(error));
  packed.pipe(unpacked);
  try {
    for await (const chunk of unpacked) yield chunk;
  } catch (cause) {
    if (cause instanceof BorderError) throw cause;
    throw invalidInput("broken-gzip", { file }, "its gzip data is cut off or damaged", { cause });
  }
}
