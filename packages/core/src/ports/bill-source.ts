import type { Bill } from "../domain/bill/charge.ts";
import type { EcsResourceNames } from "../domain/bill/resource-owner.ts";
import type { Issue } from "../domain/issues/issue.ts";

export interface BillRequest {
  /** ISO date, inclusive; the first of a month. */
  readonly from: string;
  /** ISO date, the first of a month: months from here to `from` are read month by month; none unless given. */
  readonly historyFrom?: string;
  /** ISO date, exclusive. */
  readonly to: string;
  /** Keys of cost allocation tags to keep beside the ECS ones. */
  readonly tagKeys: readonly string[];
  /** Names of resources that are known to belong to services of ECS. */
  readonly ecsResources?: EcsResourceNames;
  /** Only lines of this currency, where the bill has several. */
  readonly currency?: string;
  /** `net` (default) takes discounts of a contract off where the bill says costs net of them; `gross` leaves them in lines of their own. */
  readonly costs?: "net" | "gross";
}

export interface BillReading {
  readonly bill: Bill;
  /** Parts that could not be read, columns that are missing, amounts that AWS may still change. */
  readonly issues: readonly Issue[];
  /** What reading cost: pages of Cost Explorer, bytes that Athena scanned; USD as decimal strings. */
  readonly readingCost: { readonly usd: string; readonly detail: string } | null;
}

/** Where the real bill comes from. */
export interface BillSource {
  read(request: BillRequest): Promise<BillReading>;
}
