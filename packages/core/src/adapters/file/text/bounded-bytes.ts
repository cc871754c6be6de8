import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const PART = 1024 * 1024;
const WAIT_MS = 5;

/**
 * All bytes of an open file, pipe or device; undefined as soon as there are more than `most`, so that one without end
 * is never held. Waits where nothing is there yet: Node makes a pipe non-blocking as soon as a module imports
 * `node:process`.
 */
export const boundedBytes = (descriptor: number, most: number): Uint8Array | undefined => {
  const parts: Buffer[] = [];
  let left = most;
  for (;;) {
    const part = Buffer.allocUnsafe(Math.min(PART, left + 1));
    const length = readSome(descriptor, part);
    if (length === 0) return Buffer.concat(parts);
    if (length === undefined) sleep(WAIT_MS);
    else {
      left -= length;
      if (left < 0) return undefined;
      parts.push(part.subarray(0, length));
    }
  }
};

/** The same of a file by its path: one that says that it is larger is not read at all. */
export const boundedFile = (path: string, most: number): Uint8Array | undefined => {
  const descriptor = openSync(path, "r");
  try {
    return fstatSync(descriptor).size > most ? undefined : boundedBytes(descriptor, most);
  } finally {
    closeSync(descriptor);
  }
};

/** Bytes that were read, 0 at the end, undefined where none are there yet. */
const readSome = (descriptor: number, part: Buffer): number | undefined => {
  try {
    return readSync(descriptor, part);
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
