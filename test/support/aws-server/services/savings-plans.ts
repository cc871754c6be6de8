import type { RegionBook } from "@ecs-cost/core";
import { priceMeter } from "../../../../packages/core/src/domain/pricing/price-meter.ts";
import { parseCommitment } from "../../../../packages/core/src/domain/pricing/purchase.ts";
import { pageOf } from "../paging.ts";
import { type Input, type JsonHandlers, sizeOf, textOf, textsOf } from "../request.ts";

const PAYMENTS = {
  "no-upfront": "No Upfront",
  "partial-upfront": "Partial Upfront",
  "all-upfront": "All Upfront",
} as const;
const SECONDS_PER_YEAR = 31_536_000;

const offeringOf = (purchase: string) => {
  const parsed = parseCommitment(purchase);
  if (parsed === undefined || !parsed.commitment.endsWith("-sp")) return undefined;
  return {
    offeringId: `offering-${purchase}`,
    paymentOption: PAYMENTS[parsed.payment],
    planType: parsed.commitment === "compute-sp" ? "Compute" : "EC2Instance",
    durationSeconds: parsed.term * SECONDS_PER_YEAR,
    currency: "USD",
  };
};

const fargateRates = (book: RegionBook) =>
  Object.entries(book.prices).flatMap(([key, price]) => {
    const offering = offeringOf(/^fargate-(compute-sp-[^/]+)\//.exec(key)?.[1] ?? "");
    if (offering === undefined || price.rate === undefined) return [];
    return [
      {
        savingsPlanOffering: offering,
        rate: price.rate,
        unit: "Hrs",
        productType: "Fargate",
        serviceCode: "AmazonECS",
        usageType: priceMeter(key, book).usageType,
        operation: "",
        properties: [{ name: "region", value: book.region }],
      },
    ];
  });

/** The rate of a licence stands beside that of the plain instance. */
const instanceRates = (book: RegionBook) =>
  Object.entries(book.ec2.commitments).flatMap(([purchase, rows]) => {
    const offering = offeringOf(purchase);
    if (offering === undefined) return [];
    return Object.entries(rows).flatMap(([instanceType, [rate]]) =>
      [
        ["RunInstances", rate],
        ["RunInstances:0004", "9.99"],
      ].map(([operation, each]) => ({
        savingsPlanOffering: offering,
        rate: each,
        unit: "Hrs",
        productType: "EC2",
        serviceCode: "AmazonEC2",
        usageType: priceMeter(`ec2/${instanceType}/on-demand/hour`, book).usageType,
        operation,
        properties: [{ name: "region", value: book.region }],
      })),
    );
  });

const regionsOf = (input: Input): readonly string[] => {
  const filters = (input["filters"] ?? []) as readonly { name: string; values: readonly string[] }[];
  return filters.find(({ name }) => name === "region")?.values ?? [];
};

/** Operations of Savings Plans over these books. */
export const savingsPlansHandlers = (books: readonly RegionBook[]): JsonHandlers => ({
  DescribeSavingsPlansOfferingRates: (input) => {
    const regions = regionsOf(input);
    const payments = textsOf(input, "savingsPlanPaymentOptions");
    const products = textsOf(input, "products");
    const plans = textsOf(input, "savingsPlanTypes");
    const all = books
      .filter(({ region }) => regions.length === 0 || regions.includes(region))
      .flatMap((book) => [...fargateRates(book), ...instanceRates(book)])
      .filter(({ savingsPlanOffering: { paymentOption } }) => payments.length === 0 || payments.includes(paymentOption))
      .filter(({ savingsPlanOffering: { planType } }) => plans.length === 0 || plans.includes(planType))
      .filter(({ productType }) => products.length === 0 || products.includes(productType));
    const { items, next } = pageOf(all, sizeOf(input, "maxResults", 1000, 1000), textOf(input, "nextToken"));
    return { searchResults: items, nextToken: next };
  },
});
