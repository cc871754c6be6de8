import { capacity, compare, Decimal, diff, estimate, type Inventory, type Service, splitTasks } from "@ecs-cost/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainInventory, plainService, plainTask } from "../support/plain-inventory.ts";
import { pinnedCatalogue } from "../support/prices/pinned.ts";

const catalogue = pinnedCatalogue("us-east-1");
const RUNS = { numRuns: 40 };

type Provider = NonNullable<Inventory["shared"]["capacityProviders"]>[number];

/** A name is of a kind: told as a group, told as managed instances, or not told at all. */
const KINDS = {
  group: ["blue", "green-spot", "steady"],
  managed: ["mi", "mi-spot"],
  untold: ["asg", "asg-spot"],
} as const;

const types = fc.subarray(["m5.large", "m5.xlarge", "c7i.xlarge"]);
const group = (name: string): fc.Arbitrary<Provider> =>
  fc
    .record({
      purchase: fc.constantFrom(undefined, "on-demand", "spot", "compute-sp-1y-no-upfront"),
      instanceTypes: types,
      targetCapacity: fc.constantFrom(undefined, 100, 70),
      cluster: fc.constantFrom(undefined, "production"),
    })
    .map((settings) => known({ name, type: "auto-scaling-group", ...settings }));
const managed = (name: string): fc.Arbitrary<Provider> =>
  fc
    .record({ purchase: fc.constantFrom("on-demand", "spot"), instanceTypes: types })
    .map((settings) => known({ name, type: "managed-instances", ...settings }));

/** Keys without a value are left out. */
const known = (fields: Record<string, unknown>): Provider =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as unknown as Provider;

const strategy = fc.constantFrom(...Object.values(KINDS)).chain((names) =>
  fc
    .tuple(fc.shuffledSubarray([...names], { minLength: 1 }), fc.array(fc.integer({ min: 1, max: 4 }), MANY), fc.nat(3))
    .map(([used, weights, base]) => ({
      kind: "strategy" as const,
      items: used.map((capacityProvider, i) => ({
        capacityProvider,
        base: i === 0 ? base : 0,
        weight: weights[i] ?? 1,
      })),
    })),
);
const MANY = { minLength: 3, maxLength: 3 };

