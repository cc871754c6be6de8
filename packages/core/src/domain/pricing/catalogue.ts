import type { BookPrice, Origin, RegionBook } from "./book.ts";
import { type Ec2Rate, ec2Rate, managedInstancesFeeRate, originOf } from "./ec2-rate.ts";
import { parsePriceKey } from "./parsed-key.ts";
import type { InstanceType, Price, PriceCatalogue, PriceKey, PriceLookup, PriceTier } from "./price.ts";
import { ec2Key } from "./price-key.ts";
import { priceMeter } from "./price-meter.ts";

/** Source text of a rate that `--set-price` or a caller gave. */
export const GIVEN_SOURCE = "given by the user";

export interface CatalogueOptions {
  /** USD per unit by price key; each replaces that one price, flat, and nothing that is derived from it. */
  readonly overrides?: Readonly<Record<PriceKey, string>>;
  /** `snapshot` (the default), `live`, or the path of a price file. */
  readonly source?: string;
}

/**
 * Prices of one region: what the book states, what follows from it under a named assumption, and the caller's own rates.
 * A function of instance types is called when the first of them is asked for.
 */
export const createCatalogue = (
  book: RegionBook,
  instanceTypes: readonly InstanceType[] | (() => readonly InstanceType[]),
  options: CatalogueOptions = {},
): PriceCatalogue => {
  const overrides = options.overrides ?? {};
  const found = new Map<PriceKey, PriceLookup>();
  const find = (key: PriceKey): PriceLookup => {
    const known = found.get(key);
    if (known !== undefined) return known;
    const price = overriddenPrice(book, overrides, key) ?? bookPrice(book, key);
    const lookup: PriceLookup = price === undefined ? { found: false, key } : { found: true, price };
    found.set(key, lookup);
    return lookup;
  };
  return {
    region: book.region,
    source: options.source ?? "snapshot",
    asOf: newestDate(book.origins),
    find,
    ...offeredTypes(book, () => (typeof instanceTypes === "function" ? instanceTypes() : instanceTypes), overrides),
    spotInterruptionBand: (name) =>
      Object.hasOwn(book.ec2.spot, name) ? (book.ec2.spot[name]?.[1] ?? undefined) : undefined,
  };
};

const overriddenPrice = (
  book: RegionBook,
  overrides: Readonly<Record<PriceKey, string>>,
  key: PriceKey,
): Price | undefined => {
  const rate = Object.hasOwn(overrides, key) ? overrides[key] : undefined;
  if (rate === undefined) return undefined;
  const known = bookPrice(book, key) ?? priceMeter(key, book);
  const { unit, usageType, serviceCode } = known;
  return { key, unit, usageType, serviceCode, tiers: flat(rate), asOf: "undated", source: GIVEN_SOURCE };
};

const bookPrice = (book: RegionBook, key: PriceKey): Price | undefined => {
  if (Object.hasOwn(book.prices, key)) return statedPrice(book, key, book.prices[key]);
  const parsed = parsePriceKey(key);
  if (parsed?.kind === "ec2") return ratedPrice(book, key, ec2Rate(book, parsed.instanceType, parsed.purchase));
  if (parsed?.kind === "managed-instances-fee")
    return ratedPrice(book, key, managedInstancesFeeRate(book, parsed.instanceType));
  return undefined;
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

const ratedPrice = (book: RegionBook, key: PriceKey, rated: Ec2Rate | undefined): Price | undefined => {
  if (rated === undefined) return undefined;
  const { rate, ...origin } = rated;
  return { key, ...priceMeter(key, book), tiers: flat(rate), ...origin };
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

/** Newest date of a book's origins; `undated` where none has a date. */
export const newestDate = (origins: readonly Origin[]): string =>
  origins
    .map((origin) => origin.asOf)
    .filter((asOf) => asOf !== "undated")
    .sort()
    .at(-1) ?? "undated";
