import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

const APP = "ecs-cost";

/** The folder of a variable of the XDG base directories, which ignores relative ones, else below the home folder. */
const baseOf = (variable: string, ...below: readonly string[]): string => {
  const named = process.env[variable] ?? "";
  return isAbsolute(named) ? named : join(homedir(), ...below);
};

/** Where refreshed prices are kept: what the flag names, else `ecs-cost` in XDG_DATA_HOME or ~/.local/share. */
export const dataFolder = (flag?: string): string => flag ?? join(baseOf("XDG_DATA_HOME", ".local", "share"), APP);

/** Where points of CloudWatch are kept: what the flag names, else `ecs-cost` in XDG_CACHE_HOME or ~/.cache. */
export const cacheFolder = (flag?: string): string => flag ?? join(baseOf("XDG_CACHE_HOME", ".cache"), APP);

/** Where the price books are in the data folder. */
export const pricesFolder = (flag?: string): string => join(dataFolder(flag), "prices");
