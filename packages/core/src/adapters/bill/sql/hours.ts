import type { BillRequest } from "../../../ports/bill-source.ts";
import type { BillTable } from "../table/bill-table.ts";
import { amountText } from "./amount.ts";
import { type BillLines, billLines } from "./bill-lines.ts";
import { inPeriod, names, selected } from "./line-view.ts";
import { oneOf, orEmpty } from "./text.ts";

const ECS = ["AmazonECS", "Amazon Elastic Container Service"];
const EC2 = ["AmazonEC2", "Amazon Elastic Compute Cloud", "Amazon Elastic Compute Cloud - Compute"];

/** Fargate and instances that are not Spot: what a Compute Savings Plan covers of ECS. */
const committable = ({ service, usageType }: BillLines): string =>
  `((${oneOf(service, ECS)} AND ${usageType} LIKE '%Fargate-%' AND ${usageType} NOT LIKE '%SpotUsage%')` +
  ` OR (${oneOf(service, EC2)} AND (${usageType} LIKE '%BoxUsage:%' OR ${usageType} LIKE '%DedicatedUsage:%')))`;

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
  const period = inPeriod(table, lines, request);
  const keys = [
    { as: "hour", expression: lines.start.hourKey },
    { as: "service", expression: orEmpty(lines.service) },
    { as: "usage_type", expression: orEmpty(lines.usageType) },
    { as: "region", expression: orEmpty(lines.region ?? "''") },
    { as: "covered", expression: `CASE WHEN ${lines.covered} THEN '1' ELSE '0' END` },
  ];
  const amounts = [
    { as: "quantity", expression: lines.quantity },
    { as: "cost", expression: "line_cost" },
    { as: "effective_cost", expression: lines.effectiveCost("line_cost") },
  ];
  const region = lines.region === null ? "CAST(NULL AS VARCHAR)" : "region";
  return [
    `SELECT ${lines.start.hourText("hour")} AS out_hour, service AS out_service, usage_type AS out_usage_type,`,
    `${region} AS out_region, covered AS out_covered,`,
    `${amounts.map(({ as }) => `${amountText(as)} AS out_${as}`).join(", ")}`,
    `FROM (SELECT ${names(keys)}, ${amounts.map(({ as }) => `SUM(${as}) AS ${as}`).join(", ")}`,
    `FROM (SELECT ${selected([...keys, ...amounts])}`,
    `FROM (SELECT bill.*, ${lines.cost} AS line_cost FROM ${table.from} AS bill`,
    `WHERE ${period} AND ${lines.usage} AND ${committable(lines)}) AS priced) AS line`,
    `GROUP BY ${names(keys)}) AS hourly`,
  ].join("\n");
};
