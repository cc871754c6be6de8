import type { Assumption, Issue } from "../issues/issue.ts";
import type { BillableUsage } from "../pricing/billable-usage.ts";
import type { PriceKey } from "../pricing/price.ts";
import { Decimal } from "../units/decimal.ts";
import { atQuantityResolution } from "../units/quantity.ts";

/** What comes along with tasks: quantities without money, what was guessed and what is not known. */
export interface Overhead {
  readonly usages: readonly BillableUsage[];
  readonly assumptions: readonly Assumption[];
  readonly issues: readonly Issue[];
}

/** One overhead out of several, in order; an assumption is kept once by its code. */
export const joinOverheads = (parts: readonly Overhead[]): Overhead => {
  const assumptions = new Map<string, Assumption>();
  for (const part of parts) {
    for (const assumption of part.assumptions) assumptions.set(assumption.code, assumption);
  }
  return {
    usages: parts.flatMap((part) => part.usages),
    assumptions: [...assumptions.values()],
    issues: parts.flatMap((part) => part.issues),
  };
};

/** An overhead of quantities alone. */
export const overheadOf = (
  usages: readonly BillableUsage[],
  assumptions: readonly Assumption[] = [],
  issues: readonly Issue[] = [],
): Overhead => ({ usages, assumptions, issues });

/** A list of one usage, or none where the quantity is zero. */
export const usageOf = (key: PriceKey, quantity: Decimal | string, label?: string): BillableUsage[] => {
  const exact = atQuantityResolution(new Decimal(quantity));
  if (exact.isZero()) return [];
  return [label === undefined ? { key, quantity: exact } : { key, quantity: exact, label }];
};
