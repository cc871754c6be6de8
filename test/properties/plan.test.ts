import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Decimal, estimate, type Inventory, type PlanSettings, plan, type Service } from "@ecs-cost/core";
import { readInventory, writeWorkload } from "@ecs-cost/core/file";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { plainInventory, plainService, plainTask } from "../support/plain-inventory.ts";
import { pinnedCatalogue } from "../support/prices/pinned.ts";

const catalogue = pinnedCatalogue("us-east-1");
const folder = mkdtempSync(join(tmpdir(), "ecs-cost-plan-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SIZES = [
  [256, 512],
  [512, 1024],
  [1024, 2048],
  [1024, 4096],
  [2048, 4096],
] as const;

const placement: fc.Arbitrary<Service["placement"]> = fc.constantFrom(
  { kind: "launch-type", launchType: "FARGATE" },
  { kind: "launch-type", launchType: "EC2" },
  { kind: "strategy", items: [{ capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 }] },
);

const service = (name: string): fc.Arbitrary<Service> =>
  fc
    .record({
      size: fc.constantFrom(...SIZES),
      tasks: fc.integer({ min: 0, max: 6 }),
      architecture: fc.constantFrom("x86_64", "arm64"),
      interruptible: fc.constantFrom("no", "partly", "yes", "unspecified"),
      publicIp: fc.boolean(),
      placement,
    })
    .map(({ size: [cpu, memory], tasks, architecture, interruptible, publicIp, placement: today }) => {
      const plain = plainService({ name });
      return plainService({
        name,
        task: plainTask({ cpu, memory, architecture }),
        demand: { kind: "count", tasks },
        placement: today,
        interruptible,
        ...(interruptible === "partly" ? { minAvailableTasks: Math.ceil(tasks / 2) } : {}),
        network: { ...plain.network, publicIp },
      });
    });

const account = (most: number): fc.Arbitrary<Inventory> =>
  fc
    .integer({ min: 1, max: most })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => service(`s${index}`))))
    .map((services) => {
      const plain = plainInventory(services);
      return { ...plain, shared: { ...plain.shared, ec2: { ...plain.shared.ec2, given: ["eniTrunking"] } } };
    });

const planOf = (inventory: Inventory, settings: PlanSettings = {}) => plan({ inventory, catalogue, settings }).report;

const isAbout = (a: Decimal, b: Decimal): boolean => a.minus(b).abs().lessThan("0.000001");

