import type { Issue } from "../../../domain/issues/issue.ts";
import type { PriceSource } from "../../../ports/price-source.ts";
import type { RefusedPrice } from "../../price-list/book/found-prices.ts";
import type { Aws } from "../client/open-aws.ts";
import { type RefreshOptions, refreshPrices } from "./refresh-prices.ts";

/** A refusal as an issue: the price in use is not a live one. */
export const refusedIssue = ({ key, detail }: RefusedPrice): Issue => ({
  code: "not-read",
  severity: "warning",
  subject: key,
  detail: `${detail}; the price in use is the one that was there before`,
});

/** Live prices over those of another source: an issue tells each price that is not a live one. */
export const livePrices = (aws: Aws, shipped: PriceSource, options: RefreshOptions = {}): PriceSource => ({
  book: async (region) => {
    const before = await shipped.book(region);
    if (before === undefined) return undefined;
    const { book, refused, issues } = await refreshPrices(aws, before.book, options);
    return { book, issues: [...issues, ...refused.map(refusedIssue)] };
  },
});
