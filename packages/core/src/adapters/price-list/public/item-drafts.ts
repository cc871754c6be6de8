import type { PriceListItem, RawDimension, RawItem, RawTerm } from "../items/price-list-item.ts";
import { readRawItem } from "../items/price-list-item.ts";

/** The public price list as sources of prices name it. */
const PUBLIC_PRICE_LIST = "AWS public price list";

/** A term as far as its rows have been read. */
interface TermDraft {
  readonly dimensions: RawDimension[];
  readonly attributes: Readonly<Record<string, string>>;
}

/** An item as far as its rows have been read. */
export interface ItemDraft {
  readonly sku: string;
  readonly productFamily: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly terms: Readonly<Record<"OnDemand" | "Reserved", Map<string, TermDraft>>>;
}

/** One row of terms: a price of an item under a term. */
export interface TermRow {
  readonly kind: "OnDemand" | "Reserved";
  readonly code: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly dimension: RawDimension;
}

export const newDraft = (draft: Omit<ItemDraft, "terms">): ItemDraft => ({
  ...draft,
  terms: { OnDemand: new Map(), Reserved: new Map() },
});

export const addTerm = (draft: ItemDraft, { kind, code, attributes, dimension }: TermRow): void => {
  const terms = draft.terms[kind];
  const term = terms.get(code) ?? { dimensions: [], attributes };
  term.dimensions.push(dimension);
  terms.set(code, term);
};

const rawTerm = ({ dimensions, attributes }: TermDraft): RawTerm => ({
  priceDimensions: Object.fromEntries(dimensions.map((dimension, at) => [String(at), dimension])),
  termAttributes: attributes,
});

const rawTerms = (terms: ReadonlyMap<string, TermDraft>): Readonly<Record<string, RawTerm>> =>
  Object.fromEntries([...terms].map(([code, term]) => [code, rawTerm(term)]));

/** Items that were read, and how many could not be. */
export interface ReadItems {
  readonly items: readonly PriceListItem[];
  /** One text for each item that is not understood. */
  readonly unreadable: readonly string[];
}

/** The drafts as items, through the reader that items of the API go through. */
export const itemsOf = (drafts: Iterable<ItemDraft>, serviceCode: string, publishedOn: string): ReadItems => {
  const items: PriceListItem[] = [];
  const unreadable: string[] = [];
  for (const { sku, productFamily, attributes, terms } of drafts) {
    const raw: RawItem = {
      serviceCode,
      publicationDate: publishedOn,
      product: { sku, productFamily, attributes },
      terms: { OnDemand: rawTerms(terms.OnDemand), Reserved: rawTerms(terms.Reserved) },
    };
    const reading = readRawItem(raw, PUBLIC_PRICE_LIST);
    if (reading.ok) items.push(reading.item);
    else unreadable.push(`${sku}: ${reading.detail}`);
  }
  return { items, unreadable };
};
