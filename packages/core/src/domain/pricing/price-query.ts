import { nearestKeys, nearestTypes } from "./nearest-keys.ts";
import { fixedPriceKeys, isInstanceTypeName, parsePriceKey } from "./parsed-key.ts";
import type { InstanceType, Price, PriceCatalogue, PriceKey } from "./price.ts";
import { ec2Key, managedInstancesFeeKey } from "./price-key.ts";
import { EC2_PURCHASES } from "./purchase.ts";

/** What a question such as `nat`, `ec2/m7g.*` or `m7g.large` finds in a catalogue. */
export type PriceAnswer =
  /** Prices by key, and the keys that the question means but the region has no price for. */
  | { readonly kind: "prices"; readonly prices: readonly Price[]; readonly missing: readonly PriceKey[] }
  | InstanceTypeAnswer
  /** Nothing is spelled like this; `nearest` are keys or instance types that are. */
  | { readonly kind: "unknown"; readonly query: string; readonly nearest: readonly string[] };

/** One instance type with every way to pay for it. */
export interface InstanceTypeAnswer {
  readonly kind: "instance-type";
  readonly name: string;
  /** Left out where the book has prices but no specifications. */
  readonly specifications?: InstanceType;
  /** 0 (under 5 % a month) to 4 (over 20 %); left out where unknown. */
  readonly spotInterruptionBand?: number;
  readonly prices: readonly Price[];
  readonly missing: readonly PriceKey[];
}

/** Prices that a key, an instance type, a beginning of either, or a pattern with `*` and `?` names. */
export const askPrices = (catalogue: PriceCatalogue, query: string): PriceAnswer => {
  if (parsePriceKey(query) !== undefined) return pricesOf(catalogue, [query]);
  if (isInstanceTypeName(query)) return instanceTypeAnswer(catalogue, query) ?? unknown(catalogue, query);
  const matches = matcher(query);
  const keys = candidateKeys(catalogue, query).filter(matches);
  if (keys.length > 0) return pricesOf(catalogue, keys);
  const types = catalogue.instanceTypes().filter(({ name }) => matches(name));
  if (types.length > 0)
    return pricesOf(
      catalogue,
      types.map(({ name }) => ec2Key(name, "on-demand")),
    );
  return unknown(catalogue, query);
};

const pricesOf = (catalogue: PriceCatalogue, keys: readonly PriceKey[]): Extract<PriceAnswer, { kind: "prices" }> => {
  const lookups = keys.map((key) => catalogue.find(key));
  return {
    kind: "prices",
    prices: lookups.flatMap((lookup) => (lookup.found ? [lookup.price] : [])),
    missing: lookups.flatMap((lookup) => (lookup.found ? [] : [lookup.key])),
  };
};

/** Every price of an instance type, on demand first, and its fee as a Managed Instance. */
const instanceKeys = (name: string): readonly PriceKey[] => [
  ...EC2_PURCHASES.map((purchase) => ec2Key(name, purchase)),
  managedInstancesFeeKey(name),
];

const instanceTypeAnswer = (catalogue: PriceCatalogue, name: string): InstanceTypeAnswer | undefined => {
  const { prices, missing } = pricesOf(catalogue, instanceKeys(name));
  const specifications = catalogue.instanceType(name);
  const spotInterruptionBand = catalogue.spotInterruptionBand(name);
  if (specifications === undefined && prices.length === 0) return undefined;
  return {
    kind: "instance-type",
    name,
    ...(specifications === undefined ? {} : { specifications }),
    ...(spotInterruptionBand === undefined ? {} : { spotInterruptionBand }),
    prices,
    missing,
  };
};

/** Keys of instances are many and are looked through only where the question begins like one. */
const candidateKeys = (catalogue: PriceCatalogue, query: string): readonly PriceKey[] => {
  const about = /^(?:ec2|managed-instances|[*?])/.test(query) ? catalogue.instanceTypes() : [];
  return [...fixedPriceKeys(), ...about.flatMap(({ name }) => instanceKeys(name))];
};

const matcher = (query: string): ((text: string) => boolean) => {
  if (!/[*?]/.test(query)) return (text) => query !== "" && text.startsWith(query);
  const pattern = query
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replaceAll("?", ".");
  const whole = new RegExp(`^${pattern}$`);
  return (text) => whole.test(text);
};

const unknown = (catalogue: PriceCatalogue, query: string): PriceAnswer => {
  const names = catalogue.instanceTypes().map(({ name }) => name);
  const types = isInstanceTypeName(query) ? nearestTypes(query, names) : [];
  return { kind: "unknown", query, nearest: [...types, ...nearestKeys(query)] };
};
