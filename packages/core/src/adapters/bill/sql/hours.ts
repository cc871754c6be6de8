import type { BillRequest } from "../../../ports/bill-source.ts";
import type { BillTable } from "../table/bill-table.ts";
import { oneOf, orEmpty } from "../table/sql-text.ts";
import { type AmountSum, amountSum, amountText, NO_AMOUNT } from "./amount.ts";
import { billLines } from "./bill-lines.ts";
import { effectiveSums } from "./charges.ts";
import { inPeriod, selected } from "./line-view.ts";

const ECS = ["AmazonECS", "Amazon Elastic Container Service"];
const EC2 = ["AmazonEC2", "Amazon Elastic Compute Cloud", "Amazon Elastic Compute Cloud - Compute"];

/** Whether a Compute Savings Plan covers the usage type: Fargate and instances that are not Spot. */
export const isCommittable = (service: string, usageType: string): boolean =>
  (service === "AmazonECS" || service === "AmazonEC2") &&
  /Fargate-|BoxUsage:|DedicatedUsage:/.test(usageType) &&
  !usageType.includes("SpotUsage");

/** Types of lines of usage; other lines of commitments are none. Formats with types of their own take them all. */
const USAGE_TYPES = ["Usage", "SavingsPlanCoveredUsage", "DiscountedUsage"];

/** Columns of the answer to `hoursSql`, in their order. */
export const HOUR_COLUMNS = [
  "hour",
  "service",
  "usage_type",
  "region",
  "covered",
  "quantity",
  "cost",
  "effective_cost",
  "last_end",
] as const;

/** Usage by the hour, of usage types that a Savings Plan could cover; all columns as text. */
export const hoursSql = (table: BillTable, request: BillRequest, usageTypes: readonly string[] = []): string => {
  const lines = billLines(table);
  const types = lines.lineType.map((expression, index) => ({ as: `line_type_${index}`, expression }));
  const keys = [
    { as: "start_time", expression: lines.start.ref },
    { as: "service", expression: lines.service },
    { as: "usage_type", expression: lines.usageType },
    { as: "region", expression: lines.region ?? "''" },
    ...types,
  ];
  const sums: Readonly<Record<string, AmountSum>> = {
    quantity: amountSum(lines.quantity, "sum_quantity"),
    cost: amountSum(lines.cost, "sum_cost"),
    ...effectiveSums(lines, { hasSplit: false, lineTypes: USAGE_TYPES, netLines: 0 }),
  };
  const sum = (name: string): string => sums[name]?.total ?? NO_AMOUNT;
  const effective = lines.effectiveCost.of(
    types.map(({ as }) => orEmpty(as)),
    sum,
  );
  const typeNames = types.map(({ as }) => as);
  const region = lines.region === null ? "CAST(NULL AS VARCHAR)" : orEmpty("region");
  return [
    `SELECT the_hour AS out_hour, service AS out_service, usage_type AS out_usage_type,`,
    `${region} AS out_region, covered AS out_covered,`,
    `${amountText("the_quantity")} AS out_quantity, ${amountText("the_cost")} AS out_cost, ${amountText("the_effective")} AS out_effective_cost,`,
    "SUBSTR(CAST(the_last_end AS VARCHAR), 1, 16) AS out_last_end",
    `FROM (SELECT SUBSTR(CAST(start_time AS VARCHAR), 1, 13) AS the_hour, service, usage_type, region,`,
    `CASE WHEN ${lines.covered(typeNames)} THEN '1' ELSE '0' END AS covered,`,
    `SUM(${sum("quantity")}) AS the_quantity, SUM(${sum("cost")}) AS the_cost, SUM(${effective}) AS the_effective,`,
    "MAX(last_end) AS the_last_end",
    `FROM (SELECT ${selected(keys)}, ${selected(Object.values(sums).flatMap(({ parts }) => parts))},`,
    `${lines.end === null ? "CAST(NULL AS VARCHAR)" : `MAX(${lines.end.ref})`} AS last_end`,
    `FROM ${table.from} AS bill`,
    `WHERE ${inPeriod(table, lines, request)} AND ${oneOf(lines.usageType, usageTypes)}`,
    `AND ${oneOf(lines.service, [...ECS, ...EC2])}`,
    `GROUP BY ${keys.map((_, index) => index + 1).join(", ")}) AS line`,
    `WHERE ${lines.usage(typeNames)}`,
    `GROUP BY 1, 2, 3, 4, 5) AS hourly`,
  ].join("\n");
};
