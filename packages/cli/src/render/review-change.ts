import type { ReviewReport } from "@ecs-cost/core";
import type { Block, LinesBlock, TableBlock } from "./document.ts";
import type { Money } from "./money.ts";
import { changeCell } from "./review-costs.ts";
import { dayName } from "./review-words.ts";

/** What moved the total, and days that stand out. */
export const changeBlocks = (report: ReviewReport, money: Money): readonly Block[] => [
  moversTable(report, money),
  anomaliesBlock(report, money),
];

const moversTable = ({ movers, changeCauses, change }: ReviewReport, money: Money): TableBlock => ({
  kind: "table",
  heading: "Largest movers",
  columns: [
    { header: "What", cutTo: 16 },
    { header: "Before", align: "right" },
    { header: "Now", align: "right" },
    { header: "Change", align: "right" },
    { header: "Price", align: "right" },
    { header: "Quantity", align: "right" },
    { header: "Mix", align: "right" },
  ],
  rows: movers.map(({ subject, kind, previousCost, cost, change: by, causes }) => [
    kind === "changed" ? subject : `${subject} (${kind})`,
    money.plain(previousCost),
    money.plain(cost),
    changeCell(by, money),
    ...[causes.price, causes.quantity, causes.mix].map((cause) => (cause.isZero() ? "-" : money.signed(cause))),
  ]),
  ...(movers.length === 0 || changeCauses === null
    ? {}
    : {
        footer: [
          [
            "All of ECS",
            "",
            "",
            ...[change, changeCauses.price, changeCauses.quantity, changeCauses.mix].map((amount) =>
              money.signed(amount),
            ),
          ],
        ],
      }),
});

const anomaliesBlock = ({ anomalies }: ReviewReport, money: Money): LinesBlock => ({
  kind: "lines",
  heading: "Days that stand out",
  bullets: true,
  lines: anomalies.map(
    ({ day, subject, cost, expected, detail }) =>
      `${dayName(day)}: ${subject}: ${money.plain(cost)} instead of ${money.plain(expected)}. ${detail}`,
  ),
});
