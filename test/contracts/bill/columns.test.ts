import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { savedBill } from "@ecs-cost/core/bill";
import { review } from "@ecs-cost/core/review";
import { afterEach, describe, expect, it } from "vitest";

/** Columns of FOCUS 1.2 as AWS publishes them: those of the specification and three of its own. */
const AWS_FOCUS_1_2 =
  `AvailabilityZone BilledCost BillingAccountId BillingAccountName BillingAccountType BillingCurrency
BillingPeriodEnd BillingPeriodStart CapacityReservationId CapacityReservationStatus ChargeCategory ChargeClass ChargeDescription
ChargeFrequency ChargePeriodEnd ChargePeriodStart CommitmentDiscountCategory CommitmentDiscountId CommitmentDiscountName
CommitmentDiscountQuantity CommitmentDiscountStatus CommitmentDiscountType CommitmentDiscountUnit ConsumedQuantity ConsumedUnit
ContractedCost ContractedUnitPrice EffectiveCost InvoiceId InvoiceIssuerName ListCost ListUnitPrice PricingCategory PricingCurrency
PricingCurrencyContractedUnitPrice PricingCurrencyEffectiveCost PricingCurrencyListUnitPrice PricingQuantity PricingUnit ProviderName
PublisherName RegionId RegionName ResourceId ResourceName ResourceType ServiceCategory ServiceName ServiceSubcategory SkuId SkuMeter
SkuPriceDetails SkuPriceId SubAccountId SubAccountName SubAccountType Tags x_Discounts x_Operation x_ServiceCode`.split(
    /\s+/,
  );

/** FOCUS 1.3 of an exporter that has no columns of AWS at all. */
const PLAIN_FOCUS_1_3 =
  `BilledCost BillingAccountId BillingCurrency BillingPeriodStart BillingPeriodEnd ChargeCategory ChargeDescription
ChargePeriodStart ChargePeriodEnd EffectiveCost HostProviderName PricingQuantity PricingUnit RegionId ServiceProviderName ServiceName
SubAccountId Tags`.split(/\s+/);

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

type Line = Readonly<Record<string, string>>;

const cell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const reviewOf = async (columns: readonly string[], lines: readonly Line[], costs?: "gross") => {
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost-columns-"));
  folders.push(folder);
  const rows = lines.map((line) => columns.map((name) => cell(line[name] ?? "")).join(","));
  const file = join(folder, "bill.csv");
  writeFileSync(file, `${[columns.join(","), ...rows].join("\n")}\n`);
  const request = { from: "2026-09-01", to: "2026-12-01", tagKeys: [], ...(costs === undefined ? {} : { costs }) };
  return review({ reading: await savedBill([file]).read(request), month: "2026-10", tagKeys: [] });
};

const days = Array.from({ length: 31 }, (_, index) => `2026-10-${String(index + 1).padStart(2, "0")}`);
const TAGS = '{"aws:ecs:serviceName":"api","aws:ecs:clusterName":"prod"}';

const focusDay = (day: string): Line => ({
  BilledCost: "0.97152",
  EffectiveCost: "0.97152",
  BillingCurrency: "USD",
  BillingPeriodStart: "2026-10-01 00:00:00.000",
  BillingPeriodEnd: "2026-11-01 00:00:00.000",
  ChargePeriodStart: `${day} 00:00:00.000`,
  ChargePeriodEnd: `${day} 23:59:59.000`,
  ChargeCategory: "Usage",
  PricingQuantity: "24",
  PricingUnit: "hours",
  RegionId: "us-east-1",
  ServiceName: "Amazon Elastic Container Service",
  SubAccountId: "111122223333",
  Tags: TAGS,
});

describe("columns of providers", () => {
  it("of FOCUS 1.2 from AWS have the usage type in SkuMeter: 31 x 24 x 0.04048", async () => {
    const own = { SkuMeter: "USE1-Fargate-vCPU-Hours:perCPU", x_ServiceCode: "AmazonECS", x_Operation: "FargateTask" };
    const report = await reviewOf(
      AWS_FOCUS_1_2,
      days.map((day) => ({ ...focusDay(day), ...own })),
    );
    expect(report.bill.format).toBe("focus-1.2");
    expect([report.computeCost.toFixed(), report.unplaced.cost.toFixed()]).toEqual(["30.11712", "0"]);
    expect(report.services.map(({ key, account, region }) => [key, account, region])).toEqual([
      ["prod/api", "111122223333", "us-east-1"],
    ]);
  });

  it("of FOCUS 1.3 from others tell ECS by the name of the service and the words of the charge", async () => {
    const words = "AWS Fargate - vCPU - US East (N.Virginia)";
    const report = await reviewOf(
      PLAIN_FOCUS_1_3,
      days.map((day) => ({ ...focusDay(day), ChargeDescription: words })),
    );
    expect(report.bill.format).toBe("focus-1.3");
    expect(report.computeCost.toFixed()).toBe("30.11712");
    expect(report.launchTypes.map(({ key }) => key)).toEqual(["fargate"]);
  });
});

