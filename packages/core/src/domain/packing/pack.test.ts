import { describe, expect, it } from "vitest";
import type { FleetPlan, NoFleet, PackItem, PackRequest } from "./model/request.ts";
import { packFleets } from "./pack.ts";

const service = (id: string, count: number, cpu: number, memory: number, more: Partial<PackItem> = {}): PackItem => ({
  id,
  count,
  cpu,
  memory,
  enis: 1,
  gpus: 0,
  hostPorts: [],
  ...more,
});

const TYPES = [
  { type: "m.large", cpu: 2048, memory: 7700, enis: 9, gpus: 0 },
  { type: "m.xlarge", cpu: 4096, memory: 15_500, enis: 17, gpus: 0 },
  { type: "c.large", cpu: 2048, memory: 3800, enis: 9, gpus: 0 },
  { type: "g.xlarge", cpu: 4096, memory: 15_500, enis: 2, gpus: 1 },
];

const request = (items: readonly PackItem[], more: Partial<PackRequest> = {}): PackRequest => ({
  items,
  types: TYPES,
  markets: [{ id: "on-demand", nanoDollars: [96, 192, 85, 526] }],
  azs: 1,
  minInstances: 1,
  targetCapacity: 100,
  reservedPorts: ["tcp/22"],
  ...more,
});

const plan = (wanted: PackRequest): FleetPlan => {
  const [result] = packFleets(wanted);
  if (!result?.feasible) throw new Error("no fleet");
  return result;
};

const noFleet = (wanted: PackRequest): NoFleet => {
  const [result] = packFleets(wanted);
  if (!result || result.feasible) throw new Error("a fleet");
  return result;
};

describe("packFleets", () => {
  it("mixes types where no single type is cheapest", () => {
    const { instances, nanoDollars, lowerBound } = plan(
      request([service("api", 2, 1024, 3500), service("worker", 2, 1024, 1800)]),
    );
    expect(instances.map(({ instanceType, count, tasks }) => [instanceType, count, tasks])).toEqual([
      ["c.large", 1, { worker: 2 }],
      ["m.large", 1, { api: 2 }],
    ]);
    expect([nanoDollars, lowerBound]).toEqual([181, 181]);
  });

  it("needs as many instances as tasks that hold a static host port", () => {
    const { instances, nanoDollars, lowerBound } = plan(
      request([service("proxy", 3, 256, 256, { hostPorts: ["tcp/80"] })]),
    );
    expect(instances).toEqual([{ instanceType: "c.large", count: 3, tasks: { proxy: 1 } }]);
    expect([nanoDollars, lowerBound]).toEqual([255, 255]);
  });

  it("keeps services apart that share a host port, and lets others join them", () => {
    const { instances } = plan(
      request([
        service("a", 1, 256, 256, { hostPorts: ["tcp/80"] }),
        service("b", 1, 512, 256, { hostPorts: ["tcp/80", "tcp/443"] }),
        service("c", 2, 256, 256),
      ]),
    );
    expect(instances.reduce((total, { count }) => total + count, 0)).toBe(2);
    for (const { tasks } of instances) expect((tasks["a"] ?? 0) + (tasks["b"] ?? 0)).toBe(1);
  });

  it("spreads tasks over zones and packs each by itself", () => {
    const { instances, nanoDollars } = plan(request([service("api", 3, 256, 512)], { azs: 3 }));
    expect(instances.map(({ az, count, tasks }) => [az, count, tasks])).toEqual([
      [1, 1, { api: 1 }],
      [2, 1, { api: 1 }],
      [3, 1, { api: 1 }],
    ]);
    expect(nanoDollars).toBe(255);
  });

  it("gives odd tasks to the zone where they cost least: both on one instance", () => {
    const { instances } = plan(request([service("a", 1, 1024, 512), service("b", 1, 512, 512)], { azs: 2 }));
    expect(instances.map(({ az, tasks }) => [az, tasks])).toEqual([[expect.any(Number), { a: 1, b: 1 }]]);
  });

  it("adds idle instances of the cheapest type up to the target capacity", () => {
    const { instances, nanoDollars, lowerBound, utilization } = plan(
      request([service("api", 8, 1024, 1800)], { targetCapacity: 80 }),
    );
    expect(instances).toEqual([
      { instanceType: "c.large", count: 4, tasks: { api: 2 } },
      { instanceType: "c.large", count: 1, tasks: {} },
    ]);
    expect([nanoDollars, lowerBound]).toEqual([425, 425]);
    expect(utilization.cpu).toBeCloseTo(0.8, 12);
  });

  it("prefers smaller instances where a minimum number would leave large ones idle", () => {
    const { instances, nanoDollars } = plan(request([service("api", 2, 2048, 3000)], { minInstances: 2 }));
    expect(instances).toEqual([{ instanceType: "c.large", count: 2, tasks: { api: 1 } }]);
    expect(nanoDollars).toBe(170);
  });

  it("costs nothing without tasks, but for the minimum number of instances", () => {
    expect(plan(request([service("api", 0, 256, 512)], { minInstances: 0 })).nanoDollars).toBe(0);
    expect(plan(request([], { minInstances: 2 })).instances).toEqual([
      { instanceType: "c.large", count: 2, tasks: {} },
    ]);
    expect(
      plan(request([], { minInstances: 2, types: [], markets: [{ id: "none", nanoDollars: [] }] })).nanoDollars,
    ).toBe(0);
  });

  it("gives one result per market, in order", () => {
    const markets = [
      { id: "b", nanoDollars: [96, 192, 85, 526] },
      { id: "a", nanoDollars: [undefined, undefined, undefined, undefined] },
      { id: "c", nanoDollars: [10, 192, 85, 526] },
    ];
    const results = packFleets(request([service("api", 1, 256, 512)], { markets }));
    expect(results.map(({ market, feasible }) => [market, feasible])).toEqual([
      ["b", true],
      ["a", false],
      ["c", true],
    ]);
  });

  it("never lists more patterns than tasks", () => {
    const items = Array.from({ length: 300 }, (_, i) =>
      service(`s${i}`, 1 + (i % 3), 256 + 128 * (i % 5), 300 + 37 * i),
    );
    const tasks = items.reduce((total, { count }) => total + count, 0);
    const { instances } = plan(request(items));
    expect(instances.reduce((total, entry) => total + Object.keys(entry.tasks).length, 0)).toBeLessThanOrEqual(tasks);
  });
});

