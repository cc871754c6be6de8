import type { ResourceOwner } from "./resource-owner.ts";

/**
 * What a line of the bill is. `covered` is usage that a Savings Plan or a reservation pays; `commitment-fee` its recurring
 * and upfront fees, `commitment-offset` the negative line that takes covered usage off again; `discount` the negative lines
 * of private rates and bundles. `split` and `split-unused` come from split cost allocation: they say whose the cost of an
 * instance is, and are part of no sum of the bill.
 */
export type ChargeKind =
  | "usage"
  | "covered"
  | "commitment-fee"
  | "commitment-offset"
  | "discount"
  | "credit"
  | "refund"
  | "tax"
  | "fee"
  | "split"
  | "split-unused";

/**
 * Lines of the bill that are alike in everything but time of day and resource, added up exactly over one UTC day.
 * Amounts are decimal strings in the currency of the bill. An empty text is "none on the bill" (a service without the
 * tag), null is "this source cannot tell".
 */
export interface Charge {
  /** ISO date on which the usage began; the first of the month where the source knows months only. */
  readonly day: string;
  readonly kind: ChargeKind;
  readonly commitment: "savings-plan" | "reservation" | null;
  readonly account: string | null;
  /** AWS region; empty for what has none. */
  readonly region: string | null;
  /** Product code as in the Cost and Usage Report (`AmazonECS`), or the name that the source gives where none is known. */
  readonly service: string;
  /** As billed, for example `EUC1-Fargate-ARM-GB-Hours`; empty where lines of an unrelated service were added up. */
  readonly usageType: string;
  readonly operation: string;
  readonly unit: string;
  readonly quantity: string;
  /** As billed: unblended. */
  readonly cost: string;
  /** With commitments spread over what they covered: amortised. Equal to `cost` where nothing is covered. */
  readonly effectiveCost: string;
  /** Before the discounts of a contract, where `cost` is net of them; otherwise such discounts have lines of their own. */
  readonly unblendedCost?: string;
  /** At public on-demand prices; null where the source does not give it. */
  readonly onDemandCost: string | null;
  /** Value of the tag `aws:ecs:clusterName`. */
  readonly cluster: string | null;
  /** Value of the tag `aws:ecs:serviceName`. */
  readonly ecsService: string | null;
  /** Values of the tags that were asked for, by key. */
  readonly tags: Readonly<Record<string, string>>;
  /** An EC2 instance that runs ECS tasks, by its tags or by split cost allocation. */
  readonly containerInstance: boolean;
  /** Whose it is by the id of its resource; absent where the source names no resources. */
  readonly owner?: ResourceOwner;
}

/** Usage of one hour that a Savings Plan could cover, on demand or covered already. */
export interface CommittableHour {
  /** ISO timestamp of the full hour, UTC. */
  readonly hour: string;
  readonly service: string;
  readonly usageType: string;
  readonly region: string | null;
  readonly covered: boolean;
  readonly quantity: string;
  readonly cost: string;
  readonly effectiveCost: string;
}

/** What one resource cost over a month: NAT gateways, load balancers, endpoints, log groups, addresses, volumes. */
export interface ResourceCharge {
  /** First day of the month, ISO. */
  readonly month: string;
  /** ARN or id as on the bill. */
  readonly resource: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly service: string;
  readonly usageType: string;
  readonly operation: string;
  readonly quantity: string;
  readonly unit: string;
  readonly cost: string;
  readonly cluster: string | null;
  readonly ecsService: string | null;
}

export type BillFormat =
  | "cost-explorer"
  | "cost-explorer-json"
  | "cur-2.0"
  | "cur-legacy"
  | "focus-1.0"
  | "focus-1.1"
  | "focus-1.2"
  | "focus-1.3";

/** What the bill's source can tell; a figure that needs more is not known, never zero. */
export interface BillDetail {
  /** Finest time of the source. */
  readonly granularity: "hour" | "day" | "month";
  readonly ecsTags: boolean;
  readonly splitCostAllocation: boolean;
  readonly resources: boolean;
  readonly amortised: boolean;
  /** Costs are net of the discounts of a contract. */
  readonly net?: boolean;
}

/** A bill over a period: one currency, every line of it in exactly one charge. */
export interface Bill {
  readonly format: BillFormat;
  /** Files, `cost-explorer`, or `athena://DATABASE.TABLE`. */
  readonly source: string;
  readonly currency: string;
  /** ISO date, inclusive. */
  readonly from: string;
  /** ISO date, exclusive: the first day of which the bill says nothing yet. */
  readonly to: string;
  readonly detail: BillDetail;
  readonly charges: readonly Charge[];
  /** Charges of the months before `from`, each on the first day of its month; absent where nobody asked for them. */
  readonly history?: readonly Charge[];
  /** Null where the source knows no hours. */
  readonly hours: readonly CommittableHour[] | null;
  /** Null where the source knows no resources. */
  readonly resources: readonly ResourceCharge[] | null;
}
