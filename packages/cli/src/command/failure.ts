import type { BorderError } from "@ecs-cost/core";
import { isBorderError, placeText } from "@ecs-cost/core/estimate";
import { EXIT, type ExitCode } from "../program/exit-codes.ts";
import { commandOf, type ManifestCommand, readCommands } from "../program/manifest.ts";
import { nearest } from "../program/nearest.ts";
import { safeText } from "../render/document/safe-text.ts";

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

const EXITS: Readonly<Record<BorderError["source"], ExitCode>> = {
  ...{ user: EXIT.usage, internal: EXIT.defect },
  ...{ aws: EXIT.aws, forge: EXIT.aws },
};

const borderFailure = (error: BorderError): Failure => {
  const place = error.where === undefined ? "" : `${placeText(error.where)}: `;
  const [headline = "", ...details] = error.message.split("\n");
  const untold = error.problems.filter(({ detail }) => !error.message.includes(detail));
  return {
    lines: [
      `Error: ${headline.startsWith(error.where?.file ?? "") ? "" : place}${headline}`,
      ...details.map((detail) => `  ${detail}`),
      ...untold.slice(0, MOST_PROBLEMS).map((problem) => `  ${placeText(problem.where)}: ${problem.detail}`),
      ...(untold.length > MOST_PROBLEMS ? [`  and ${untold.length - MOST_PROBLEMS} more`] : []),
      ...(error.hint === undefined ? [] : [`Hint: ${error.hint}`]),
    ].map(safeText),
    exitCode: EXITS[error.source],
  };
};

interface ParseError extends Error {
  readonly oclif: { readonly exit?: number };
  readonly flags?: readonly string[];
}

/** oclif marks what is wrong with the arguments with an exit code of its own; a module that cannot be loaded has 1. */
const isParseError = (error: unknown): error is ParseError =>
  error instanceof Error && ((error as Partial<ParseError>).oclif?.exit ?? EXIT.defect) !== EXIT.defect;

const usageFailure = (error: ParseError, argv: readonly string[]): Failure => {
  const commands = readCommands();
  const command = commandOf(argv, commands);
  const { message, guesses } =
    command === undefined || /^command .* not found$/s.test(error.message)
      ? unknownCommand(argv, commands)
      : { message: plainMessage(error), guesses: nearestFlags(error, command) };
  const hint = guesses.length > 0 ? `Did you mean ${guesses.join(" or ")}? ` : "";
  return { lines: [`Error: ${message}`, `Hint: ${hint}See --help.`].map(safeText), exitCode: EXIT.usage };
};

const plainMessage = ({ message }: Error): string =>
  message
    .replace(/\s*See more help with --help/g, "")
    .replace(/^Parsing (--\S+) \s*/, "$1: ")
    .replace(/\s*Note: --[\s\S]*$/, "")
    .replace(/\s*\n\s*/g, " ")
    .replace(/ {2,}/g, ": ");

const nearestFlags = (error: ParseError, command: ManifestCommand): readonly string[] =>
  (error.flags ?? []).flatMap((flag) =>
    nearest(flag.replace(/^-+|=.*$/g, ""), Object.keys(command.flags), 1).map((name) => `--${name}`),
  );

/** The first word that leads to no command, and the words there are in its place. */
const unknownCommand = (argv: readonly string[], commands: readonly ManifestCommand[]) => {
  const ids = commands.map(({ id }) => id.split(":"));
  const leads = (count: number): boolean => ids.some((id) => argv.slice(0, count).every((word, at) => id[at] === word));
  let known = 0;
  while (known < argv.length && leads(known + 1)) known += 1;
  const path = argv.slice(0, known);
  const next = ids.flatMap((id) => (path.every((word, at) => id[at] === word) ? (id[known] ?? []) : []));
  const word = argv[known] ?? "";
  if (next.length === 0) return { message: `${path.join(" ")} takes no argument ${word}`, guesses: [] };
  return { message: `there is no command ${[...path, word].join(" ")}`, guesses: nearest(word, [...new Set(next)], 2) };
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
