import type { BilledLine, CostPart, ReviewReport } from "@ecs-cost/core";
import type { Decimal } from "@ecs-cost/core/estimate";
import type { Sheet } from "../../document/sheet.ts";

const HEADER = [
  ...["part", "month", "service", "usageType", "region", "dimension", "launchType"],
  ...["quantity", "unit", "rate", "cost", "currency"],
] as const;

/**
 * Every line of the month: those of ECS, those that could not be placed, and one each for everything else, credits and
 * tax, so that the costs add up to the bill.
 */
export const reviewSheet = (report: ReviewReport): Sheet => ({ header: HEADER, rows: rowsOf(report) });

type AnyLine = Omit<BilledLine, "dimension" | "launchType"> & Partial<Pick<BilledLine, "dimension" | "launchType">>;

function* rowsOf(report: ReviewReport): Generator<readonly string[]> {
  const { month, currency, lineItems, unplaced, other, credits, tax } = report;
  const row = (part: string, line: AnyLine): readonly string[] => [
    ...[part, month, line.service, line.usageType, line.region ?? "", line.dimension ?? "", line.launchType ?? ""],
    ...[line.quantity.toFixed(), line.unit, line.rate?.toFixed() ?? "", line.cost.toFixed(), currency],
  ];
  const sum = (part: string, cost: Decimal): readonly string[] => [
    ...[part, month, "", "", "", "", "", "", "", "", cost.toFixed(), currency],
  ];
  for (const line of lineItems) yield row("ecs", line);
  for (const line of unplaced.lineItems) yield row("unplaced", line);
  yield sum("other", other);
  yield sum("credits", credits);
  yield sum("tax", tax);
}

/** One row for each group. */
export const partsSheet = (parts: readonly CostPart[]): Sheet => ({
  header: ["key", "cost", "previousCost", "change"],
  rows: parts.map(({ key, cost, previousCost, change }) => [
    key,
    ...[cost, previousCost, change].map((amount) => amount?.toFixed() ?? ""),
  ]),
});
