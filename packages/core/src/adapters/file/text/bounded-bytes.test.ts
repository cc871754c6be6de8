import { closeSync, mkdtempSync, openSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { boundedBytes, boundedFile } from "./bounded-bytes.ts";

const file = (bytes: number): string => {
  const path = join(mkdtempSync(join(tmpdir(), "ecs-cost bytes ")), "f");
  writeFileSync(path, "x".repeat(bytes));
  return path;
};

describe("reading within a limit", () => {
  it.each([0, 1, 99, 100])("gives all of %d bytes of at most 100", (bytes) => {
    expect(boundedFile(file(bytes), 100)?.length).toBe(bytes);
  });

  it("gives nothing of more, whether the size is told or only seen while reading", () => {
    expect(boundedFile(file(101), 100)).toBeUndefined();
    const descriptor = openSync(file(101), "r");
    expect(boundedBytes(descriptor, 100)).toBeUndefined();
    closeSync(descriptor);
  });

  it.skipIf(process.platform === "win32")("ends on a device without end", () => {
    expect(boundedFile("/dev/zero", 3_000_000)).toBeUndefined();
  });
});
