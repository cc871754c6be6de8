import type { PriceKey } from "../pricing/price.ts";
import type { Decimal } from "../units/decimal.ts";
import type { ProposedSize, ProposedSizes } from "./proposed-size.ts";
import type { ReportEnvelope } from "./report.ts";

/** A value of an attribute: a number, a short text, or null where there is none. */
export type AttributeValue = string | number | boolean | null;

/** What an attribute did to a cost. The causes of one change add up to it exactly, where it is known. */
export interface ChangeCause {
  /**
   * A path such as `task.memory`; several joined by ` + ` where they can only be priced together. `fleet` and `tiers` are
   * what the other services of a fleet or of a tiered price did to this one, `prices` is the price book.
   */
  readonly attribute: string;
  readonly from: AttributeValue;
  readonly to: AttributeValue;
  /** USD a month; null where a side of the change is not known. */
  readonly monthlyChange: Decimal | null;
}

/** A line of the bill on one side. */
export interface BilledSide {
  readonly quantity: Decimal;
  readonly rate: Decimal;
  readonly cost: Decimal;
}

/** A line that differs: `quantity` and `cost` are after minus before, `rate` is the one after where there is one. */
export interface LineChange {
  readonly dimension: PriceKey;
  readonly usageType: string;
  readonly unit: string;
  readonly label?: string;
  readonly quantity: Decimal;
  readonly rate: Decimal;
  readonly cost: Decimal;
  readonly before: BilledSide | null;
  readonly after: BilledSide | null;
}

export type ChangeKind = "added" | "removed" | "changed";

/** A resource of a plan or template that services share and that differs. */
export interface ResourceChange {
  readonly kind: ChangeKind;
  readonly address: string;
}

/** A service, or what is shared, that differs. */
export interface CostChange {
  readonly kind: ChangeKind;
  /** `cluster/name` as it is after the change (before, where it is removed), or `shared`. */
  readonly subject: string;
  readonly of: "service" | "shared";
  readonly name: string;
  readonly cluster: string;
  /** Where a report has several regions or accounts, as far as they are known. */
  readonly region?: string;
  readonly account?: string;
  /** How a plan, template or folder names it, on the side after where it is there; null where nothing does. */
  readonly address: string | null;
  /** Only where its address was another. */
  readonly previousAddress?: string;
  /** Only of what is shared: the resources that differ, by address. */
  readonly resources?: readonly ResourceChange[];
  readonly tags: Readonly<Record<string, string>>;
  /** What could be priced of it; null where nothing could, or where it does not exist on that side. */
  readonly beforeMonthlyCost: Decimal | null;
  readonly afterMonthlyCost: Decimal | null;
  readonly beforeComplete: boolean;
  readonly afterComplete: boolean;
  /** After minus before, USD; null where a side is not known. */
  readonly monthlyChange: Decimal | null;
  readonly causes: readonly ChangeCause[];
  readonly lineItems: readonly LineChange[];
  /** Only where utilization was given and the service is there after the change. */
  readonly sizing?: ProposedSize;
}

/** What one side is: a priced inventory or a saved report. */
export interface DiffSideReport {
  readonly of: "inventory" | "report";
  /** Absent where there are several. */
  readonly region?: string;
  readonly prices: { readonly source: string; readonly asOf: string };
  readonly monthlyCost: Decimal;
  readonly complete: boolean;
  readonly services: number;
}

/** What a change does to the cost. The envelope's region and prices are those of the side after it. */
export interface DiffReport extends ReportEnvelope<"diff"> {
  /** Totals of the two estimates: exact sums of what could be priced. */
  readonly beforeMonthlyCost: Decimal;
  readonly afterMonthlyCost: Decimal;
  /** After minus before, exact; null where the change of a service or of what is shared is not known. */
  readonly monthlyChange: Decimal | null;
  /** Exact sum of the changes that are known. */
  readonly knownMonthlyChange: Decimal;
  /** Change by the cost before, a share rounded to 40 digits; null where one is not known or nothing cost anything. */
  readonly relativeChange: Decimal | null;
  /** Whether both sides are. */
  readonly complete: boolean;
  readonly before: DiffSideReport;
  readonly after: DiffSideReport;
  /** The largest first, those that are not known last. */
  readonly changes: readonly CostChange[];
  /** Services that are the same on both sides. */
  readonly unchangedServices: number;
  /** Only where utilization was given. */
  readonly sizing?: ProposedSizes;
}
