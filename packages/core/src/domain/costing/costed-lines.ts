import { type Decimal, sum, ZERO } from "../units/decimal.ts";
import type { LineItem, PricedLines, UnpricedUsage } from "./line-item.ts";

/** The lines of one subject. `monthlyCost` is their exact sum; null where nothing of it could be priced. */
export interface CostedLines {
  readonly monthlyCost: Decimal | null;
  /** USD at list prices; absent where no line is discounted. */
  readonly listMonthlyCost?: Decimal;
  /** False where something that it uses has no price or is not known. */
  readonly complete: boolean;
  readonly lineItems: readonly LineItem[];
  readonly unpriced: readonly UnpricedUsage[];
}

/** Exact sum of the lines in USD. */
export const sumLines = (lines: readonly LineItem[]): Decimal => {
  let total = ZERO;
  for (const line of lines) total = total.plus(line.cost);
  return total;
};

/** The same at list prices, or nothing where no line is discounted. */
export const listCost = (lines: readonly LineItem[]): { readonly listMonthlyCost?: Decimal } => {
  if (lines.every(({ listRate }) => listRate === undefined)) return {};
  return { listMonthlyCost: sum(lines.map(({ quantity, rate, listRate }) => quantity.times(listRate ?? rate))) };
};

/** Sums priced lines: nothing at all costs 0, only unpriced usage costs null, and either part is kept. */
export const costLines = (priced: PricedLines): CostedLines => {
  const { lineItems, unpriced } = priced;
  const unknown = lineItems.length === 0 && unpriced.length > 0;
  return {
    monthlyCost: unknown ? null : sumLines(lineItems),
    ...listCost(lineItems),
    complete: unpriced.length === 0,
    lineItems,
    unpriced,
  };
};

/** One list of lines out of several, in order. */
export const concatLines = (parts: readonly PricedLines[]): PricedLines => ({
  lineItems: parts.flatMap((part) => part.lineItems),
  unpriced: parts.flatMap((part) => part.unpriced),
});

/** Lines of several parts, with quantities of the same thing at the same rate added up. */
export const addLines = (parts: readonly PricedLines[]): PricedLines => {
  const { lineItems, unpriced } = concatLines(parts);
  return {
    lineItems: addAlike(lineItems, ({ rate }) => rate.toFixed()).map((line) => ({
      ...line,
      cost: line.quantity.times(line.rate),
    })),
    unpriced: addAlike(unpriced, () => ""),
  };
};

const addAlike = <T extends UnpricedUsage>(lines: readonly T[], rateOf: (line: T) => string): readonly T[] => {
  const added = new Map<string, T>();
  for (const line of lines) {
    const key = JSON.stringify([line.dimension, line.label ?? null, rateOf(line)]);
    const same = added.get(key);
    added.set(key, same === undefined ? line : { ...same, quantity: same.quantity.plus(line.quantity) });
  }
  return [...added.values()];
};
