import type { Issue } from "../../../domain/issues/issue.ts";
import { sum } from "../../../domain/units/decimal.ts";
import type { BillRequest } from "../../../ports/bill-source.ts";
import type { AnswerMetrics } from "./answer.ts";
import { SUBJECT } from "./bill-notes.ts";
import { type Cell, CLUSTER_TAG, type Dimension, SERVICE_TAG, tagDimension } from "./grouping.ts";

const isTag = (dimension: Dimension): boolean => dimension.startsWith("TAG:");

const argument = (dimension: Dimension): string =>
  isTag(dimension) ? `Type=TAG,Key=${dimension.slice(4)}` : `Type=DIMENSION,Key=${dimension}`;

/** The aws command that prints the groups. */
export const groupingCommand = (
  { from, to }: Pick<BillRequest, "from" | "to">,
  dimensions: readonly Dimension[],
): string =>
  `aws ce get-cost-and-usage --time-period Start=${from},End=${to} --granularity DAILY --metrics UnblendedCost AmortizedCost UsageQuantity --group-by ${dimensions.map(argument).join(" ")}`;

/** Tags are told best of usage alone, which its sum shows. */
const USAGE_ONLY = `--filter '{"Dimensions":{"Key":"RECORD_TYPE","Values":["Usage"]}}'`;

/** A dimension that some figures need, and the groups that tell it. */
interface Need {
  readonly dimension: Dimension;
  readonly dimensions: readonly Dimension[];
  readonly severity: Issue["severity"];
  readonly missing: string;
}

const SERVICE = tagDimension(SERVICE_TAG);
const CLUSTER = tagDimension(CLUSTER_TAG);

const needs = (tagKeys: readonly string[]): readonly Need[] => [
  {
    dimension: "RECORD_TYPE",
    dimensions: ["RECORD_TYPE", "USAGE_TYPE"],
    severity: "warning",
    missing: "credits, refunds, discounts and commitments cannot be told from usage",
  },
  {
    dimension: SERVICE,
    dimensions: [SERVICE, "USAGE_TYPE"],
    severity: "warning",
    missing: "what each ECS service cost is not known",
  },
  {
    dimension: CLUSTER,
    dimensions: [CLUSTER, SERVICE],
    severity: "warning",
    missing: "what each cluster cost is not known",
  },
  {
    dimension: "LINKED_ACCOUNT",
    dimensions: ["LINKED_ACCOUNT", "SERVICE"],
    severity: "info",
    missing: "accounts are not told apart",
  },
  ...tagKeys.map(
    (key): Need => ({
      dimension: tagDimension(key),
      dimensions: [tagDimension(key), "USAGE_TYPE"],
      severity: "warning",
      missing: `what each value of the tag ${key} cost is not known`,
    }),
  ),
];

/** What saved answers cannot tell for want of a grouping, each with the command that prints it. */
export const missingGroupings = (request: BillRequest, given: ReadonlySet<Dimension>): readonly Issue[] =>
  needs(request.tagKeys)
    .filter(({ dimension }) => !given.has(dimension))
    .map(({ dimensions, severity, missing }) => ({
      code: "bill-detail",
      severity,
      subject: SUBJECT,
      detail: `${missing}; give also what this prints: ${groupingCommand(request, dimensions)}${dimensions.some(isTag) ? ` ${USAGE_ONLY}` : ""}`,
    }));

/** Amounts below zero that no charge type explains; they are left in the usage that they are billed with. */
export const unexplainedIssue = (cells: readonly Cell[], currency: string): readonly Issue[] => {
  const below = cells.filter(
    ({ values, cost }) => values.RECORD_TYPE === undefined && cost.isNegative() && !cost.isZero(),
  );
  if (below.length === 0) return [];
  const total = sum(below.map(({ cost }) => cost)).toFixed();
  return [
    {
      code: "bill-detail",
      severity: "warning",
      subject: SUBJECT,
      detail: `${total} ${currency} is below zero, as credits, refunds and negations of Savings Plans are; without charge types it stays with the usage`,
    },
  ];
};

/** What is not known for want of a metric. */
export const missingMetrics = (metrics: AnswerMetrics): readonly Issue[] => {
  const says: readonly (readonly [keyof AnswerMetrics, string])[] = [
    ["unblended", "UnblendedCost is missing, so costs are amortised and not as billed"],
    ["amortized", "AmortizedCost is missing, so commitments are not spread over what they covered"],
    ["quantity", "UsageQuantity is missing, so quantities and rates are not known"],
  ];
  return says
    .filter(([name]) => !metrics[name])
    .map(([, detail]) => ({
      code: "bill-detail",
      severity: "warning",
      subject: SUBJECT,
      detail: `${detail}; ask for --metrics UnblendedCost AmortizedCost UsageQuantity`,
    }));
};
