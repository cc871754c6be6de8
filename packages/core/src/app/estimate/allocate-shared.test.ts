import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleService, sampleTask } from "../../../test/sample-service.ts";
import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import { Decimal } from "../../domain/units/decimal.ts";
import { NO_SHARED } from "../../domain/workload/defaults.ts";
import type { LoadBalancer, SharedInfrastructure } from "../../domain/workload/shared.ts";
import { allocateShared } from "./allocate-shared.ts";
import { estimate } from "./estimate.ts";

/** Everything costs 0.07 a unit, flat. */
const catalogue: PriceCatalogue = {
  region: "us-east-1",
  source: "test",
  asOf: "2026-11",
  find: (key) => ({
    found: true,
    price: {
      key,
      unit: "unit",
      usageType: key,
      serviceCode: "",
      tiers: [{ from: "0", to: null, rate: "0.07" }],
      asOf: "2026-11",
      source: "test",
    },
  }),
  instanceTypes: () => [],
  instanceType: () => undefined,
  spotInterruptionBand: () => undefined,
};

const balancer = (name: string, services: readonly string[]): LoadBalancer => ({
  name,
  type: "application",
  newConnectionsPerSecond: "25",
  activeConnections: "0",
  processedGbPerHour: "0",
  ruleEvaluationsPerSecond: "0",
  publicIpv4Addresses: 1,
  services,
});

const shared = (gb: string): SharedInfrastructure => ({
  ...NO_SHARED,
  natGateways: { count: 1, gb, type: "zonal" },
  loadBalancers: [balancer("public", ["s1"])],
});

const inventory = (tasks: readonly number[], gb: string) => ({
  services: tasks.map((count, index) =>
    sampleService({
      id: `c/s${index}`,
      name: `s${index}`,
      demand: { kind: "count", tasks: count },
      task: sampleTask({ memory: 2048 + 1024 * index }),
    }),
  ),
  shared: shared(gb),
  issues: [],
  assumptions: [],
});

describe("shared cost that is divided over the services", () => {
  it("leaves the total as it was, to the last digit", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 2, maxLength: 6 }), fc.nat(1e6), (tasks, gb) => {
        const before = estimate(inventory(tasks, String(gb / 100)), catalogue);
        const after = allocateShared(before, shared(String(gb / 100)));
        const sum = after.services.reduce((total, { monthlyCost }) => total.plus(monthlyCost ?? 0), new Decimal(0));
        expect(sum.toFixed()).toBe(before.totalMonthlyCost?.toFixed());
        expect(after.totalMonthlyCost?.toFixed()).toBe(before.totalMonthlyCost?.toFixed());
        expect(after.shared.lineItems).toEqual([]);
      }),
    );
  });

  it("gives a load balancer to the services that it names, and the rest by CPU and memory at 9 : 1", () => {
    const after = allocateShared(estimate(inventory([1, 1], "100"), catalogue), shared("100"));
    const lines = after.services.map(({ lineItems }) =>
      lineItems
        .filter(({ dimension }) => !dimension.startsWith("fargate"))
        .map(({ dimension, quantity }) => [dimension, quantity.toFixed(3)]),
    );
    // Weights 9 x 1024 + 2048 = 11264 and 9 x 1024 + 3072 = 12288.
    expect(lines).toEqual([
      [
        ["nat.hour", "349.130"],
        ["nat.gb", "47.826"],
        ["ipv4.hour", "349.130"],
      ],
      [
        ["nat.hour", "380.870"],
        ["nat.gb", "52.174"],
        ["ipv4.hour", "380.870"],
        ["alb.hour", "730.000"],
        ["alb.lcu_hour", "730.000"],
        ["ipv4.hour", "730.000"],
      ],
    ]);
  });
});
