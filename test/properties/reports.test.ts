import {
  type CompareReport,
  capacity,
  compare,
  estimate,
  type FleetReport,
  type Inventory,
  type LineItem,
  type Service,
} from "@ecs-cost/core";
import { Decimal as Base } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryInventory } from "../support/arbitrary-inventory.ts";
import { plainInventory, plainService } from "../support/plain-inventory.ts";
import { pinnedCatalogue } from "../support/prices/pinned.ts";

/** Wide enough that no product or sum of a report is rounded. */
const Wide = Base.clone({ precision: 200 });
const exact = (value: { toFixed(): string }): Base => new Wide(value.toFixed());
const total = (lines: readonly LineItem[]): string =>
  lines.reduce((sum, line) => sum.plus(exact(line.cost)), new Wide(0)).toFixed();

const catalogue = pinnedCatalogue("us-east-1");
const RUNS = { numRuns: 25 };

const expectExactLines = (lines: readonly LineItem[]): void => {
  for (const { quantity, rate, cost } of lines) {
    expect(exact(cost).toFixed()).toBe(exact(quantity).times(exact(rate)).toFixed());
  }
};

const serviceOf = (inventory: Inventory, fleet: FleetReport, name: string): Service | undefined =>
  inventory.services.find((service) => service.name === name && service.cluster === fleet.cluster);

/** Tasks that a fleet has to hold at once: the highest count, or the average of runs rounded up. */
const tasksOf = ({ demand }: Service): number => {
  if (demand?.kind === "count") return demand.tasks;
  if (demand?.kind === "hourly") return Math.max(...demand.counts);
  if (demand?.kind === "runs") return Math.ceil((demand.perMonth * (demand.seconds + demand.pullSeconds)) / 3600 / 730);
  return 0;
};

describe("an estimate", () => {
  it("is the exact sum of lines that are quantity x rate", () => {
    fc.assert(
      fc.property(arbitraryInventory, (inventory) => {
        const report = estimate(inventory, catalogue);
        const parts = [...report.services, report.shared];
        for (const part of parts) {
          expectExactLines(part.lineItems);
          expect(part.monthlyCost?.toFixed()).toBe(total(part.lineItems));
        }
        expect(report.totalMonthlyCost?.toFixed()).toBe(total(parts.flatMap(({ lineItems }) => lineItems)));
      }),
      RUNS,
    );
  });

  it("has the same bytes each time", () => {
    fc.assert(
      fc.property(arbitraryInventory, (inventory) => {
        expect(JSON.stringify(estimate(inventory, catalogue))).toBe(JSON.stringify(estimate(inventory, catalogue)));
      }),
      RUNS,
    );
  });

  it("never falls when a service gets one more task", () => {
    fc.assert(
      fc.property(arbitraryInventory, (inventory) => {
        const more = inventory.services.map((service) =>
          service.demand?.kind === "count"
            ? { ...service, demand: { kind: "count" as const, tasks: service.demand.tasks + 1 } }
            : service,
        );
        const onFargate = (services: readonly Service[]): Inventory => ({
          ...inventory,
          services: services.map((service) => ({
            ...service,
            placement: { kind: "launch-type", launchType: "FARGATE" },
          })),
        });
        const before = estimate(onFargate(inventory.services), catalogue).totalMonthlyCost;
        const after = estimate(onFargate(more), catalogue).totalMonthlyCost;
        expect(after?.greaterThanOrEqualTo(before ?? 0)).toBe(true);
      }),
      RUNS,
    );
  });
});

describe("what is not known", () => {
  const unknown = plainInventory([
    plainService({ name: "anywhere", placement: { kind: "launch-type", launchType: "EXTERNAL" } }),
  ]);

  it("is null and incomplete in every total, never 0", () => {
    const estimated = estimate(unknown, catalogue);
    expect([estimated.totalMonthlyCost, estimated.complete]).toEqual([null, false]);
    const advised = capacity(unknown, catalogue);
    expect([advised.totalMonthlyCost, advised.todayMonthlyCost, advised.monthlySaving, advised.complete]).toEqual([
      null,
      null,
      null,
      false,
    ]);
  });
});

/** Both properties of comparisons see the same inventories, and packing them is what takes time. */
const comparisons = new Map<string, CompareReport>();
const compared = (inventory: Inventory): CompareReport => {
  const key = JSON.stringify(inventory);
  const report = comparisons.get(key) ?? compare(inventory, catalogue);
  comparisons.set(key, report);
  return report;
};

describe("a comparison", () => {
  it("ranks options whose costs are the exact sums of their lines", () => {
    fc.assert(
      fc.property(arbitraryInventory, (inventory) => {
        for (const { options } of compared(inventory).services) {
          for (const option of options) {
            expectExactLines(option.lineItems);
            if (option.feasible) expect(option.monthlyCost?.toFixed()).toBe(total(option.lineItems));
            else expect([option.monthlyCost, option.reasons.length > 0]).toEqual([null, true]);
          }
          const costs = options.map(({ monthlyCost }) => monthlyCost?.toNumber() ?? Number.POSITIVE_INFINITY);
          expect(costs).toEqual([...costs].sort((a, b) => a - b));
          expect(new Set(options.map(({ id }) => id)).size).toBe(options.length);
        }
      }),
      RUNS,
    );
  });

  it("places every task of a fleet once and divides the fleet's cost without a remainder", () => {
    fc.assert(
      fc.property(arbitraryInventory, (inventory) => {
        const report = compared(inventory);
        for (const fleet of report.fleets) {
          const placed = new Map<string, number>();
          for (const { count, tasks } of fleet.instances) {
            for (const [name, n] of Object.entries(tasks)) placed.set(name, (placed.get(name) ?? 0) + count * n);
          }
          for (const name of fleet.services) {
            const service = serviceOf(inventory, fleet, name);
            expect(placed.get(name) ?? 0).toBe(service === undefined ? -1 : tasksOf(service));
          }
          expect(total(fleet.lineItems)).toBe(fleet.monthlyCost.toFixed());
          expect(fleet.lowerBound.lessThanOrEqualTo(fleet.monthlyCost)).toBe(true);
          expect(partsOf(fleet, report.services)).toBe(fleet.monthlyCost.toFixed());
        }
      }),
      RUNS,
    );
  });

  it("has the same bytes each time", () => {
    fc.assert(
      fc.property(arbitraryInventory, (inventory) => {
        expect(JSON.stringify(compare(inventory, catalogue))).toBe(JSON.stringify(compare(inventory, catalogue)));
      }),
      { numRuns: 5 },
    );
  });
});

/** Sum of what the services of a fleet show of it under its option: instance hours, fees and root volumes. */
const partsOf = (fleet: FleetReport, services: ReturnType<typeof compare>["services"]): string =>
  total(
    services
      .filter(({ name, cluster }) => cluster === fleet.cluster && fleet.services.includes(name))
      .flatMap(({ options }) => options.find(({ id }) => id === fleet.id)?.lineItems ?? [])
      .filter(({ dimension, label }) => /^(ec2|managed-instances)\//.test(dimension) || label === "root volumes"),
  );
