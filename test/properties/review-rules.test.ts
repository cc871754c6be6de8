import { type Bill, type BillDetail, type Charge, Decimal, isBorderError, type ReviewReport } from "@ecs-cost/core";
import { readMetrics } from "@ecs-cost/core/metrics";
import { type ReviewInput, review } from "@ecs-cost/core/review";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCharge, charge, readingOf } from "../support/arbitrary-bill.ts";
import { plainInventory, plainService, plainTask } from "../support/plain-inventory.ts";
import { pinnedCatalogue } from "../support/prices/pinned.ts";

const PRICES: Pick<ReviewInput, "catalogueOf"> = {
  catalogueOf: (region) => (region === "us-east-1" || region === "eu-west-1" ? pinnedCatalogue(region) : undefined),
};

const reviewOf = (charges: readonly Charge[], changes: Partial<Bill> = {}, input: Partial<ReviewInput> = {}) =>
  review({ reading: readingOf(charges, changes), month: "2026-10", tagKeys: ["team"], ...input });

/** A charge of us-east-1 on each day from the first to before the second, each a day of October or September. */
const daily = (from: string, to: string, changes: Partial<Charge>): readonly Charge[] =>
  Array.from({ length: (Date.parse(to) - Date.parse(from)) / 86_400_000 }, (_, index) =>
    charge({
      region: "us-east-1",
      usageType: "USE1-Fargate-vCPU-Hours:perCPU",
      ...changes,
      day: new Date(Date.parse(from) + index * 86_400_000).toISOString().slice(0, 10),
    }),
  );

const september = (changes: Partial<Charge> = {}) => daily("2026-09-01", "2026-10-01", changes);
const october = (changes: Partial<Charge> = {}) => daily("2026-10-01", "2026-11-01", changes);

const detail = (changes: Partial<BillDetail>): Partial<Bill> => ({
  detail: {
    granularity: "day",
    ecsTags: true,
    splitCostAllocation: false,
    resources: false,
    amortised: true,
    ...changes,
  },
});

const codes = ({ issues }: ReviewReport): readonly string[] => issues.map(({ code, subject }) => `${code} ${subject}`);

const findingOf = ({ findings }: ReviewReport, code: string) => findings.find((finding) => finding.code === code);

