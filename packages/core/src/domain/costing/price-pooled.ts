import type { BillableUsage } from "../pricing/billable-usage.ts";
import type { PriceCatalogue, PriceKey } from "../pricing/price.ts";
import { allocateUnits, fromUnits, toUnits } from "./allocate.ts";
import type { LineItem, PricedLines, UnpricedUsage } from "./line-item.ts";
import { fillBands, type PriceBand, priceBands } from "./price-bands.ts";
import { appendPriced, lineItem, unpricedUsage } from "./price-usage.ts";

/** A usage and whose it is: a service id, or any other name. */
export interface SubjectUsage {
  readonly subject: string;
  readonly usage: BillableUsage;
}

interface Lines extends PricedLines {
  readonly lineItems: LineItem[];
  readonly unpriced: UnpricedUsage[];
}

/**
 * Prices the usages of many subjects as one account: a tiered key is summed over all of them, the tiers apply to the
 * sum, and each tier's quantity is divided in proportion to theirs. Per subject and per tier the parts add up exactly.
 * Every subject that is named has an entry, in order of first mention.
 */
export const pricePooled = (
  usages: readonly SubjectUsage[],
  catalogue: PriceCatalogue,
): ReadonlyMap<string, PricedLines> => {
  const bySubject = new Map<string, Lines>();
  const tiered = new Map<PriceKey, SubjectUsage[]>();
  for (const entry of usages) {
    const lines = linesOf(entry.subject, bySubject);
    const bands = priceBands(entry.usage.key, catalogue);
    if (bands === undefined || isFlat(bands) || entry.usage.quantity.isZero()) {
      appendPriced(entry.usage, bands, lines.lineItems, lines.unpriced);
    } else {
      const pool = tiered.get(entry.usage.key);
      if (pool === undefined) tiered.set(entry.usage.key, [entry]);
      else pool.push(entry);
    }
  }
  for (const [key, pool] of tiered) priceTiered(pool, priceBands(key, catalogue) ?? [], bySubject);
  return bySubject;
};

const isFlat = (bands: readonly PriceBand[]): boolean => bands.length === 1 && bands[0]?.width === null;

const linesOf = (subject: string, bySubject: Map<string, Lines>): Lines => {
  let lines = bySubject.get(subject);
  if (lines === undefined) {
    lines = { lineItems: [], unpriced: [] };
    bySubject.set(subject, lines);
  }
  return lines;
};

/** Works in whole units of the finest decimal place of the pool, so that no part exceeds what its subject used. */
const priceTiered = (
  pool: readonly SubjectUsage[],
  bands: readonly PriceBand[],
  bySubject: Map<string, Lines>,
): void => {
  const widths = bands.map((band) => band.width?.decimalPlaces() ?? 0);
  const scale = Math.max(12, ...pool.map((entry) => entry.usage.quantity.decimalPlaces()), ...widths);
  const left = pool.map((entry) => toUnits(entry.usage.quantity, scale));
  const total = left.reduce((a, b) => a + b, 0n);
  const { parts, beyond } = fillBands(fromUnits(total, scale), bands);
  for (const part of parts) {
    const shares = allocateUnits(toUnits(part.quantity, scale), left);
    for (const [index, entry] of pool.entries()) {
      const share = shares[index] ?? 0n;
      left[index] = (left[index] ?? 0n) - share;
      if (share === 0n) continue;
      linesOf(entry.subject, bySubject).lineItems.push(lineItem(entry.usage, part.band, fromUnits(share, scale)));
    }
  }
  if (beyond.isZero()) return;
  for (const [index, entry] of pool.entries()) {
    const rest = left[index] ?? 0n;
    if (rest > 0n) linesOf(entry.subject, bySubject).unpriced.push(unpricedUsage(entry.usage, fromUnits(rest, scale)));
  }
};
