import { readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Interfaces } from "@oclif/core";
import { run } from "@oclif/core/run";
import { EXIT } from "./program/exit-codes.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs one command line. Sets the exit code of the process and never throws. */
export const main = async (argv: readonly string[]): Promise<void> => {
  process.stdout.on("error", endUnlessClosedPipe);
  process.stderr.on("error", () => {});
  try {
    const pjson = JSON.parse(readFileSync(`${root}/package.json`, "utf8")) as Interfaces.PJSON;
    await run(withoutHelpCommand(argv), { root, pjson, userPlugins: false, devPlugins: false });
  } catch (error) {
    await tellFailure(error, argv);
  }
};

/** `help sizes` is `sizes --help`, and `version` is `--version`. */
const withoutHelpCommand = (argv: readonly string[]): string[] => {
  if (argv[0] === "help") return [...argv.slice(1), "--help"];
  return argv.length === 1 && (argv[0] === "version" || argv[0] === "-v") ? ["--version"] : [...argv];
};

/** Ends at once: a base class of the commands throws what is told of stdout, where nothing can catch it. */
const endUnlessClosedPipe = (error: NodeJS.ErrnoException): void => {
  if (error.code === "EPIPE") return;
  const reason = error.code === "ENOSPC" ? "no space left on the device" : (error.code ?? "it failed");
  tellAtOnce(`Error: the output cannot be written: ${reason}\n`);
  process.exit(EXIT.usage);
};

const tellAtOnce = (line: string): void => {
  try {
    writeSync(2, line);
  } catch {
    // There is nowhere left to tell it.
  }
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
