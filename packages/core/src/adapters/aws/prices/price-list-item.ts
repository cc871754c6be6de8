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
}

/** An item, or why it cannot be one. */
export type ItemReading =
  | { readonly ok: true; readonly item: PriceListItem }
  | { readonly ok: false; readonly detail: string };

interface RawDimension {
  readonly unit?: unknown;
  readonly beginRange?: unknown;
  readonly endRange?: unknown;
  readonly pricePerUnit?: { readonly USD?: unknown };
}

interface RawTerm {
  readonly priceDimensions?: Readonly<Record<string, RawDimension>>;
  readonly termAttributes?: Readonly<Record<string, unknown>>;
}

interface RawItem {
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

const dimensionsOf = (term: RawTerm): readonly RawDimension[] => Object.values(term.priceDimensions ?? {});

/** Dimensions come in no order; the ranges say which tier is which. */
const tiersOf = (dimensions: readonly RawDimension[]): readonly PriceTier[] => {
  const tiers = dimensions.map(({ beginRange, endRange, pricePerUnit }) => ({
    from: decimalOf(beginRange ?? "0", "beginRange"),
    to: endRange === undefined || endRange === "Inf" ? null : decimalOf(endRange, "endRange"),
    rate: decimalOf(pricePerUnit?.USD, "the price in USD"),
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
  const sum = dimensionsOf(term).reduce((total, { unit, pricePerUnit }) => {
    const price = decimalOf(pricePerUnit?.USD, "the price in USD");
    return total.plus(unit === "Quantity" ? price.dividedBy(years * HOURS_PER_YEAR) : price);
  }, new Decimal(0));
  return {
    length,
    offeringClass: textOf(termAttributes["OfferingClass"], "OfferingClass"),
    payment: textOf(termAttributes["PurchaseOption"], "PurchaseOption"),
    effectiveRate: sum.toDecimalPlaces(DERIVED_PLACES).toFixed(),
  };
};

const itemOf = (raw: RawItem): PriceListItem => {
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
  };
};

/** Reads an item as GetProducts returns it: JSON in a string. Never throws. */
export const readPriceListItem = (text: string): ItemReading => {
  try {
    return { ok: true, item: itemOf(JSON.parse(text) as RawItem) };
  } catch (error) {
    if (!(error instanceof BadItem) && !(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
    return { ok: false, detail: error.message };
  }
};
