import { readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { usageError } from "../program/usage-error.ts";
import type { ServerSettings } from "./tool.ts";

type Limits = Pick<ServerSettings, "root" | "maxInputBytes">;

const DEEPEST = 16;

const isBelow = (root: string, path: string): boolean => {
  const way = relative(root, path);
  return way === "" || !(way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way));
};

const realPath = (path: string): string | undefined => {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
};

const pathBelow = (root: string, name: string): string => {
  const real = realPath(resolve(root, name));
  if (!isBelow(root, resolve(root, name)) || (real !== undefined && !isBelow(realPath(root) ?? root, real))) {
    throw usageError(
      `${name} is outside of the root of the server`,
      "Start the server with --root FOLDER to read from there.",
    );
  }
  if (real === undefined)
    throw usageError(`${name} is not there`, `Names are relative to the root of the server, ${root}.`);
  return real;
};

const bytesBelow = (path: string, left: number, depth = 0): number => {
  const found: Stats | undefined = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || depth > DEEPEST) return 0;
  if (!found.isDirectory()) return found.isFile() ? found.size : 0;
  let bytes = 0;
  for (const name of readdirSync(path)) {
    if (name.startsWith(".") || name === "node_modules") continue;
    bytes += bytesBelow(join(path, name), left - bytes, depth + 1);
    if (bytes > left) break;
  }
  return bytes;
};

/**
 * Paths of files and folders that a call names, each below the root after links are followed.
 *
 * @throws {BorderError} where one is outside or is not there, or all together are larger than the server reads.
 */
export const inputPaths = (names: readonly string[], { root, maxInputBytes }: Limits): readonly string[] => {
  const paths = names.map((name) => pathBelow(root, name));
  let bytes = 0;
  for (const path of paths) {
    bytes += bytesBelow(path, maxInputBytes - bytes);
    if (bytes > maxInputBytes) {
      throw usageError(
        `the inputs are larger than ${maxInputBytes} bytes`,
        "Name fewer or smaller files, or start the server with a larger --max-input-mib.",
      );
    }
  }
  return paths.map((path) => relative(process.cwd(), path) || ".");
};

/** Utilization that a call names: files, or CloudWatch where the server may ask it. */
export const metricSources = (names: readonly string[], settings: ServerSettings): readonly string[] => {
  if (names.includes("cloudwatch")) {
    if (names.length > 1) throw usageError("cloudwatch stands alone");
    refuseAws(settings, "CloudWatch");
    return names;
  }
  const named = names.find((name) => name.includes("="));
  if (named !== undefined)
    throw usageError(`${named}: SERVICE=FILE is not taken here`, "Give files that name their services.");
  return inputPaths(names, settings);
};

/** @throws {BorderError} where the server was not started to ask AWS. */
export const refuseAws = ({ allowAws }: ServerSettings, what: string): void => {
  if (!allowAws) throw usageError(`this server does not ask ${what}`, "Start it with --allow-aws, or name files.");
};
