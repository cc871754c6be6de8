import type { BillTable } from "../table/bill-table.ts";
import { NO_AMOUNT } from "./amount.ts";
import type { BillLines, SplitLines } from "./bill-lines.ts";
import { amountOf, column, difference, firstOf, mapValue, textOf, timeOf } from "./columns.ts";
import { tagOf } from "./tags.ts";
import { literal, oneOf, orEmpty } from "./text.ts";

const TAGS = "resource_tags";
const SPLIT_OPERATION = "ECSTask-EC2";

const PLAN_COLUMNS = {
  covered: "savings_plan_savings_plan_effective_cost",
  commitment: "savings_plan_total_commitment_to_date",
  used: "savings_plan_used_commitment",
};
const RESERVATION_COLUMNS = {
  covered: "reservation_effective_cost",
  upfront: "reservation_unused_amortized_upfront_fee_for_billing_period",
  recurring: "reservation_unused_recurring_fee",
};

const regionOf = (table: BillTable): string | null => {
  const product = column(table, "product");
  return firstOf([
    textOf(table, "product_region_code"),
    textOf(table, "product_region"),
    product?.type === "map" ? mapValue(product.ref, "region_code") : null,
    product?.type === "map" ? mapValue(product.ref, "region") : null,
  ]);
};

const splitLines = (table: BillTable): SplitLines | null => {
  const parent = textOf(table, "split_line_item_parent_resource_id");
  const cost = amountOf(table, "split_line_item_split_cost");
  const operation = textOf(table, "line_item_operation");
  if (parent === null || cost === null || operation === null) return null;
  return {
    is: `${operation} = ${literal(SPLIT_OPERATION)}`,
    parent,
    cost,
    unusedCost: amountOf(table, "split_line_item_unused_cost") ?? NO_AMOUNT,
    quantity: amountOf(table, "split_line_item_split_usage") ?? NO_AMOUNT,
    onDemandCost: amountOf(table, "split_line_item_public_on_demand_split_cost"),
  };
};

/** An upfront fee of a reservation is a `Fee` like others, but names the reservation. */
const lineTypeOf = (table: BillTable, type: string): string => {
  const reservation = textOf(table, "reservation_reservation_a_r_n");
  return reservation === null
    ? type
    : `CASE WHEN ${type} = 'Fee' AND ${orEmpty(reservation)} <> '' THEN 'ReservationFee' ELSE ${type} END`;
};

const effectiveCost =
  (table: BillTable, type: string, lineType: string) =>
  (cost: string): string => {
    const plan = amountOf(table, PLAN_COLUMNS.covered);
    const commitment = amountOf(table, PLAN_COLUMNS.commitment);
    const used = amountOf(table, PLAN_COLUMNS.used);
    const reservation = amountOf(table, RESERVATION_COLUMNS.covered);
    const upfront = amountOf(table, RESERVATION_COLUMNS.upfront);
    const recurring = amountOf(table, RESERVATION_COLUMNS.recurring);
    const whens = [
      ...(plan === null
        ? []
        : [
            `WHEN ${type} = 'SavingsPlanCoveredUsage' THEN COALESCE(${plan}, ${NO_AMOUNT})`,
            `WHEN ${oneOf(type, ["SavingsPlanNegation", "SavingsPlanUpfrontFee"])} THEN ${NO_AMOUNT}`,
          ]),
      ...(plan === null || commitment === null || used === null
        ? []
        : [`WHEN ${type} = 'SavingsPlanRecurringFee' THEN ${difference(commitment, used)}`]),
      ...(reservation === null
        ? []
        : [
            `WHEN ${type} = 'DiscountedUsage' THEN COALESCE(${reservation}, ${NO_AMOUNT})`,
            `WHEN ${lineType} = 'ReservationFee' THEN ${NO_AMOUNT}`,
          ]),
      ...(reservation === null || recurring === null
        ? []
        : [
            `WHEN ${type} = 'RIFee' THEN COALESCE(${recurring}, ${NO_AMOUNT}) + COALESCE(${upfront ?? NO_AMOUNT}, ${NO_AMOUNT})`,
          ]),
    ];
    return whens.length === 0 ? cost : `CASE ${whens.join(" ")} ELSE ${cost} END`;
  };

/** The lines of a Cost and Usage Report, new or legacy. */
export const curLines = (table: BillTable): BillLines => {
  const text = (name: string): string => textOf(table, name) ?? "''";
  const time = (name: string) => {
    const found = column(table, name);
    return found === null ? null : timeOf(found);
  };
  const type = text("line_item_line_item_type");
  const lineType = lineTypeOf(table, type);
  const period = column(table, "bill_billing_period_start_date");
  const amortising = [...Object.values(PLAN_COLUMNS), RESERVATION_COLUMNS.covered, RESERVATION_COLUMNS.recurring];
  const gaps = amortising.filter((name) => column(table, name) === null);
  return {
    lineType: [lineType],
    period: period === null ? null : timeOf(period),
    start: timeOf(column(table, "line_item_usage_start_date") ?? { name: "", ref: "''", type: "text" }),
    end: time("line_item_usage_end_date"),
    currency: textOf(table, "line_item_currency_code"),
    account: textOf(table, "line_item_usage_account_id"),
    region: regionOf(table),
    service: text("line_item_product_code"),
    usageType: text("line_item_usage_type"),
    operation: textOf(table, "line_item_operation"),
    unit: textOf(table, "pricing_unit"),
    resource: textOf(table, "line_item_resource_id"),
    cluster: tagOf(table, TAGS, "aws:ecs:clusterName"),
    ecsService: tagOf(table, TAGS, "aws:ecs:serviceName"),
    tag: (key) => tagOf(table, TAGS, key),
    quantity: amountOf(table, "line_item_usage_amount") ?? NO_AMOUNT,
    cost: amountOf(table, "line_item_unblended_cost") ?? NO_AMOUNT,
    effectiveCost: effectiveCost(table, type, lineType),
    onDemandCost: amountOf(table, "pricing_public_on_demand_cost"),
    covered: oneOf(type, ["SavingsPlanCoveredUsage", "DiscountedUsage"]),
    usage: oneOf(type, ["Usage", "SavingsPlanCoveredUsage", "DiscountedUsage"]),
    split: splitLines(table),
    gaps,
    amortised: gaps.length === 0,
  };
};
