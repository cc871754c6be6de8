import { invalidInput } from "../../file/text/invalid-input.ts";

const NEWLINE = 10;
const NO_BYTES = new Uint8Array(0);
const MIB = 1 << 20;

/** How long a line may be. */
export interface LineLimit {
  /** MiB; DEFAULT_LINE_MIB where not given. */
  readonly maxLineMib?: number;
}

export const DEFAULT_LINE_MIB = 1;

/**
 * Gives a stream of bytes in blocks of whole lines: the bytes from one place to another, which is behind a line end. The
 * last line gets one where it has none.
 *
 * @throws {BorderError} `line-too-long` while reading, before a line takes up memory.
 */
export const eachBlock = async (
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  { maxLineMib = DEFAULT_LINE_MIB }: LineLimit,
  take: (bytes: Uint8Array, from: number, to: number) => void,
): Promise<void> => {
  let rest: Uint8Array = NO_BYTES;
  for await (const chunk of chunks) {
    const line = rest.length === 0 ? 0 : chunk.indexOf(NEWLINE) + 1;
    if (line > 0) take(joined(rest, chunk.subarray(0, line)), 0, rest.length + line);
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > line) take(chunk, line, end);
    rest = end > 0 ? chunk.slice(end) : joined(rest, chunk);
    if (rest.length > maxLineMib * MIB) throw tooLong(file, maxLineMib);
  }
  if (rest.length > 0) take(joined(rest, Uint8Array.of(NEWLINE)), 0, rest.length + 1);
};

const tooLong = (file: string, mib: number) =>
  invalidInput("line-too-long", { file }, `has a line of more than ${mib} MiB`, {
    hint: "Metrics have a line for each point; --max-line-mib raises the limit.",
  });

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
};
