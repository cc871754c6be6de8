import { assumptionsOf, type Price, type PriceCatalogue, type PriceKey, type PriceTier } from "../pricing/price.ts";
import { Decimal, ZERO } from "../units/decimal.ts";

/** A stretch of quantity that has one rate; `width` is null where it is open. */
export interface PriceBand {
  readonly price: Price;
  readonly rate: Decimal;
  /** The list rate, where `rate` is less by a discount. */
  readonly listRate?: Decimal;
  readonly width: Decimal | null;
  /** Codes of what the rate was derived by; absent where it was read. */
  readonly assumptions?: readonly string[];
}

/**
 * Allowances that AWS subtracts before the tiers of another key begin: 100 GB a month out to the internet, over all
 * services of the account.
 * @see https://aws.amazon.com/ec2/pricing/on-demand/ "Data Transfer", checked 2026-11-20
 */
const FREE_ALLOWANCES: ReadonlyMap<PriceKey, PriceKey> = new Map([["xfer.internet_gb", "xfer.internet_free_gb_month"]]);

const memo = new WeakMap<PriceCatalogue, Map<PriceKey, readonly PriceBand[] | undefined>>();

/** The bands that a quantity of this key passes through, from the first unit on, or undefined without a price. */
export const priceBands = (key: PriceKey, catalogue: PriceCatalogue): readonly PriceBand[] | undefined => {
  let known = memo.get(catalogue);
  if (known === undefined) {
    known = new Map();
    memo.set(catalogue, known);
  }
  if (known.has(key)) return known.get(key);
  const bands = readBands(key, catalogue);
  known.set(key, bands);
  return bands;
};

const readBands = (key: PriceKey, catalogue: PriceCatalogue): readonly PriceBand[] | undefined => {
  const lookup = catalogue.find(key);
  if (!lookup.found) return undefined;
  return [...freeBands(key, catalogue), ...bandsOf(lookup.price)];
};

const freeBands = (key: PriceKey, catalogue: PriceCatalogue): readonly PriceBand[] => {
  const freeKey = FREE_ALLOWANCES.get(key);
  const lookup = freeKey === undefined ? undefined : catalogue.find(freeKey);
  return lookup?.found === true ? bandsOf(lookup.price).filter((band) => band.width !== null) : [];
};

const bandsOf = (price: Price): readonly PriceBand[] => {
  const codes = assumptionsOf(price).map(({ code }) => code);
  const derived = codes.length === 0 ? {} : { assumptions: codes };
  return price.tiers.map((tier, index) => ({
    price,
    rate: new Decimal(tier.rate),
    width: tier.to === null ? null : new Decimal(tier.to).minus(tier.from),
    ...derived,
    ...listed(price.listTiers?.[index]),
  }));
};

const listed = (tier: PriceTier | undefined): Pick<PriceBand, "listRate"> =>
  tier === undefined ? {} : { listRate: new Decimal(tier.rate) };

/** Parts of a quantity by band, in order; `beyond` is what exceeds the last band. */
export const fillBands = (
  quantity: Decimal,
  bands: readonly PriceBand[],
): {
  readonly parts: readonly { readonly band: PriceBand; readonly quantity: Decimal }[];
  readonly beyond: Decimal;
} => {
  const parts: { band: PriceBand; quantity: Decimal }[] = [];
  let left = quantity;
  for (const band of bands) {
    if (left.isZero()) break;
    const part = band.width === null || left.lessThan(band.width) ? left : band.width;
    parts.push({ band, quantity: part });
    left = left.minus(part);
  }
  return { parts, beyond: left.isZero() ? ZERO : left };
};
