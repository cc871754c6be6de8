import type { Charge, ChargeKind } from "../../../domain/bill/charge.ts";
import type { TableFormat } from "./bill-table.ts";

/** What a line is and which commitment it belongs to. */
export interface LineKind {
  readonly kind: ChargeKind;
  readonly commitment: Charge["commitment"];
}

const kind = (name: ChargeKind, commitment: Charge["commitment"] = null): LineKind => ({ kind: name, commitment });

/** `line_item_line_item_type` of the Cost and Usage Report; `ReservationFee` is a `Fee` that names a reservation. */
const CUR_KINDS: Readonly<Record<string, LineKind>> = {
  Usage: kind("usage"),
  DiscountedUsage: kind("covered", "reservation"),
  SavingsPlanCoveredUsage: kind("covered", "savings-plan"),
  SavingsPlanNegation: kind("commitment-offset", "savings-plan"),
  SavingsPlanRecurringFee: kind("commitment-fee", "savings-plan"),
  SavingsPlanUpfrontFee: kind("commitment-fee", "savings-plan"),
  RIFee: kind("commitment-fee", "reservation"),
  ReservationFee: kind("commitment-fee", "reservation"),
  Fee: kind("fee"),
  Tax: kind("tax"),
  Credit: kind("credit"),
  Refund: kind("refund"),
};

const curKind = (lineType: string): LineKind | null => {
  const known = Object.hasOwn(CUR_KINDS, lineType) ? CUR_KINDS[lineType] : undefined;
  return known ?? (/Discount$/.test(lineType) ? kind("discount") : null);
};

const commitmentOf = (type: string, category: string): Charge["commitment"] => {
  if (/savings/i.test(type)) return "savings-plan";
  if (/reserv/i.test(type)) return "reservation";
  return category === "Spend" ? "savings-plan" : "reservation";
};

/**
 * The kind of a line of a FOCUS export, from its ChargeCategory, ChargeClass, CommitmentDiscountStatus, -Type and
 * -Category, PricingCategory and whether it names a commitment; null where the category is not known.
 */
const focusKind = (parts: readonly string[]): LineKind | null => {
  const [category = "", chargeClass, status = "", type = "", spend = "", pricing, id] = parts;
  const commitment = status !== "" || id !== "" || type !== "" ? commitmentOf(type, spend) : null;
  if (category === "Tax") return kind("tax");
  if (category === "Credit") return kind("credit");
  if (chargeClass === "Correction") return kind("refund");
  if (category === "Adjustment") return kind("discount");
  if (category === "Purchase") return commitment === null ? kind("fee") : kind("commitment-fee", commitment);
  if (category !== "Usage") return null;
  if (status === "Unused") return kind("commitment-fee", commitment);
  const covered = status === "Used" || (pricing === "Committed" && commitment !== null);
  return covered ? kind("covered", commitment) : kind("usage");
};

/** The kind of a line by its type, of which the parts are joined by line feeds; null where it is not known. */
export const lineKind = (format: TableFormat, lineType: string): LineKind | null =>
  format.startsWith("focus") ? focusKind(lineType.split("\n")) : curKind(lineType);
