import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { BorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { BillReading, BillRequest, BillSource } from "../../../ports/bill-source.ts";
import { printable } from "../../../schema/problems.ts";
import { decodeText, unreadable } from "../../file/text/read-text.ts";
import { readAnswer, WrongAnswer } from "./answer.ts";
import { estimatedIssue, groupingIssues, recordTypeIssues } from "./bill-notes.ts";
import { chargesOf } from "./charges.ts";
import { type Cell, CLUSTER_TAG, type Dimension, type Grouping, SERVICE_TAG, tagDimension } from "./grouping.ts";
import { jsonDocuments } from "./json-documents.ts";
import { groupingCommand, missingGroupings, missingMetrics, unexplainedIssue } from "./missing-groupings.ts";
import { costAsMuch, refine } from "./refine.ts";
import { type SavedAnswer, type SavedGroupings, savedGroupings } from "./saved-groupings.ts";

const invalid = (file: string, detail: string, cause?: unknown): BorderError =>
  new BorderError(`${printable(file)}: ${detail}`, {
    code: "invalid-bill",
    source: "user",
    hint: "Give what `aws ce get-cost-and-usage --output json` prints.",
    where: { file },
    cause,
  });

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

const textOf = (file: string): string => {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw unreadable(file, cause);
  }
  try {
    return decodeText(isGzip(bytes) ? gunzipSync(bytes) : bytes, file);
  } catch (error) {
    throw error instanceof BorderError ? error : invalid(file, "is a damaged archive", error);
  }
};

const documentsOf = (file: string): readonly unknown[] => {
  try {
    return jsonDocuments(textOf(file));
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid(file, "is no whole JSON", error);
    throw error;
  }
};

const readFile = (file: string): readonly SavedAnswer[] =>
  documentsOf(file).map((document) => {
    try {
      return { file, answer: readAnswer(document) };
    } catch (error) {
      throw error instanceof WrongAnswer ? invalid(file, `is no answer of Cost Explorer: ${error.message}`) : error;
    }
  });

const has = (grouping: Grouping, ...dimensions: readonly Dimension[]): boolean =>
  dimensions.every((dimension) => grouping.dimensions.includes(dimension));

/** Service and usage type is what a review cannot do without. */
const baseOf = ({ groupings }: SavedGroupings, request: BillRequest, files: readonly string[]): Grouping => {
  const base = groupings.find((grouping) => has(grouping, "SERVICE", "USAGE_TYPE"));
  if (base !== undefined) return base;
  throw new BorderError(`${files.map(printable).join(", ")}: no answer is grouped by SERVICE and USAGE_TYPE`, {
    code: "missing-grouping",
    source: "user",
    hint: `Save what this prints: ${groupingCommand(request, ["SERVICE", "USAGE_TYPE"])}`,
  });
};

/** Charge types come first: the tags of a usage type are told best one charge type at a time. */
const ORDER: readonly ((grouping: Grouping) => boolean)[] = [
  (grouping) => has(grouping, "RECORD_TYPE", "USAGE_TYPE"),
  (grouping) => has(grouping, "RECORD_TYPE"),
  (grouping) => has(grouping, tagDimension(SERVICE_TAG), "USAGE_TYPE"),
  (grouping) => has(grouping, "USAGE_TYPE"),
  () => true,
];

const rankOf = (grouping: Grouping): number => ORDER.findIndex((fits) => fits(grouping));

const cellsOf = ({ dimensions, amounts }: Grouping): readonly Cell[] =>
  amounts.map(({ start, keys, cost, effectiveCost, quantity, unit }) => ({
    ...{ start, cost, effectiveCost, quantity, unit },
    values: Object.fromEntries(dimensions.map((dimension, at) => [dimension, keys[at] ?? ""])),
  }));

/** Tax has a service of its own in Cost Explorer, which tells it where charge types are not given. */
const withTax = (cells: readonly Cell[]): readonly Cell[] =>
  cells.map((cell) =>
    cell.values.RECORD_TYPE === undefined && cell.values.SERVICE === "Tax"
      ? { ...cell, values: { ...cell.values, RECORD_TYPE: "Tax" } }
      : cell,
  );

