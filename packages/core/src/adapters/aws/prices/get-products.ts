import { type AwsCall, malformedAnswer } from "../aws-error.ts";
import type { Aws } from "../open-aws.ts";
import { allPages } from "../paged.ts";
import { type PriceListItem, readPriceListItem } from "./price-list-item.ts";
import type { ProductFilter } from "./price-queries.ts";

export const GET_PRODUCTS = "pricing:GetProducts";

/** Endpoints of the Price List API exist in few regions and each has all prices (AWS price list reference, checked 2026-11-20). */
export const PRICING_REGION = "us-east-1";

/** Items of the price list that fit every filter. Action: pricing:GetProducts. */
export const getProducts = async (
  aws: Aws,
  serviceCode: string,
  filters: readonly ProductFilter[],
  pricingRegion = PRICING_REGION,
): Promise<readonly PriceListItem[]> => {
  const call: AwsCall = { action: GET_PRODUCTS, region: pricingRegion };
  const client = await aws.clients.pricing(pricingRegion);
  const { GetProductsCommand } = await import("@aws-sdk/client-pricing");
  const Filters = filters.map(({ field, value }) => ({ Type: "TERM_MATCH" as const, Field: field, Value: value }));
  return allPages(aws, call, (NextToken) => async (abortSignal) => {
    const command = new GetProductsCommand({
      ServiceCode: serviceCode,
      Filters,
      FormatVersion: "aws_v1",
      MaxResults: 100,
      NextToken,
    });
    const page = await client.send(command, { abortSignal });
    const items = (page.PriceList ?? []).map((text: unknown) => {
      const reading = readPriceListItem(String(text));
      if (!reading.ok) throw malformedAnswer(call, `an item of ${serviceCode} is not understood: ${reading.detail}`);
      return reading.item;
    });
    return { items, next: page.NextToken };
  });
};
