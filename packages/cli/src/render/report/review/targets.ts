import type { ReviewReport } from "@ecs-cost/core";
import type { Block } from "../../document/document.ts";
import { percent, quantityOf } from "../../document/figures.ts";
import type { Money } from "../../document/money.ts";
import { dayName } from "./words.ts";

/** Budgets, the cost of one unit, and what became of findings that are done. */
export const targetBlocks = (report: ReviewReport, money: Money): readonly Block[] => [
  ...budgetsBlock(report, money),
  ...unitsBlock(report, money),
  ...checksBlock(report, money),
];

const budgetsBlock = ({ budgets = [], complete }: ReviewReport, money: Money): readonly Block[] =>
  budgets.length === 0
    ? []
    : [
        {
          kind: "table",
          heading: "Budgets",
          columns: [
            { header: "Budget", cutTo: 16 },
            { header: "Amount", align: "right" },
            { header: "Spent", align: "right" },
            { header: "%", align: "right" },
            { header: "Month", align: "right" },
            { header: "State" },
          ],
          rows: budgets.map(({ name, budget, spent, share, expected, exceeded, exceededOn, onCourse }) => [
            name,
            money.plain(budget),
            money.plain(spent),
            share === null ? "" : percent(share),
            money.plain(expected),
            exceeded
              ? { text: exceededOn === null ? "exceeded" : `exceeded on ${dayName(exceededOn)}`, tone: "bad" }
              : onCourse
                ? { text: complete ? "kept" : "on course", tone: "good" }
                : { text: "will be exceeded", tone: "bad" },
          ]),
        },
      ];

const unitsBlock = ({ unitCosts }: ReviewReport, money: Money): readonly Block[] =>
  unitCosts.length === 0
    ? []
    : [
        {
          kind: "table",
          heading: "Cost of one unit",
          columns: [
            { header: "Unit", cutTo: 16 },
            { header: "Units", align: "right" },
            { header: "Each", align: "right" },
            { header: "Before", align: "right" },
            { header: "By growth", align: "right" },
            { header: "By rate", align: "right" },
          ],
          rows: unitCosts.map(({ name, units, cost, previousCost, growth, rate }) => [
            name,
            quantityOf(units),
            cost.toSignificantDigits(4).toFixed(),
            previousCost?.toSignificantDigits(4).toFixed() ?? "",
            money.signed(growth),
            money.signed(rate),
          ]),
        },
      ];

const VERDICTS = { saved: "saved", partly: "saved in part", "not-saved": "not saved" } as const;

const checksBlock = ({ findingChecks = [] }: ReviewReport, money: Money): readonly Block[] =>
  findingChecks.length === 0
    ? []
    : [
        {
          kind: "lines",
          heading: "What was done",
          bullets: true,
          lines: findingChecks.map(
            ({ id, verdict, promised, saved }) =>
              `${id}: ${VERDICTS[verdict]}${saved === null || promised === null ? "" : `, ${money.plain(saved)} of ${money.plain(promised)} a month`}`,
          ),
        },
      ];
