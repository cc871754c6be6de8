import type { BillRequest } from "../../../ports/bill-source.ts";
import type { BillTable } from "../table/bill-table.ts";
import { relatedServices } from "../table/related-products.ts";
import { amountText } from "./amount.ts";
import { type BillLines, billLines } from "./bill-lines.ts";
import { inPeriod, type NamedExpression, names, selected } from "./line-view.ts";
import { oneOf, orEmpty } from "./text.ts";

const EC2 = ["AmazonEC2", "Amazon Elastic Compute Cloud", "Amazon Elastic Compute Cloud - Compute"];

/** Instances that split cost allocation divides over tasks. */
const parentsSql = (table: BillTable, lines: BillLines, period: string): string | null =>
  lines.split === null || lines.resource === null
    ? null
    : `parents AS (SELECT DISTINCT ${lines.split.parent} AS parent FROM ${table.from} AS bill` +
      ` WHERE ${period} AND ${lines.split.is} AND ${lines.split.parent} <> '')`;

const containerInstance = (lines: BillLines, hasParents: boolean): string => {
  const signs = [
    ...(lines.cluster === null ? [] : [`${orEmpty(lines.cluster)} <> ''`]),
    ...(hasParents ? [`${lines.resource} IN (SELECT parent FROM parents)`] : []),
  ];
  if (signs.length === 0) return "'0'";
  return `CASE WHEN ${oneOf(lines.service, EC2)} AND (${signs.join(" OR ")}) THEN '1' ELSE '0' END`;
};

/** Texts that only lines of related products keep. */
const detailsOf = (lines: BillLines, tagKeys: readonly string[]): readonly NamedExpression[] => {
  const related = oneOf(lines.service, relatedServices());
  const details: readonly (readonly [string, string | null])[] = [
    ["usage_type", lines.usageType],
    ["operation", lines.operation],
    ["unit", lines.unit],
    ["cluster", lines.cluster],
    ["ecs_service", lines.ecsService],
    ...tagKeys.map((key, index): [string, string | null] => [`tag_${index}`, lines.tag(key)]),
  ];
  return details.map(([as, expression]) => ({
    as,
    expression: expression === null ? "''" : `CASE WHEN ${related} THEN ${orEmpty(expression)} ELSE '' END`,
  }));
};

const keysOf = (lines: BillLines, request: BillRequest, hasParents: boolean): readonly NamedExpression[] => [
  ...(lines.period === null ? [] : [{ as: "period", expression: lines.period.day }]),
  { as: "day", expression: lines.start.day },
  ...lines.lineType.map((expression, index) => ({ as: `line_type_${index}`, expression: orEmpty(expression) })),
  { as: "currency", expression: orEmpty(lines.currency ?? "''") },
  { as: "account", expression: orEmpty(lines.account ?? "''") },
  { as: "region", expression: orEmpty(lines.region ?? "''") },
  { as: "service", expression: orEmpty(lines.service) },
  ...detailsOf(lines, request.tagKeys),
  { as: "container_instance", expression: containerInstance(lines, hasParents) },
];

const amountsOf = (lines: BillLines): readonly NamedExpression[] => {
  const split = lines.split;
  const ofSplit = (expression: string | null): string =>
    split === null || expression === null
      ? "CAST(NULL AS DECIMAL(38, 18))"
      : `CASE WHEN ${split.is} THEN ${expression} END`;
  return [
    { as: "quantity", expression: lines.quantity },
    { as: "cost", expression: "line_cost" },
    { as: "effective_cost", expression: lines.effectiveCost("line_cost") },
    { as: "on_demand_cost", expression: lines.onDemandCost ?? "CAST(NULL AS DECIMAL(38, 18))" },
    { as: "split_quantity", expression: ofSplit(split?.quantity ?? null) },
    { as: "split_cost", expression: ofSplit(split?.cost ?? null) },
    { as: "split_unused_cost", expression: ofSplit(split?.unusedCost ?? null) },
    { as: "split_on_demand_cost", expression: ofSplit(split?.onDemandCost ?? null) },
  ];
};

/**
 * Columns of the answer to `chargesSql`, in their order, before one for each tag that was asked for; what makes up the type
 * of a line is joined by line feeds.
 */
export const CHARGE_COLUMNS = [
  "period",
  "day",
  "line_type",
  "currency",
  "account",
  "region",
  "service",
  "usage_type",
  "operation",
  "unit",
  "cluster",
  "ecs_service",
  "container_instance",
  "lines",
  "quantity",
  "cost",
  "effective_cost",
  "on_demand_cost",
  "split_quantity",
  "split_cost",
  "split_unused_cost",
  "split_on_demand_cost",
] as const;

const LINE_FEED = "CHR(10)";
const joined = (texts: readonly string[]): string => texts.join(` || ${LINE_FEED} || `);

/**
 * Lines added up by day and everything that tells them apart but time of day and resource; all columns as text, amounts as
 * decimals with 18 places.
 */
export const chargesSql = (table: BillTable, request: BillRequest): string => {
  const lines = billLines(table);
  const period = inPeriod(table, lines, request);
  const parents = parentsSql(table, lines, period);
  const keys = keysOf(lines, request, parents !== null);
  const amounts = amountsOf(lines);
  const sums = amounts.map(({ as }) => ({ as, expression: `SUM(${as})` }));
  const tags = request.tagKeys.map((_, index) => `tag_${index} AS out_tag_${index}`);
  const out: Readonly<Record<(typeof CHARGE_COLUMNS)[number], string>> = {
    period: lines.period === null ? "CAST(NULL AS VARCHAR)" : "SUBSTR(CAST(period AS VARCHAR), 1, 10)",
    day: "SUBSTR(CAST(day AS VARCHAR), 1, 10)",
    line_type: joined(lines.lineType.map((_, index) => `line_type_${index}`)),
    currency: "currency",
    account: lines.account === null ? "CAST(NULL AS VARCHAR)" : "account",
    region: lines.region === null ? "CAST(NULL AS VARCHAR)" : "region",
    service: "service",
    usage_type: "usage_type",
    operation: "operation",
    unit: "unit",
    cluster: lines.cluster === null ? "CAST(NULL AS VARCHAR)" : "cluster",
    ecs_service: lines.ecsService === null ? "CAST(NULL AS VARCHAR)" : "ecs_service",
    container_instance: "container_instance",
    lines: "CAST(lines AS VARCHAR)",
    quantity: amountText("quantity"),
    cost: amountText("cost"),
    effective_cost: amountText("effective_cost"),
    on_demand_cost: "CAST(on_demand_cost AS VARCHAR)",
    split_quantity: amountText("split_quantity"),
    split_cost: amountText("split_cost"),
    split_unused_cost: amountText("split_unused_cost"),
    split_on_demand_cost: amountText("split_on_demand_cost"),
  };
  return [
    parents === null ? "" : `WITH ${parents}`,
    `SELECT ${[...CHARGE_COLUMNS.map((as) => `${out[as]} AS out_${as}`), ...tags].join(", ")}`,
    `FROM (SELECT ${names(keys)}, COUNT(*) AS lines, ${selected(sums)}`,
    `FROM (SELECT ${selected([...keys, ...amounts])}`,
    `FROM (SELECT bill.*, ${lines.cost} AS line_cost FROM ${table.from} AS bill WHERE ${period}) AS priced) AS line`,
    `GROUP BY ${names(keys)}) AS charge`,
  ]
    .filter((part) => part !== "")
    .join("\n");
};
