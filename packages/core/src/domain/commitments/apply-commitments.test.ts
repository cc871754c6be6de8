import { describe, expect, it } from "vitest";
import { Decimal } from "../units/decimal.ts";
import { applyCommitments, applyCommitmentsHourly } from "./apply-commitments.ts";
import type { Commitments, CommittableUsage, ReservedInstance } from "./commitment.ts";

const d = (value: string | number): Decimal => new Decimal(value);

const line = (
  id: string,
  quantity: string,
  onDemandRate: string,
  computeSpRate: string,
  instance?: { type: string; platform?: string; spRate: string },
): CommittableUsage => {
  const usage = { id, quantity: d(quantity), onDemandRate: d(onDemandRate), computeSpRate: d(computeSpRate) };
  if (instance === undefined) return usage;
  const { type: instanceType, platform = "linux", spRate } = instance;
  return { ...usage, instanceSpRate: d(spRate), instance: { instanceType, platform, region: "us-east-1" } };
};

/** One hour of usage in AWS's user guide to Savings Plans. */
const HOUR: readonly CommittableUsage[] = [
  line("r5", "4", "1.00", "0.70", { type: "r5.4xlarge", spRate: "0.60" }),
  line("m5", "1", "10.00", "8.20", { type: "m5.24xlarge", platform: "windows", spRate: "7.80" }),
  line("fargate-vcpu", "400", "0.04", "0.03"),
  line("fargate-gb", "1600", "0.004", "0.003"),
  line("lambda-gb-s", "1500000", "0.000015", "0.00001275"),
  line("lambda-requests", "1000000", "0.0000002", "0.0000002"),
];

const NONE: Commitments = { reservedInstances: [], instanceSavingsPlans: [], computeSavingsPlans: [] };
const compute = (commitment: string): Commitments["computeSavingsPlans"] => [{ id: "csp", commitment: d(commitment) }];

const reserved = (given: Partial<ReservedInstance>): ReservedInstance => ({
  id: "ri",
  instanceType: "r5.4xlarge",
  region: "us-east-1",
  count: d(2),
  rate: d("0.60"),
  sizeFlexible: false,
  ...given,
});

const onDemand = (result: ReturnType<typeof applyCommitments>): Record<string, string> =>
  Object.fromEntries(result.usage.map((usage) => [usage.id, usage.onDemandQuantity.toFixed()]));

describe("the hour of AWS's user guide", () => {
  it("costs 59.10 on demand", () => {
    const { totals } = applyCommitments(HOUR, NONE);
    expect(totals.withoutCommitments.toFixed(2)).toBe("59.10");
    expect(totals.totalCost.toFixed()).toBe("59.1");
  });

  it("takes 47.13 of a Compute Savings Plan of 50.00, which then costs 50.00", () => {
    const { usage, computeSavingsPlans, totals } = applyCommitments(HOUR, {
      ...NONE,
      computeSavingsPlans: compute("50"),
    });
    expect(usage.every((covered) => covered.onDemandQuantity.isZero())).toBe(true);
    expect(computeSavingsPlans.map(({ used, unused }) => [used.toFixed(), unused.toFixed()])).toEqual([
      ["47.125", "2.875"],
    ]);
    expect(computeSavingsPlans[0]?.used.toFixed(2)).toBe("47.13");
    expect([totals.onDemandCost.toFixed(), totals.totalCost.toFixed()]).toEqual(["0", "50"]);
  });

  it("leaves 1.14 r5 and 56.24 on demand with a commitment of 2.00", () => {
    const result = applyCommitments(HOUR, { ...NONE, computeSavingsPlans: compute("2") });
    expect(result.usage[0]?.onDemandQuantity.toFixed()).toBe("1.142857142858");
    expect(result.totals.onDemandCost.toFixed(2)).toBe("56.24");
    expect(result.computeSavingsPlans[0]?.unused.toFixed()).toBe("0");
    expect(onDemand(result)).toMatchObject({ m5: "1", "fargate-vcpu": "400", "fargate-gb": "1600" });
  });

  it("leaves 32.70 on demand with two r5 reserved and a commitment of 18.20", () => {
    const result = applyCommitments(HOUR, {
      ...NONE,
      reservedInstances: [reserved({})],
      computeSavingsPlans: compute("18.20"),
    });
    expect(result.totals.onDemandCost.toFixed(2)).toBe("32.70");
    expect(onDemand(result)).toEqual({
      r5: "0",
      m5: "1",
      "fargate-vcpu": "0",
      "fargate-gb": "0",
      "lambda-gb-s": "1500000",
      "lambda-requests": "1000000",
    });
    expect(result.usage[0]?.reserved.map(({ id, quantity, cost }) => [id, quantity.toFixed(), cost.toFixed()])).toEqual(
      [["ri", "2", "1.2"]],
    );
    expect(result.computeSavingsPlans[0]?.unused.toFixed()).toBe("0");
  });

  it("applies EC2 Instance Savings Plans to their family before Compute Savings Plans", () => {
    const result = applyCommitments(HOUR, {
      reservedInstances: [],
      instanceSavingsPlans: [{ id: "isp", family: "r5", region: "us-east-1", commitment: d("3") }],
      computeSavingsPlans: compute("16.80"),
    });
    // 4 x 0.60 of the r5 plan, then 1,600 x 0.003 + 400 x 0.03 of the other
    expect(result.instanceSavingsPlans.map(({ used, unused }) => [used.toFixed(), unused.toFixed()])).toEqual([
      ["2.4", "0.6"],
    ]);
    expect(result.computeSavingsPlans[0]?.used.toFixed()).toBe("16.8");
    expect(result.totals.onDemandCost.toFixed(2)).toBe("32.70");
    expect(result.totals.totalCost.toFixed(2)).toBe("52.50");
  });
});

