import type { CostPart, ReviewReport } from "@ecs-cost/core";
import type { GroupBy } from "../../../select/groups.ts";
import type { SelectedReview } from "../../../select/review.ts";
import type { Block, Cell, Document } from "../../document/document.ts";
import { counted } from "../../document/figures.ts";
import { type Money, moneyIn } from "../../document/money.ts";
import { type Detail, groupHeader, notesBlocks } from "../shared/report-parts.ts";
import { billBlocks } from "./bill.ts";
import { changeBlocks } from "./change.ts";
import { breakdowns, partsTable } from "./costs.ts";
import { findingsBlocks } from "./findings.ts";
import { teamsBlock } from "./groups.ts";
import { outlookBlocks } from "./outlook.ts";
import { targetBlocks } from "./targets.ts";
import { alongLine, changeSentence, changeShare, monthName, periodBefore } from "./words.ts";

/** A review as a page of text: what it cost and why, what to do, where it goes, and what the figures rest on. */
export const reviewDocument = (
  report: SelectedReview,
  detail: Detail,
  grouped?: { readonly by: GroupBy; readonly groups: readonly CostPart[] },
  instead?: (money: Money) => Block,
): Document => {
  const money = moneyIn(report.currency);
  return {
    title: titleOf(report, money),
    blocks: [
      { kind: "lines", lines: [...alongLine(report, money), changeSentence(report), ...nextLine(report, money)] },
      instead?.(money) ??
        (grouped === undefined ? servicesTable(report, money, detail) : groupsTable(grouped, money, detail)),
      ...(report.teams === undefined ? [] : [teamsBlock(report.teams, money)]),
      { kind: "lines", lines: leftOut(report) },
      ...breakdowns(report, money, detail.verbose).filter(({ heading }) => heading !== headingOf(grouped?.by)),
      ...changeBlocks(report, money),
      ...findingsBlocks(report, money, detail),
      ...targetBlocks(report, money),
      ...outlookBlocks(report, money),
      ...billBlocks(report, money, detail).map(folded),
      ...notesBlocks(report, detail).map(folded),
      { kind: "lines", lines: [basisLine(report)] },
    ],
  };
};

/** In a ticket what few read is folded; blocks without a heading go with what is above them. */
const folded = (block: Block): Block =>
  block.kind === "chart" || block.heading === undefined ? block : { ...block, folded: true };

const titleOf = (report: ReviewReport, money: Money): string => {
  const { month, computeCost, previousComputeCost, complete } = report;
  const change = previousComputeCost === null ? null : computeCost.minus(previousComputeCost);
  const cost = `${money.plain(computeCost)} for ECS in ${complete ? "" : `the first ${counted(report.period.days, "day")} of `}${monthName(month)}`;
  const before = periodBefore(report);
  if (change === null || before === null) return cost;
  const share = changeShare(change, previousComputeCost);
  return `${cost}, ${money.signed(change)}${share === "" ? "" : ` (${share})`} against ${before}`;
};

/** One sentence on what to do next. */
const nextLine = ({ findings, findingsSaving }: ReviewReport, money: Money): readonly Cell[] => {
  const [first] = findings;
  if (first === undefined) return [];
  const saves = first.monthlySaving === null ? "" : ` It saves ${money.plain(first.monthlySaving)} a month`;
  const all =
    findingsSaving.isZero() || findings.length < 2
      ? ""
      : `, all that is at least medium sure ${money.plain(findingsSaving)}`;
  return [{ text: `Next: ${first.subject}: ${first.action}${saves}${saves === "" ? "" : `${all}.`}`, tone: "strong" }];
};

const servicesTable = (report: SelectedReview, money: Money, { verbose }: Detail): Block =>
  partsTable(
    ["By service", "Service", "service"],
    report.services,
    money,
    verbose || report.omittedServices !== undefined,
  );

const groupsTable = (
  { by, groups }: { readonly by: GroupBy; readonly groups: readonly CostPart[] },
  money: Money,
  { verbose }: Detail,
): Block => partsTable([undefined, groupHeader(by), by.kind], groups, money, verbose);

/** What stands in the first table is not told again. */
const headingOf = (by: GroupBy | undefined): string | undefined =>
  by === undefined
    ? undefined
    : by.kind === "tag"
      ? `By tag ${by.key}`
      : by.kind === "cluster"
        ? "By cluster"
        : undefined;

const leftOut = ({ omittedServices, filtered, services }: SelectedReview): readonly Cell[] => [
  ...(filtered === true
    ? [
        {
          text: `Listed: ${counted(services.length, "service")} that pass --filter; totals are those of the month.`,
          tone: "faint",
        } as const,
      ]
    : []),
  ...(omittedServices === undefined
    ? []
    : [{ text: `${counted(omittedServices, "more service")} left out by --top.`, tone: "faint" } as const]),
];

const basisLine = ({ bill, currency }: ReviewReport): Cell => ({
  text: `${bill.source} (${bill.format}), ${bill.from} to ${bill.to}, ${currency} without tax, commitments spread over what they covered${
    bill.readingCost === null ? "" : `; reading it: ${bill.readingCost.detail}`
  }`,
  tone: "faint",
});
