import { type BillTable, columnKey } from "../table/bill-table.ts";
import { literal, oneOf, orEmpty } from "../table/sql-text.ts";
import { type AmountColumn, NO_AMOUNT } from "./amount.ts";
import type { BillLines, EffectiveCost, SplitLines } from "./bill-lines.ts";
import { amountOf, column, firstOf, mapValue, textOf, timeOf } from "./columns.ts";
import { tagOf } from "./tags.ts";

const TAGS = "resource_tags";
const SPLIT_OPERATION = "ECSTask-EC2";

/** Columns of cost after the discounts of a contract, by what they are net of. */
const NET_OF = {
  line_item_unblended_cost: "line_item_net_unblended_cost",
  savings_plan_savings_plan_effective_cost: "savings_plan_net_savings_plan_effective_cost",
  reservation_effective_cost: "reservation_net_effective_cost",
  reservation_unused_recurring_fee: "reservation_net_unused_recurring_fee",
  reservation_unused_amortized_upfront_fee_for_billing_period:
    "reservation_net_unused_amortized_upfront_fee_for_billing_period",
} as const;

const NET_COLUMNS: ReadonlySet<string> = new Set(Object.values(NET_OF).map(columnKey));

/** The table without its net columns: costs are before the discounts of a contract, which have lines of their own. */
export const withoutNet = (table: BillTable): BillTable => ({
  ...table,
  columns: new Map([...table.columns].filter(([key]) => !NET_COLUMNS.has(key))),
});

const asText = ({ ref, type }: AmountColumn): string => (type === "text" ? ref : `CAST(${ref} AS VARCHAR)`);

/** The net amount of a line where it has one, otherwise the one that it would be net of. */
const netOf = (table: BillTable, name: keyof typeof NET_OF, lineType: string | null = null): AmountColumn | null => {
  const gross = column(table, name);
  const net = column(table, NET_OF[name]);
  if (gross === null || net === null) return gross;
  const isAlike = gross.type === net.type && gross.type !== "text";
  const [from, less] = isAlike ? [gross.ref, net.ref] : [asText(gross), `NULLIF(${asText(net)}, '')`];
  const zero = isAlike ? "0" : "'0'";
  // A discount is in the net cost of what it is for, so that its own line is nothing.
  const or = lineType === null ? from : `CASE WHEN ${lineType} LIKE '%Discount' THEN ${zero} ELSE ${from} END`;
  return { ref: `COALESCE(${less}, ${or})`, type: isAlike ? gross.type : "text" };
};

const PLAN_COLUMNS = {
  plan: "savings_plan_savings_plan_effective_cost",
  commitment: "savings_plan_total_commitment_to_date",
  used: "savings_plan_used_commitment",
};
const RESERVATION_COLUMNS = {
  reservation: "reservation_effective_cost",
  upfront: "reservation_unused_amortized_upfront_fee_for_billing_period",
  recurring: "reservation_unused_recurring_fee",
};

/** The type of the lines that say each. */
const OF_TYPE: Readonly<Record<keyof typeof PLAN_COLUMNS | keyof typeof RESERVATION_COLUMNS, string>> = {
  plan: "SavingsPlanCoveredUsage",
  commitment: "SavingsPlanRecurringFee",
  used: "SavingsPlanRecurringFee",
  reservation: "DiscountedUsage",
  upfront: "RIFee",
  recurring: "RIFee",
};

/** The map of products is wide: it is read only where no column of its own names the region. */
const regionOf = (table: BillTable): string | null => {
  const flat = firstOf([textOf(table, "product_region_code"), textOf(table, "product_region")]);
  const product = column(table, "product");
  return flat ?? (product?.type === "map" ? mapValue(product.ref, "region") : null);
};

const splitLines = (table: BillTable): SplitLines | null => {
  const parent = textOf(table, "split_line_item_parent_resource_id");
  const cost = column(table, "split_line_item_split_cost");
  const operation = textOf(table, "line_item_operation");
  if (parent === null || cost === null || operation === null) return null;
  return {
    is: `${operation} = ${literal(SPLIT_OPERATION)}`,
    parent,
    cost,
    unusedCost: column(table, "split_line_item_unused_cost"),
    quantity: column(table, "split_line_item_split_usage"),
    onDemandCost: column(table, "split_line_item_public_on_demand_split_cost"),
  };
};

