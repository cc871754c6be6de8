import { BorderError } from "../../issues/border-error.ts";
import { type BookPrice, currencyOf, type RegionBook } from "../book.ts";
import { derivedFargateRate } from "../derived/fargate.ts";
import type { DerivationSettings, Rated } from "../derived/rated.ts";
import { GIVEN_SOURCE } from "../given-source.ts";
import { newestDate } from "../newest-date.ts";
import { parsePriceKey } from "../parsed-key.ts";
import type { InstanceType, Price, PriceCatalogue, PriceKey, PriceLookup, PriceTier } from "../price.ts";
import { ec2Key } from "../price-key.ts";
import { priceMeter } from "../price-meter.ts";
import { ec2Rate, managedInstancesFeeRate } from "./ec2-rate.ts";
import { originOf } from "./on-demand-rate.ts";

export interface CatalogueOptions {
  /** USD per unit by price key; each replaces that one price, flat, and nothing that is derived from it. */
  readonly overrides?: Readonly<Record<PriceKey, string>>;
  /** `snapshot` (the default), `live`, or the path of a price file. */
  readonly source?: string;
  /** Derive prices that the book lacks also by rules whose measured error is above 1.5 %; each names its assumption. */
  readonly estimateMissing?: boolean;
}

/**
 * Prices of one region: what the book states, what follows from it under a named assumption, and the caller's own rates.
 * A function of instance types is called when the first of them is asked for.
 * @throws {BorderError} where the book is not in USD: every sum and every report is.
 */
export const createCatalogue = (
  book: RegionBook,
  instanceTypes: readonly InstanceType[] | (() => readonly InstanceType[]),
  options: CatalogueOptions = {},
): PriceCatalogue => {
  refuseOtherCurrency(book);
  const overrides = options.overrides ?? {};
  const found = new Map<PriceKey, PriceLookup>();
  const typesOf = () => (typeof instanceTypes === "function" ? instanceTypes() : instanceTypes);
  const rules: DerivationSettings = {
    estimateMissing: options.estimateMissing === true,
    family: (name) => typesOf().filter(({ family }) => family === name.split(".")[0]),
  };
  const find = (key: PriceKey): PriceLookup => {
    const known = found.get(key);
    if (known !== undefined) return known;
    const price = overriddenPrice(book, overrides, key, rules) ?? bookPrice(book, key, rules);
    const lookup: PriceLookup = price === undefined ? { found: false, key } : { found: true, price };
    found.set(key, lookup);
    return lookup;
  };
  return {
    region: book.region,
    source: options.source ?? "snapshot",
    asOf: newestDate(book.origins),
    find,
    ...offeredTypes(book, typesOf, overrides),
    spotInterruptionBand: (name) =>
      Object.hasOwn(book.ec2.spot, name) ? (book.ec2.spot[name]?.[1] ?? undefined) : undefined,
  };
};

const refuseOtherCurrency = (book: RegionBook): void => {
  const currency = currencyOf(book);
  if (currency === "USD") return;
  throw new BorderError(`the prices of ${book.region} are in ${currency}, and reports are in USD`, {
    code: "currency-not-usd",
    source: "user",
    hint: "Give a price book of this region in USD (--prices FILE).",
  });
};

const overriddenPrice = (
  book: RegionBook,
  overrides: Readonly<Record<PriceKey, string>>,
  key: PriceKey,
  rules: DerivationSettings,
): Price | undefined => {
  const rate = Object.hasOwn(overrides, key) ? overrides[key] : undefined;
  if (rate === undefined) return undefined;
  const known = bookPrice(book, key, rules) ?? priceMeter(key, book);
  const { unit, usageType, serviceCode } = known;
  return { key, unit, usageType, serviceCode, tiers: flat(rate), asOf: "undated", source: GIVEN_SOURCE };
};

const bookPrice = (book: RegionBook, key: PriceKey, rules: DerivationSettings): Price | undefined => {
  if (Object.hasOwn(book.prices, key)) return statedPrice(book, key, book.prices[key]);
  const rated = rateOf(book, key, rules);
  if (rated === undefined) return undefined;
  const { rate, assumptions, ...origin } = rated;
  const [assumption] = assumptions;
  const derived = assumption === undefined ? {} : { assumption, assumptions };
  return { key, ...priceMeter(key, book), tiers: flat(rate), ...origin, ...derived };
};

const rateOf = (book: RegionBook, key: PriceKey, rules: DerivationSettings): Rated | undefined => {
  const parsed = parsePriceKey(key);
  switch (parsed?.kind) {
    case "ec2":
      return ec2Rate(book, parsed.instanceType, parsed.purchase, rules);
    case "managed-instances-fee":
      return managedInstancesFeeRate(book, parsed.instanceType, rules);
    case "fargate":
    case "fargate-ephemeral":
      return derivedFargateRate(book, parsed, rules);
    default:
      return undefined;
  }
};

const statedPrice = (book: RegionBook, key: PriceKey, stated: BookPrice | undefined): Price | undefined => {
  if (stated === undefined) return undefined;
  const meter = priceMeter(key, book);
  return {
    key,
    unit: stated.unit ?? meter.unit,
    usageType: stated.usageType ?? meter.usageType,
    serviceCode: stated.serviceCode ?? meter.serviceCode,
    tiers: stated.rate === undefined ? (stated.tiers ?? []) : flat(stated.rate),
    ...originOf(book, stated.origin),
  };
};

const flat = (rate: string): readonly PriceTier[] => [{ from: "0", to: null, rate }];

const offeredTypes = (
  book: RegionBook,
  typesOf: () => readonly InstanceType[],
  overrides: Readonly<Record<PriceKey, string>>,
): Pick<PriceCatalogue, "instanceType" | "instanceTypes"> => {
  let specifications: ReadonlyMap<string, InstanceType> | undefined;
  let offered: readonly InstanceType[] | undefined;
  const isOffered = ({ name }: InstanceType): boolean =>
    Object.hasOwn(book.ec2.onDemand, name) || Object.hasOwn(overrides, ec2Key(name, "on-demand"));
  return {
    instanceType: (name) => {
      specifications ??= new Map(typesOf().map((type) => [type.name, type]));
      return specifications.get(name);
    },
    instanceTypes: () => {
      offered ??= typesOf()
        .filter(isOffered)
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      return offered;
    },
  };
};
