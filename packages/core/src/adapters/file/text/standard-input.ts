import { readSync } from "node:fs";
import { BorderError } from "../../../domain/issues/border-error.ts";
import { decodeText, unreadable } from "./read-text.ts";

const STDIN = "-";
const PART = 65_536;
const WAIT_MS = 5;

/**
 * All text of standard input, also where it comes slowly: Node makes a pipe non-blocking as soon as a module imports
 * `node:process`, and then nothing to read yet looks like a failure. Throws a `BorderError` where it is no text.
 */
export const readStandardInput = (): string => {
  try {
    return decodeText(allBytes(), STDIN);
  } catch (error) {
    throw error instanceof BorderError ? error : unreadable(STDIN, error);
  }
};

const allBytes = (): Uint8Array => {
  const parts: Buffer[] = [];
  for (;;) {
    const part = Buffer.allocUnsafe(PART);
    const length = readSome(part);
    if (length === 0) return Buffer.concat(parts);
    if (length === undefined) sleep(WAIT_MS);
    else parts.push(part.subarray(0, length));
  }
};

/** Bytes that were read, 0 at the end, undefined where none are there yet. */
const readSome = (part: Buffer): number | undefined => {
  try {
    return readSync(0, part);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EAGAIN") return undefined;
    if (code === "EOF") return 0;
    throw error;
  }
};

const sleep = (milliseconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
};
