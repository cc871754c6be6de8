import type { BillRequest } from "../../../ports/bill-source.ts";

/** USD that AWS bills for each page of an answer (AWS Cost Explorer pricing, checked 2026-11-20). */
export const COST_EXPLORER_PAGE_PRICE = "0.01";

const CENTS_A_PAGE = 1;

/** What a reading will ask for, before anything is spent. */
export interface CostExplorerPlan {
  /** At least so many: answers may have further pages, and what the first ones say decides on further questions. */
  readonly requests: number;
  /** USD for them, as a decimal string. */
  readonly usd: string;
}

/** USD for so many pages, as a decimal string. */
export const pagesCost = (pages: number): string => ((pages * CENTS_A_PAGE) / 100).toFixed(2);

/**
 * The least number of requests that a review takes: charge types, usage types, accounts, ECS services and clusters, and
 * two for each tag that was asked for.
 */
export const planCostExplorer = (request: Pick<BillRequest, "tagKeys">): CostExplorerPlan => {
  const requests = 5 + 2 * request.tagKeys.length;
  return { requests, usd: pagesCost(requests) };
};
