import { Decimal, ONE } from "../../units/decimal.ts";
import type { Price, PriceCatalogue, PriceKey, PriceLookup } from "../price.ts";
import type { Discount, DiscountScope, RateCard } from "../rate-card.ts";
import { fitsPattern, isOfService } from "./services.ts";

/** Source text of a rate that a rate card states. */
export const AGREED_SOURCE = "rate card";

/**
 * The same prices less what a company does not pay on the day given (ISO date): its own rate where it has one, otherwise
 * the narrowest discount that fits, and the discount across the board on top. `listTiers` of a price keep the list rates.
 */
export const discountedCatalogue = (catalogue: PriceCatalogue, card: RateCard, day: string): PriceCatalogue => {
  const found = new Map<PriceKey, PriceLookup>();
  const inForce = cardInForce(card, { region: catalogue.region, day });
  const net = (key: PriceKey): PriceLookup => {
    const lookup = catalogue.find(key);
    return lookup.found ? { found: true, price: netPrice(lookup.price, inForce) } : agreedLookup(key, inForce);
  };
  return {
    ...catalogue,
    find: (key) => {
      const known = found.get(key) ?? net(key);
      found.set(key, known);
      return known;
    },
    rateCard: inForce,
  };
};

/** What of a card holds in a region on a day. */
const cardInForce = (card: RateCard, where: Where): RateCard => {
  const holding = <T extends DiscountScope>(scopes: readonly T[]): readonly T[] =>
    scopes.filter((scope) => holds(scope, where));
  const { discounts, edp, rates } = card;
  return { ...card, discounts: holding(discounts), edp: holding(edp), rates: holding(rates) };
};

interface Where {
  readonly region: string;
  readonly day: string;
}

const holds = (scope: DiscountScope, { region, day }: Where): boolean =>
  (scope.regions === undefined || scope.regions.includes(region)) &&
  (scope.from === undefined || scope.from <= day) &&
  (scope.until === undefined || day <= scope.until);

const fits = (scope: DiscountScope, price: Price): boolean =>
  (scope.service === undefined || isOfService(scope.service, price)) &&
  (scope.usageType === undefined || fitsPattern(scope.usageType, price.usageType));

/** A usage type says more than a service, a service more than nothing, and a region more than any. */
const narrowness = ({ usageType, service, regions }: DiscountScope): number =>
  (usageType === undefined ? 0 : 4) + (service === undefined ? 0 : 2) + (regions === undefined ? 0 : 1);

/** The narrowest of those that fit, the last one of several. */
const narrowest = <T extends DiscountScope>(scopes: readonly T[], price: Price): T | undefined =>
  scopes
    .filter((scope) => fits(scope, price))
    .reduce<T | undefined>(
      (best, scope) => (best !== undefined && narrowness(best) > narrowness(scope) ? best : scope),
      undefined,
    );

const netPrice = (price: Price, card: RateCard): Price => {
  const agreed = narrowest(
    card.rates.filter(({ key }) => key === price.key),
    price,
  );
  const discount = agreed === undefined ? narrowest(card.discounts, price) : undefined;
  const edp = card.edp.at(-1);
  if (agreed === undefined && discount === undefined && edp === undefined) return price;
  const paid = paidPart(discount).times(paidPart(edp));
  const tiers = price.tiers.map((tier) => {
    const rate = agreed === undefined ? tier.rate : inUsd(agreed.rate, card);
    return { ...tier, rate: new Decimal(rate).times(paid).toFixed() };
  });
  return { ...price, tiers, listTiers: price.tiers };
};

const paidPart = (discount: Discount | undefined): Decimal =>
  discount === undefined ? ONE : ONE.minus(new Decimal(discount.percent).div(100));

/** Digits of a rate that comes out of a division, so that quantity x rate stays exact. */
const CONVERTED_DECIMALS = 12;

const inUsd = (rate: string, { currency }: RateCard): string =>
  currency === undefined ? rate : new Decimal(rate).div(currency.perUsd).toDecimalPlaces(CONVERTED_DECIMALS).toFixed();

/** A price that the book lacks and the card states; there is no list price then. */
const agreedLookup = (key: PriceKey, card: RateCard): PriceLookup => {
  const agreed = card.rates.filter((rate) => rate.key === key).at(-1);
  if (agreed === undefined) return { found: false, key };
  const rate = new Decimal(inUsd(agreed.rate, card)).times(paidPart(card.edp.at(-1))).toFixed();
  const meter = { unit: "", usageType: "", serviceCode: "" };
  const tiers = [{ from: "0", to: null, rate }];
  return { found: true, price: { key, ...meter, tiers, asOf: agreed.from ?? "undated", source: AGREED_SOURCE } };
};

const scopeText = ({ service, usageType, regions, until }: DiscountScope): string =>
  [
    service ?? (usageType === undefined ? "everything" : ""),
    usageType ?? "",
    regions === undefined ? "" : `in ${regions.join(", ")}`,
    until === undefined ? "" : `until ${until}`,
  ]
    .filter((part) => part !== "")
    .join(" ");

/** What a company does not pay, in words: `Fargate 12 %, everything 7 % on top`. */
export const rateCardText = ({ discounts, edp, rates }: RateCard): string => {
  const last = edp.at(-1);
  return [
    ...discounts.map((discount) => `${scopeText(discount)} ${discount.percent} %`),
    ...(last === undefined ? [] : [`${scopeText(last)} ${last.percent} % on top`]),
    ...(rates.length === 0 ? [] : [`${rates.length} agreed rate${rates.length === 1 ? "" : "s"}`]),
  ].join(", ");
};
