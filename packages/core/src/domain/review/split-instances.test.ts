import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Charge } from "../bill/charge.ts";
import { type PlacedCharge, placeBill } from "../bill/place-bill.ts";
import { Decimal, sum } from "../units/decimal.ts";
import { costRows, rowsCost } from "./cost-row.ts";
import { splitInstances } from "./split-instances.ts";

const charge = (changes: Partial<Charge>): Charge => ({
  day: "2026-10-01",
  kind: "usage",
  commitment: null,
  account: "111122223333",
  region: "eu-west-1",
  service: "AmazonEC2",
  usageType: "EU-BoxUsage:m7g.large",
  operation: "",
  unit: "Hrs",
  quantity: "24",
  cost: "1",
  effectiveCost: "1",
  onDemandCost: null,
  cluster: "",
  ecsService: "",
  tags: {},
  containerInstance: true,
  ...changes,
});

const money = fc.integer({ min: 1, max: 1e9 }).map((units) => new Decimal(units).div(1e7).toFixed());

const instance = fc
  .record({ cost: money, cluster: fc.constantFrom("", "a", "b"), type: fc.constantFrom("m7g.large", "c7g.large") })
  .map(({ cost, cluster, type }) =>
    charge({ cost, effectiveCost: cost, cluster, usageType: `EU-BoxUsage:${type}`, quantity: cost }),
  );

const split = fc
  .record({
    cost: money,
    cluster: fc.constantFrom("a", "b", "c"),
    ecsService: fc.constantFrom("api", "worker"),
    kind: fc.constantFrom("split" as const, "split-unused" as const),
    operation: fc.constantFrom("ECSTask-EC2", "EKSPod-EC2"),
  })
  .map((each) =>
    charge({ ...each, service: "AmazonECS", usageType: "EU-ECS-EC2-vCPU-Hours", containerInstance: false }),
  );

const placed = (charges: readonly Charge[]): readonly PlacedCharge[] => placeBill({ charges }, "regions");

const divided = (charges: readonly Charge[]) => splitInstances(costRows(placed(charges)), placed(charges));

describe("splitInstances", () => {
  it("keeps every instance's cost and hours to the last digit, however it is divided", () => {
    fc.assert(
      fc.property(fc.array(instance), fc.array(split), (instances, splits) => {
        const rows = divided([...instances, ...splits]);
        const whole = costRows(placed(instances));
        expect(rowsCost(rows).toFixed()).toBe(rowsCost(whole).toFixed());
        for (const usageType of ["EU-BoxUsage:m7g.large", "EU-BoxUsage:c7g.large"]) {
          const hours = (of: typeof whole) =>
            sum(of.flatMap((row) => (row.usageType === usageType ? [row.quantity] : []))).toFixed();
          expect(hours([...rows])).toBe(hours(whole));
        }
      }),
    );
  });

  it("gives an instance to the services of its own cluster, and what names none to the clusters that are left", () => {
    const ofA = charge({ cluster: "a", cost: "10", effectiveCost: "10" });
    const ofNobody = charge({ cost: "3", effectiveCost: "3" });
    const task = (cluster: string, ecsService: string, cost: string) =>
      charge({
        kind: "split",
        service: "AmazonECS",
        operation: "ECSTask-EC2",
        cluster,
        ecsService,
        cost,
        effectiveCost: cost,
      });
    const rows = divided([ofA, ofNobody, task("a", "api", "3"), task("a", "web", "1"), task("b", "job", "7")]);
    expect(rows.map(({ cluster, ecsService, cost }) => [cluster, ecsService, cost.toFixed()])).toEqual([
      ["b", "job", "3"],
      ["a", "api", "7.5"],
      ["a", "web", "2.5"],
    ]);
  });

  it("leaves pods of Kubernetes out", () => {
    const pod = charge({
      kind: "split",
      service: "AmazonEKS",
      operation: "EKSPod-EC2",
      cluster: "k8s",
      ecsService: "pod",
    });
    expect(divided([charge({}), pod]).map(({ cluster }) => cluster)).toEqual([""]);
  });
});