describe("a review", () => {
  it("is the same, byte for byte, in whatever order the bill lists its charges", () => {
    fc.assert(
      fc.property(fc.array(anyCharge, { maxLength: 30 }), (charges) => {
        const text = (of: readonly Charge[]) => JSON.stringify(reviewOf(of, {}, PRICES));
        expect(text([...charges].reverse())).toBe(text(charges));
      }),
      { numRuns: 30 },
    );
  });

  it("refuses a month that the bill says nothing of, and what is no month", () => {
    const refused = (month: string): unknown => {
      try {
        return reviewOf([], {}, { month });
      } catch (error) {
        return error;
      }
    };
    expect(isBorderError(refused("2026-11"))).toBe(true);
    expect(isBorderError(refused("2026-08"))).toBe(true);
    expect(refused("2026-13")).toBeInstanceOf(RangeError);
  });

  it("holds a month that is not over against as many days of the one before, and forecasts its end", () => {
    const charges = [...september(), ...daily("2026-10-01", "2026-10-11", { cost: "2" })];
    const report = reviewOf(charges, { to: "2026-10-11" });
    expect(report.complete).toBe(false);
    expect(report.previousPeriod).toEqual({ from: "2026-09-01", to: "2026-09-11", days: 10 });
    expect([report.totalCost, report.previousCost].map((cost) => cost?.toFixed())).toEqual(["20", "10"]);
    expect(report.assumptions.map(({ code }) => code)).toContain("same-days");
    expect(report.forecast).toMatchObject({ month: "2026-10", days: 10 });
    expect(report.forecast?.low.greaterThanOrEqualTo(20)).toBe(true);
  });

  it("compares with nothing where the bill does not reach back, and says so", () => {
    const report = reviewOf(october(), { from: "2026-10-01" });
    expect([report.previousCost, report.change, report.changeCauses]).toEqual([null, null, null]);
    expect(report.movers).toEqual([]);
    expect(report.services.every(({ previousCost }) => previousCost === null)).toBe(true);
    expect(codes(report)).toContain("bill-detail previous month");
  });

  it("tells an empty month, and a month of credits alone", () => {
    expect(codes(reviewOf(september()))).toContain("empty-month 2026-10");
    const credits = reviewOf([charge({ kind: "credit", cost: "-5" })]);
    expect([credits.totalCost, credits.credits, credits.billTotal].map((sum) => sum.toFixed())).toEqual([
      "0",
      "-5",
      "-5",
    ]);
    expect(credits.findings).toEqual([]);
  });

  it("has no days, anomalies or forecast where the bill knows months only", () => {
    const report = reviewOf([charge({ cost: "31" })], detail({ granularity: "month" }));
    expect([report.days, report.anomalies, report.forecast]).toEqual([[], [], null]);
    expect(codes(report)).toContain("bill-detail days");
  });

  it("knows no services, and no share without one, where the bill has no tags of ECS", () => {
    const report = reviewOf([charge({ cluster: null, ecsService: null })], detail({ ecsTags: false }));
    expect([report.services, report.clusters, report.untagged]).toEqual([[], [], null]);
    expect(codes(report)).toContain("bill-detail services");
  });

  it("finds the one day that cost more, and no other", () => {
    const charges = [...september({ cost: "10" }), ...october({ cost: "10" })].map((each) =>
      each.day === "2026-10-20" ? { ...each, cost: "35", effectiveCost: "35", quantity: "84" } : each,
    );
    const { anomalies } = reviewOf(charges);
    expect(anomalies.map(({ day, excess }) => [day, excess.toFixed()])).toEqual([["2026-10-20", "25"]]);
    expect(anomalies[0]?.detail).toBe("USE1-Fargate-vCPU-Hours:perCPU: 84 instead of the usual 24 hours.");
  });
});