describe("Savings Plans", () => {
  it("take the lower rate first among equal savings percentages", () => {
    const result = applyCommitments(
      HOUR.filter(({ id }) => id.startsWith("fargate")),
      { ...NONE, computeSavingsPlans: compute("4.80") },
    );
    expect(onDemand(result)).toEqual({ "fargate-vcpu": "400", "fargate-gb": "0" });
  });

  it("take the first id among equal rates", () => {
    const twins = [line("b", "1", "1", "0.5"), line("a", "1", "1", "0.5")];
    expect(onDemand(applyCommitments(twins, { ...NONE, computeSavingsPlans: compute("0.5") }))).toEqual({
      b: "1",
      a: "0",
    });
  });

  it("share a line where one ends, and stay apart in the result", () => {
    const plans = [
      { id: "z", commitment: d(1) },
      { id: "a", commitment: d("0.4") },
    ];
    const { usage, computeSavingsPlans } = applyCommitments([line("x", "3", "1", "0.5")], {
      ...NONE,
      computeSavingsPlans: plans,
    });
    expect(usage[0]?.savingsPlans.map(({ id, quantity }) => [id, quantity.toFixed()])).toEqual([
      ["a", "0.8"],
      ["z", "2"],
    ]);
    expect(usage[0]?.onDemandQuantity.toFixed()).toBe("0.2");
    expect(computeSavingsPlans.map(({ id }) => id)).toEqual(["z", "a"]);
  });

  it("do not reach another family, another region or usage without a plan rate", () => {
    const spot: CommittableUsage = { id: "spot", quantity: d(1), onDemandRate: d("0.3") };
    const result = applyCommitments([...HOUR.slice(0, 1), spot], {
      reservedInstances: [],
      instanceSavingsPlans: [
        { id: "m5", family: "m5", region: "us-east-1", commitment: d(5) },
        { id: "far", family: "r5", region: "eu-west-1", commitment: d(5) },
      ],
      computeSavingsPlans: compute("50"),
    });
    expect(result.instanceSavingsPlans.every(({ used }) => used.isZero())).toBe(true);
    expect(onDemand(result)).toEqual({ r5: "0", spot: "1" });
  });
});

describe("Reserved Instances", () => {
  const r5 = (type: string, quantity: string): CommittableUsage =>
    line(type, quantity, "1", "0.7", { type, spRate: "0.6" });
  const apply = (usage: readonly CommittableUsage[], ri: Partial<ReservedInstance>) =>
    applyCommitments(usage, { ...NONE, reservedInstances: [reserved(ri)] });

  it("cover their own type alone, and cost the same unused", () => {
    const result = apply([r5("r5.2xlarge", "4")], {});
    expect(onDemand(result)).toEqual({ "r5.2xlarge": "4" });
    expect(result.reservedInstances[0]?.unused.toFixed()).toBe("2");
    expect(result.totals.committedCost.toFixed()).toBe("1.2");
  });

  it("cover all sizes of the family from the smallest up where they are size-flexible", () => {
    // Two 4xlarge are 64 units: two large take 8, one 2xlarge 16, and 40 of the 8xlarge's 64 are left over.
    const result = apply([r5("r5.8xlarge", "1"), r5("r5.large", "2"), r5("r5.2xlarge", "1"), r5("r5.metal", "1")], {
      sizeFlexible: true,
    });
    expect(onDemand(result)).toEqual({ "r5.8xlarge": "0.375", "r5.large": "0", "r5.2xlarge": "0", "r5.metal": "1" });
    expect(result.reservedInstances[0]?.used.toFixed()).toBe("2");
  });

  it("do not cross platforms or regions", () => {
    expect(onDemand(apply([r5("r5.4xlarge", "1")], { platform: "windows" }))).toEqual({ "r5.4xlarge": "1" });
    expect(onDemand(apply([r5("r5.4xlarge", "1")], { region: "eu-west-1" }))).toEqual({ "r5.4xlarge": "1" });
  });

  it("of one size go before size-flexible ones", () => {
    const result = applyCommitments([r5("r5.4xlarge", "2")], {
      ...NONE,
      reservedInstances: [
        reserved({ id: "a", instanceType: "r5.large", count: d(8), sizeFlexible: true }),
        reserved({ id: "b", count: d(2) }),
      ],
    });
    expect(result.reservedInstances.map(({ id, used }) => [id, used.toFixed()])).toEqual([
      ["a", "0"],
      ["b", "2"],
    ]);
  });
});

describe("many hours", () => {
  it("lose what an hour does not use", () => {
    const busy = [line("x", "2", "1", "0.5")];
    const result = applyCommitmentsHourly([busy, []], { ...NONE, computeSavingsPlans: compute("0.5") });
    expect(
      result.computeSavingsPlans.map(({ committed, used, unused }) => [committed, used, unused].map(String)),
    ).toEqual([["1", "0.5", "0.5"]]);
    expect(result.usage.map(({ quantity, onDemandQuantity }) => [String(quantity), String(onDemandQuantity)])).toEqual([
      ["2", "1"],
    ]);
    expect(result.totals.totalCost.toFixed()).toBe("2");
  });

  it("cost a month of the same hour that many times", () => {
    const commitments = { ...NONE, reservedInstances: [reserved({})], computeSavingsPlans: compute("18.20") };
    const month = applyCommitmentsHourly(
      Array.from({ length: 730 }, () => HOUR),
      commitments,
    );
    const hour = applyCommitments(HOUR, commitments);
    expect(month.totals.totalCost.toFixed()).toBe(hour.totals.totalCost.times(730).toFixed());
    expect(month.usage.map(({ id }) => id)).toEqual(HOUR.map(({ id }) => id));
  });
});
