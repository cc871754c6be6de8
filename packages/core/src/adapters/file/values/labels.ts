import { basename, dirname, relative, sep } from "node:path";

/**
 * Short names of files: their paths below the deepest folder that holds all of them, with slashes. They are the same
 * wherever the folder lies.
 */
export const fileLabels = (files: readonly string[]): ReadonlyMap<string, string> => {
  const [first = "", ...others] = files;
  const isBelow = (folder: string, file: string): boolean =>
    folder === "."
      ? !file.startsWith("..") && !file.startsWith(sep)
      : file.startsWith(`${folder.replace(/[\\/]$/, "")}${sep}`);
  let folder = dirname(first);
  while (!others.every((file) => isBelow(folder, file)) && dirname(folder) !== folder) folder = dirname(folder);
  return new Map(files.map((file) => [file, relative(folder, file).replaceAll(sep, "/") || basename(file)]));
};
