import { describe, expect, it } from "vitest";
import { billFormat, missingColumns } from "./bill-format.ts";
import { lineKind } from "./charge-kind.ts";

const CUR = ["line_item_line_item_type", "line_item_unblended_cost", "line_item_usage_type"];
const FOCUS = ["ChargeCategory", "BilledCost", "EffectiveCost"];

describe("the format of a bill", () => {
  it.each([
    [CUR, "cur-2.0"],
    [[...CUR, "resource_tags", "product"], "cur-2.0"],
    [[...CUR, "resource_tags_user_team"], "cur-legacy"],
    [["lineItem/LineItemType", "lineItem/UnblendedCost", "lineItem/UsageType"], "cur-legacy"],
    [FOCUS, "focus-1.0"],
    [[...FOCUS, "SkuMeter"], "focus-1.1"],
    [[...FOCUS.map((name) => name.toLowerCase()), "skumeter", "invoiceid"], "focus-1.2"],
    [["service", "timestamp"], null],
  ])("of %j is %s", (names, format) => {
    expect(billFormat(names)).toBe(format);
  });

  it("names what is missing as the export spells it", () => {
    expect(missingColumns("focus-1.0", [...FOCUS, "x_UsageType"])).toEqual(["ChargePeriodStart", "ServiceName"]);
    expect(missingColumns("cur-legacy", ["lineItem/UsageType", "lineItem/ProductCode"])).toEqual([
      "line_item_line_item_type",
      "line_item_usage_start_date",
      "line_item_usage_amount",
      "line_item_unblended_cost",
    ]);
  });
});

const focus = (category: string, changes: readonly string[] = []): string => [category, ...changes].join("\n");

describe("the kind of a line", () => {
  it.each([
    ["DiscountedUsage", "covered", "reservation"],
    ["RiVolumeDiscount", "discount", null],
    ["SppDiscount", "discount", null],
    ["SavingsPlanUpfrontFee", "commitment-fee", "savings-plan"],
    ["ReservationFee", "commitment-fee", "reservation"],
  ])("%s of the CUR is %s of %s", (type, kind, commitment) => {
    expect(lineKind("cur-2.0", type)).toEqual({ kind, commitment });
  });

  it.each([
    [focus("Usage"), "usage", null],
    [focus("Usage", ["", "Used", "Savings Plan", "Spend", "Committed", "commitment"]), "covered", "savings-plan"],
    [focus("Usage", ["", "Unused", "Reserved", "Usage", "Committed", "commitment"]), "commitment-fee", "reservation"],
    [focus("Usage", ["", "", "", "Usage", "Committed", "commitment"]), "covered", "reservation"],
    [focus("Purchase", ["", "", "", "Spend", "", "commitment"]), "commitment-fee", "savings-plan"],
    [focus("Purchase", ["", "", "", "", "Standard", ""]), "fee", null],
    [focus("Adjustment"), "discount", null],
    [focus("Usage", ["Correction"]), "refund", null],
    [focus("Tax", ["Correction"]), "tax", null],
  ])("%j of FOCUS is %s of %s", (type, kind, commitment) => {
    expect(lineKind("focus-1.2", type)).toEqual({ kind, commitment });
  });

  it("is not known of other types", () => {
    expect(lineKind("cur-2.0", "constructor")).toBeNull();
    expect(lineKind("focus-1.0", "Other")).toBeNull();
  });
});
