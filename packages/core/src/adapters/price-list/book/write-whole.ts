import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";

const writeAll = (handle: number, bytes: Uint8Array): void => {
  for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written);
};

/** To the disk as a whole before it takes its name: a reader finds the old file or the new one. */
export const writeWhole = (file: string, content: string | Uint8Array): void => {
  const beside = `${file}.${process.pid}.new`;
  try {
    const handle = openSync(beside, "w", 0o600);
    try {
      writeAll(handle, typeof content === "string" ? Buffer.from(content) : content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, file);
  } finally {
    rmSync(beside, { force: true });
  }
};
