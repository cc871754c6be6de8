import {
  type CapacitySettings,
  capacity,
  Decimal,
  estimate,
  type Inventory,
  type Service,
  type ServiceCapacity,
  splitTasks,
  strategyProblems,
} from "@ecs-cost/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryInventory } from "../support/arbitrary-inventory.ts";
import { pinnedCatalogue } from "../support/prices/pinned.ts";

const catalogue = pinnedCatalogue("us-east-1");
const RUNS = { numRuns: 20 };

/** Services that could be on Spot, on Fargate alone where `fargate` says so. */
const inventories = (fargate: boolean): fc.Arbitrary<Inventory> =>
  fc.tuple(arbitraryInventory, fc.nat(9), fc.nat(3)).map(([inventory, required, pulls]) => ({
    ...inventory,
    services: inventory.services.map((service): Service => {
      const { demand } = service;
      return {
        ...service,
        ...(fargate && service.placement.kind !== "strategy"
          ? { placement: { kind: "launch-type", launchType: "FARGATE" } }
          : {}),
        ...(demand?.kind === "runs" ? { demand: { kind: "count", tasks: (demand.perMonth % 12) + 1 } } : {}),
        minAvailableTasks: required,
        network: { ...service.network, imagePullSeconds: pulls * 7 },
        extras: { ...service.extras, ebsGiBPerTask: "0" },
      };
    }),
  }));

const settings: fc.Arbitrary<CapacitySettings> = fc.record({
  availability: fc.constantFrom(0.5, 0.9, 0.99, 0.999, 1),
  providers: fc.constantFrom([], [], ["auto-scaling-group"] as const, ["managed-instances"] as const),
});

const advised = ({ services }: { readonly services: readonly ServiceCapacity[] }): readonly ServiceCapacity[] =>
  services.filter(({ feasible }) => feasible);

/** Tasks on demand at the count that is told. */
const onDemandTasks = ({ tasks, providers }: ServiceCapacity): number =>
  Object.entries(tasks).reduce((sum, [name, count]) => {
    const spot = providers.some(({ capacityProvider, purchase }) => capacityProvider === name && purchase === "spot");
    return spot ? sum : sum + count;
  }, 0);

/** Cost of a service's tasks in an estimate, nothing that comes along. */
const computeCosts = (inventory: Inventory, dimensions = /^fargate/): ReadonlyMap<string, Decimal> =>
  new Map(
    estimate(inventory, catalogue).services.map(({ name, lineItems }) => [
      name,
      lineItems
        .filter(({ dimension }) => dimensions.test(dimension))
        .reduce<Decimal>((sum, { cost }) => sum.plus(cost), ZERO),
    ]),
  );
const ZERO = new Decimal(0);

const close = (a: Decimal | undefined, b: Decimal | undefined): boolean =>
  a !== undefined && b !== undefined && a.minus(b).abs().lte("1e-8");

