import type { BillTable } from "../table/bill-table.ts";
import { orEmpty } from "../table/sql-text.ts";
import type { AmountColumn } from "./amount.ts";
import type { BillLines } from "./bill-lines.ts";
import { amountOf, column, firstOf, textOf, timeOf } from "./columns.ts";
import { tagOf } from "./tags.ts";

const TAGS = "Tags";

/** Quantity and unit as the price list counts them, which is how a Cost and Usage Report does. */
const quantityOf = (table: BillTable): AmountColumn => {
  const priced = column(table, "PricingQuantity");
  const consumed = column(table, "ConsumedQuantity");
  if (priced === null) return amountOf(table, "ConsumedQuantity");
  if (consumed === null || consumed.type !== priced.type) return priced;
  return { ref: `COALESCE(${priced.ref}, ${consumed.ref})`, type: priced.type };
};

/**
 * What was used: AWS says its usage type in x_UsageType (FOCUS 1.0) or SkuMeter (1.2). Exporters that give neither say it in
 * words, or by the id of a price.
 */
const usageTypeOf = (text: (name: string) => string | null): string => {
  const told = firstOf([text("x_UsageType"), text("SkuMeter")]);
  return told ?? firstOf([text("ChargeDescription"), text("SkuPriceId"), text("SkuId")]) ?? "''";
};

/** One of two columns of cost where an exporter gives one only. */
const costOf = (table: BillTable, name: string, other: string): AmountColumn =>
  column(table, name) ?? amountOf(table, other);

/** The lines of a FOCUS export, of AWS or of another exporter. */
export const focusLines = (table: BillTable): BillLines => {
  const text = (name: string): string | null => textOf(table, name);
  const category = text("ChargeCategory") ?? "''";
  const kind = ["ChargeClass", "CommitmentDiscountStatus", "CommitmentDiscountType", "CommitmentDiscountCategory"];
  const commitment = text("CommitmentDiscountId");
  const period = column(table, "BillingPeriodStart");
  const end = column(table, "ChargePeriodEnd");
  return {
    lineType: [
      category,
      ...kind.map((name) => text(name) ?? "''"),
      text("PricingCategory") ?? "''",
      commitment === null ? "''" : `CASE WHEN ${orEmpty(commitment)} = '' THEN '' ELSE 'commitment' END`,
    ],
    period: period === null ? null : timeOf(period),
    start: timeOf(column(table, "ChargePeriodStart") ?? { ref: "''", type: "text" }),
    end: end === null ? null : timeOf(end),
    currency: text("BillingCurrency"),
    account: firstOf([text("SubAccountId"), text("BillingAccountId")]),
    region: firstOf([text("RegionId"), text("Region")]),
    service: firstOf([text("x_ServiceCode"), text("ServiceName"), text("ServiceCategory")]) ?? "''",
    usageType: usageTypeOf(text),
    operation: text("x_Operation"),
    unit: firstOf([text("PricingUnit"), text("ConsumedUnit")]),
    resource: text("ResourceId"),
    cluster: tagOf(table, TAGS, "aws:ecs:clusterName"),
    ecsService: tagOf(table, TAGS, "aws:ecs:serviceName"),
    tag: (key) => tagOf(table, TAGS, key),
    quantity: quantityOf(table),
    cost: costOf(table, "BilledCost", "EffectiveCost"),
    effectiveCost: {
      sparse: false,
      amounts: { effective: { column: costOf(table, "EffectiveCost", "BilledCost"), lineTypes: null } },
      of: (_lineTypes, sum) => sum("effective"),
    },
    onDemandCost: column(table, "ListCost"),
    covered: ([, , status = "''"]) => `${orEmpty(status)} = 'Used'`,
    usage: ([category = "''", chargeClass = "''", status = "''"]) =>
      `${orEmpty(category)} = 'Usage' AND ${orEmpty(chargeClass)} <> 'Correction' AND ${orEmpty(status)} <> 'Unused'`,
    split: null,
    unblended: null,
    net: null,
    gaps: () => ["BilledCost", "EffectiveCost"].filter((name) => column(table, name) === null),
  };
};
