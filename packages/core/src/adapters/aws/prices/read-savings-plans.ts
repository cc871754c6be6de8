import type { SavingsPlanOfferingRate } from "@aws-sdk/client-savingsplans";
import type { RegionBook } from "../../../domain/pricing/book.ts";
import { fixedPriceKeys, parsePriceKey } from "../../../domain/pricing/parsed-key.ts";
import { ec2Key, fargateKey } from "../../../domain/pricing/price-key.ts";
import { priceMeter } from "../../../domain/pricing/price-meter.ts";
import { type Commitment, commitmentId, PAYMENTS, type Purchase, TERMS } from "../../../domain/pricing/purchase.ts";
import { Decimal } from "../../../domain/units/decimal.ts";
import { type AwsCall, malformedAnswer } from "../client/aws-error.ts";
import type { Aws } from "../client/open-aws.ts";
import { allPages } from "../client/paged.ts";
import { type FoundPrice, joinFindings, type PriceFindings } from "./found-prices.ts";
import { PRICING_REGION } from "./get-products.ts";

const DESCRIBE_RATES = "savingsplans:DescribeSavingsPlansOfferingRates";
const SECONDS_PER_YEAR = 31_536_000;

type Plan = "Compute" | "EC2Instance";
type Product = "Fargate" | "EC2";

const readRates = async (
  aws: Aws,
  plan: Plan,
  product: Product,
  region: string,
): Promise<readonly SavingsPlanOfferingRate[]> => {
  const call: AwsCall = { action: DESCRIBE_RATES, region: PRICING_REGION };
  const client = await aws.clients.savingsPlans(PRICING_REGION);
  const { DescribeSavingsPlansOfferingRatesCommand } = await import("@aws-sdk/client-savingsplans");
  const linux = [
    { name: "productDescription" as const, values: ["Linux/UNIX"] },
    { name: "tenancy" as const, values: ["shared"] },
  ];
  return allPages(aws, call, (nextToken) => async (abortSignal) => {
    const command = new DescribeSavingsPlansOfferingRatesCommand({
      savingsPlanTypes: [plan],
      products: [product],
      serviceCodes: [product === "Fargate" ? "AmazonECS" : "AmazonEC2"],
      filters: [{ name: "region", values: [region] }, ...(product === "EC2" ? linux : [])],
      maxResults: 1000,
      nextToken,
    });
    const page = await client.send(command, { abortSignal });
    const isRate = ({ rate, usageType }: SavingsPlanOfferingRate): boolean =>
      typeof usageType === "string" && /^\d+(?:\.\d+)?(?:[eE]-?\d+)?$/.test(String(rate));
    if (!(page.searchResults ?? []).every(isRate)) throw malformedAnswer(call, "a rate is no decimal");
    return { items: page.searchResults, next: page.nextToken };
  });
};

/** `Compute`, one year, `No Upfront` -> `compute-sp-1y-no-upfront`; undefined for what cannot be bought. */
const purchaseOf = ({ savingsPlanOffering }: SavingsPlanOfferingRate, commitment: Commitment): Purchase | undefined => {
  const { durationSeconds = 0, paymentOption = "" } = savingsPlanOffering ?? {};
  const term = TERMS.find((years) => years * SECONDS_PER_YEAR === durationSeconds);
  const payment = PAYMENTS.find((each) => each === paymentOption.toLowerCase().replaceAll(" ", "-"));
  return term === undefined || payment === undefined ? undefined : commitmentId(commitment, term, payment);
};

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

const priceOf = (target: Target, key: string, purchase: Purchase, rate: string, readOn: string): FoundPrice => {
  const origin = { asOf: readOn, source: "AWS Savings Plans API, DescribeSavingsPlansOfferingRates" };
  if (target.kind === "price") return { kind: "price", key, tiers: [{ from: "0", to: null, rate }], origin };
  return { ...target, purchase, rate, origin };
};

/** One rate for each usage type and plan; several that differ are refused. */
const findingsOf = (
  rates: readonly SavingsPlanOfferingRate[],
  commitment: Commitment,
  meaningOf: (usageType: string) => Meaning | undefined,
  readOn: string,
): PriceFindings => {
  const known = new Map<
    string,
    { readonly meaning: Meaning; readonly purchase: Purchase; readonly rates: Set<string> }
  >();
  for (const each of rates) {
    const meaning = meaningOf(each.usageType ?? "");
    const purchase = purchaseOf(each, commitment);
    if (meaning === undefined || purchase === undefined) continue;
    const key = meaning.keyOf(purchase);
    const entry = known.get(key) ?? { meaning, purchase, rates: new Set<string>() };
    entry.rates.add(new Decimal(String(each.rate)).toFixed());
    known.set(key, entry);
  }
  const parts = [...known].map(([key, { meaning, purchase, rates: found }]): PriceFindings => {
    const [rate, second] = found;
    if (rate === undefined || second !== undefined) {
      const detail = `AWS has ${found.size} Savings Plans rates for it: ${[...found].sort().join(", ")}`;
      return { found: [], refused: [{ key, detail }], absent: [] };
    }
    return { found: [priceOf(meaning.target, key, purchase, rate, readOn)], refused: [], absent: [] };
  });
  return joinFindings(parts);
};

const isPlainInstance = ({ operation }: SavingsPlanOfferingRate): boolean =>
  operation === undefined || operation === "" || operation === "RunInstances";

/** Savings Plans rates of a region for Fargate and Linux instances. Action: DescribeSavingsPlansOfferingRates. */
export const readSavingsPlans = async (aws: Aws, book: RegionBook, readOn: string): Promise<PriceFindings> => {
  const fargate = fargateMeanings(book);
  const onInstances = (usageType: string) => instanceMeaning(usageType, book);
  const [ofFargate, ofCompute, ofInstances] = await Promise.all([
    readRates(aws, "Compute", "Fargate", book.region),
    readRates(aws, "Compute", "EC2", book.region),
    readRates(aws, "EC2Instance", "EC2", book.region),
  ]);
  return joinFindings([
    findingsOf(ofFargate, "compute-sp", (usageType) => fargate.get(usageType), readOn),
    findingsOf(ofCompute.filter(isPlainInstance), "compute-sp", onInstances, readOn),
    findingsOf(ofInstances.filter(isPlainInstance), "instance-sp", onInstances, readOn),
  ]);
};
