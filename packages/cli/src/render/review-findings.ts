import type { ReviewFinding, ReviewReport } from "@ecs-cost/core";
import type { Block, LinesBlock, TableBlock } from "./document.ts";
import { counted } from "./figures.ts";
import type { Money } from "./money.ts";
import type { Detail } from "./report-parts.ts";

const SHORT_LIST = 10;

/** What to do, the largest saving first, with what it rests on where all is asked for. */
export const findingsBlocks = (report: ReviewReport, money: Money, { verbose }: Detail): readonly Block[] => [
  findingsTable(report, money, verbose),
  ...(verbose ? [detailsBlock(report)] : []),
];

const findingsTable = ({ findings, findingsSaving }: ReviewReport, money: Money, verbose: boolean): TableBlock => {
  const shown = verbose ? findings : findings.slice(0, SHORT_LIST);
  const left = findings.length - shown.length;
  return {
    kind: "table",
    heading: "What to do first",
    columns: [
      { header: "What", cutTo: 12 },
      { header: "Do", cutTo: 30 },
      { header: "Saves", align: "right" },
      { header: "Adds", align: "right" },
      { header: "Effort" },
      { header: "Sure" },
    ],
    rows: shown.map(({ subject, action, monthlySaving, additionalSaving, effort, confidence }) => [
      subject,
      action,
      { text: money.plain(monthlySaving), tone: monthlySaving === null ? "faint" : "good" },
      money.plain(additionalSaving),
      effort,
      confidence,
    ]),
    ...(findings.length === 0
      ? {}
      : { footer: [[left === 0 ? "Together" : `With ${counted(left, "more")}`, "", "", money.plain(findingsSaving)]] }),
  };
};

const detailsBlock = ({ findings }: ReviewReport): LinesBlock => ({
  kind: "lines",
  heading: "Why",
  bullets: true,
  lines: findings.map(detailLine),
});

const detailLine = ({ code, subject, action, detail }: ReviewFinding): string =>
  `${code}: ${subject}: ${action} ${detail}`;
