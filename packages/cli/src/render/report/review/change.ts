import type { ChangeCauses, ReviewReport } from "@ecs-cost/core";
import type { Block, LinesBlock, TableBlock } from "../../document/document.ts";
import type { Money } from "../../document/money.ts";
import { changeCell } from "./costs.ts";
import { changeShare, dayName } from "./words.ts";

/** What moved the total, and days that stand out. */
export const changeBlocks = (report: ReviewReport, money: Money): readonly Block[] => [
  moversTable(report, money),
  causesBlock(report, money),
  anomaliesBlock(report, money),
];

const moversTable = ({ movers }: ReviewReport, money: Money): TableBlock => ({
  kind: "table",
  heading: "Largest movers",
  columns: [
    { header: "What", cutTo: 16 },
    { header: "Before", align: "right" },
    { header: "Now", align: "right" },
    { header: "Change", align: "right" },
    { header: "%", align: "right" },
    { header: "Mostly", cutTo: 8 },
  ],
  rows: movers.map(({ subject, kind, previousCost, cost, change, causes }) => [
    kind === "changed" ? subject : `${subject} (${kind})`,
    money.plain(previousCost),
    money.plain(cost),
    changeCell(change, money),
    changeShare(change, previousCost),
    kind === "changed" ? mainCause(causes, money) : kind,
  ]),
});

/** Causes, the largest first, without those that did nothing. */
const causesOf = (causes: ChangeCauses, money: Money): readonly string[] =>
  Object.entries(causes)
    .filter(([, amount]) => !amount.isZero())
    .sort(([, a], [, b]) => b.abs().comparedTo(a.abs()))
    .map(([cause, amount]) => `${cause} ${money.signed(amount)}`);

const mainCause = (causes: ChangeCauses, money: Money): string => causesOf(causes, money)[0] ?? "";

const causesBlock = ({ changeCauses }: ReviewReport, money: Money): LinesBlock => {
  const causes = changeCauses === null ? [] : causesOf(changeCauses, money);
  return { kind: "lines", lines: causes.length === 0 ? [] : [`All of the change: ${causes.join(", ")}.`] };
};

const anomaliesBlock = ({ anomalies }: ReviewReport, money: Money): LinesBlock => ({
  kind: "lines",
  heading: "Days that stand out",
  bullets: true,
  lines: anomalies.map(
    ({ day, subject, cost, expected, detail }) =>
      `${dayName(day)}: ${subject}: ${money.plain(cost)} instead of ${money.plain(expected)}. ${detail}`,
  ),
});
