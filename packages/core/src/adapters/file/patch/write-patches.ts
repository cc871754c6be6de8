import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { invalidInput } from "../text/invalid-input.ts";
import { unreadable } from "../text/read-text.ts";
import type { PatchedFile } from "./patch-task-definitions.ts";

/**
 * Writes changed files below a folder, all or none of those that would replace something.
 *
 * @throws {BorderError} `file-exists` where one is there and `overwrite` is not given, or where it cannot be written.
 */
export const writePatches = (
  folder: string,
  files: readonly Omit<PatchedFile, "source">[],
  overwrite: boolean,
): void => {
  const targets = files.map(({ path, bytes }) => ({ file: join(folder, path), bytes }));
  const there = targets.find(({ file }) => existsSync(file));
  if (there !== undefined && !overwrite) {
    throw invalidInput("file-exists", { file: there.file }, "is there already; nothing was written", {
      hint: "Give another folder, or --overwrite.",
    });
  }
  for (const { file, bytes } of targets) {
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes, { flag: overwrite ? "w" : "wx" });
    } catch (error) {
      throw unreadable(file, error);
    }
  }
};
