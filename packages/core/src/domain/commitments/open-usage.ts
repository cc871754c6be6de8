import { type Decimal, ZERO } from "../units/decimal.ts";
import type { CommittableUsage, Coverage, CoveredUsage } from "./commitment.ts";

/** Quantities are divided no finer than this where a commitment ends, so that all parts stay short decimals. */
export const DECIMAL_PLACES = 12;

/** Usage of one hour while commitments are applied to it one after the other. */
export interface OpenUsage {
  readonly usage: CommittableUsage;
  /** Not covered so far. */
  left: Decimal;
  readonly reserved: Coverage[];
  readonly savingsPlans: Coverage[];
}

/** Usage that nothing covers yet. */
export const openUsage = (usage: CommittableUsage): OpenUsage => {
  if (!usage.quantity.isFinite() || usage.quantity.isNegative()) {
    throw new RangeError(`A quantity is finite and not negative: ${usage.id} ${usage.quantity.toFixed()}`);
  }
  return { usage, left: usage.quantity, reserved: [], savingsPlans: [] };
};

/** What stays when all commitments are applied. */
export const closeUsage = ({ usage, left, reserved, savingsPlans }: OpenUsage): CoveredUsage => ({
  id: usage.id,
  quantity: usage.quantity,
  reserved,
  savingsPlans,
  onDemandQuantity: left,
  onDemandCost: left.isZero() ? ZERO : left.times(usage.onDemandRate),
});

/** Ids in code unit order, the same everywhere. */
export const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