describe("a capacity report", () => {
  it("recommends strategies that ECS takes, whose tasks sum to the count and that reach the target", () => {
    fc.assert(
      fc.property(inventories(false), settings, (inventory, given) => {
        const report = capacity(inventory, catalogue, given);
        expect(report.services).toHaveLength(inventory.services.length);
        for (const service of advised(report)) {
          expect(strategyProblems(service.strategy)).toEqual([]);
          expect(service.strategy.filter(({ base }) => base > 0).length).toBeLessThanOrEqual(1);
          expect(Object.values(service.tasks).reduce((a, b) => a + b, 0)).toBe(service.count);
          expect(Object.fromEntries(splitTasks(service.count, service.strategy))).toEqual(service.tasks);
          expect(service.availability.achieved?.gte(given.availability ?? 1)).toBe(true);
          expect(service.today === null || service.monthlySaving !== null).toBe(true);
        }
        for (const { feasible, reasons } of report.services) expect(feasible || reasons.length > 0).toBe(true);
      }),
      RUNS,
    );
  });

  it("keeps a service on demand that must not be interrupted or does not say that it may", () => {
    fc.assert(
      fc.property(inventories(true), (inventory) => {
        const kept = inventory.services.map((service, i) => ({
          ...service,
          interruptible: i % 2 === 0 ? ("no" as const) : ("unspecified" as const),
        }));
        const silent = kept.map(({ minAvailableTasks: _, ...service }) => ({ ...service, placement: ON_FARGATE }));
        for (const service of advised(capacity({ ...inventory, services: silent }, catalogue))) {
          expect(Object.keys(service.tasks)).toEqual(["FARGATE"]);
        }
      }),
      RUNS,
    );
  });

  it("costs what an estimate of the strategy tells for the tasks, where Spot always has capacity", () => {
    fc.assert(
      fc.property(inventories(true), fc.constantFrom(0.9, 0.999, 1), (inventory, availability) => {
        const report = capacity(inventory, catalogue, { availability, interruption: { shareWithoutCapacity: 0 } });
        const byName = new Map(advised(report).map((service) => [service.name, service]));
        const moved = inventory.services.map((service): Service => {
          const items = byName.get(service.name)?.strategy;
          return items === undefined ? service : { ...service, placement: { kind: "strategy", items } };
        });
        const today = computeCosts(inventory);
        const estimated = computeCosts({ ...inventory, services: moved });
        for (const { name, monthlyCost, today: before, uninterruptedMonthlyCost } of byName.values()) {
          expect(close(monthlyCost ?? undefined, estimated.get(name))).toBe(true);
          expect(close(uninterruptedMonthlyCost ?? undefined, estimated.get(name))).toBe(true);
          expect(close(before?.monthlyCost, today.get(name))).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it("tells for container instances what an estimate tells of today", () => {
    fc.assert(
      fc.property(inventories(true), (inventory) => {
        const services = inventory.services
          .filter(({ demand }) => demand?.kind === "count")
          .map((service): Service => ({ ...service, placement: { kind: "launch-type", launchType: "EC2" } }));
        const given = { ...inventory, services };
        const estimated = computeCosts(given, /^(?:ec2\/|ebs\.gp3_gb_month$)/);
        for (const { name, today } of capacity(given, catalogue).services) {
          expect(today === null || close(today.monthlyCost, estimated.get(name))).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it("never takes tasks off demand where more are required, and never costs less for a higher target", () => {
    const fixed = inventories(true).map((inventory) => ({
      ...inventory,
      services: inventory.services.map(
        (service): Service => ({ ...service, interruptible: "partly", placement: ON_FARGATE }),
      ),
    }));
    fc.assert(
      fc.property(fixed, fc.nat(8), fc.constantFrom(0.5, 0.9, 0.98, 0.99), (inventory, tasks, availability) => {
        const at = (required: number, target: number) =>
          capacity(inventory, catalogue, { required: { kind: "tasks", tasks: required }, availability: target })
            .services;
        const less = at(tasks, availability);
        const more = at(tasks + 1, availability);
        const higher = at(tasks, 0.9999);
        less.forEach((service, i) => {
          if (!service.feasible) return;
          expect(onDemandTasks(more[i] ?? service)).toBeGreaterThanOrEqual(onDemandTasks(service));
          expect(higher[i]?.monthlyCost?.gte(service.monthlyCost ?? ZERO)).toBe(true);
        });
      }),
      RUNS,
    );
  });

  it("never costs more where Spot is cheaper", () => {
    const cheaper = pinnedCatalogue("us-east-1", {
      "fargate-spot/linux/x86_64/vcpu-hour": "0.0100",
      "fargate-spot/linux/arm64/vcpu-hour": "0.0100",
    });
    fc.assert(
      fc.property(inventories(true), settings, (inventory, given) => {
        const before = capacity(inventory, catalogue, { ...given, providers: [] }).services;
        const after = capacity(inventory, cheaper, { ...given, providers: [] }).services;
        before.forEach(({ monthlyCost }, i) => {
          expect(monthlyCost === null || after[i]?.monthlyCost?.lte(monthlyCost)).toBe(true);
        });
      }),
      RUNS,
    );
  });

  it("has the same bytes each time, and totals that are the sums of its services", () => {
    fc.assert(
      fc.property(inventories(false), settings, (inventory, given) => {
        const report = capacity(inventory, catalogue, given);
        expect(JSON.stringify(capacity(inventory, catalogue, given))).toBe(JSON.stringify(report));
        const costs = report.services.map(({ monthlyCost }) => monthlyCost ?? ZERO);
        expect((report.totalMonthlyCost ?? ZERO).toFixed()).toBe(costs.reduce((a, b) => a.plus(b), ZERO).toFixed());
      }),
      { numRuns: 10 },
    );
  });
});

const ON_FARGATE: Service["placement"] = { kind: "launch-type", launchType: "FARGATE" };
