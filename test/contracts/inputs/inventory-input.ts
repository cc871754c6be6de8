import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type BorderError, isBorderError, type ReadInventoryOptions, readInventory } from "@ecs-cost/core/file";

/** A new folder with the given files. */
export const folderOf = (files: Readonly<Record<string, string | Uint8Array>>): string => {
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost-inventory-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
};

/** Reads text as standard input. */
export const readText = (text: string, options: ReadInventoryOptions = {}) =>
  readInventory(["-"], { ...options, stdin: () => text });

/** The border error that reading ends in; anything else fails the test. */
export const refusal = (read: () => unknown): BorderError => {
  try {
    read();
  } catch (error) {
    if (isBorderError(error)) return error;
    throw error;
  }
  throw new Error("it was read, where a refusal was expected");
};

/** A workload file of one service with further lines, each indented as a key of the service. */
export const oneService = (...lines: readonly string[]): string =>
  ["version: 1", "region: eu-west-1", "services:", "  - name: api", ...lines.map((line) => `    ${line}`), ""].join(
    "\n",
  );

export const TASK = "task: { cpu: 1 vCPU, memory: 2 GB }";
