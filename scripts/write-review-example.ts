import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type ExampleLine, linesOf, PLAN } from "./review-example-lines.ts";

/** Writes the bill of examples/review, a CUR 2.0 export of a shop: two months and the beginning of a third. */

const MONTHS: readonly (readonly [month: string, to: string])[] = [
  ["2026-09", "2026-10-01"],
  ["2026-10", "2026-11-01"],
  ["2026-11", "2026-11-20"],
];

const HEADER = [
  ...["identity_line_item_id", "bill_billing_period_start_date", "line_item_usage_account_id"],
  ...["line_item_line_item_type", "line_item_usage_start_date", "line_item_usage_end_date", "line_item_product_code"],
  ...["line_item_usage_type", "line_item_operation", "line_item_resource_id", "line_item_usage_amount"],
  ...["line_item_currency_code", "line_item_unblended_cost", "pricing_unit", "pricing_public_on_demand_cost"],
  ...["product_region_code", "resource_tags", "savings_plan_savings_plan_a_r_n"],
  ...["savings_plan_savings_plan_effective_cost", "savings_plan_total_commitment_to_date"],
  ...["savings_plan_used_commitment", "reservation_reservation_a_r_n", "reservation_effective_cost"],
  ...["reservation_unused_amortized_upfront_fee_for_billing_period", "reservation_unused_recurring_fee"],
];

/** A whole number of 1 / 10^digits as a plain decimal. */
const decimal = (value: bigint, digits: number): string => {
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, "0");
  const rest = text.slice(-digits).replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${text.slice(0, -digits)}${rest === "" ? "" : `.${rest}`}`;
};

/** Thousandths times millionths of a dollar. */
const cost = (quantity: number, rate: number): string => decimal(BigInt(quantity) * BigInt(rate), 9);

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const isPlan = ({ type }: ExampleLine): boolean => type.startsWith("SavingsPlan");

const planCells = (line: ExampleLine): readonly string[] => {
  if (!isPlan(line)) return ["", "", "", ""];
  const fee = line.used !== undefined;
  return [
    PLAN,
    line.type === "SavingsPlanCoveredUsage" ? cost(line.quantity, line.plan ?? 0) : "0",
    fee ? cost(line.quantity, line.plan ?? 0) : "",
    fee ? decimal(BigInt(line.used ?? 0), 9) : "",
  ];
};

const row = (line: ExampleLine, month: string, index: number): string => {
  const billed = cost(line.quantity, line.rate);
  const isUsage = line.type === "Usage" || line.type === "SavingsPlanCoveredUsage";
  return [
    ...[`${month}-${index}`, `${month}-01T00:00:00Z`, "111122223333", line.type, line.start, line.end, line.product],
    ...[line.usageType, line.operation, line.resource, decimal(BigInt(line.quantity), 3), "USD", billed, line.unit],
    ...[isUsage ? billed : "0", line.usageType === "" ? "" : "us-east-1", JSON.stringify(line.tags)],
    ...[...planCells(line), "", "0", "0", "0"],
  ]
    .map(quoted)
    .join(",");
};

/** The CSV text of a month. */
const monthText = (month: string, to: string): string =>
  [HEADER.join(","), ...linesOf(month, to).map((line, index) => row(line, month, index))].join("\n").concat("\n");

const folder = process.argv[2] ?? fileURLToPath(new URL("../examples/review/bill", import.meta.url));
mkdirSync(folder, { recursive: true });
for (const [month, to] of MONTHS) {
  writeFileSync(`${folder}/${month}.csv.gz`, gzipSync(monthText(month, to), { level: 9 }));
}
