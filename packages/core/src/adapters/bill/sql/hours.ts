import type { BillRequest } from "../../../ports/bill-source.ts";
import type { BillTable } from "../table/bill-table.ts";
import { amountSum, amountText } from "./amount.ts";
import { type BillLines, billLines } from "./bill-lines.ts";
import { inPeriod, selected } from "./line-view.ts";
import { oneOf, orEmpty } from "./text.ts";

const ECS = ["AmazonECS", "Amazon Elastic Container Service"];
const EC2 = ["AmazonEC2", "Amazon Elastic Compute Cloud", "Amazon Elastic Compute Cloud - Compute"];

/** Fargate and instances that are not Spot: what a Compute Savings Plan covers of ECS. */
const committable = ({ service, usageType }: BillLines): string =>
  `${oneOf(service, [...ECS, ...EC2])}` +
  ` AND (${usageType} LIKE '%Fargate-%' OR ${usageType} LIKE '%BoxUsage:%' OR ${usageType} LIKE '%DedicatedUsage:%')` +
  ` AND ${usageType} NOT LIKE '%SpotUsage%'`;

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
] as const;

/** Usage by the hour that a Savings Plan could cover; all columns as text. */
export const hoursSql = (table: BillTable, request: BillRequest): string => {
  const lines = billLines(table);
  const types = lines.lineType.map((expression, index) => ({ as: `line_type_${index}`, expression }));
  const keys = [
    { as: "hour_key", expression: lines.start.hourKey },
    { as: "service", expression: lines.service },
    { as: "usage_type", expression: lines.usageType },
    { as: "region", expression: lines.region ?? "''" },
    { as: "covered", expression: `CASE WHEN ${lines.covered} THEN '1' ELSE '0' END` },
    ...types,
  ];
  const columns = { quantity: lines.quantity, cost: lines.cost, ...lines.effectiveCost.amounts };
  const sums = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, amountSum(column, `sum_${name}`)]),
  );
  const sum = (name: string): string => sums[name]?.total ?? "CAST(NULL AS DECIMAL(38, 18))";
  const effective = lines.effectiveCost.of(
    types.map(({ as }) => orEmpty(as)),
    sum,
  );
  const region = lines.region === null ? "CAST(NULL AS VARCHAR)" : orEmpty("region");
  return [
    `SELECT ${lines.start.hourText("hour_key")} AS out_hour, service AS out_service, usage_type AS out_usage_type,`,
    `${region} AS out_region, covered AS out_covered,`,
    `${amountText("the_quantity")} AS out_quantity, ${amountText("the_cost")} AS out_cost, ${amountText("the_effective")} AS out_effective_cost`,
    `FROM (SELECT hour_key, service, usage_type, region, covered,`,
    `SUM(${sum("quantity")}) AS the_quantity, SUM(${sum("cost")}) AS the_cost, SUM(${effective}) AS the_effective`,
    `FROM (SELECT ${selected(keys)}, ${selected(Object.values(sums).flatMap(({ parts }) => parts))}`,
    `FROM ${table.from} AS bill`,
    `WHERE ${inPeriod(table, lines, request)} AND ${lines.usage} AND ${committable(lines)}`,
    `GROUP BY ${keys.map((_, index) => index + 1).join(", ")}) AS line`,
    `GROUP BY 1, 2, 3, 4, 5) AS hourly`,
  ].join("\n");
};
