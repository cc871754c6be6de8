import { compare, type Inventory, type Service } from "@ecs-cost/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryInventory } from "../support/arbitrary-inventory.ts";
import { plainInventory, plainService } from "../support/plain-inventory.ts";
import { pinnedCatalogue } from "../support/prices/pinned.ts";

const catalogue = pinnedCatalogue("us-east-1");

const alone = (inventory: Inventory, tasks: number): Inventory => {
  const [service] = inventory.services;
  const { network } = service as Service;
  const quiet = { ...network, internetEgressGb: "0", crossAzGb: "0", taskStartsPerMonth: "0", publicIp: false };
  const only = { ...(service as Service), network: quiet, demand: { kind: "count" as const, tasks } };
  const ec2 = { ...inventory.shared.ec2, azs: 1, targetCapacity: 100, daemons: [] };
  return { ...inventory, services: [only], shared: { ...inventory.shared, ec2 } };
};

const costOf = (inventory: Inventory, id: string): number =>
  compare(inventory, catalogue)
    .services[0]?.options.find((option) => option.id === id)
    ?.monthlyCost?.toNumber() ?? Number.POSITIVE_INFINITY;

describe("break-even points", () => {
  it("are counts at which EC2 is not dearer than Fargate", () => {
    fc.assert(
      fc.property(arbitraryInventory, (inventory) => {
        const point = compare(alone(inventory, 1), catalogue).services[0]?.breakEven;
        if (point?.tasks == null) return;
        const at = alone(inventory, point.tasks);
        expect(costOf(at, "ec2-on-demand")).toBeLessThan(costOf(at, "fargate") + 1e-6);
      }),
      { numRuns: 15 },
    );
  });
});

describe("Savings Plan options", () => {
  const one = (counts: readonly number[]): Inventory =>
    plainInventory([plainService({ name: "s", demand: { kind: "hourly", counts } })]);

  it("cover as many tasks as make the month cheapest when counts change by the hour", () => {
    const onDemand = 0.04048 + 2 * 0.004445;
    const plan = 0.032384 + 2 * 0.003556;
    fc.assert(
      fc.property(fc.array(fc.nat(12), { minLength: 1, maxLength: 60 }), (counts) => {
        const perHour = (covered: number): number =>
          counts.reduce((sum, n) => sum + covered * plan + Math.max(0, n - covered) * onDemand, 0) / counts.length;
        const best = Math.min(...Array.from({ length: 13 }, (_, covered) => perHour(covered))) * 730;
        expect(costOf(one(counts), "fargate-compute-sp-1y-no-upfront")).toBeCloseTo(best, 6);
      }),
      { numRuns: 40 },
    );
  });
});
