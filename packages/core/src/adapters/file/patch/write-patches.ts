import { lstatSync, mkdirSync, realpathSync, renameSync, rmSync, type Stats, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { BorderError } from "../../../domain/issues/border-error.ts";
import { invalidInput } from "../text/invalid-input.ts";
import { unreadable } from "../text/read-text.ts";
import type { PatchedFile } from "./patch-task-definitions.ts";

/**
 * Writes changed files below a folder, all or none of those that would replace something. Nothing is written through a
 * link: whoever made the folder could lead it anywhere.
 *
 * @throws {BorderError} `file-exists` where one is there and `overwrite` is not given, `unsafe-path` where a link stands in the way, or where it cannot be written.
 */
export const writePatches = (
  folder: string,
  files: readonly Omit<PatchedFile, "source">[],
  overwrite: boolean,
): void => {
  const targets = files.map(({ path, bytes }) => ({ file: join(folder, path), bytes }));
  for (const { path } of files) refuseLinks(folder, path);
  const there = targets.find(({ file }) => entryAt(file) !== undefined);
  if (there !== undefined && !overwrite) {
    throw invalidInput("file-exists", { file: there.file }, "is there already; nothing was written", {
      hint: "Give another folder, or --overwrite.",
    });
  }
  for (const { file, bytes } of targets) {
    try {
      mkdirSync(dirname(file), { recursive: true });
      refuseOutside(folder, file);
      replace(file, bytes);
    } catch (error) {
      throw error instanceof BorderError ? error : unreadable(file, error);
    }
  }
};

const entryAt = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });

const unsafe = (file: string) =>
  invalidInput("unsafe-path", { file }, "is a link, or no plain file; nothing is written through it", {
    hint: "Remove it, or give another folder.",
  });

/** Every step below the folder, down to the file itself; a link that leads nowhere counts too. */
const refuseLinks = (folder: string, path: string): void => {
  const steps = path.split(/[\\/]/);
  steps.forEach((_, index) => {
    const here = join(folder, ...steps.slice(0, index + 1));
    const found = entryAt(here);
    if (found === undefined) return;
    const isLast = index === steps.length - 1;
    if (isLast ? !found.isFile() : !found.isDirectory()) throw unsafe(here);
  });
};

const refuseOutside = (folder: string, file: string): void => {
  const below = relative(realpathSync(folder), realpathSync(dirname(file)));
  if (below === ".." || below.startsWith(`..${sep}`)) throw unsafe(file);
};

/** A new file takes the place of the old one, so that another name of the old one keeps what it has. */
const replace = (file: string, bytes: Uint8Array): void => {
  const waiting = `${file}.new`;
  rmSync(waiting, { force: true });
  writeFileSync(waiting, bytes, { flag: "wx" });
  renameSync(waiting, file);
};
