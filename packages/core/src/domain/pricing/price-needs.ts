import { GIVEN_SOURCE } from "./given-source.ts";
import { assumptionsOf, type PriceCatalogue, type PriceKey } from "./price.ts";

/** A price that an inventory needs, and what is known of it. */
export interface PriceNeed {
  readonly key: PriceKey;
  /** Read from a document, derived, given by the user, or missing. */
  readonly state: "read" | "derived" | "given" | "missing";
  /** USD per unit of the first tier; absent where it is missing. */
  readonly rate?: string;
  readonly unit?: string;
  readonly asOf?: string;
  /** Codes of what it was derived by. */
  readonly assumptions?: readonly string[];
  /** A missing price that `--estimate-missing` would derive. */
  readonly derivable?: boolean;
}

/** What is known of each price, the missing ones first, then the derived, then the oldest. */
export const priceNeeds = (
  keys: Iterable<PriceKey>,
  catalogue: PriceCatalogue,
  estimating: PriceCatalogue,
): readonly PriceNeed[] =>
  [...new Set(keys)].map((key) => needOf(key, catalogue, estimating)).sort((a, b) => compareNeeds(a, b));

const needOf = (key: PriceKey, catalogue: PriceCatalogue, estimating: PriceCatalogue): PriceNeed => {
  const lookup = catalogue.find(key);
  if (!lookup.found) return { key, state: "missing", derivable: estimating.find(key).found };
  const { tiers, unit, asOf, source } = lookup.price;
  const codes = assumptionsOf(lookup.price).map(({ code }) => code);
  const known = { key, rate: tiers[0]?.rate ?? "", unit, asOf };
  if (codes.length > 0) return { ...known, state: "derived", assumptions: codes };
  return { ...known, state: source === GIVEN_SOURCE ? "given" : "read" };
};

const ORDER: Readonly<Record<PriceNeed["state"], number>> = { missing: 0, derived: 1, read: 2, given: 3 };

/** An undated price sorts as the oldest. */
const dateOf = ({ asOf = "" }: PriceNeed): string => (asOf === "undated" ? "" : asOf);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compareNeeds = (a: PriceNeed, b: PriceNeed): number =>
  ORDER[a.state] - ORDER[b.state] || compareText(dateOf(a), dateOf(b)) || compareText(a.key, b.key);
