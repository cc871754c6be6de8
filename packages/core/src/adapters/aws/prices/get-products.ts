import { type PriceListItem, readPriceListItem } from "../../price-list/items/price-list-item.ts";
import type { ProductFilter } from "../../price-list/items/price-queries.ts";
import { type AwsCall, malformedAnswer } from "../client/aws-error.ts";
import type { Aws } from "../client/open-aws.ts";
import { allPages } from "../client/paged.ts";

export const GET_PRODUCTS = "pricing:GetProducts";

/** Endpoints of the Price List API exist in few regions and each has all prices (AWS price list reference, checked 2026-11-20). */
export const PRICING_REGION = "us-east-1";

/** What is not wanted is passed over only where it is an item; anything else is an answer that makes no sense. */
const LOOKS_LIKE_ITEM = /^\s*\{[\s\S]*"sku"\s*:\s*"/;

/** Items of the price list that fit every filter, those alone that have the mark in them. Action: pricing:GetProducts. */
export const getProducts = async (
  aws: Aws,
  serviceCode: string,
  filters: readonly ProductFilter[],
  pricingRegion = PRICING_REGION,
  mark = "",
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
    const texts = (page.PriceList ?? [])
      .map((text: unknown) => String(text))
      .filter((text: string) => text.includes(mark) || !LOOKS_LIKE_ITEM.test(text));
    const items = texts.map((text: string) => {
      const reading = readPriceListItem(text);
      if (!reading.ok) throw malformedAnswer(call, `an item of ${serviceCode} is not understood: ${reading.detail}`);
      return reading.item;
    });
    return { items, next: page.NextToken };
  });
};
