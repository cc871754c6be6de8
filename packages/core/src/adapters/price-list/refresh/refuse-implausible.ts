import type { RegionBook } from "../../../domain/pricing/book.ts";
import { parsePriceKey } from "../../../domain/pricing/parsed-key.ts";
import { ec2Key, fargateKey } from "../../../domain/pricing/price-key.ts";
import type { FoundPrice, PriceFindings, RefusedPrice } from "../book/found-prices.ts";
import { knownTiers } from "../items/judge-item.ts";
import { shareDoubt } from "../items/plausible-rate.ts";

/** On-demand rates by price key: those that were found, then those of the book. */
type OnDemandRates = (key: string) => string | undefined;

const onDemandRates = (book: RegionBook, found: readonly FoundPrice[]): OnDemandRates => {
  const rates = new Map<string, string>();
  for (const price of found) {
    if (price.kind === "on-demand") rates.set(ec2Key(price.instanceType, "on-demand"), price.rate);
    else if (price.kind === "price" && price.tiers[0] !== undefined) rates.set(price.key, price.tiers[0].rate);
  }
  return (key) => {
    const parsed = parsePriceKey(key);
    if (parsed?.kind !== "ec2") return rates.get(key) ?? knownTiers(book, key)?.[0]?.rate;
    const { instanceType } = parsed;
    const known = Object.hasOwn(book.ec2.onDemand, instanceType) ? book.ec2.onDemand[instanceType]?.[0] : undefined;
    return rates.get(key) ?? known;
  };
};

const doubtOfInstance = (
  price: Extract<FoundPrice, { kind: "spot" | "commitment" }>,
  onDemand: OnDemandRates,
): RefusedPrice | undefined => {
  const base = onDemand(ec2Key(price.instanceType, "on-demand"));
  if (base === undefined) return undefined;
  const rates = price.kind === "spot" ? [...price.zones, price.rate] : [price.rate];
  const detail = rates.map((rate) => shareDoubt(price.kind, rate, base)).find((doubt) => doubt !== undefined);
  const purchase = price.kind === "spot" ? "spot" : price.purchase;
  return detail === undefined ? undefined : { key: ec2Key(price.instanceType, purchase), detail };
};

/** Spot and Savings Plans of Fargate, beside on demand of the same platform. */
const doubtOfFargate = (key: string, rate: string, onDemand: OnDemandRates): RefusedPrice | undefined => {
  const parsed = parsePriceKey(key);
  if (parsed?.kind !== "fargate" || parsed.purchase === "on-demand") return undefined;
  const base = onDemand(fargateKey(parsed.os, parsed.architecture, "on-demand", parsed.meter));
  if (base === undefined) return undefined;
  const detail = shareDoubt(parsed.purchase === "spot" ? "spot" : "commitment", rate, base);
  return detail === undefined ? undefined : { key, detail };
};

const doubtOf = (price: FoundPrice, onDemand: OnDemandRates): RefusedPrice | undefined => {
  if (price.kind === "spot" || price.kind === "commitment") return doubtOfInstance(price, onDemand);
  return price.kind === "price" ? doubtOfFargate(price.key, price.tiers[0]?.rate ?? "0", onDemand) : undefined;
};

/** Refuses discounted rates that cannot be ones beside the on-demand rate, found or in the book. */
export const refuseImplausible = (book: RegionBook, findings: PriceFindings): PriceFindings => {
  const onDemand = onDemandRates(book, findings.found);
  const found: FoundPrice[] = [];
  const refused: RefusedPrice[] = [...findings.refused];
  for (const price of findings.found) {
    const doubt = doubtOf(price, onDemand);
    if (doubt === undefined) found.push(price);
    else refused.push(doubt);
  }
  return { ...findings, found, refused };
};
