import { existsSync } from "node:fs";
import type { Budget } from "../../../domain/review/budgets.ts";
import type { KeptFinding } from "../../../domain/review/findings/finding-states.ts";
import type { UnitMetric } from "../../../domain/review/unit-costs.ts";
import { quoted, type SchemaProblem, schemaProblems } from "../../../schema/problems.ts";
import { type BudgetsFile, budgetsSchema, type FindingsFile, findingsSchema } from "../../../schema/review-files.ts";
import { refuseProblems } from "../text/checked.ts";
import { readDocument } from "../text/document.ts";
import { invalidInput } from "../text/invalid-input.ts";
import { readText } from "../text/read-text.ts";

const checked = (file: string, schema: Parameters<typeof schemaProblems>[0]) => {
  const document = readDocument(file, readText(file, file));
  document.refuseDuplicateKeys();
  refuseProblems(document, schemaProblems(schema, document.data));
  return document;
};

const oddBudget = ({ budgets }: BudgetsFile): readonly SchemaProblem[] =>
  budgets.flatMap(({ team, tag }, index) => {
    const path = ["budgets", index];
    if (team !== undefined && tag !== undefined) return [{ path, detail: "is of a team or of a tag, not of both" }];
    return tag === undefined || Object.keys(tag).length === 1 ? [] : [{ path, detail: "tag needs one key" }];
  });

/** Reads a file of budgets, YAML or JSON. Throws a BorderError with source `user` where it is none. */
export const readBudgets = (file: string): readonly Budget[] => {
  const document = checked(file, budgetsSchema);
  const given = document.data as BudgetsFile;
  refuseProblems(document, oddBudget(given));
  return given.budgets.map(({ name, monthly, team, tag }) => ({
    name,
    monthly: String(monthly),
    ...(team === undefined ? {} : { team }),
    ...(tag === undefined ? {} : { tag: Object.entries(tag)[0] as [string, string] }),
  }));
};

/** Reads a file of findings; one that is not there yet holds none. Throws a BorderError with source `user` where it is none. */
export const readKeptFindings = (file: string): readonly KeptFinding[] => {
  if (!existsSync(file)) return [];
  const { findings } = checked(file, findingsSchema).data as FindingsFile;
  return findings.map(({ promised, note: _, ...finding }) => ({
    ...finding,
    ...(promised === undefined ? {} : { promised: String(promised) }),
  })) as readonly KeptFinding[];
};

const VALUE = /^\d{1,20}(?:\.\d{1,12})?$/;

/**
 * Reads figures of the business, CSV: `month,metric,value`. Throws a BorderError with source `user` where a line is odd.
 *
 * @example "month,metric,value\n2026-10,requests,1200000"
 */
export const readUnitMetrics = (file: string): readonly UnitMetric[] => {
  const [header = "", ...lines] = readText(file, file).split(/\r?\n/);
  if (header.trim() !== "month,metric,value") {
    throw invalidInput("invalid-csv", { file, line: 1 }, "expected the header month,metric,value");
  }
  const metrics = new Map<string, Map<string, string>>();
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const [month = "", name = "", value = "", ...more] = line.split(",").map((cell) => cell.trim());
    if (!/^20\d{2}-(?:0[1-9]|1[0-2])$/.test(month) || name === "" || !VALUE.test(value) || more.length > 0) {
      throw invalidInput("invalid-csv", { file, line: index + 2 }, `${quoted(line)} is no month,metric,value`);
    }
    const months = metrics.get(name) ?? new Map<string, string>();
    if (months.has(month)) {
      throw invalidInput("invalid-csv", { file, line: index + 2 }, `${quoted(name)} has two values of ${month}`);
    }
    metrics.set(name, months.set(month, value));
  }
  return [...metrics].map(([name, months]) => ({ name, months }));
};
