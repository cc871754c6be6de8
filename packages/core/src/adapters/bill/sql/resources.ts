import type { BillRequest } from "../../../ports/bill-source.ts";
import type { BillTable } from "../table/bill-table.ts";
import { oneOf, orEmpty } from "../table/sql-text.ts";
import { amountSum } from "./amount.ts";
import { billLines } from "./bill-lines.ts";
import { inPeriod, selected } from "./line-view.ts";

/** Usage types of which single resources are told, by product. */
const TOLD: Readonly<Record<string, RegExp>> = {
  AWSELB: /^/,
  ElasticLoadBalancing: /^/,
  AmazonVPC: /^/,
  AmazonECR: /^/,
  AmazonEC2: /NatGateway-|EBS:Volume|LoadBalancerUsage|LCUUsage|ElasticIP:|PublicIPv4:/,
  AmazonCloudWatch: /DataProcessing|VendedLog|TimedStorage-/,
};

/** Whether single resources of a usage type are told. */
export const isToldByResource = (service: string, usageType: string): boolean =>
  Object.hasOwn(TOLD, service) && TOLD[service]?.test(usageType) === true;

/** Columns of the answer to `resourcesSql`, in their order. */
export const RESOURCE_COLUMNS = [
  "month",
  "resource",
  "account",
  "region",
  "service",
  "usage_type",
  "operation",
  "unit",
  "cluster",
  "ecs_service",
  "quantity",
  "cost",
] as const;

const ABSENT = "CAST(NULL AS VARCHAR)";

/** What single resources of some usage types cost over the month; all columns as text. Null where the table names none. */
export const resourcesSql = (
  table: BillTable,
  request: BillRequest,
  usageTypes: readonly string[] = [],
): string | null => {
  const lines = billLines(table);
  if (lines.resource === null) return null;
  const texts = {
    resource: lines.resource,
    account: lines.account,
    region: lines.region,
    service: lines.service,
    usage_type: lines.usageType,
    operation: lines.operation ?? "''",
    unit: lines.unit ?? "''",
    cluster: lines.cluster,
    ecs_service: lines.ecsService,
  };
  const types = lines.lineType.map((expression, index) => ({ as: `line_type_${index}`, expression }));
  const keys = [
    { as: "month_key", expression: lines.period === null ? lines.start.month : lines.period.ref },
    ...types,
    ...Object.entries(texts).flatMap(([as, expression]) => (expression === null ? [] : [{ as, expression }])),
  ];
  const quantity = amountSum(lines.quantity, "sum_quantity");
  const cost = amountSum(lines.cost, "sum_cost");
  const out = (as: (typeof RESOURCE_COLUMNS)[number]): string => {
    if (as === "quantity" || as === "cost")
      return `CAST(SUM(${as === "cost" ? cost.total : quantity.total}) AS VARCHAR)`;
    if (as === "month") return "SUBSTR(CAST(month_key AS VARCHAR), 1, 7)";
    return texts[as] === null ? ABSENT : orEmpty(as);
  };
  return [
    `SELECT ${RESOURCE_COLUMNS.map((as) => `${out(as)} AS out_${as}`).join(", ")}`,
    `FROM (SELECT ${selected([...keys, ...quantity.parts, ...cost.parts])}`,
    `FROM ${table.from} AS bill`,
    `WHERE ${inPeriod(table, lines, request)} AND ${oneOf(lines.usageType, usageTypes)}`,
    `AND ${lines.resource} <> ''`,
    `GROUP BY ${keys.map((_, index) => index + 1).join(", ")}) AS line`,
    `WHERE ${lines.usage(types.map(({ as }) => as))}`,
    `GROUP BY ${RESOURCE_COLUMNS.slice(0, -2)
      .map((_, index) => index + 1)
      .join(", ")}`,
  ].join("\n");
};