/** An upfront fee of a reservation is a `Fee` like others, but names the reservation. */
const lineTypeOf = (table: BillTable, type: string): string => {
  const reservation = textOf(table, "reservation_reservation_a_r_n");
  return reservation === null
    ? type
    : `CASE WHEN ${type} = 'Fee' AND ${orEmpty(reservation)} <> '' THEN 'ReservationFee' ELSE ${type} END`;
};

const isNetted = (name: string): name is keyof typeof NET_OF => Object.hasOwn(NET_OF, name);

/** Columns that lines of a commitment need, by what their types begin with. */
const AMORTISING: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^SavingsPlan/, Object.values(PLAN_COLUMNS)],
  [/^(?:DiscountedUsage|RIFee|ReservationFee)$/, [RESERVATION_COLUMNS.reservation, RESERVATION_COLUMNS.recurring]],
];

const gapsOf = (table: BillTable, lineTypes: readonly string[] | null): readonly string[] =>
  AMORTISING.flatMap(([type, names]) =>
    lineTypes === null || lineTypes.some((each) => type.test(each))
      ? names.filter((name) => column(table, name) === null)
      : [],
  );

const effectiveCost = (table: BillTable): EffectiveCost => {
  const columns = { ...PLAN_COLUMNS, ...RESERVATION_COLUMNS };
  const amounts = Object.fromEntries(
    (Object.keys(columns) as (keyof typeof columns)[]).flatMap((name) => {
      const found = isNetted(columns[name]) ? netOf(table, columns[name]) : column(table, columns[name]);
      return found === null ? [] : [[name, { column: found, lineTypes: [OF_TYPE[name]] }]];
    }),
  );
  const has = (...names: readonly string[]): boolean => names.every((name) => Object.hasOwn(amounts, name));
  return {
    sparse: true,
    amounts,
    of: ([lineType = "''"], sumOf) => {
      const sum = (name: string): string => (has(name) ? `COALESCE(${sumOf(name)}, ${NO_AMOUNT})` : NO_AMOUNT);
      const orCost = (name: string): string =>
        has(name) ? `COALESCE(${sumOf(name)}, ${sumOf("cost")})` : sumOf("cost");
      const whens: readonly (readonly [known: boolean, types: readonly string[], cost: string])[] = [
        [has("plan"), ["SavingsPlanCoveredUsage"], orCost("plan")],
        [has("plan"), ["SavingsPlanNegation", "SavingsPlanUpfrontFee"], NO_AMOUNT],
        [has("plan", "commitment", "used"), ["SavingsPlanRecurringFee"], `${sum("commitment")} - ${sum("used")}`],
        [has("reservation"), ["DiscountedUsage"], orCost("reservation")],
        [has("reservation"), ["ReservationFee"], NO_AMOUNT],
        [has("reservation", "recurring"), ["RIFee"], `${sum("recurring")} + ${sum("upfront")}`],
      ];
      const known = whens.filter(([isKnown]) => isKnown);
      if (known.length === 0) return sumOf("cost");
      const cases = known.map(([, types, cost]) => `WHEN ${oneOf(lineType, types)} THEN ${cost}`);
      return `CASE ${cases.join(" ")} ELSE ${sumOf("cost")} END`;
    },
  };
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
  const net = column(table, NET_OF.line_item_unblended_cost);
  return {
    lineType: [lineType],
    period: period === null ? null : timeOf(period),
    start: timeOf(column(table, "line_item_usage_start_date") ?? { ref: "''", type: "text" }),
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
    quantity: amountOf(table, "line_item_usage_amount"),
    cost: netOf(table, "line_item_unblended_cost", type) ?? amountOf(table, "line_item_unblended_cost"),
    unblended: net === null ? null : amountOf(table, "line_item_unblended_cost"),
    net: net === null ? null : net.type === "text" ? `NULLIF(${net.ref}, '')` : net.ref,
    effectiveCost: effectiveCost(table),
    onDemandCost: column(table, "pricing_public_on_demand_cost"),
    covered: ([lineType = "''"]) => oneOf(lineType, ["SavingsPlanCoveredUsage", "DiscountedUsage"]),
    usage: ([lineType = "''"]) => oneOf(lineType, ["Usage", "SavingsPlanCoveredUsage", "DiscountedUsage"]),
    split: splitLines(table),
    gaps: (lineTypes) => gapsOf(table, lineTypes),
  };
};
