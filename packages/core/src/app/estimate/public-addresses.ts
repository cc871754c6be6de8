import type { PricedLines } from "../../domain/costing/line-item.ts";
import { IPV4_HOUR_KEY } from "../../domain/overhead/addresses.ts";

/**
 * What comes along without public addresses: only tasks on Fargate can have one of their own.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html (checked 2026-11-20)
 */
export const withoutAddresses = ({ lineItems, unpriced }: PricedLines): PricedLines => ({
  lineItems: lineItems.filter(({ dimension }) => dimension !== IPV4_HOUR_KEY),
  unpriced: unpriced.filter(({ dimension }) => dimension !== IPV4_HOUR_KEY),
});
