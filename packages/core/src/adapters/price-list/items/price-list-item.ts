import type { PriceTier } from "../../../domain/pricing/price.ts";
import { Decimal } from "../../../domain/units/decimal.ts";

/** One term of a Reserved Instance, in USD per hour with what is paid upfront spread over its length. */
export interface ReservedTerm {
  /** As the price list spells them: `1yr`, `standard`, `No Upfront`. */
  readonly length: string;
  readonly offeringClass: string;
  readonly payment: string;
  readonly effectiveRate: string;
}

/** An item of the price list, taken apart. */
export interface PriceListItem {
  readonly sku: string;
  readonly serviceCode: string;
  readonly productFamily: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly unit: string;
  /** On-demand tiers in ascending order. */
  readonly tiers: readonly PriceTier[];
  readonly reserved: readonly ReservedTerm[];
  /** ISO date on which the price list was published. */
  readonly publishedOn: string;
  /** Which of AWS's price lists it stands in, as sources of prices name it. */
  readonly list: string;
  /** Currency of the rates, such as `USD`. */
  readonly currency: string;
}

/** An item, or why it cannot be one. */
export type ItemReading =
  | { readonly ok: true; readonly item: PriceListItem }
  | { readonly ok: false; readonly detail: string };

/** Part of a term: a tier, or a fee that is paid upfront. */
export interface RawDimension {
  readonly unit?: unknown;
  readonly beginRange?: unknown;
  readonly endRange?: unknown;
  /** By currency; one list has one currency. */
  readonly pricePerUnit?: Readonly<Record<string, unknown>>;
}

export interface RawTerm {
  readonly priceDimensions?: Readonly<Record<string, RawDimension>>;
  readonly termAttributes?: Readonly<Record<string, unknown>>;
}

/** An item as the Price List shows it, in JSON or put together from the rows of a table. */
export interface RawItem {
  readonly serviceCode?: unknown;
  readonly publicationDate?: unknown;
  readonly product?: {
    readonly sku?: unknown;
    readonly productFamily?: unknown;
    readonly attributes?: Readonly<Record<string, unknown>>;
  };
  readonly terms?: {
    readonly OnDemand?: Readonly<Record<string, RawTerm>>;
    readonly Reserved?: Readonly<Record<string, RawTerm>>;
  };
}

/** The Price List API as sources of prices name it. */
const PRICE_LIST_API = "AWS Price List API";
const HOURS_PER_YEAR = 8760;
/** Digits of a rate that is worked out and not read. */
const DERIVED_PLACES = 12;

class BadItem extends Error {}

const decimalOf = (value: unknown, name: string): Decimal => {
  if (typeof value !== "string" || !/^\d{1,13}(?:\.\d{1,30})?$/.test(value))
    throw new BadItem(`${name} is ${String(value)}, which is no decimal`);
  return new Decimal(value);
};

const textOf = (value: unknown, name: string): string => {
  if (typeof value !== "string" || value === "") throw new BadItem(`it has no ${name}`);
  return value;
};

const priceOf = ({ pricePerUnit }: RawDimension): Decimal => {
  const [[currency = "USD", price] = [], second] = Object.entries(pricePerUnit ?? {});
  if (second !== undefined) throw new BadItem("it is priced in several currencies");
  return decimalOf(price, `the price in ${currency}`);
};

const currencyOf = ({ terms }: RawItem): string => {
  const all = Object.values(terms?.OnDemand ?? {}).flatMap(dimensionsOf);
  const currencies = new Set(all.flatMap(({ pricePerUnit }) => Object.keys(pricePerUnit ?? {})));
  if (currencies.size > 1) throw new BadItem("it is priced in several currencies");
  return [...currencies][0] ?? "USD";
};

const dimensionsOf = (term: RawTerm): readonly RawDimension[] => Object.values(term.priceDimensions ?? {});

/** Dimensions come in no order; the ranges say which tier is which. */
const tiersOf = (dimensions: readonly RawDimension[]): readonly PriceTier[] => {
  const tiers = dimensions.map((dimension) => ({
    from: decimalOf(dimension.beginRange ?? "0", "beginRange"),
    to:
      dimension.endRange === undefined || dimension.endRange === "Inf"
        ? null
        : decimalOf(dimension.endRange, "endRange"),
    rate: priceOf(dimension),
  }));
  tiers.sort((a, b) => a.from.comparedTo(b.from));
  let edge: Decimal | null = new Decimal(0);
  for (const { from, to } of tiers) {
    if (edge === null || !from.equals(edge)) throw new BadItem("its tiers do not follow one another");
    edge = to;
  }
  return tiers.map(({ from, to, rate }) => ({ from: from.toFixed(), to: to?.toFixed() ?? null, rate: rate.toFixed() }));
};

const onDemandOf = (terms: Readonly<Record<string, RawTerm>> | undefined) => {
  const all = Object.values(terms ?? {});
  const [term] = all;
  if (term === undefined || all.length > 1) throw new BadItem(`it has ${all.length} on-demand terms`);
  const dimensions = dimensionsOf(term);
  const units = new Set(dimensions.map(({ unit }) => unit));
  if (units.size !== 1) throw new BadItem(`it has ${units.size} units`);
  return { unit: textOf([...units][0], "unit"), tiers: tiersOf(dimensions) };
};

/** An upfront fee is a dimension with the unit `Quantity`; what is hourly has another. */
const reservedOf = ({ termAttributes = {}, ...term }: RawTerm): ReservedTerm => {
  const length = textOf(termAttributes["LeaseContractLength"], "LeaseContractLength");
  const years = Number.parseInt(length, 10);
  if (!(years > 0)) throw new BadItem(`its term is ${length}`);
  const sum = dimensionsOf(term).reduce((total, dimension) => {
    const price = priceOf(dimension);
    return total.plus(dimension.unit === "Quantity" ? price.dividedBy(years * HOURS_PER_YEAR) : price);
  }, new Decimal(0));
  return {
    length,
    offeringClass: textOf(termAttributes["OfferingClass"], "OfferingClass"),
    payment: textOf(termAttributes["PurchaseOption"], "PurchaseOption"),
    effectiveRate: sum.toDecimalPlaces(DERIVED_PLACES).toFixed(),
  };
};

const itemOf = (raw: RawItem, list: string): PriceListItem => {
  const { product, terms } = raw;
  const attributes = Object.entries(product?.attributes ?? {}).map(([name, value]) => [name, String(value)] as const);
  return {
    sku: textOf(product?.sku, "SKU"),
    serviceCode: textOf(raw.serviceCode, "service code"),
    productFamily: typeof product?.productFamily === "string" ? product.productFamily : "",
    attributes: Object.fromEntries(attributes),
    ...onDemandOf(terms?.OnDemand),
    reserved: Object.values(terms?.Reserved ?? {}).map(reservedOf),
    publishedOn: textOf(raw.publicationDate, "publication date").slice(0, 10),
    list,
    currency: currencyOf(raw),
  };
};

const reading = (rawItem: () => RawItem, list: string): ItemReading => {
  try {
    return { ok: true, item: itemOf(rawItem(), list) };
  } catch (error) {
    if (!(error instanceof BadItem) && !(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
    return { ok: false, detail: error.message };
  }
};

/** Reads an item as GetProducts returns it: JSON in a string. Never throws. */
export const readPriceListItem = (text: string, list: string = PRICE_LIST_API): ItemReading =>
  reading(() => JSON.parse(text) as RawItem, list);

/** Reads an item that is already taken apart. Never throws. */
export const readRawItem = (raw: RawItem, list: string): ItemReading => reading(() => raw, list);
