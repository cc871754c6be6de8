import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { BorderError } from "@ecs-cost/core/estimate";
import { readStandardInput } from "@ecs-cost/core/file";
import { usageError } from "../program/usage-error.ts";
import type { Document } from "../render/document/document.ts";
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
const LARGEST = 64 * 1024 * 1024;

/** Reads each name, `-` for standard input; what begins as JSON is a saved report, everything else Markdown. */
export const readParts = (names: readonly string[]): readonly Part[] => {
  if (names.length === 0) {
    throw usageError(
      "there is no report",
      "Give a file that --json saved, a file of Markdown, or - for standard input.",
    );
  }
  if (names.filter((name) => name === STDIN).length > 1) throw usageError("- is standard input: it can be read once");
  return names.map((name) =>
    name === STDIN ? partOf("standard input", readStandardInput()) : partOf(name, readName(name)),
  );
};

const readName = (name: string): string => {
  try {
    if (statSync(name).size > LARGEST) throw invalid(name, "has more than 64 MiB, too much for a report");
    return textOf(name, readFileSync(name));
  } catch (cause) {
    throw cause instanceof BorderError ? cause : invalid(name, reasonOf(cause), { cause });
  }
};

const reasonOf = (cause: unknown): string => {
  const code = (cause as NodeJS.ErrnoException).code;
  return code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "is a folder" : "cannot be read";
};

const textOf = (file: string, bytes: Uint8Array): string => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\u0000")) return text;
  } catch (cause) {
    throw invalid(file, "is not text in UTF-8", { cause });
  }
  throw invalid(file, "is a binary file, not text");
};

const invalid = (file: string, detail: string, more: { readonly hint?: string; readonly cause?: unknown } = {}) =>
  new BorderError(`${file}: ${detail}`, { code: "invalid-report", source: "user", ...more });

const partOf = (file: string, text: string): Part => {
  if (text.trim() === "") throw invalid(file, "is empty");
  const name = basename(file).replace(/\.(?:json|md|markdown|txt)$/i, "");
  if (!/^\s*[{[]/.test(text)) return { of: "markdown", name, markdown: text };
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
