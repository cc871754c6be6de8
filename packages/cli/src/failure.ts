import { type BorderError, isBorderError, placeText } from "@ecs-cost/core";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { commandOf, readCommands } from "./manifest.ts";
import { nearest } from "./nearest.ts";
import { safeText } from "./render/safe-text.ts";

/** What a failed command tells: lines for stderr, free of control characters, and an exit code. */
export interface Failure {
  readonly lines: readonly string[];
  readonly exitCode: ExitCode;
}

/** What the reader is told about anything that a command line throws. A defect shows its stack with `--verbose`. */
export const failureOf = (error: unknown, argv: readonly string[]): Failure => {
  if (isBorderError(error)) return borderFailure(error);
  if (isParseError(error)) return usageFailure(error, argv);
  return defect(error, argv.includes("--verbose"));
};

const MOST_PROBLEMS = 20;

const borderFailure = (error: BorderError): Failure => {
  const place = error.where === undefined ? "" : `${placeText(error.where)}: `;
  const told = error.problems.slice(0, MOST_PROBLEMS);
  const untold = error.problems.length - told.length;
  return {
    lines: [
      `Error: ${error.message.startsWith(place) ? "" : place}${error.message}`,
      ...told.map((problem) => `  ${placeText(problem.where)}: ${problem.detail}`),
      ...(untold > 0 ? [`  and ${untold} more`] : []),
      ...(error.hint === undefined ? [] : [`Hint: ${error.hint}`]),
    ].map(safeText),
    exitCode: error.source === "user" ? EXIT.usage : error.source === "aws" ? EXIT.aws : EXIT.defect,
  };
};

interface ParseError extends Error {
  readonly oclif: { readonly exit?: number };
  readonly flags?: readonly string[];
}

/** oclif marks whatever is wrong with the arguments with its own exit code. */
const isParseError = (error: unknown): error is ParseError =>
  error instanceof Error && typeof (error as { oclif?: unknown }).oclif === "object";

const usageFailure = (error: ParseError, argv: readonly string[]): Failure => {
  const message = error.message
    .replace(/\s*See more help with --help/g, "")
    .replace(/^Parsing (--\S+) \s*/, "$1: ")
    .replace(/\s*\n\s*/g, " ");
  const guesses = guess(error, argv);
  const hint = guesses.length > 0 ? `Did you mean ${guesses.join(" or ")}? ` : "";
  return {
    lines: [`Error: ${message}`, `Hint: ${hint}See --help.`].map(safeText),
    exitCode: EXIT.usage,
  };
};

/** Commands or flags that look like the one that does not exist. */
const guess = (error: ParseError, argv: readonly string[]): readonly string[] => {
  const commands = readCommands();
  const command = commandOf(argv, commands);
  if (command === undefined) {
    const ids = commands.map(({ id }) => id.replaceAll(":", " "));
    return nearest(/^command (?<id>.+) not found$/.exec(error.message)?.groups?.["id"] ?? "", ids, 2);
  }
  const flags = Object.keys(command.flags);
  return (error.flags ?? []).flatMap((flag) =>
    nearest(flag.replace(/^-+|=.*$/g, ""), flags, 1).map((name) => `--${name}`),
  );
};

const defect = (error: unknown, verbose: boolean): Failure => {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  return {
    lines: verbose
      ? ["Error: this is a defect of ecs-cost.", ...stack.split("\n")].map(safeText)
      : [safeText(`Error: this is a defect of ecs-cost (run again with --verbose for the trace): ${message}`)],
    exitCode: EXIT.defect,
  };
};
