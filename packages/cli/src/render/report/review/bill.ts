import type { BilledLine, ReconciledLine, ReviewReport } from "@ecs-cost/core";
import type { Decimal } from "@ecs-cost/core/estimate";
import type { Block, Cell, TableBlock } from "../../document/document.ts";
import { quantityOf } from "../../document/figures.ts";
import type { Money } from "../../document/money.ts";
import type { Detail } from "../shared/report-parts.ts";
import { launchName } from "./words.ts";

const SHORT_LIST = 5;
/** What only one side has. */
const NONE = "none";

/** How the review adds up to the bill, what could not be placed, and the estimate beside it. */
export const billBlocks = (report: ReviewReport, money: Money, { verbose }: Detail): readonly Block[] => [
  sumTable(report, money),
  unplacedTable(report, money, verbose),
  ...(verbose ? [linesTable(report, money)] : []),
  ...estimateBlocks(report, money, verbose),
];

const sumTable = (report: ReviewReport, money: Money): TableBlock => {
  const { totalCost, unplaced, other, credits, refunds, tax, billTotal } = report;
  const rows: readonly (readonly [string, Decimal])[] = [
    ["ECS and what comes along", totalCost],
    ["Not placed", unplaced.cost],
    ["Everything else", other],
    [refunds.isZero() ? "Credits" : "Credits and refunds", credits],
    ["Tax", tax],
  ];
  return {
    kind: "table",
    heading: "The bill",
    columns: [{ header: "Part" }, { header: "Amount", align: "right" }],
    rows: rows.map(([name, amount]) => [name, money.plain(amount)]),
    footer: [["The bill", { text: money.plain(billTotal), tone: "strong" }]],
  };
};

const more = (left: number): readonly (readonly Cell[])[] => [
  [{ text: `${left} more: see --verbose or --json`, tone: "faint" }],
];

const unplacedTable = ({ unplaced: { lineItems } }: ReviewReport, money: Money, verbose: boolean): TableBlock => {
  const shown = verbose ? lineItems : lineItems.slice(0, SHORT_LIST);
  const left = lineItems.length - shown.length;
  return {
    kind: "table",
    heading: "Not placed",
    columns: [
      { header: "Usage type", cutTo: 16 },
      { header: "Cost", align: "right" },
      { header: "Why not", cutTo: 20 },
    ],
    rows: shown.map(({ usageType, service, cost, reason }) => [usageType || service, money.plain(cost), reason]),
    ...(left === 0 ? {} : { footer: more(left) }),
  };
};

const linesTable = ({ lineItems }: ReviewReport, money: Money): TableBlock => ({
  kind: "table",
  heading: "Lines of ECS and what comes along",
  columns: [
    { header: "Usage type", cutTo: 16 },
    { header: "Runs on", cutTo: 8 },
    { header: "Quantity", align: "right" },
    { header: "Unit", cutTo: 6 },
    { header: "Cost", align: "right" },
  ],
  rows: lineItems.map(({ usageType, launchType, quantity, unit, cost }: BilledLine) => [
    usageType,
    launchName(launchType),
    quantityOf(quantity),
    unit,
    money.plain(cost),
  ]),
});

const VERDICTS: Readonly<Record<ReconciledLine["verdict"], string>> = {
  agrees: "agrees",
  differs: "differs",
  "not-billed": "not billed",
  "not-estimated": "not estimated",
};

const estimateBlocks = ({ reconciliation }: ReviewReport, money: Money, verbose: boolean): readonly Block[] => {
  if (reconciliation === null) return [];
  const { billedCost, estimatedCost, difference, lines } = reconciliation;
  const odd = lines.filter(({ verdict }) => verdict !== "agrees");
  const shown = verbose ? lines : odd.slice(0, SHORT_LIST * 2);
  const left = odd.length - shown.length;
  return [
    {
      kind: "table",
      heading: "The estimate beside the bill",
      columns: [
        { header: "Usage type", cutTo: 16 },
        { header: "Verdict" },
        { header: "Billed", align: "right" },
        { header: "Estimated", align: "right" },
        { header: "Difference", align: "right" },
        { header: "Likely reason", cutTo: 10 },
      ],
      rows: shown.map((line) => [
        line.usageType,
        VERDICTS[line.verdict],
        line.billedCost === null ? NONE : money.plain(line.billedCost),
        line.estimatedCost === null ? NONE : money.plain(line.estimatedCost),
        money.signed(line.difference),
        line.reason ?? "",
      ]),
      footer: [
        ...(left <= 0 ? [] : more(left)),
        [
          `${lines.length - odd.length} of ${lines.length} agree`,
          "",
          money.plain(billedCost),
          money.plain(estimatedCost),
          money.signed(difference),
        ],
      ],
    },
  ];
};
