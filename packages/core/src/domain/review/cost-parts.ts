import type { CostPart } from "../report/review-report.ts";
import { type Decimal, ZERO } from "../units/decimal.ts";
import type { CostRow } from "./cost-row.ts";

/** Rows of the period and of the one before; null where the bill does not reach back. */
export interface ComparedRows {
  readonly current: readonly CostRow[];
  readonly previous: readonly CostRow[] | null;
}

/**
 * The total by a key, the most expensive first; they add up to it. The empty key is what has none; a null key is what the
 * source cannot tell, and where it is null throughout there are no parts.
 */
export const costParts = (
  { current, previous }: ComparedRows,
  keyOf: (row: CostRow) => string | null,
): readonly CostPart[] => {
  const now = sums(current, keyOf);
  const before = previous === null ? null : sums(previous, keyOf);
  if (now === undefined && before === undefined) return [];
  const keys = new Set([...(now?.keys() ?? []), ...(before?.keys() ?? [])]);
  const parts = [...keys].map((key) => costPart(key, now?.get(key) ?? ZERO, before && (before.get(key) ?? ZERO)));
  return parts.sort((a, b) => b.cost.comparedTo(a.cost) || compareKeys(a.key, b.key));
};

/** A part beside what it was before. */
export const costPart = (key: string, cost: Decimal, previousCost: Decimal | null | undefined): CostPart => ({
  key,
  cost,
  previousCost: previousCost ?? null,
  change: previousCost ? cost.minus(previousCost) : null,
});

const compareKeys = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const sums = (rows: readonly CostRow[], keyOf: (row: CostRow) => string | null): Map<string, Decimal> | undefined => {
  const costs = new Map<string, Decimal>();
  let isKnown = false;
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== null) isKnown = true;
    costs.set(key ?? "", (costs.get(key ?? "") ?? ZERO).plus(row.cost));
  }
  return isKnown ? costs : undefined;
};
