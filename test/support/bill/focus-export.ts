import type { BillExport, CellKind, ExportRow } from "./bill-cells.ts";
import type { BillRow } from "./bill-row.ts";

const CATEGORIES: Readonly<Record<string, string>> = {
  Tax: "Tax",
  Credit: "Credit",
  EdpDiscount: "Adjustment",
  Fee: "Purchase",
  RIFee: "Purchase",
  SavingsPlanRecurringFee: "Purchase",
};

const nullIfEmpty = (text: string): string | null => (text === "" ? null : text);

const base = (row: BillRow): ExportRow => ({
  BillingAccountId: "999900001111",
  BillingCurrency: "USD",
  BillingPeriodStart: `${row.period}T00:00:00Z`,
  ChargePeriodStart: row.start,
  ChargePeriodEnd: row.end,
  ChargeCategory: CATEGORIES[row.lineType] ?? "Usage",
  ChargeClass: row.lineType === "Refund" ? "Correction" : null,
  ChargeDescription: nullIfEmpty(row.description),
  BilledCost: row.cost,
  EffectiveCost: row.effectiveCost,
  ListCost: row.onDemandCost,
  ContractedCost: row.cost,
  PricingCategory: row.usageType.includes("Spot") ? "Dynamic" : "Standard",
  PricingQuantity: row.quantity,
  PricingUnit: nullIfEmpty(row.unit),
  ConsumedQuantity: row.quantity,
  ConsumedUnit: nullIfEmpty(row.unit),
  CommitmentDiscountId: nullIfEmpty(row.commitment),
  CommitmentDiscountCategory: null,
  CommitmentDiscountType: null,
  CommitmentDiscountStatus: null,
  ProviderName: "AWS",
  RegionId: nullIfEmpty(row.region),
  ResourceId: nullIfEmpty(row.resource),
  ServiceName: row.serviceName,
  SubAccountId: row.account,
  Tags: row.tags,
  x_Operation: nullIfEmpty(row.operation),
  x_ServiceCode: row.service,
  x_UsageType: nullIfEmpty(row.usageType),
});

const PLAN = { CommitmentDiscountCategory: "Spend", CommitmentDiscountType: "Savings Plan" };
const RESERVATION = { CommitmentDiscountCategory: "Usage", CommitmentDiscountType: "Reserved" };

/** A fee is bought, and what of it nothing used is usage without a bill. */
const feeRows = (row: BillRow, commitment: ExportRow): readonly ExportRow[] => [
  { ...base(row), ...commitment, EffectiveCost: "0" },
  {
    ...base(row),
    ...commitment,
    ChargeCategory: "Usage",
    CommitmentDiscountStatus: "Unused",
    PricingCategory: "Committed",
    PricingQuantity: "0",
    ConsumedQuantity: null,
    BilledCost: "0",
    ListCost: "0",
    ContractedCost: "0",
  },
];

/** FOCUS knows no negative line beside covered usage: that is billed as nothing. Tasks on instances are not in it. */
const focusRows = (row: BillRow): readonly ExportRow[] => {
  const used = { CommitmentDiscountStatus: "Used", PricingCategory: "Committed", BilledCost: "0" };
  if (row.lineType === "SavingsPlanNegation" || row.split !== null) return [];
  if (row.lineType === "SavingsPlanCoveredUsage") return [{ ...base(row), ...PLAN, ...used }];
  if (row.lineType === "DiscountedUsage") return [{ ...base(row), ...RESERVATION, ...used }];
  if (row.lineType === "SavingsPlanRecurringFee") return feeRows(row, PLAN);
  return row.lineType === "RIFee" ? feeRows(row, RESERVATION) : [base(row)];
};

const ADDED_IN_1_1: ExportRow = { SkuMeter: null, SkuPriceDetails: null, ServiceSubcategory: null };
const ADDED_IN_1_2: ExportRow = { InvoiceId: "EUINEU26-1", BillingAccountType: "Payer", SubAccountType: "Account" };

const kindOf = (name: string): CellKind => {
  if (name === "Tags") return "map";
  if (/(?:Start|End)$/.test(name)) return "time";
  return /(?:Cost|Quantity)$/.test(name) ? "amount" : "text";
};

/** A FOCUS export of AWS in one of its versions. */
export const focusExport = (rows: readonly BillRow[], version: "1.0" | "1.1" | "1.2"): BillExport => {
  const added = { ...(version === "1.0" ? {} : ADDED_IN_1_1), ...(version === "1.2" ? ADDED_IN_1_2 : {}) };
  const written = rows.flatMap(focusRows).map((row) => ({ ...row, ...added }));
  return {
    columns: Object.keys(written[0] ?? {}).map((name): [string, CellKind] => [name, kindOf(name)]),
    rows: written,
  };
};