/**
 * The command's filter is not in what it prints: groups that add up to one charge type alone, and not to the whole, are of
 * that charge type.
 */
const withFilter = (grouping: Grouping, cells: readonly Cell[]): Grouping => {
  if (has(grouping, "RECORD_TYPE") || costAsMuch(cells, grouping.amounts)) return grouping;
  const types = [...Map.groupBy(cells, ({ values }) => values.RECORD_TYPE)];
  const only = types.find(([type, ofType]) => type !== undefined && costAsMuch(ofType, grouping.amounts))?.[0];
  return only === undefined ? grouping : { ...grouping, within: { RECORD_TYPE: [only] } };
};

interface Divided {
  readonly cells: readonly Cell[];
  readonly issues: readonly Issue[];
}

const divide = (saved: SavedGroupings, base: Grouping): Divided => {
  const further = saved.groupings.filter((grouping) => grouping !== base).sort((a, b) => rankOf(a) - rankOf(b));
  let cells = cellsOf(base);
  const issues: Issue[] = [];
  for (const grouping of further) {
    const refined = refine(cells, withFilter(grouping, cells));
    cells = refined.cells;
    issues.push(...groupingIssues(grouping, refined, saved.currency));
  }
  return { cells: withTax(cells), issues };
};

/** Nothing of the period stands in the files. */
const otherPeriodIssue = ({ from, to }: SavedGroupings, request: BillRequest, files: readonly string[]): Issue => ({
  code: "empty-month",
  severity: "warning",
  subject: files.join(", "),
  detail:
    from === ""
      ? "the answers hold no day or month at all"
      : `no amount from ${request.from} to before ${request.to}; the answers are from ${from} to before ${to}`,
});

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

const read = (files: readonly string[], request: BillRequest): BillReading => {
  const saved = savedGroupings(files.flatMap(readFile), request.from, request.to);
  const base = baseOf(saved, request, files);
  const isOther = saved.from === "" || saved.from >= request.to || saved.to <= request.from;
  const { cells, issues } = divide(saved, base);
  const given = new Set(saved.groupings.flatMap(({ dimensions }) => dimensions));
  const tags = [tagDimension(SERVICE_TAG), tagDimension(CLUSTER_TAG)];
  const estimated = saved.estimatedFrom === undefined ? [] : [estimatedIssue(saved.estimatedFrom)];
  return {
    bill: {
      format: "cost-explorer-json",
      source: files.join(", "),
      currency: saved.currency,
      from: isOther ? request.from : later(saved.from, request.from),
      to: isOther ? request.from : earlier(saved.to, request.to),
      detail: {
        granularity: saved.isMonthly ? "month" : "day",
        ecsTags: cells.some(({ values }) => tags.some((tag) => (values[tag] ?? "") !== "")),
        splitCostAllocation: false,
        resources: false,
        amortised: saved.metrics.amortized,
      },
      charges: chargesOf(cells, request.tagKeys),
      hours: null,
      resources: null,
    },
    issues: [
      ...(isOther ? [otherPeriodIssue(saved, request, files)] : []),
      ...saved.issues,
      ...missingMetrics(saved.metrics),
      ...missingGroupings(request, given),
      ...unexplainedIssue(cells, saved.currency),
      ...estimated,
      ...recordTypeIssues(cells),
      ...issues,
    ],
    readingCost: null,
  };
};

/**
 * Answers of Cost Explorer that `aws ce get-cost-and-usage` printed, as a source of the bill; groups of other files say
 * more about the same amounts.
 *
 * @throws {BorderError} `invalid-bill`, `missing-grouping`, `contradicting-bill`, `several-currencies`.
 */
export const costExplorerJson = (files: readonly string[]): BillSource => ({
  read: async (request) => read(files, request),
});

/** Whether a text begins as an answer of Cost Explorer does; a part of a file is enough. */
export const isCostExplorerJson = (begin: string): boolean =>
  /^[\s\uFEFF]*[[{]/.test(begin) && /"(?:ResultsByTime|GroupDefinitions)"\s*:/.test(begin);