describe("services that fit nowhere", () => {
  it("are told every reason at once", () => {
    const { unplaceable } = noFleet(
      request([
        service("huge", 1, 8192, 65_536, { gpus: 2, hostPorts: ["tcp/22"] }),
        service("fine", 1, 256, 512),
        service("broad", 1, 4096, 3000, { enis: 0, gpus: 0, hostPorts: ["tcp/22"] }),
      ]),
    );
    expect(unplaceable).toEqual([
      {
        id: "huge",
        reasons: [
          "needs 8192 CPU units, the most that a priced instance type offers is 4096",
          "needs 65536 MiB of memory, the most that a priced instance type offers is 15500",
          "needs 2 GPUs, the most that a priced instance type offers is 1",
          "needs host port tcp/22, which the instance itself uses",
        ],
      },
      { id: "broad", reasons: ["needs host port tcp/22, which the instance itself uses"] },
    ]);
  });

  it("are told when no type offers everything at once, and when one would that has no price", () => {
    const types = [
      { type: "wide", cpu: 8192, memory: 1000, enis: 4, gpus: 0 },
      { type: "deep", cpu: 1024, memory: 60_000, enis: 4, gpus: 0 },
      { type: "both", cpu: 8192, memory: 60_000, enis: 4, gpus: 0 },
    ];
    const markets = [{ id: "spot", nanoDollars: [1, 1, undefined] }];
    expect(noFleet(request([service("api", 1, 4096, 30_000)], { types, markets })).unplaceable[0]?.reasons).toEqual([
      "needs 4096 CPU units, 30000 MiB of memory, 1 ENIs together, which no priced instance type offers at once",
      "would fit both, but there is no price here",
    ]);
  });
});

describe("the comparison with other types", () => {
  it("names the cheapest other types and what they waste, then those too small", () => {
    const { alternatives } = plan(request([service("api", 4, 1024, 3800)]));
    expect(alternatives).toEqual([
      { instanceType: "m.xlarge", nanoDollars: 192, reason: "same cost: CPU-bound, 2 % of memory idle" },
      { instanceType: "c.large", nanoDollars: 340, reason: "+77.1 % cost: memory-bound, 50 % of CPU idle" },
      {
        instanceType: "g.xlarge",
        nanoDollars: 1052,
        reason: "+447.9 % cost: ENI-bound, 50 % of CPU idle, 51 % of memory idle",
      },
    ]);
  });

  it("tells which service a type is too small for", () => {
    const { alternatives } = plan(request([service("api", 1, 1024, 3900)]));
    expect(alternatives.at(-1)).toEqual({
      instanceType: "c.large",
      nanoDollars: undefined,
      reason: "does not fit: api needs 3900 MiB of 3800",
    });
  });
});
