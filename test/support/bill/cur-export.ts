import type { BillExport, CellKind, ExportRow } from "./bill-cells.ts";
import type { BillRow } from "./bill-row.ts";

const nullIfEmpty = (text: string): string | null => (text === "" ? null : text);

const isPlan = (row: BillRow): boolean => row.lineType.startsWith("SavingsPlan");
const isReservation = (row: BillRow): boolean => row.lineType === "DiscountedUsage" || row.lineType === "RIFee";

const COMMITMENT = "1.5000000000";

/** Columns that every Cost and Usage Report has, as CUR 2.0 spells them. */
const common = (row: BillRow): ExportRow => ({
  identity_line_item_id: row.id,
  identity_time_interval: `${row.start}/${row.end}`,
  bill_billing_period_start_date: `${row.period}T00:00:00Z`,
  bill_payer_account_id: "999900001111",
  line_item_usage_account_id: row.account,
  line_item_line_item_type: row.lineType,
  line_item_usage_start_date: row.start,
  line_item_usage_end_date: row.end,
  line_item_product_code: row.service,
  line_item_usage_type: nullIfEmpty(row.usageType),
  line_item_operation: nullIfEmpty(row.operation),
  line_item_resource_id: nullIfEmpty(row.resource),
  line_item_usage_amount: row.quantity,
  line_item_currency_code: "USD",
  line_item_unblended_cost: row.cost,
  line_item_line_item_description: nullIfEmpty(row.description),
  pricing_unit: nullIfEmpty(row.unit),
  pricing_public_on_demand_cost: row.onDemandCost,
  product_region_code: nullIfEmpty(row.region),
  savings_plan_savings_plan_a_r_n: isPlan(row) ? row.commitment : null,
  savings_plan_savings_plan_effective_cost: row.lineType === "SavingsPlanCoveredUsage" ? row.effectiveCost : null,
  savings_plan_total_commitment_to_date: row.lineType === "SavingsPlanRecurringFee" ? COMMITMENT : null,
  savings_plan_used_commitment: row.lineType === "SavingsPlanRecurringFee" ? usedOf(row) : null,
  reservation_reservation_a_r_n: isReservation(row) ? row.commitment : null,
  reservation_effective_cost: row.lineType === "DiscountedUsage" ? row.effectiveCost : null,
  reservation_unused_recurring_fee: row.lineType === "RIFee" ? row.effectiveCost : null,
  reservation_unused_amortized_upfront_fee_for_billing_period: row.lineType === "RIFee" ? "0.0" : null,
  split_line_item_parent_resource_id: row.split?.parent ?? null,
  split_line_item_reserved_usage: row.split?.reserved ?? null,
  split_line_item_actual_usage: row.split?.actual ?? null,
  split_line_item_split_usage: row.split?.split ?? null,
  split_line_item_split_usage_ratio: row.split?.ratio ?? null,
  split_line_item_split_cost: row.split?.cost ?? null,
  split_line_item_unused_cost: row.split?.unusedCost ?? null,
  split_line_item_public_on_demand_split_cost: row.split?.onDemandCost ?? null,
});

/** Commitment less what nothing used; both have at most 15 digits. */
const usedOf = (row: BillRow): string => {
  const places = 18;
  const units = (text: string): bigint => {
    const [whole = "0", part = ""] = text.split(".");
    return BigInt(whole + part.padEnd(places, "0"));
  };
  const digits = String(units(COMMITMENT) - units(row.effectiveCost)).padStart(places + 1, "0");
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
};

const AMOUNTS = /_(?:cost|usage|amount|to_date|commitment|recurring_fee|billing_period)$/;

const kindOf = (name: string): CellKind => {
  if (/_date$/.test(name) && !name.endsWith("to_date")) return "time";
  return AMOUNTS.test(name) ? "amount" : "text";
};

const snake = (key: string): string =>
  key
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "_")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_");

const tagKeys = (rows: readonly BillRow[]): readonly string[] =>
  [...new Set(rows.flatMap(({ tags }) => Object.keys(tags)))].sort();

const prefixed = (key: string): string => (key.startsWith("aws:") ? key : `user:${key}`);

/** Cost and Usage Report 2.0 of Data Exports: tags and products are maps. */
export const cur2Export = (rows: readonly BillRow[]): BillExport => {
  const first = Object.keys(common(rows[0] as BillRow));
  return {
    columns: [
      ...first.map((name): [string, CellKind] => [name, kindOf(name)]),
      ["product", "map"],
      ["resource_tags", "map"],
      ["cost_category", "map"],
    ],
    rows: rows.map((row) => ({
      ...common(row),
      product: { product_name: row.serviceName, ...(row.region === "" ? {} : { region: row.region }) },
      resource_tags: Object.fromEntries(Object.entries(row.tags).map(([key, value]) => [snake(prefixed(key)), value])),
      cost_category: {},
    })),
  };
};

const CAMEL: Readonly<Record<string, string>> = { bill: "bill", identity: "identity", pricing: "pricing" };
const PREFIXES = [
  "split_line_item",
  "line_item",
  "savings_plan",
  "bill",
  "identity",
  "pricing",
  "product",
  "reservation",
];

const camel = (text: string): string => text.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** `line_item_usage_type` as the first line of a legacy report spells it: `lineItem/UsageType`. */
const legacyName = (name: string): string => {
  const prefix = PREFIXES.find((start) => name.startsWith(`${start}_`)) ?? "";
  const rest = name.slice(prefix.length);
  const field = camel(rest);
  const group = CAMEL[prefix] ?? camel(prefix);
  if (group === "product") return `product/${field.charAt(0).toLowerCase()}${field.slice(1)}`;
  if (group === "pricing" && field === "Unit") return "pricing/unit";
  if (field === "PublicOnDemandCost") return "pricing/publicOnDemandCost";
  return `${group}/${field}`;
};

/** The legacy report: tags are columns of their own, in the spelling of its CSV or of its Parquet files. */
export const legacyExport = (rows: readonly BillRow[], spelling: "csv" | "parquet"): BillExport => {
  const names = Object.keys(common(rows[0] as BillRow)).map((name) =>
    name === "product_region_code" ? "product_region" : name,
  );
  const spelled = (name: string): string => (spelling === "csv" ? legacyName(name) : name);
  const tagName = (key: string): string =>
    spelling === "csv" ? `resourceTags/${prefixed(key)}` : `resource_tags_${snake(prefixed(key))}`;
  const keys = tagKeys(rows);
  return {
    columns: [
      ...names.map((name): [string, CellKind] => [spelled(name), kindOf(name)]),
      ...keys.map((key): [string, CellKind] => [tagName(key), "text"]),
    ],
    rows: rows.map((row) => {
      const { product_region_code: region = null, ...cells } = common(row);
      const named = Object.entries({ ...cells, product_region: region }).map(([name, cell]) => [spelled(name), cell]);
      const tags = keys.map((key) => [tagName(key), row.tags[key] ?? null]);
      return Object.fromEntries([...named, ...tags]);
    }),
  };
};
