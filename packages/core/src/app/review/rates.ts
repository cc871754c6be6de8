import type { Notes } from "../../domain/issues/notes.ts";
import { assumptionsOf, type PriceCatalogue, type PriceKey } from "../../domain/pricing/price.ts";
import type { RateOf } from "../../domain/review/rateless-usage.ts";
import { Decimal } from "../../domain/units/decimal.ts";

/** Rates of all regions; what a rate rests on is told once it is used. */
export const reviewRates = (
  catalogueOf: ((region: string) => PriceCatalogue | undefined) | undefined,
  notes: Notes,
): RateOf => {
  const catalogues = new Map<string, PriceCatalogue | undefined>();
  return (region: string, key: PriceKey): Decimal | undefined => {
    if (catalogueOf === undefined) return undefined;
    if (!catalogues.has(region)) catalogues.set(region, catalogueOf(region));
    const lookup = catalogues.get(region)?.find(key);
    if (lookup?.found !== true) return undefined;
    const { price } = lookup;
    const rate = price.tiers.find((tier) => !new Decimal(tier.rate).isZero())?.rate;
    if (rate === undefined) return undefined;
    for (const assumption of assumptionsOf(price)) notes.assume(assumption);
    return new Decimal(rate);
  };
};
