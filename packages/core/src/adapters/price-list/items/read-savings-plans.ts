import type { RegionBook } from "../../../domain/pricing/book.ts";
import { fixedPriceKeys, parsePriceKey } from "../../../domain/pricing/parsed-key.ts";
import { ec2Key, fargateKey } from "../../../domain/pricing/price-key.ts";
import { priceMeter } from "../../../domain/pricing/price-meter.ts";
import { commitmentId, type Purchase } from "../../../domain/pricing/purchase.ts";
import { Decimal } from "../../../domain/units/decimal.ts";
import { type FoundOrigin, type FoundPrice, joinFindings, type PriceFindings } from "../book/found-prices.ts";
import type { PlanRate } from "./plan-rate.ts";
import type { PriceList } from "./price-list.ts";

type Target = Pick<Extract<FoundPrice, { kind: "commitment" }>, "kind" | "instanceType"> | { readonly kind: "price" };

/** What a usage type stands for in a region: a Fargate meter, or an instance type. */
interface Meaning {
  readonly target: Target;
  readonly keyOf: (purchase: Purchase) => string;
}

const fargateMeanings = (book: RegionBook): ReadonlyMap<string, Meaning> =>
  new Map(
    fixedPriceKeys().flatMap((key) => {
      const parsed = parsePriceKey(key);
      if (parsed?.kind !== "fargate" || parsed.purchase !== "on-demand") return [];
      const keyOf = (purchase: Purchase) => fargateKey(parsed.os, parsed.architecture, purchase, parsed.meter);
      return [[priceMeter(key, book).usageType, { target: { kind: "price" }, keyOf }] as const];
    }),
  );

const instanceMeaning = (usageType: string, book: RegionBook): Meaning | undefined => {
  const instanceType = /(?:^|-)BoxUsage:(?<type>[a-z0-9-]+\.[a-z0-9-]+)$/.exec(usageType)?.groups?.["type"];
  if (instanceType === undefined) return undefined;
  if (priceMeter(ec2Key(instanceType, "on-demand"), book).usageType !== usageType) return undefined;
  return { target: { kind: "commitment", instanceType }, keyOf: (purchase) => ec2Key(instanceType, purchase) };
};

const priceOf = (target: Target, key: string, purchase: Purchase, rate: string, origin: FoundOrigin): FoundPrice =>
  target.kind === "price"
    ? { kind: "price", key, tiers: [{ from: "0", to: null, rate }], origin }
    : { ...target, purchase, rate, origin };

interface Known {
  readonly meaning: Meaning;
  readonly purchase: Purchase;
  readonly origin: FoundOrigin;
  readonly rates: Set<string>;
}

/** The hours of plain Linux; other operations are licences. */
const isPlain = ({ product, operation }: PlanRate): boolean =>
  product === "Fargate" || operation === "" || operation === "RunInstances";

/** Savings Plans rates of a region for Fargate and Linux instances; several for one price that differ are refused. */
export const readSavingsPlans = async (list: PriceList, book: RegionBook): Promise<PriceFindings> => {
  const fargate = fargateMeanings(book);
  const known = new Map<string, Known>();
  for (const each of await list.planRates(book.region)) {
    const { product, usageType, commitment, term, payment, rate, origin } = each;
    const meaning = product === "Fargate" ? fargate.get(usageType) : instanceMeaning(usageType, book);
    if (meaning === undefined || !isPlain(each)) continue;
    const purchase = commitmentId(commitment, term, payment);
    const key = meaning.keyOf(purchase);
    const entry = known.get(key) ?? { meaning, purchase, origin, rates: new Set<string>() };
    entry.rates.add(new Decimal(rate).toFixed());
    known.set(key, entry);
  }
  return joinFindings([...known].map(([key, entry]) => findingsOf(key, entry)));
};

const findingsOf = (key: string, { meaning, purchase, origin, rates }: Known): PriceFindings => {
  const [rate, second] = rates;
  if (rate === undefined || second !== undefined) {
    const detail = `AWS has ${rates.size} Savings Plans rates for it: ${[...rates].sort().join(", ")}`;
    return { found: [], refused: [{ key, detail }], absent: [] };
  }
  return { found: [priceOf(meaning.target, key, purchase, rate, origin)], refused: [], absent: [] };
};
