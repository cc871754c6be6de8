import { AwsFault } from "../fault.ts";
import { pageOf } from "../paging.ts";
import type { PriceItem } from "../price-items.ts";
import { type JsonHandlers, sizeOf, textOf } from "../request.ts";

interface Filter {
  readonly Type: string;
  readonly Field: string;
  readonly Value: string;
}

const fits = (item: PriceItem, { Type: type, Field: field, Value: value }: Filter): boolean => {
  const found = field === "productFamily" ? item.product.productFamily : item.product.attributes[field];
  if (type === "TERM_MATCH" || type === "EQUALS") return found === value;
  if (type === "ANY_OF") return value.split(",").includes(found ?? "");
  throw new AwsFault("InvalidParameterException", `Unknown filter type ${type}`);
};

/** Operations of the Price List over these items. */
export const pricingHandlers = (items: readonly PriceItem[]): JsonHandlers => ({
  GetProducts: (input) => {
    const serviceCode = textOf(input, "ServiceCode");
    if (serviceCode === undefined) throw new AwsFault("InvalidParameterException", "ServiceCode is required");
    const filters = (input["Filters"] ?? []) as readonly Filter[];
    const found = items.filter(
      (item) => item.serviceCode === serviceCode && filters.every((filter) => fits(item, filter)),
    );
    const page = pageOf(found, sizeOf(input, "MaxResults", 100, 100), textOf(input, "NextToken"));
    return { FormatVersion: "aws_v1", PriceList: page.items.map((item) => JSON.stringify(item)), NextToken: page.next };
  },
});