describe("a plan", () => {
  it("never costs more than today, not less than its bound, and its steps add up to the saving", () => {
    fc.assert(
      fc.property(account(5), (inventory) => {
        const report = planOf(inventory);
        const today = estimate(inventory, catalogue).totalMonthlyCost ?? new Decimal(0);
        expect(report.beforeMonthlyCost.toFixed()).toBe(today.toFixed());
        expect(report.afterMonthlyCost.greaterThan(report.beforeMonthlyCost)).toBe(false);
        expect(report.lowerBound.greaterThan(report.afterMonthlyCost)).toBe(false);
        const saved = report.steps.reduce((sum, { monthlySaving }) => sum.plus(monthlySaving), new Decimal(0));
        expect(saved.toFixed()).toBe(report.monthlySaving.toFixed());
        expect(report.beforeMonthlyCost.minus(report.afterMonthlyCost).toFixed()).toBe(report.monthlySaving.toFixed());
        expect(report.steps.every(({ monthlySaving }) => monthlySaving.greaterThan(0))).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  it("is a workload file that costs what the plan says, to the last digit", () => {
    fc.assert(
      fc.property(account(5), (inventory) => {
        const { report, inventory: planned } = plan({ inventory, catalogue });
        const file = join(folder, "planned.yaml");
        writeFileSync(file, writeWorkload(planned, "us-east-1"));
        const again = estimate(readInventory([file], {}), catalogue);
        expect((again.totalMonthlyCost ?? new Decimal(0)).toFixed()).toBe(report.afterMonthlyCost.toFixed());
      }),
      { numRuns: 12 },
    );
  });

  it("is never dearer for one more thing that it may do", () => {
    fc.assert(
      fc.property(account(4), (inventory) => {
        const full = planOf(inventory).afterMonthlyCost;
        const less: PlanSettings[] = [
          { spot: false },
          { arm64: false },
          { effort: "low" },
          { keep: ["s0"] },
          { moves: 1 },
        ];
        for (const settings of less) {
          const { afterMonthlyCost } = planOf(inventory, settings);
          expect(afterMonthlyCost.greaterThanOrEqualTo(full) || isAbout(afterMonthlyCost, full)).toBe(true);
        }
      }),
      { numRuns: 6 },
    );
  });

  it("leaves what is kept as it is", () => {
    fc.assert(
      fc.property(account(4), (inventory) => {
        const report = planOf(inventory, { keep: inventory.services.map(({ id }) => id) });
        expect(report.steps).toEqual([]);
        expect(report.afterMonthlyCost.toFixed()).toBe(report.beforeMonthlyCost.toFixed());
      }),
      { numRuns: 5 },
    );
  });

  it("puts exactly the services of the plan on its fleets, every task once", () => {
    fc.assert(
      fc.property(account(5), (inventory) => {
        const report = planOf(inventory);
        for (const planned of report.services) {
          if (/^fargate/.test(planned.option)) continue;
          const placed = report.fleets
            .flatMap(({ instances }) => instances)
            .reduce((sum, { count, tasks }) => sum + count * (tasks[planned.name] ?? 0), 0);
          const wanted = inventory.services.find(({ name }) => name === planned.name)?.demand;
          expect(placed).toBe(wanted?.kind === "count" ? wanted.tasks : Number.NaN);
        }
        const onFleets = new Set(report.fleets.flatMap(({ services }) => services));
        for (const { name, option } of report.services) {
          if (onFleets.has(name)) expect(option).not.toMatch(/^fargate/);
        }
      }),
      { numRuns: 8 },
    );
  });
});

/** Everything that the plan may choose, spelled out here again: Fargate and four fleets on demand. */
const everyWay = (given: Service): readonly Service[] => {
  const task = given.task ?? plainTask();
  const on = (architecture: "x86_64" | "arm64", placed: Service["placement"]): Service => ({
    ...given,
    task: { ...task, architecture },
    placement: placed,
  });
  const joining = (capacityProvider: string): Service["placement"] => ({
    kind: "strategy",
    items: [{ capacityProvider, base: 0, weight: 1 }],
  });
  return (["x86_64", "arm64"] as const).flatMap((architecture) => [
    on(architecture, { kind: "launch-type", launchType: "FARGATE" }),
    on(architecture, joining("own-ec2")),
    on(architecture, joining("own-managed")),
  ]);
};

const product = <T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] =>
  lists.reduce<readonly (readonly T[])[]>(
    (all, list) => all.flatMap((head) => list.map((last) => [...head, last])),
    [[]],
  );

describe("against every choice there is", () => {
  const cheapest = (inventory: Inventory): Decimal => {
    const capacityProviders = [
      { name: "own-ec2", type: "auto-scaling-group", purchase: "on-demand" },
      { name: "own-managed", type: "managed-instances", purchase: "on-demand" },
    ] as const;
    const costs = product(inventory.services.map(everyWay)).flatMap((services) => {
      const { totalMonthlyCost, complete } = estimate(
        { ...inventory, services, shared: { ...inventory.shared, capacityProviders } },
        catalogue,
      );
      return complete && totalMonthlyCost !== null ? [totalMonthlyCost] : [];
    });
    return Decimal.min(...costs);
  };

  it("finds the cheapest of up to three services", () => {
    fc.assert(
      fc.property(account(3), (given) => {
        const inventory: Inventory = {
          ...given,
          services: given.services.map((each) => ({
            ...each,
            interruptible: "no",
            network: { ...each.network, publicIp: false },
            placement: { kind: "launch-type", launchType: "FARGATE" },
          })),
        };
        const report = planOf(inventory);
        expect(report.afterMonthlyCost.toFixed(6)).toBe(cheapest(inventory).toFixed(6));
        expect(isAbout(report.lowerBound, report.afterMonthlyCost)).toBe(true);
      }),
      { numRuns: 4 },
    );
  });
});
