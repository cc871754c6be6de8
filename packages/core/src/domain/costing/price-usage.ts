import type { BillableUsage } from "../pricing/billable-usage.ts";
import type { PriceCatalogue } from "../pricing/price.ts";
import type { Decimal } from "../units/decimal.ts";
import type { LineItem, PricedLines, UnpricedUsage } from "./line-item.ts";
import { fillBands, type PriceBand, priceBands } from "./price-bands.ts";

/**
 * Line items of these quantities, one for each tier that a quantity reaches; what has no price stands in `unpriced`.
 * Each usage is priced as if it were the account's only one of its key: see `pricePooled` for tiers that are shared.
 *
 * @example priceUsage([{ key: "nat.gb", quantity: new Decimal(100) }], catalogue).lineItems[0].cost // 4.50 at 0.045
 */
export const priceUsage = (usages: readonly BillableUsage[], catalogue: PriceCatalogue): PricedLines => {
  const lineItems: LineItem[] = [];
  const unpriced: UnpricedUsage[] = [];
  for (const usage of usages) appendPriced(usage, priceBands(usage.key, catalogue), lineItems, unpriced);
  return { lineItems, unpriced };
};

/** Adds the lines of one usage to the lists given. */
export const appendPriced = (
  usage: BillableUsage,
  bands: readonly PriceBand[] | undefined,
  lineItems: LineItem[],
  unpriced: UnpricedUsage[],
): void => {
  const { quantity } = usage;
  if (quantity.isZero()) return;
  if (!quantity.isFinite() || quantity.isNegative()) {
    throw new RangeError(`A billable quantity is finite and not negative: ${usage.key} ${quantity.toFixed()}`);
  }
  if (bands === undefined) {
    unpriced.push(unpricedUsage(usage, quantity));
    return;
  }
  const first = bands[0];
  if (first !== undefined && (first.width === null || quantity.lessThanOrEqualTo(first.width))) {
    lineItems.push(lineItem(usage, first, quantity));
    return;
  }
  const { parts, beyond } = fillBands(quantity, bands);
  for (const part of parts) lineItems.push(lineItem(usage, part.band, part.quantity));
  if (!beyond.isZero()) unpriced.push(unpricedUsage(usage, beyond));
};

/** One line at a band's rate. */
export const lineItem = (usage: BillableUsage, band: PriceBand, quantity: Decimal): LineItem => {
  const { price, rate, listRate, assumptions } = band;
  const line = {
    dimension: price.key,
    usageType: price.usageType,
    quantity,
    unit: price.unit,
    rate,
    cost: quantity.times(rate),
    ...(listRate === undefined ? {} : { listRate }),
    ...(assumptions === undefined ? {} : { assumptions }),
  };
  return usage.label === undefined ? line : { ...line, label: usage.label };
};

/** A quantity of this usage that has no price. */
export const unpricedUsage = (usage: BillableUsage, quantity: Decimal): UnpricedUsage =>
  usage.label === undefined
    ? { dimension: usage.key, quantity }
    : { dimension: usage.key, quantity, label: usage.label };
