import { describe, expect, it } from "vitest";
import type { Price, PriceCatalogue } from "../pricing/price.ts";
import { Decimal } from "../units/decimal.ts";
import type { Inventory } from "../workload/inventory.ts";
import type { Placement, Service, ServiceNetwork } from "../workload/service.ts";
import type { SharedInfrastructure } from "../workload/shared.ts";
import { connectivityOptions, endpointBreakEvenGb } from "./connectivity.ts";

const HOURS = new Decimal(730);
const RATES: Record<string, string> = {
  "nat.hour": "0.045",
  "nat.gb": "0.045",
  "vpce.interface_hour": "0.01",
  "vpce.interface_gb": "0.01",
  "ipv4.hour": "0.005",
};

const catalogueOf = (rates: Record<string, string>): PriceCatalogue => ({
  region: "us-east-1",
  source: "test",
  asOf: "2026-09",
  find: (key) => {
    const rate = rates[key];
    if (rate === undefined) return { found: false, key };
    const price: Price = {
      key,
      unit: "",
      usageType: "",
      serviceCode: "",
      tiers: [{ from: "0", to: null, rate }],
      asOf: "2026-09",
      source: "test",
    };
    return { found: true, price };
  },
  instanceTypes: () => [],
  instanceType: () => undefined,
  spotInterruptionBand: () => undefined,
});

const service = (placement: Placement, network: Partial<ServiceNetwork> = {}): Service => ({
  id: "production/api",
  name: "api",
  cluster: "production",
  tags: {},
  placement,
  scheduling: "replica",
  placementConstraints: false,
  interruptible: "no",
  origin: "test",
  network: {
    publicIp: false,
    internetEgressGb: "0",
    crossAzGb: "0",
    imageGb: "0.4",
    taskStartsPerMonth: "300",
    imagePullSeconds: 0,
    ...network,
  },
  extras: {
    efsGb: "0",
    ebsGiBPerTask: "0",
    ecrGb: "0",
    secrets: "0",
    advancedParameters: "0",
    tracesPerMonth: "0",
    cloudMapInstances: "0",
  },
});

const FARGATE: Placement = { kind: "launch-type", launchType: "FARGATE" };

const inventory = (services: readonly Service[], shared: Partial<SharedInfrastructure> = {}): Inventory => ({
  services,
  shared: {
    vpcEndpoints: [],
    loadBalancers: [],
    containerInsights: "off",
    ec2: {
      instanceTypes: [],
      targetCapacity: 100,
      eniTrunking: true,
      azs: 3,
      minInstances: 0,
      memoryOverheadPercent: "5",
      rootVolumeGiB: 30,
      daemons: [],
      purchase: "on-demand",
      given: [],
    },
    ...shared,
  },
  issues: [],
  assumptions: [],
});

const compare = (given: Inventory, rates = RATES, tasks: Decimal | undefined = new Decimal(6)) =>
  connectivityOptions(given, () => tasks, catalogueOf(rates), HOURS);

const costs = (given: Inventory, rates = RATES): (string | null)[] =>
  (compare(given, rates)?.options ?? []).map(({ monthlyCost }) => monthlyCost?.toFixed(2) ?? null);

const reasonsOf = (given: Inventory, id: string, tasks?: Decimal): string[] =>
  (compare(given, RATES, tasks)?.options ?? [])
    .filter((option) => option.id === id)
    .flatMap(({ reasons }) => reasons.map(({ code }) => code));

describe("connectivity", () => {
  const nat = { natGateways: { count: 2, gb: "500", type: "zonal" } } as const;

  it("prices the same traffic three ways", () => {
    // NAT 2 x 730 x (0.045 + 0.005) + (500 + 120) x 0.045; endpoints 3 x 3 x 730 x 0.01 + 500 x 0.01; addresses 6 x 730 x 0.005
    expect(costs(inventory([service(FARGATE)], nat))).toEqual(["100.90", "70.70", "21.90"]);
  });

  it("moves what endpoints carry today to NAT, and takes a gateway for each zone where none is given", () => {
    const endpoints = [
      { service: "logs", type: "interface", azs: 3, gb: "100" },
      { service: "s3", type: "gateway", azs: 3, gb: "1000" },
    ] as const;
    const given = inventory([service(FARGATE)], { vpcEndpoints: endpoints });
    // 3 x 730 x (0.045 + 0.005) + (100 + 1000 + 120) x 0.045; 9 x 7.30 + 100 x 0.01
    expect(costs(given)).toEqual(["164.40", "66.70", "21.90"]);
    expect(reasonsOf(given, "nat")).toEqual(["nat-per-az"]);
  });

  it("is null where nothing needs a way out", () => {
    expect(compare(inventory([service(FARGATE, { imageGb: "0" })]))).toBeNull();
  });

  it("rules out endpoints for traffic to the internet", () => {
    const given = inventory([service(FARGATE, { internetEgressGb: "200" })], nat);
    expect(costs(given)[1]).toBeNull();
    expect(reasonsOf(given, "endpoints")[0]).toBe("internet-traffic");
  });

  it("rules out public addresses for tasks that are not on Fargate", () => {
    const placements: Placement[] = [
      { kind: "launch-type", launchType: "MANAGED_INSTANCES" },
      { kind: "launch-type", launchType: "EC2" },
      { kind: "strategy", items: [{ capacityProvider: "my-asg", base: 0, weight: 1 }] },
    ];
    for (const placement of placements) {
      expect(reasonsOf(inventory([service(placement)], nat), "public-ipv4")[0]).toBe("no-public-address");
    }
    const spot: Placement = { kind: "strategy", items: [{ capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 }] };
    expect(reasonsOf(inventory([service(spot)], nat), "public-ipv4")).toEqual(["public-address"]);
  });

  it("has no cost where a price is missing", () => {
    const { "nat.gb": _, ...rates } = RATES;
    expect(costs(inventory([service(FARGATE)], nat), rates)).toEqual([null, "70.70", "21.90"]);
    expect(compare(inventory([service(FARGATE)], nat), rates)?.endpointBreakEvenGb).toBeNull();
  });
});

describe("break-even of an interface endpoint against NAT", () => {
  it("is 208.57 GB a month and zone in us-east-1", () => {
    expect(endpointBreakEvenGb(catalogueOf(RATES), HOURS, "zonal")?.toFixed(2)).toBe("208.57");
  });

  it("does not exist where a GB through the endpoint is not cheaper", () => {
    expect(endpointBreakEvenGb(catalogueOf({ ...RATES, "vpce.interface_gb": "0.045" }), HOURS, "zonal")).toBeNull();
  });
});
