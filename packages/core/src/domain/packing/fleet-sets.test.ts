import { describe, expect, it } from "vitest";
import { startFleetSets } from "./fleet-sets.ts";
import type { PackItem, PackRequest } from "./model/request.ts";

const SIZES = [
  [256, 512],
  [512, 3000],
  [1024, 2000],
  [300, 900],
  [1500, 1024],
] as const;

const item = (i: number): PackItem => {
  const [cpu, memory] = SIZES[i % SIZES.length] ?? SIZES[0];
  return {
    id: `s${i}`,
    count: 1 + ((i * 7) % 4),
    cpu,
    memory: memory + 64 * i,
    enis: i % 3 === 0 ? 1 : 0,
    gpus: 0,
    hostPorts: [],
  };
};

const request = (targetCapacity: number, azs: number): PackRequest => ({
  items: Array.from({ length: 8 }, (_, i) => item(i)),
  types: [
    { type: "c5.large", cpu: 2048, memory: 3891, enis: 2, gpus: 0 },
    { type: "m6i.large", cpu: 2048, memory: 7782, enis: 2, gpus: 0 },
    { type: "m6i.xlarge", cpu: 4096, memory: 15_564, enis: 3, gpus: 0 },
  ],
  markets: [{ id: "on-demand", nanoDollars: [85_000_000, 96_000_000, 192_000_000] }],
  azs,
  minInstances: 1,
  targetCapacity,
  reservedPorts: [],
});

/** Every set of up to eight services, as bits. */
const setOf = (bits: number): string[] =>
  Array.from({ length: 8 }, (_, i) => i).flatMap((i) => (bits & (1 << i) ? [`s${i}`] : []));

describe.each([
  [100, 1],
  [80, 1],
  [100, 2],
])("sets of services at target capacity %i in %i zones", (targetCapacity, azs) => {
  const sets = startFleetSets(request(targetCapacity, azs));

  it("cost at least their bound, the sum of their values, and the bound of a set with one service less", () => {
    for (let bits = 1; bits < 256; bits += 5) {
      const ids = setOf(bits);
      const plan = sets.pack(ids, "on-demand", "least");
      if (!plan.feasible) throw new Error("every service fits");
      const values = ids.reduce((total, id) => total + (sets.values("on-demand").get(id) ?? 0), 0);
      const [extra = "", ...fewer] = ids;
      expect(plan.nanoDollars).toBeGreaterThanOrEqual(sets.bound(ids, "on-demand"));
      expect(plan.nanoDollars).toBeGreaterThanOrEqual(values);
      expect(plan.nanoDollars).toBeGreaterThanOrEqual(sets.boundWith(fewer, extra, "on-demand"));
      expect(values).toBeGreaterThan(0);
    }
  });

  it("hold exactly their services, whatever was packed before and in whichever order they are named", () => {
    const ids = setOf(0b10110);
    const fresh = startFleetSets(request(targetCapacity, azs)).pack([...ids].reverse(), "on-demand", "least");
    expect(sets.pack(ids, "on-demand", "least")).toEqual(fresh);
    expect(fresh.feasible && [...new Set(fresh.instances.flatMap(({ tasks }) => Object.keys(tasks)))].sort()).toEqual(
      ids,
    );
  });
});
