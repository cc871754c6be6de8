import type { ChangeCause, CostChange, DiffReport } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import type { SelectedDiff } from "../../../select/diff.ts";
import type { Suggested } from "../../../suggestions/suggest.ts";
import { signedDollars, signedPercent } from "../../document/change-figures.ts";
import type { Block, Cell, Document, LinesBlock, TableBlock, Tone } from "../../document/document.ts";
import { counted, dollarsOf, UNKNOWN } from "../../document/figures.ts";
import { clusterText, type Detail, tailBlocks } from "../shared/report-parts.ts";
import { suggestionBlocks } from "../shared/suggestions.ts";
import { diffLinesTable } from "./lines.ts";
import { sizesBlocks } from "./sizes.ts";
import { causeText } from "./text.ts";

/** A difference as a page: the headline, what changed, the causes, and with much detail each line of the bill. */
export const diffDocument = (report: Suggested<SelectedDiff>, detail: Detail): Document => ({
  title: headline(report),
  blocks: [
    ...(report.changes.length === 0 ? [] : [changesTable(report)]),
    summaryBlock(report),
    causesBlock(report.changes, detail),
    ...sizesBlocks(report),
    ...suggestionBlocks(report.suggestions),
    ...(detail.verbose ? report.changes.map(diffLinesTable) : []),
    ...tailBlocks(report, detail),
    ...baseBlock(report),
  ],
});

/** `+$41.20 a month (+12.3 %)`. */
const headline = (report: DiffReport): string => {
  const { monthlyChange, knownMonthlyChange, relativeChange, changes } = report;
  if (monthlyChange === null) {
    return knownMonthlyChange.isZero()
      ? "Monthly change not known"
      : `Monthly change not known; ${signedDollars(knownMonthlyChange)} of it is`;
  }
  if (changes.length === 0 && monthlyChange.isZero()) return "No change in monthly cost";
  return `${signedDollars(monthlyChange)} a month${relativeChange === null ? "" : ` (${signedPercent(relativeChange)})`}`;
};

const toneOfChange = (change: Decimal | null): Tone => {
  if (change === null || change.isPositive()) return change?.isZero() === true ? "plain" : "bad";
  return "good";
};

const changesTable = (report: SelectedDiff): TableBlock => ({
  kind: "table",
  columns: [
    { header: "Service", cutTo: 14 },
    { header: "Cluster", cutTo: 8 },
    { header: "Change" },
    { header: "Before", align: "right" },
    { header: "After", align: "right" },
    { header: "Monthly change", align: "right" },
    { header: "Because of", cutTo: 14 },
  ],
  rows: report.changes.map((change) => [
    change.of === "shared" ? "Shared" : change.name,
    clusterText(change),
    change.kind,
    change.kind === "added" ? "" : costCell(change.beforeMonthlyCost, change.beforeComplete),
    change.kind === "removed" ? "" : costCell(change.afterMonthlyCost, change.afterComplete),
    changeCell(change.monthlyChange),
    becauseOf(change),
  ]),
  footer: footerRows(report),
});

const footerRows = (report: SelectedDiff): Cell[][] => {
  const { omittedChanges, before, after, monthlyChange } = report;
  const total: Cell[] = [
    "Total",
    "",
    "",
    dollarsOf(before.monthlyCost, before.complete),
    dollarsOf(after.monthlyCost, after.complete),
    { text: signedDollars(monthlyChange), tone: "strong" },
    "",
  ];
  return omittedChanges === undefined
    ? [total]
    : [[`${counted(omittedChanges, "more change")}`, "", "", "", "", "", ""], total];
};

const costCell = (cost: Decimal | null, complete: boolean): Cell =>
  cost === null ? { text: UNKNOWN, tone: "bad" } : dollarsOf(cost, complete);

const changeCell = (change: Decimal | null): Cell => ({ text: signedDollars(change), tone: toneOfChange(change) });

/** The attribute that did most, and how many did something besides. */
const becauseOf = ({ kind, causes }: CostChange): string => {
  if (kind !== "changed") return "";
  const sizeOf = ({ monthlyChange }: ChangeCause): Decimal => monthlyChange?.abs() ?? new Decimal(0);
  const moving = causes.filter(({ monthlyChange }) => monthlyChange?.isZero() !== true);
  const [first, ...more] = (moving.length === 0 ? [...causes] : moving).sort((a, b) => sizeOf(b).comparedTo(sizeOf(a)));
  if (first === undefined) return "";
  return `${first.attribute}${more.length === 0 ? "" : ` + ${more.length} more`}`;
};

const summaryBlock = ({ unchangedServices, monthlyChange, issues }: SelectedDiff): LinesBlock => {
  const unknown = issues.filter(({ code }) => code === "unknown-change").length;
  return {
    kind: "lines",
    lines: [
      ...(monthlyChange === null
        ? [{ text: `${counted(unknown, "change")} of unknown cost: see Issues.`, tone: "bad" as const }]
        : []),
      `${counted(unchangedServices, "service")} unchanged.`,
    ],
  };
};

const SHORT_LIST = 20;

/** `production/api: task.memory 2048 -> 8192: +$73.00`, one line for each cause. */
const causesBlock = (changes: readonly CostChange[], { verbose }: Detail): LinesBlock => {
  const lines = changes.flatMap((change) =>
    change.kind === "changed"
      ? [...change.causes.map((cause) => `${change.subject}: ${causeText(cause)}`), ...resourceLines(change)]
      : resourceLines(change),
  );
  const left = verbose ? 0 : Math.max(0, lines.length - SHORT_LIST);
  const rest: Cell[] =
    left === 0 ? [] : [{ text: `${counted(left, "more cause")}: see --verbose or --json`, tone: "faint" }];
  return { kind: "lines", heading: "Causes", bullets: true, lines: [...lines.slice(0, lines.length - left), ...rest] };
};

/** Shared resources are named by their addresses. */
const resourceLines = ({ resources = [] }: CostChange): readonly string[] =>
  resources.map(({ kind, address }) => `${address}: ${kind}`);

/** What the side before rests on, where that is something else. */
const baseBlock = ({ before, after }: DiffReport): readonly Block[] =>
  before.region === after.region &&
  before.prices.asOf === after.prices.asOf &&
  before.prices.source === after.prices.source
    ? []
    : [
        {
          kind: "lines",
          lines: [
            {
              text: `Before: ${before.region ?? "several regions"}, prices as of ${before.prices.asOf} (${before.prices.source})`,
              tone: "faint",
            },
          ],
        },
      ];
