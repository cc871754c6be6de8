import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Interfaces } from "@oclif/core";
import { run } from "@oclif/core/run";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs one command line. Sets the exit code of the process and never throws. */
export const main = async (argv: readonly string[]): Promise<void> => {
  process.stdout.on("error", ignoreClosedPipe);
  process.stderr.on("error", ignoreClosedPipe);
  try {
    const pjson = JSON.parse(readFileSync(`${root}/package.json`, "utf8")) as Interfaces.PJSON;
    await run(withoutHelpCommand(argv), { root, pjson, userPlugins: false, devPlugins: false });
  } catch (error) {
    await tellFailure(error, argv);
  }
};

/** `help sizes` is `sizes --help`. */
const withoutHelpCommand = (argv: readonly string[]): string[] =>
  argv[0] === "help" ? [...argv.slice(1), "--help"] : [...argv];

const ignoreClosedPipe = (error: NodeJS.ErrnoException): void => {
  if (error.code === "EPIPE") return;
  process.exitCode = 1;
  if (error.code !== "ENOSPC") throw error;
  process.stderr.write("Error: the output cannot be written: no space left on the device\n");
};

const tellFailure = async (error: unknown, argv: readonly string[]): Promise<void> => {
  if (isExit(error)) {
    process.exitCode = error.oclif.exit;
    return;
  }
  const { failureOf } = await import("./command/failure.ts");
  const { lines, exitCode } = failureOf(error, argv);
  process.stderr.write(`${lines.join("\n")}\n`);
  process.exitCode = exitCode;
};

/** `this.exit(n)` of a command: no failure, only an exit code. */
const isExit = (error: unknown): error is { oclif: { exit: number } } =>
  (error as { code?: unknown } | undefined)?.code === "EEXIT";
