import type { PlanRate } from "./plan-rate.ts";
import type { PriceListItem } from "./price-list-item.ts";
import type { ProductFilter } from "./price-queries.ts";

/** A price list of AWS: through its API, or as the files that need no account. */
export interface PriceList {
  /**
   * Items of a service that fit every filter and, where a mark is given, have it in their usage type.
   *
   * @throws {BorderError} of source `aws` where the list is refused, not reached or makes no sense.
   */
  products(serviceCode: string, filters: readonly ProductFilter[], mark?: string): Promise<readonly PriceListItem[]>;
  /** Savings Plans rates of a region on Fargate and on Linux instances with shared tenancy. */
  planRates(region: string): Promise<readonly PlanRate[]>;
}
