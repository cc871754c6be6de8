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

const fargateRates = (book: RegionBook) =>
  Object.entries(book.prices).flatMap(([key, price]) => {
    const match = /^fargate-(compute-sp-[^/]+)\//.exec(key);
    const parsed = parseCommitment(match?.[1] ?? "");
    if (parsed === undefined || price.rate === undefined) return [];
    return [
      {
        savingsPlanOffering: {
          offeringId: `offering-${match?.[1]}`,
          paymentOption: PAYMENTS[parsed.payment],
          planType: "Compute",
          durationSeconds: parsed.term * SECONDS_PER_YEAR,
          currency: "USD",
        },
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
    const all = books
      .filter(({ region }) => regions.length === 0 || regions.includes(region))
      .flatMap(fargateRates)
      .filter(({ savingsPlanOffering: { paymentOption } }) => payments.length === 0 || payments.includes(paymentOption))
      .filter(({ productType }) => products.length === 0 || products.includes(productType));
    const { items, next } = pageOf(all, sizeOf(input, "maxResults", 1000, 1000), textOf(input, "nextToken"));
    return { searchResults: items, nextToken: next };
  },
});