const inventories: fc.Arbitrary<Inventory> = fc
  .record({
    services: fc.array(
      fc.record({
        placement: fc.oneof(
          { weight: 4, arbitrary: strategy },
          fc.constant({ kind: "launch-type", launchType: "EC2" }),
        ),
        tasks: fc.nat(9),
        cpu: fc.constantFrom(256, 1024, 2048),
        interruptible: fc.constantFrom("yes", "no", "unspecified"),
        cluster: fc.constantFrom("production", "production", "other"),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    told: fc.tuple(...KINDS.group.map(group), ...KINDS.managed.map(managed)),
    purchase: fc.constantFrom("on-demand", "spot", "standard-ri-1y-no-upfront"),
  })
  .map(({ services, told, purchase }) => {
    const made = services.map(({ placement, tasks, cpu, interruptible, cluster }, i) =>
      plainService({
        ...{ name: `s${i}`, id: `${cluster}/s${i}`, cluster },
        ...{ task: plainTask({ cpu, memory: 2048 }), demand: { kind: "count", tasks } },
        ...{ placement: placement as Service["placement"], interruptible: interruptible as Service["interruptible"] },
      }),
    );
    const { ec2 } = plainInventory([]).shared;
    return plainInventory(made, { capacityProviders: told, ec2: { ...ec2, purchase } });
  });

const close = (a: Decimal | null | undefined, b: Decimal | null | undefined): boolean =>
  a != null && b != null && a.minus(b).abs().lte("1e-8");

const always = { interruption: { shareWithoutCapacity: 0 } };

describe("capacity providers of one's own", () => {
  it("cost in an estimate what capacity tells of today's strategy, however their instances are bought", () => {
    fc.assert(
      fc.property(inventories, (inventory) => {
        const estimated = estimate(inventory, catalogue);
        const { services } = capacity(inventory, catalogue, always);
        services.forEach(({ status, today, name }, i) => {
          const { monthlyCost } = estimated.services[i] ?? {};
          if (status === "not-applicable") {
            expect(monthlyCost?.toFixed()).toBe("0");
            return;
          }
          expect([name, close(today?.monthlyCost, monthlyCost)]).toEqual([name, true]);
          expect(close(today?.uninterruptedMonthlyCost, monthlyCost)).toBe(true);
        });
      }),
      RUNS,
    );
  });

  it("have fleets that hold the tasks of their split and of nobody else's, and that are paid for once", () => {
    fc.assert(
      fc.property(inventories, (inventory) => {
        const { services, fleets, totalMonthlyCost } = estimate(inventory, catalogue);
        const total = fleets.reduce((sum, fleet) => sum.plus(fleet.monthlyCost), new Decimal(0));
        expect(close(total, totalMonthlyCost)).toBe(true);
        expect(services.every(({ complete }) => complete)).toBe(true);
        for (const { name, cluster, placement, demand } of inventory.services) {
          const count = demand?.kind === "count" ? demand.tasks : 0;
          const wanted = placement.kind === "strategy" ? splitTasks(count, placement.items) : new Map<string, number>();
          const held = new Map<string | undefined, number>();
          for (const fleet of fleets.filter((each) => each.cluster === cluster)) {
            const tasks = fleet.instances.reduce((sum, each) => sum + each.count * (each.tasks[name] ?? 0), 0);
            held.set(fleet.capacityProvider, (held.get(fleet.capacityProvider) ?? 0) + tasks);
          }
          for (const [provider, tasks] of wanted) expect(held.get(provider) ?? 0).toBe(tasks);
          expect([...held.values()].reduce((a, b) => a + b, 0)).toBe(count);
        }
      }),
      RUNS,
    );
  });

  it("cost today the same where the caller names them instead of the inventory", () => {
    fc.assert(
      fc.property(inventories, ({ shared, ...inventory }) => {
        const { capacityProviders = [], ...others } = shared;
        const told = capacityProviders.map(({ name, type, purchase = "on-demand" }) => ({ name, type, purchase }));
        const named = told.map(({ name: capacityProvider, ...spec }) => ({ capacityProvider, ...spec }));
        const byInventory = capacity({ ...inventory, shared: { ...others, capacityProviders: told } }, catalogue);
        const byCaller = capacity({ ...inventory, shared: others }, catalogue, { named });
        expect(byCaller.services.map(({ today }) => today?.monthlyCost.toFixed())).toEqual(
          byInventory.services.map(({ today }) => today?.monthlyCost.toFixed()),
        );
      }),
      { numRuns: 15 },
    );
  });

  it("are what every command prices, and their change is the cause of a difference", () => {
    fc.assert(
      fc.property(inventories, (inventory) => {
        const before = estimate(inventory, catalogue);
        const { services } = compare(inventory, catalogue);
        expect(services.map(({ current }) => current.monthlyCost?.toFixed())).toEqual(
          before.services.map(({ monthlyCost }) => monthlyCost?.toFixed()),
        );
        const told = (inventory.shared.capacityProviders ?? []).map((each) => ({ ...each, purchase: "on-demand" }));
        const changed = { ...inventory, shared: { ...inventory.shared, capacityProviders: told } };
        const after = estimate(changed, catalogue);
        const report = diff(
          { of: "inventory", inventory, catalogue },
          { of: "inventory", inventory: changed, catalogue },
        );
        const change = (after.totalMonthlyCost ?? new Decimal(0)).minus(before.totalMonthlyCost ?? 0);
        expect(report.monthlyChange?.toFixed()).toBe(change.toFixed());
        for (const { causes } of report.changes) {
          expect([...new Set(causes.map(({ attribute }) => attribute))]).toEqual(["shared.capacityProviders"]);
        }
      }),
      { numRuns: 10 },
    );
  });
});