describe("findings of a review", () => {
  it("never save more together than ECS costs, nor more in their place than alone", () => {
    const isCost = ({ cost, kind }: Charge): boolean => !cost.startsWith("-") && !kind.startsWith("split");
    fc.assert(
      fc.property(fc.array(anyCharge, { maxLength: 60 }), (charges) => {
        const { findings, findingsSaving, totalCost } = reviewOf(charges.filter(isCost), {}, PRICES);
        expect(findingsSaving.minus(totalCost).lessThan("1e-6")).toBe(true);
        for (const { monthlySaving, additionalSaving } of findings) {
          if (monthlySaving === null || additionalSaving === null) continue;
          expect(monthlySaving.minus(totalCost).lessThan("1e-6")).toBe(true);
          expect(additionalSaving.isNegative()).toBe(false);
          expect(additionalSaving.minus(monthlySaving).lessThan("1e-6")).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  const nat = { service: "AmazonEC2", usageType: "NatGateway-Bytes", operation: "NatGateway", unit: "GB" };

  it("moves half of the traffic through NAT to endpoints, where that pays", () => {
    const report = reviewOf([...october(), ...october({ ...nat, quantity: "100", cost: "4.5" })], {}, PRICES);
    // 3100 GB for 139.5: half of it 69.75 - 1550 x 0.01 - 3 endpoints x 744 h x 0.01 = 31.93
    expect(findingOf(report, "nat-or-endpoints")?.monthlySaving?.toFixed()).toBe("31.93");
    expect(report.assumptions.map(({ code }) => code)).toContain("nat-share-to-aws");
    const less = reviewOf([...october(), ...october({ ...nat, quantity: "10", cost: "0.45" })], {}, PRICES);
    expect(findingOf(less, "nat-or-endpoints")).toBeUndefined();
  });

  it("keeps a saving unknown without prices, and ranks it last", () => {
    const report = reviewOf([...october({ cost: "5" }), ...october({ ...nat, quantity: "100", cost: "4.5" })]);
    expect(findingOf(report, "nat-or-endpoints")).toMatchObject({ monthlySaving: null, additionalSaving: null });
    expect(findingOf(report, "spot-candidate")?.monthlySaving).toBeNull();
    expect(report.findingsSaving.toFixed()).toBe("0");
  });

  it("takes Spot rates from the bill where the prices have none", () => {
    const spot = { usageType: "USE1-SpotUsage-Fargate-vCPU-Hours:perCPU", quantity: "10", cost: "0.2" };
    const report = reviewOf([...october({ quantity: "24", cost: "1" }), ...october(spot)]);
    // 31 x (1 - 24 x 0.02)
    expect(findingOf(report, "spot-candidate")?.monthlySaving?.toFixed()).toBe("16.12");
    expect(findingOf(report, "spot-candidate")?.detail).toContain("rates seen on this bill");
  });

  it("tells logs that cost a tenth or more, and those that are kept for long", () => {
    const logs = { service: "AmazonCloudWatch", operation: "PutLogEvents", unit: "GB" };
    const ingested = october({ ...logs, usageType: "USE1-DataProcessing-Bytes", quantity: "10", cost: "5" });
    const stored = october({ ...logs, usageType: "TimedStorage-ByteHrs", unit: "GB-Mo", quantity: "20", cost: "0.6" });
    const report = reviewOf([...october({ cost: "20" }), ...ingested, ...stored], {}, PRICES);
    // 155 at 0.50, 77.5 at 0.25; 620 GB-months stored of which 310 were ingested
    expect(findingOf(report, "chatty-logs")?.monthlySaving?.toFixed()).toBe("77.5");
    expect(findingOf(report, "logs-kept-long")?.monthlySaving?.toFixed()).toBe("9.3");
    const few = reviewOf([...october({ cost: "200" }), ...ingested], {}, PRICES);
    expect(findingOf(few, "chatty-logs")).toBeUndefined();
  });

  it("tells what Container Insights and idle addresses cost", () => {
    const metrics = { service: "AmazonCloudWatch", usageType: "CW:MetricsUsage", unit: "Metrics", quantity: "10" };
    const idle = { service: "AmazonVPC", usageType: "USE1-PublicIPv4:IdleAddress", quantity: "24", cost: "0.12" };
    const report = reviewOf([...october(), ...october({ ...metrics, cost: "0.7" }), ...october(idle)], {}, PRICES);
    expect(findingOf(report, "container-insights")?.monthlySaving?.toFixed()).toBe("21.7");
    expect(findingOf(report, "idle-public-addresses")?.monthlySaving?.toFixed()).toBe("3.72");
  });

  it("buys the commitment of least cost for the hours seen, and none where it would be idle too often", () => {
    const hours = (busy: (hour: number) => boolean): Bill["hours"] =>
      Array.from({ length: 744 }, (_, hour) => hour)
        .filter(busy)
        .map((hour) => ({
          hour: new Date(Date.parse("2026-10-01") + hour * 3_600_000).toISOString(),
          service: "AmazonECS",
          usageType: "USE1-Fargate-vCPU-Hours:perCPU",
          region: "us-east-1",
          covered: false,
          quantity: "10",
          cost: "0.4048",
          effectiveCost: "0.4048",
        }));
    const covered = (hours(() => true) ?? []).map((each) => ({
      ...each,
      covered: true,
      quantity: "90",
      cost: "3.6432",
    }));
    const beside = reviewOf(october(), { hours: [...covered, ...(hours(() => true) ?? [])] }, PRICES).commitmentAdvice;
    expect(beside?.best.hourlyCommitment.toFixed()).toBe("0.32384");
    const byTheDay = reviewOf(
      october({ quantity: "240", cost: "9.7152" }),
      {
        hours: hours((hour) => hour % 24 === 0),
        ...detail({ granularity: "day" }),
      },
      PRICES,
    ).commitmentAdvice;
    expect(byTheDay?.best.hourlyCommitment.toFixed()).toBe("0.32384");
    const always = reviewOf(october(), { hours: hours(() => true) }, PRICES).commitmentAdvice;
    expect(always?.best.hourlyCommitment.toFixed()).toBe("0.32384");
    expect(always?.monthlySaving.toFixed()).toBe(new Decimal("0.08096").times(744).toFixed());
    const byDay = reviewOf(october(), { hours: hours((hour) => hour % 24 < 12) }, PRICES).commitmentAdvice;
    expect(byDay?.best.hourlyCommitment.toFixed()).toBe("0");
    expect(byDay?.plans.find(({ plan }) => plan === "compute-sp-3y-all-upfront")?.best.hourlyCommitment.toFixed()).toBe(
      "0.194304",
    );
  });

  it("names usage on demand without a rate of the plan, and advises on the rest only where that is most of it", () => {
    const hours = (dublin: string): Bill["hours"] =>
      Array.from({ length: 744 }, (_, hour) => hour).flatMap((hour) => {
        const line = {
          ...{ hour: new Date(Date.parse("2026-10-01") + hour * 3_600_000).toISOString(), service: "AmazonECS" },
          ...{ covered: false, quantity: "10" },
        };
        const known = { usageType: "USE1-Fargate-vCPU-Hours:perCPU", region: "us-east-1", cost: "0.4048" };
        const unknown = { usageType: "EU-Fargate-vCPU-Hours:perCPU", region: "eu-west-1", cost: dublin };
        return [known, unknown].map((each) => ({ ...line, ...each, effectiveCost: each.cost }));
      });
    const adviceOf = (dublin: string) => {
      const { commitmentAdvice, issues } = reviewOf(october(), { hours: hours(dublin) }, PRICES);
      const issue = issues.find(({ subject }) => subject === "commitments");
      return { commitmentAdvice, detail: issue?.detail ?? "" };
    };
    const partial = adviceOf("0.1012");
    expect(partial.commitmentAdvice?.withoutRate.toFixed()).toBe("0.2");
    expect(partial.commitmentAdvice?.best.hourlyCommitment.toFixed()).toBe("0.32384");
    expect(partial.detail).toContain("20 % of the cost");
    expect(partial.detail).toContain("(EU-Fargate-vCPU-Hours:perCPU 20 %)");
    expect(partial.detail).toContain("partial");
    expect(adviceOf("0.4048").commitmentAdvice).not.toBeNull();
    const mostly = adviceOf("1.2144");
    expect(mostly.commitmentAdvice).toBeNull();
    expect(mostly.detail).toContain("75 % of the cost");
    expect(mostly.detail).toContain("no commitment is advised");
  });

  it("finds idle NAT gateways among the resources, not busy ones", () => {
    const hours = { ...nat, usageType: "NatGateway-Hours", unit: "Hrs", quantity: "48", cost: "2.16" };
    const gateway = (resource: string, usageType: string, quantity: string, cost: string) => ({
      ...{ month: "2026-10", resource, account: "111122223333", region: "us-east-1", service: "AmazonEC2", usageType },
      ...{ operation: "NatGateway", quantity, unit: "Hrs", cost, cluster: null, ecsService: null },
    });
    const resources = [
      gateway("nat-idle", "NatGateway-Hours", "744", "33.48"),
      gateway("nat-busy", "NatGateway-Hours", "744", "33.48"),
      gateway("nat-busy", "NatGateway-Bytes", "500", "22.5"),
    ];
    const report = reviewOf([...october(), ...october(hours)], { resources, ...detail({ resources: true }) });
    const idle = report.findings.filter(({ code }) => code === "idle-nat-gateway");
    expect(idle.map(({ subject, monthlySaving }) => [subject, monthlySaving?.toFixed()])).toEqual([
      ["nat-idle", "33.48"],
    ]);
  });

  const usageOf = async (name: string, cpu: number) => {
    const rows = Array.from({ length: 400 }, (_, hour) => {
      const time = new Date(Date.parse("2026-10-01") + hour * 3_600_000).toISOString();
      return `${name},${time},${cpu + (hour % 5) / 10},${cpu}`;
    });
    const text = ["service,timestamp,cpu_utilization_pct,memory_utilization_pct", ...rows].join("\n");
    const bytes = async function* () {
      yield new TextEncoder().encode(text);
    };
    return (await readMetrics([{ file: "load", bytes: bytes() }])).services;
  };

  it("takes the share that a smaller task saves off what the service's tasks cost on the bill", async () => {
    const task = plainTask({ cpu: 2048, memory: 4096 });
    const inventory = plainInventory([plainService({ name: "api", task })]);
    const billed = october({ cluster: "production", ecsService: "api", cost: "2" });
    const report = reviewOf([...billed], {}, { ...PRICES, inventory, usage: await usageOf("api", 10) });
    const oversized = findingOf(report, "oversized-task");
    // 0.25 vCPU and 0.5 GB would do instead of 2 and 4: seven eighths of 62
    expect([oversized?.subject, oversized?.monthlySaving?.toFixed()]).toEqual(["production/api", "54.25"]);
    expect(report.findingsSaving.lessThanOrEqualTo(62)).toBe(true);
    expect(report.reconciliation?.lines.map(({ verdict }) => verdict)).toContain("differs");
  });

  it("stops what does nothing", async () => {
    const inventory = plainInventory([plainService({ name: "api" })]);
    const billed = october({ cluster: "production", ecsService: "api", cost: "2" });
    const report = reviewOf([...billed], {}, { ...PRICES, inventory, usage: await usageOf("api", 0) });
    const [first] = report.findings;
    expect([first?.code, first?.additionalSaving?.toFixed()]).toEqual(["idle-service", "62"]);
    expect(report.findingsSaving.toFixed()).toBe("62");
  });

  it("names the log groups where the bill does", () => {
    const storage = { service: "AmazonCloudWatch", usageType: "TimedStorage-ByteHrs", unit: "GB-Mo", quantity: "20" };
    const group = (resource: string, usageType: string, quantity: string, cost: string) => ({
      ...{ month: "2026-10", resource, account: "111122223333", region: "us-east-1", service: "AmazonCloudWatch" },
      ...{ usageType, operation: "", quantity, unit: "GB", cost, cluster: null, ecsService: null },
    });
    const resources = [
      group("/ecs/api", "TimedStorage-ByteHrs", "400", "12"),
      group("/ecs/api", "USE1-DataProcessing-Bytes", "100", "50"),
      group("/ecs/job", "TimedStorage-ByteHrs", "220", "6.6"),
      group("/ecs/job", "USE1-DataProcessing-Bytes", "300", "150"),
    ];
    const report = reviewOf([...october({ cost: "50" }), ...october({ ...storage, cost: "0.6" })], { resources });
    const kept = report.findings.filter(({ code }) => code === "logs-kept-long");
    expect(kept.map(({ subject, monthlySaving }) => [subject, monthlySaving?.toFixed()])).toEqual([["/ecs/api", "9"]]);
  });

  it("puts no price in USD beside a bill in another currency", () => {
    const inventory = plainInventory([plainService({ name: "api" })]);
    const report = reviewOf(october({ cost: "2" }), { currency: "EUR" }, { ...PRICES, inventory });
    expect([report.commitmentAdvice, report.reconciliation]).toEqual([null, null]);
    expect(findingOf(report, "spot-candidate")?.monthlySaving).toBeNull();
    expect(codes(report)).toContain("missing-price EUR");
    expect(report.totalCost.toFixed()).toBe("62");
  });

  it("never proposes Spot for a service that must not be interrupted", () => {
    const inventory = plainInventory([plainService({ name: "api", interruptible: "no" })]);
    const billed = october({ cluster: "production", ecsService: "api", cost: "2" });
    expect(findingOf(reviewOf([...billed], {}, { ...PRICES, inventory }), "spot-candidate")).toBeUndefined();
    const unsaid = plainInventory([plainService({ name: "api" })]);
    expect(findingOf(reviewOf([...billed], {}, { ...PRICES, inventory: unsaid }), "spot-candidate")).toBeDefined();
  });
});
