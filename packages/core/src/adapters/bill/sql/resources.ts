import type { BillRequest } from "../../../ports/bill-source.ts";
import type { BillTable } from "../table/bill-table.ts";
import { amountText } from "./amount.ts";
import { type BillLines, billLines } from "./bill-lines.ts";
import { inPeriod, names, selected } from "./line-view.ts";
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

/** What single resources cost over the month; all columns as text. Null where the table names no resources. */
export const resourcesSql = (table: BillTable, request: BillRequest): string | null => {
  const lines = billLines(table);
  if (lines.resource === null) return null;
  const period = inPeriod(table, lines, request);
  const keys = [
    { as: "month", expression: (lines.period ?? lines.start).month },
    { as: "resource", expression: lines.resource },
    { as: "account", expression: orEmpty(lines.account ?? "''") },
    { as: "region", expression: orEmpty(lines.region ?? "''") },
    { as: "service", expression: orEmpty(lines.service) },
    { as: "usage_type", expression: orEmpty(lines.usageType) },
    { as: "operation", expression: orEmpty(lines.operation ?? "''") },
    { as: "unit", expression: orEmpty(lines.unit ?? "''") },
    { as: "cluster", expression: orEmpty(lines.cluster ?? "''") },
    { as: "ecs_service", expression: orEmpty(lines.ecsService ?? "''") },
  ];
  const absent: ReadonlySet<string> = new Set(
    (["account", "region", "cluster", "ecsService"] as const)
      .filter((key) => lines[key] === null)
      .map((key) => (key === "ecsService" ? "ecs_service" : key)),
  );
  const out = (as: (typeof RESOURCE_COLUMNS)[number]): string => {
    if (as === "month") return "SUBSTR(CAST(month AS VARCHAR), 1, 7)";
    if (as === "quantity" || as === "cost") return amountText(as);
    return absent.has(as) ? "CAST(NULL AS VARCHAR)" : as;
  };
  return [
    `SELECT ${RESOURCE_COLUMNS.map((as) => `${out(as)} AS out_${as}`).join(", ")}`,
    `FROM (SELECT ${names(keys)}, SUM(quantity) AS quantity, SUM(cost) AS cost`,
    `FROM (SELECT ${selected([...keys, { as: "quantity", expression: lines.quantity }, { as: "cost", expression: lines.cost }])}`,
    `FROM ${table.from} AS bill`,
    `WHERE ${period} AND ${lines.usage} AND ${worthTelling(lines)} AND ${lines.resource} <> '') AS line`,
    `GROUP BY ${names(keys)}) AS priced`,
  ].join("\n");
};
