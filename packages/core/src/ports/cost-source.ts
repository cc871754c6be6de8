/** One row of a bill: a service and a usage type over a period. Amounts are decimal strings as billed. */
export interface BilledUsage {
  /** ISO date, inclusive. */
  readonly from: string;
  /** ISO date, exclusive. */
  readonly to: string;
  /** As Cost Explorer names it, for example `Amazon Elastic Container Service`. */
  readonly service: string;
  readonly usageType: string;
  /** USD. */
  readonly cost: string;
  readonly quantity: string;
  readonly unit: string;
  /** Whether AWS may still change the figures. */
  readonly estimated: boolean;
}

/** Where the real bill comes from. */
export interface CostSource {
  /** Usage and charges from an ISO date (inclusive) to another (exclusive), by service and usage type. */
  read(from: string, to: string): Promise<readonly BilledUsage[]>;
}
