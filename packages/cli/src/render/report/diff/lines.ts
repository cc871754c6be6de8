import type { CostChange, LineChange } from "@ecs-cost/core";
import type { Decimal } from "@ecs-cost/core/estimate";
import { signedDollars } from "../../document/change-figures.ts";
import type { TableBlock } from "../../document/document.ts";
import { quantityOf, rateOf } from "../../document/figures.ts";
import type { Sheet } from "../../document/sheet.ts";

/** The lines of the bill that differ for one change. */
export const diffLinesTable = ({ subject, lineItems }: CostChange): TableBlock => ({
  kind: "table",
  heading: subject,
  columns: [
    { header: "Dimension", cutTo: 8 },
    { header: "Quantity", align: "right", cutTo: 8 },
    { header: "Unit", cutTo: 6 },
    { header: "Rate", align: "right", cutTo: 8 },
    { header: "Change", align: "right" },
  ],
  rows: lineItems.map((line) => [
    line.label === undefined ? line.dimension : `${line.dimension} (${line.label})`,
    fromTo(line, ({ quantity }) => quantity, quantityOf),
    line.unit,
    fromTo(line, ({ rate }) => rate, rateOf),
    signedDollars(line.cost),
  ]),
});

/** Both sides of a figure, or one where they are the same. */
const fromTo = (
  { before, after }: LineChange,
  read: (side: NonNullable<LineChange["before"]>) => Decimal,
  draw: (value: Decimal) => string,
): string => {
  const texts = [before, after].flatMap((side) => (side === null ? [] : [draw(read(side))]));
  return [...new Set(texts)].join(" -> ");
};

const HEADER = [
  ...["kind", "subject", "dimension", "label", "usageType", "unit"],
  ...["beforeQuantity", "afterQuantity", "beforeRate", "afterRate", "beforeCost", "afterCost", "change"],
] as const;

/** One row for each line that differs; a change without lines has one row of its own. */
export const diffSheet = ({ changes }: { readonly changes: readonly CostChange[] }): Sheet => ({
  header: HEADER,
  rows: changes.flatMap((change) =>
    change.lineItems.length === 0 || change.monthlyChange === null
      ? [ownRow(change), ...lineRows(change)]
      : lineRows(change),
  ),
});

const ownRow = ({ kind, subject, monthlyChange, beforeMonthlyCost, afterMonthlyCost }: CostChange): string[] => [
  ...[kind, subject, "", "", "", "", "", "", "", ""],
  ...[beforeMonthlyCost, afterMonthlyCost, monthlyChange].map((amount) => amount?.toFixed() ?? ""),
];

const lineRows = ({ kind, subject, lineItems }: CostChange): string[][] =>
  lineItems.map(({ dimension, label = "", usageType, unit, before, after, cost }) => [
    ...[kind, subject, dimension, label, usageType, unit],
    ...[before?.quantity, after?.quantity, before?.rate, after?.rate, before?.cost, after?.cost].map(
      (amount) => amount?.toFixed() ?? "",
    ),
    cost.toFixed(),
  ]);
