import type { PriceList } from "../../price-list/items/price-list.ts";
import type { Aws } from "../client/open-aws.ts";
import { getPlanRates } from "./get-plan-rates.ts";
import { getProducts } from "./get-products.ts";

/** The price list through its API; rates of Savings Plans come from theirs and are of the day they are read on. */
export const apiPriceList = (aws: Aws, readOn: string, pricingRegion?: string): PriceList => ({
  products: (serviceCode, filters, mark) => getProducts(aws, serviceCode, filters, pricingRegion, mark),
  planRates: (region) => getPlanRates(aws, region, readOn),
});
