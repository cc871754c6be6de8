import { describe, expect, it } from "vitest";
import type { LineItem } from "../costing/line-item.ts";
import type { BilledLine } from "../report/review-report.ts";
import { Decimal } from "../units/decimal.ts";
import { reconcile } from "./reconcile.ts";
import type { ReconcileTerms } from "./reconcile-reason.ts";

const X86 = "fargate/linux/x86_64/vcpu-hour";
const SPOT = "fargate-spot/linux/x86_64/vcpu-hour";
const ARM = "fargate/linux/arm64/vcpu-hour";

const billed = (dimension: string, quantity: number, rate = 1, changes: Partial<BilledLine> = {}): BilledLine => ({
  service: "AmazonECS",
  usageType: dimension,
  region: "eu-west-1",
  dimension,
  launchType: "fargate",
  quantity: new Decimal(quantity),
  unit: "hours",
  rate: new Decimal(rate),
  cost: new Decimal(quantity).times(rate),
  ...changes,
});

const estimated = (dimension: string, quantity: number, rate = 1): LineItem => ({
  dimension,
  usageType: dimension,
  quantity: new Decimal(quantity),
  unit: "hours",
  rate: new Decimal(rate),
  cost: new Decimal(quantity).times(rate),
});

const TERMS: ReconcileTerms = {
  region: "eu-west-1",
  tolerance: new Decimal("0.01"),
  estimatedHours: new Decimal(730),
  billedHours: new Decimal(744),
  monthHours: new Decimal(744),
  pricesAsOf: "2026-11-01",
  covered: new Set(),
  elsewhere: new Map(),
  currency: "USD",
  withoutOverheads: false,
};

const verdicts = (bill: readonly BilledLine[], estimate: readonly LineItem[], terms: Partial<ReconcileTerms> = {}) =>
  reconcile(bill, estimate, { ...TERMS, ...terms }).lines.map(({ usageType, verdict, reason }) => [
    usageType,
    verdict,
    reason,
  ]);

describe("reconcile", () => {
  it("agrees within the tolerance and tells the exact difference", () => {
    const { lines, difference } = reconcile([billed(X86, 731)], [estimated(X86, 730)], TERMS);
    expect(lines.map(({ verdict, difference: of }) => [verdict, of.toFixed()])).toEqual([["agrees", "1"]]);
    expect(difference.toFixed()).toBe("1");
  });

  it("blames the hours and not the Spot share where each of both ran all hours", () => {
    const reasons = verdicts([billed(X86, 744), billed(SPOT, 1488)], [estimated(X86, 730), estimated(SPOT, 1460)]);
    expect(reasons.map(([, , reason]) => reason)).toEqual(
      Array.from({ length: 2 }, () => "The estimate counts 730 hours to the month, this one has 744."),
    );
    const [secrets] = verdicts(
      [billed("secretsmanager.secret_month", 10)],
      [estimated("secretsmanager.secret_month", 31)],
      {
        billedHours: new Decimal(240),
      },
    );
    expect(secrets?.[2]).toBe("The estimate is of a whole month, the bill covers 240 of its 744 hours.");
  });

  it("tells what the bill has and nothing ties to ECS from what it has not, and from what is free", () => {
    const instance = "ec2/m7g.xlarge/on-demand/hour";
    const side = { quantity: new Decimal(1460), cost: new Decimal("265.574") };
    const elsewhere = new Map([[`eu-west-1 ${instance}`, side]]);
    const tied = "activate the tag aws:ecs:clusterName, or export split cost allocation data.";
    expect(verdicts([], [estimated(instance, 1460), estimated("xfer.free", 100, 0)], { elsewhere })).toEqual([
      [instance, "not-billed", `The bill has 1460 of it for $265.57 that nothing ties to ECS: ${tied}`],
      ["xfer.free", "not-billed", "It is free, and bills need not list it."],
    ]);
    expect(verdicts([], [estimated(instance, 1460)])[0]?.[2]).toContain("Nothing on the bill");
  });

  it("tells hours of the month, days not covered yet, and the number of tasks apart", () => {
    expect(verdicts([billed(X86, 1488)], [estimated(X86, 1460)])).toEqual([
      [X86, "differs", "The estimate counts 730 hours to the month, this one has 744."],
    ]);
    expect(verdicts([billed(X86, 480)], [estimated(X86, 1460)], { billedHours: new Decimal(240) })).toEqual([
      [X86, "differs", "The estimate counts 730 hours to the month, the bill covers 240 of 744."],
    ]);
    expect(verdicts([billed(X86, 2232)], [estimated(X86, 1460)])).toEqual([
      [X86, "differs", "Number or size of the tasks: the bill has 1.5 times what the estimate expects of its hours."],
    ]);
  });

  it("finds tasks that ran as Spot, or on another architecture", () => {
    expect(
      verdicts([billed(X86, 744), billed(SPOT, 744)], [estimated(X86, 1460)]).map(([, , reason]) => reason),
    ).toEqual([
      "On demand and Spot together agree: the Spot share differs.",
      "On demand and Spot together agree: the Spot share differs.",
    ]);
    expect(
      verdicts([billed(ARM, 1488)], [estimated(X86, 1460)]).map(([, verdict, reason]) => [verdict, reason]),
    ).toEqual([
      ["not-estimated", "x86 and ARM together agree: the architecture differs."],
      ["not-billed", "x86 and ARM together agree: the architecture differs."],
    ]);
  });

  it("tells commitments, discounts and rates that have risen apart", () => {
    const of = (rate: number, terms: Partial<ReconcileTerms> = {}) =>
      verdicts([billed(X86, 730, rate)], [estimated(X86, 730)], terms)[0]?.[2];
    expect(of(0.8, { covered: new Set([X86]) })).toContain("Commitments pay a part of it");
    expect(of(0.9)).toContain("10 % less than the rate of the prices (2026-11-01)");
    expect(of(1.2)).toContain("20 % more");
  });

  it("tells what only one side has", () => {
    expect(verdicts([], [estimated("nat.hour", 730)])[0]?.slice(1)).toEqual([
      "not-billed",
      "Nothing on the bill: it does not run, is within a free tier, or is billed to another account.",
    ]);
    expect(verdicts([], [estimated("nat.hour", 730)], { withoutOverheads: true })[0]?.[2]).toContain(
      "settings leave out",
    );
    const elsewhere = billed(X86, 744, 1, { region: "us-west-2" });
    expect(verdicts([elsewhere], [])[0]?.slice(1)).toEqual(["not-estimated", "The estimate is of eu-west-1."]);
    const metering = billed("ECS-EC2-vCPU-Hours", 744, 0, { dimension: null });
    expect(verdicts([metering], [])[0]?.[2]).toBe("It is metered and free.");
  });

  it("puts usage under a plan beside its on-demand usage type", () => {
    const plan = estimated("fargate-compute-sp-1y-no-upfront/linux/x86_64/vcpu-hour", 744, 0.8);
    expect(verdicts([billed(X86, 744, 0.8)], [plan])[0]?.[1]).toBe("agrees");
  });
});
