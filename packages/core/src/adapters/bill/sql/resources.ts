import type { BillRequest } from "../../../ports/bill-source.ts";
import type { BillTable } from "../table/bill-table.ts";
import { amountSum, amountText } from "./amount.ts";
import { type BillLines, billLines } from "./bill-lines.ts";
import { inPeriod, selected } from "./line-view.ts";
import { oneOf, orEmpty } from "./text.ts";

/** Services all of whose resources are told, and those of which only some usage types are. */
const WHOLE = [
  "AWSELB",
  "ElasticLoadBalancing",
  "Elastic Load Balancing",
  "Amazon Elastic Load Balancing",
  "AmazonVPC",
  "Amazon Virtual Private Cloud",
  "AmazonECR",
  "Amazon EC2 Container Registry (ECR)",
  "Amazon Elastic Container Registry",
];
const EC2 = ["AmazonEC2", "Amazon Elastic Compute Cloud", "Amazon Elastic Compute Cloud - Compute", "EC2 - Other"];
const EC2_PARTS = ["%NatGateway-%", "%EBS:Volume%", "%LoadBalancerUsage", "%LCUUsage", "%ElasticIP:%", "%PublicIPv4:%"];
const CLOUDWATCH = ["AmazonCloudWatch", "Amazon CloudWatch"];
const CLOUDWATCH_PARTS = ["%DataProcessing%", "%VendedLog%", "%TimedStorage-%"];

const like = (expression: string, patterns: readonly string[]): string =>
  patterns.map((pattern) => `${expression} LIKE '${pattern}'`).join(" OR ");

const worthTelling = ({ service, usageType }: BillLines): string =>
  `(${oneOf(service, WHOLE)}` +
  ` OR (${oneOf(service, EC2)} AND (${like(usageType, EC2_PARTS)}))` +
  ` OR (${oneOf(service, CLOUDWATCH)} AND (${like(usageType, CLOUDWATCH_PARTS)})))`;

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

/** What single resources cost over the month; all columns as text. Null where the table names no resources. */
export const resourcesSql = (table: BillTable, request: BillRequest): string | null => {
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
  const keys = [
    { as: "month_key", expression: (lines.period ?? lines.start).month },
    ...Object.entries(texts).flatMap(([as, expression]) => (expression === null ? [] : [{ as, expression }])),
  ];
  const quantity = amountSum(lines.quantity, "sum_quantity");
  const cost = amountSum(lines.cost, "sum_cost");
  const out = (as: (typeof RESOURCE_COLUMNS)[number]): string => {
    if (as === "month") return "SUBSTR(CAST(month_key AS VARCHAR), 1, 7)";
    if (as === "quantity" || as === "cost") return amountText(as === "cost" ? cost.total : quantity.total);
    return texts[as] === null ? ABSENT : orEmpty(as);
  };
  return [
    `SELECT ${RESOURCE_COLUMNS.map((as) => `${out(as)} AS out_${as}`).join(", ")}`,
    `FROM (SELECT ${selected([...keys, ...quantity.parts, ...cost.parts])}`,
    `FROM ${table.from} AS bill`,
    `WHERE ${inPeriod(table, lines, request)} AND ${lines.usage} AND ${worthTelling(lines)} AND ${lines.resource} <> ''`,
    `GROUP BY ${keys.map((_, index) => index + 1).join(", ")}) AS line`,
  ].join("\n");
};
