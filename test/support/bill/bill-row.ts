import { Decimal as Base } from "decimal.js";

const Decimal = Base.clone({ precision: 60, toExpNeg: -60, toExpPos: 60 });

/** What split cost allocation says of a task on an instance. Amounts are decimal strings. */
export interface SplitShare {
  readonly parent: string;
  readonly reserved: string;
  readonly actual: string;
  readonly split: string;
  readonly ratio: string;
  readonly cost: string;
  readonly unusedCost: string;
  readonly onDemandCost: string;
}

/** A line of a bill before any format, in the words of the Cost and Usage Report. Amounts are decimal strings in USD. */
export interface BillRow {
  readonly id: string;
  /** `line_item_line_item_type`. */
  readonly lineType: string;
  readonly account: string;
  /** First day of the billing period, ISO. */
  readonly period: string;
  /** ISO timestamps, UTC, of the hour or the day. */
  readonly start: string;
  readonly end: string;
  /** Product code, and the name that Cost Explorer and FOCUS give. */
  readonly service: string;
  readonly serviceName: string;
  readonly usageType: string;
  readonly operation: string;
  readonly unit: string;
  /** Empty where there is none. */
  readonly region: string;
  readonly resource: string;
  readonly quantity: string;
  /** Unblended. */
  readonly cost: string;
  readonly onDemandCost: string;
  /** Amortised; of a recurring fee, the part that nothing used. */
  readonly effectiveCost: string;
  /** ARN of the Savings Plan or reservation; empty without one. */
  readonly commitment: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly split: SplitShare | null;
  readonly description: string;
}

/** Exact product of decimal strings. */
export const times = (...factors: readonly (string | number)[]): string =>
  factors.reduce<Base>((product, factor) => product.times(factor), new Decimal(1)).toFixed();

/** Exact sum of decimal strings. */
export const plus = (...terms: readonly string[]): string =>
  terms.reduce<Base>((total, term) => total.plus(term), new Decimal(0)).toFixed();

/** Exact difference of decimal strings. */
export const minus = (left: string, right: string): string => new Decimal(left).minus(right).toFixed();

/** Exact sum of an amount over rows. */
export const total = (rows: readonly BillRow[], amount: "cost" | "effectiveCost" | "quantity"): string =>
  plus(...rows.map((row) => row[amount]));

const DAY = 86_400_000;

/** ISO dates from one (inclusive) to another (exclusive). */
export const daysBetween = (from: string, to: string): readonly string[] => {
  const days: string[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += DAY) days.push(new Date(at).toISOString().slice(0, 10));
  return days;
};

const iso = (time: number): string => new Date(time).toISOString().replace(".000Z", "Z");

/** Start and end of some hours from an hour of a day on. */
export const hoursOf = (day: string, hour: number, hours = 1): Pick<BillRow, "start" | "end" | "period"> => {
  const start = Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000;
  return { start: iso(start), end: iso(start + hours * 3_600_000), period: `${day.slice(0, 7)}-01` };
};

type Given = Pick<BillRow, "lineType" | "account" | "service" | "usageType" | "cost"> & Partial<BillRow>;

const NAMES: Readonly<Record<string, string>> = {
  AmazonECS: "Amazon Elastic Container Service",
  AmazonEC2: "Amazon Elastic Compute Cloud - Compute",
  AmazonVPC: "Amazon Virtual Private Cloud",
  AWSELB: "Elastic Load Balancing",
  AmazonCloudWatch: "AmazonCloudWatch",
  AmazonECR: "Amazon EC2 Container Registry (ECR)",
  AmazonS3: "Amazon Simple Storage Service",
  AmazonRDS: "Amazon Relational Database Service",
  AWSSupportBusiness: "AWS Support (Business)",
  ComputeSavingsPlans: "Savings Plans for AWS Compute usage",
  AmazonEFS: "Amazon Elastic File System",
  AWSSecretsManager: "AWS Secrets Manager",
};

/** A row from what tells it apart; the rest is what usage on demand has. */
export const billRow = (given: Given): BillRow => ({
  id: "",
  period: "2026-10-01",
  start: "2026-10-01T00:00:00Z",
  end: "2026-10-02T00:00:00Z",
  serviceName: NAMES[given.service] ?? given.service,
  operation: "",
  unit: "",
  region: "",
  resource: "",
  quantity: "0",
  onDemandCost: given.cost,
  effectiveCost: given.cost,
  commitment: "",
  tags: {},
  split: null,
  description: "",
  ...given,
});
