import { columnKey } from "./bill-table.ts";

/** Columns of bills that a review reads; others are not even looked at. */
const WANTED: ReadonlyMap<string, string> = new Map(
  [
    "bill_billing_period_start_date",
    "line_item_currency_code",
    "line_item_line_item_type",
    "line_item_operation",
    "line_item_product_code",
    "line_item_resource_id",
    "line_item_unblended_cost",
    "line_item_usage_account_id",
    "line_item_usage_amount",
    "line_item_usage_end_date",
    "line_item_usage_start_date",
    "line_item_usage_type",
    "pricing_public_on_demand_cost",
    "pricing_unit",
    "product",
    "product_region",
    "product_region_code",
    "reservation_effective_cost",
    "reservation_reservation_a_r_n",
    "reservation_unused_amortized_upfront_fee_for_billing_period",
    "reservation_unused_recurring_fee",
    "resource_tags",
    "savings_plan_savings_plan_effective_cost",
    "savings_plan_total_commitment_to_date",
    "savings_plan_used_commitment",
    "split_line_item_parent_resource_id",
    "split_line_item_public_on_demand_split_cost",
    "split_line_item_split_cost",
    "split_line_item_split_usage",
    "split_line_item_unused_cost",
    "BilledCost",
    "BillingCurrency",
    "BillingPeriodStart",
    "ChargeCategory",
    "ChargeClass",
    "ChargePeriodEnd",
    "ChargePeriodStart",
    "CommitmentDiscountCategory",
    "CommitmentDiscountId",
    "CommitmentDiscountStatus",
    "CommitmentDiscountType",
    "ConsumedQuantity",
    "ConsumedUnit",
    "EffectiveCost",
    "ListCost",
    "PricingCategory",
    "PricingQuantity",
    "PricingUnit",
    "RegionId",
    "ResourceId",
    "ServiceName",
    "SubAccountId",
    "Tags",
    "x_Operation",
    "x_ServiceCode",
    "x_UsageType",
  ].map((name): [string, string] => [columnKey(name), name]),
);

/** Whether a review reads the column; flat tag columns are all kept. */
export const isWanted = (key: string): boolean => WANTED.has(key) || key.startsWith("resourcetags");

/** A column that a review reads, as the export spells it; undefined of tag columns and of what it does not read. */
export const wantedName = (key: string): string | undefined => WANTED.get(key);

/** Columns that hold a map, in some exports as JSON text. */
export const isMapColumn = (key: string): boolean => key === "resourcetags" || key === "tags" || key === "product";