const CUR =
  `bill_billing_period_start_date line_item_line_item_type line_item_usage_start_date line_item_product_code line_item_usage_type
line_item_usage_amount line_item_unblended_cost line_item_currency_code line_item_usage_account_id product_region_code
savings_plan_savings_plan_effective_cost savings_plan_total_commitment_to_date savings_plan_used_commitment`.split(
    /\s+/,
  );
const NET = ["line_item_net_unblended_cost", "savings_plan_net_savings_plan_effective_cost"];

const curDay = (day: string, type: string, usageType: string, amounts: Line): Line => ({
  bill_billing_period_start_date: "2026-10-01T00:00:00Z",
  line_item_line_item_type: type,
  line_item_usage_start_date: `${day}T00:00:00Z`,
  line_item_product_code: type === "SavingsPlanRecurringFee" ? "ComputeSavingsPlans" : "AmazonECS",
  line_item_usage_type: usageType,
  line_item_usage_amount: "24",
  line_item_currency_code: "USD",
  line_item_usage_account_id: "111122223333",
  product_region_code: "us-east-1",
  ...amounts,
});

const CPU = "USE1-Fargate-vCPU-Hours:perCPU";
const GB = "USE1-Fargate-GB-Hours";
const planDay = (day: string): readonly Line[] => [
  curDay(day, "Usage", CPU, { line_item_unblended_cost: "10", line_item_net_unblended_cost: "9" }),
  curDay(day, "EdpDiscount", CPU, { line_item_unblended_cost: "-1", line_item_net_unblended_cost: "" }),
  curDay(day, "SavingsPlanCoveredUsage", GB, {
    line_item_unblended_cost: "2",
    line_item_net_unblended_cost: "0",
    savings_plan_savings_plan_effective_cost: "1.6",
    savings_plan_net_savings_plan_effective_cost: "1.44",
  }),
  curDay(day, "SavingsPlanNegation", GB, { line_item_unblended_cost: "-2", line_item_net_unblended_cost: "0" }),
  curDay(day, "SavingsPlanRecurringFee", "ComputeSP:1yrNoUpfront", {
    line_item_unblended_cost: "2",
    line_item_net_unblended_cost: "1.8",
    savings_plan_total_commitment_to_date: "2",
    savings_plan_used_commitment: "1.6",
  }),
];

describe("columns of a Cost and Usage Report", () => {
  it("of Savings Plans are enough for the commitments, without those of reservations", async () => {
    const report = await reviewOf(CUR, days.flatMap(planDay));
    // Day by day 10 - 1 + 1.6, of 2 paid 1.6 are used.
    expect(report.totalCost.toFixed()).toBe("328.6");
    expect(report.commitments).toMatchObject({ unused: expect.anything(), utilization: expect.anything() });
    expect(report.commitments.unused?.toFixed()).toBe("12.4");
    expect(report.commitments.utilization?.toFixed()).toBe("0.8");
    expect(report.findings.map(({ code }) => code)).toContain("unused-commitment");
  });

  it("that are net of discounts count: 31 x (9 + 1.44), and what nothing used is net too", async () => {
    const lines = days.flatMap(planDay);
    const net = await reviewOf([...CUR, ...NET], lines);
    expect([net.totalCost.toFixed(), net.billTotal.toFixed()]).toEqual(["323.64", "334.8"]);
    expect(net.commitments.unused?.toFixed()).toBe("11.16");
    const gross = await reviewOf([...CUR, ...NET], lines, "gross");
    expect([gross.totalCost.toFixed(), gross.billTotal.toFixed()]).toEqual(["328.6", "341"]);
  });

  it("that are net and empty change nothing", async () => {
    const lines = days.flatMap(planDay).map((line) => ({ ...line, line_item_net_unblended_cost: "" }));
    expect((await reviewOf([...CUR, NET[0] ?? ""], lines)).totalCost.toFixed()).toBe("328.6");
  });

  it("name regions of China and such as are in no list yet", async () => {
    const lines = days.flatMap((day) => [
      curDay(day, "Usage", "CNN1-Fargate-vCPU-Hours:perCPU", {
        line_item_unblended_cost: "6.9",
        line_item_currency_code: "CNY",
        product_region_code: "cn-north-1",
      }),
      curDay(day, "Usage", "EUSCE1-Fargate-GB-Hours", {
        line_item_unblended_cost: "1",
        line_item_currency_code: "CNY",
        product_region_code: "eusc-de-east-1",
      }),
    ]);
    const report = await reviewOf(CUR, lines);
    expect([report.computeCost.toFixed(), report.currency]).toEqual(["244.9", "CNY"]);
    expect(report.regions.map(({ key, cost }) => [key, cost.toFixed()])).toEqual([
      ["cn-north-1", "213.9"],
      ["eusc-de-east-1", "31"],
    ]);
  });
});
