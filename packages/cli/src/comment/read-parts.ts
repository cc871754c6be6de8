import { basename } from "node:path";
import { BorderError } from "@ecs-cost/core/estimate";
import { readStandardInput, readText } from "@ecs-cost/core/file";
import { usageError } from "../program/usage-error.ts";
import type { Document } from "../render/document/document.ts";
import { unfitForComment } from "./made-for-comments.ts";
import { documentOf } from "./report-document.ts";

/** What a comment is made of: a saved report, or Markdown as it is. */
export type Part =
  | {
      readonly of: "report";
      readonly name: string;
      readonly document: Document;
      /** A difference without any change. */
      readonly unchanged: boolean;
    }
  | { readonly of: "markdown"; readonly name: string; readonly markdown: string };

const STDIN = "-";

/** Reads each name, `-` for standard input; what begins as JSON is a saved report, everything else Markdown. */
export const readParts = (names: readonly string[], anyFile = false): readonly Part[] => {
  if (names.length === 0) {
    throw usageError(
      "there is no report",
      "Give a file that --json saved, a file of Markdown, or - for standard input.",
    );
  }
  if (names.filter((name) => name === STDIN).length > 1) throw usageError("- is standard input: it can be read once");
  return names.map((name) =>
    name === STDIN
      ? partOf("standard input", readStandardInput(), anyFile)
      : partOf(name, readText(name, name), anyFile),
  );
};

const invalid = (file: string, detail: string, more: { readonly hint?: string; readonly cause?: unknown } = {}) =>
  new BorderError(`${file}: ${detail}`, { code: "invalid-report", source: "user", ...more });

const ANY_FILE = "Save a report with --json --out FILE, or Markdown as FILE.md; --any-file takes it as it is.";

const partOf = (file: string, text: string, anyFile: boolean): Part => {
  if (text.trim() === "") throw invalid(file, "is empty");
  const name = basename(file).replace(/\.(?:json|md|markdown|txt)$/i, "");
  if (!/^\s*[{[]/.test(text)) {
    const unfit = anyFile ? undefined : unfitForComment(file, text);
    if (unfit !== undefined) throw invalid(file, unfit, { hint: ANY_FILE });
    return { of: "markdown", name, markdown: text };
  }
  const report = reportOf(file, text);
  return { of: "report", name, document: documentOf(file, report), unchanged: isUnchanged(report) };
};

const HINT = "Save one with --json --out FILE, for example of ecs-cost diff.";

const reportOf = (file: string, text: string): Readonly<Record<string, unknown>> => {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw invalid(file, `is not JSON: ${cause instanceof Error ? cause.message : ""}`, { hint: HINT, cause });
  }
  if (data !== null && typeof data === "object" && !Array.isArray(data) && "command" in data) return { ...data };
  throw invalid(file, "is not a report of ecs-cost", { hint: HINT });
};

const isUnchanged = ({ command, changes, omittedChanges, monthlyChange }: Readonly<Record<string, unknown>>): boolean =>
  command === "diff" &&
  Array.isArray(changes) &&
  changes.length === 0 &&
  (omittedChanges ?? 0) === 0 &&
  (monthlyChange === "0" || monthlyChange === "-0");
