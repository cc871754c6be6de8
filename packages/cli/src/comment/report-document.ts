import type { CapacityReport, CompareReport, EstimateReport, RightsizeReport } from "@ecs-cost/core";
import { BorderError } from "@ecs-cost/core/estimate";
import type { PolicyVerdict } from "../policy/judge-policy.ts";
import type { Document } from "../render/document/document.ts";
import { BLOCKS } from "../render/document/sparkline.ts";
import { renderMarkdown } from "../render/format/markdown.ts";
import { capacityDocument } from "../render/report/capacity/document.ts";
import { compareDocument } from "../render/report/compare/document.ts";
import { diffDocument } from "../render/report/diff/document.ts";
import { estimateDocument } from "../render/report/estimate/document.ts";
import { reviewDocument } from "../render/report/review/document.ts";
import { rightsizeDocument } from "../render/report/rightsize/document.ts";
import { gateBlocks } from "../render/report/shared/gates.ts";
import { policyBlocks } from "../render/report/shared/policy.ts";
import type { SelectedDiff } from "../select/diff.ts";
import type { GateResult } from "../select/gates.ts";
import type { SelectedReview } from "../select/review.ts";
import { revive, reviveReport } from "./revive.ts";

const SHORT = { verbose: false };

/** How each command draws its report. What is drawn is checked by drawing it, so that fields may be added freely. */
const DOCUMENTS: Readonly<Record<string, (report: unknown) => Document>> = {
  diff: (report) => diffDocument(report as SelectedDiff, SHORT),
  estimate: (report) => estimateDocument(report as EstimateReport, SHORT),
  compare: (report) => compareDocument(report as CompareReport, SHORT),
  rightsize: (report) => rightsizeDocument(report as RightsizeReport, { ...SHORT, glyphs: BLOCKS }),
  capacity: (report) => capacityDocument(report as CapacityReport, SHORT),
  review: (report) => reviewDocument(report as SelectedReview, SHORT),
};

const KNOWN = Object.keys(DOCUMENTS).join(", ");

/** A saved report as a page; throws a `BorderError` where it is none that can be drawn, or not whole. */
export const documentOf = (file: string, report: Readonly<Record<string, unknown>>): Document => {
  const { schemaVersion, command } = report;
  const draw = typeof command === "string" && Object.hasOwn(DOCUMENTS, command) ? DOCUMENTS[command] : undefined;
  if (draw === undefined) throw invalid(file, `is no report for a comment: its command is none of ${KNOWN}`);
  if (schemaVersion !== 1) throw invalid(file, "has a schemaVersion that this version does not know");
  try {
    const document = withVerdicts(draw(reviveReport(report)), report);
    for (const _ of renderMarkdown(document));
    return document;
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw invalid(file, `is not a whole report of ${command}`, {
      hint: "Save it with --json, without --fields, and give it as it was saved.",
      cause,
    });
  }
};

/** What gates and a policy came to stands behind the first block. */
const withVerdicts = ({ title, blocks }: Document, report: Readonly<Record<string, unknown>>): Document => {
  const gates = gateBlocks((report["gates"] ?? []) as readonly GateResult[]);
  const policy = policyBlocks(revive(report["policy"]) as PolicyVerdict | undefined, false);
  return { title, blocks: [...blocks.slice(0, 1), ...gates, ...policy, ...blocks.slice(1)] };
};

const invalid = (file: string, detail: string, more: { readonly hint?: string; readonly cause?: unknown } = {}) =>
  new BorderError(`${file}: ${detail}`, { code: "invalid-report", source: "user", ...more });
