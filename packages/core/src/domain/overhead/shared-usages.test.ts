import { describe, expect, it } from "vitest";
import { Decimal } from "../units/decimal.ts";
import type { Inventory } from "../workload/inventory.ts";
import type { LoadBalancer, SharedInfrastructure } from "../workload/shared.ts";
import { capacityUnits } from "./load-balancer.ts";
import { sharedUsages } from "./shared-usages.ts";

const HOURS = new Decimal(730);

/** us-east-1, September 2026. */
const RATES: Record<string, string> = {
  "nat.hour": "0.045",
  "nat.gb": "0.045",
  "nat.regional.hour": "0.045",
  "alb.hour": "0.0225",
  "alb.lcu_hour": "0.008",
  "nlb.hour": "0.0225",
  "nlb.lcu_hour": "0.006",
  "vpce.interface_hour": "0.01",
  "vpce.interface_gb": "0.01",
  "ipv4.hour": "0.005",
};

const EC2: SharedInfrastructure["ec2"] = {
  instanceTypes: [],
  targetCapacity: 100,
  eniTrunking: true,
  azs: 2,
  minInstances: 0,
  memoryOverheadPercent: "5",
  rootVolumeGiB: 30,
  daemons: [],
  purchase: "on-demand",
  given: [],
};

const inventory = (shared: Partial<SharedInfrastructure>): Inventory => ({
  services: [],
  shared: { vpcEndpoints: [], loadBalancers: [], containerInsights: "off", ec2: EC2, ...shared },
  issues: [],
  assumptions: [],
});

const balancer = (given: Partial<LoadBalancer>): LoadBalancer => ({
  name: "public",
  type: "application",
  newConnectionsPerSecond: "0",
  activeConnections: "0",
  processedGbPerHour: "0",
  ruleEvaluationsPerSecond: "0",
  publicIpv4Addresses: 0,
  services: [],
  ...given,
});

const costs = (shared: Partial<SharedInfrastructure>): string[] =>
  sharedUsages(inventory(shared), HOURS).usages.map(
    ({ key, quantity }) => `${key} ${quantity.times(RATES[key] ?? Number.NaN).toFixed()}`,
  );

describe("shared infrastructure in us-east-1, 730 hours", () => {
  it("costs nothing where there is none", () => {
    expect(costs({})).toEqual([]);
  });

  it("bills one NAT gateway, 100 GB and its public address at 32.85 + 4.50 + 3.65", () => {
    const natGateways = { count: 1, gb: "100", type: "zonal" } as const;
    expect(costs({ natGateways })).toEqual(["nat.hour 32.85", "nat.gb 4.5", "ipv4.hour 3.65"]);
    expect(costs({ natGateways: { ...natGateways, publicIpv4Addresses: 0 } })).toEqual([
      "nat.hour 32.85",
      "nat.gb 4.5",
    ]);
  });

  it("bills a regional NAT gateway for each active zone under keys of its own", () => {
    const { usages } = sharedUsages(inventory({ natGateways: { count: 2, gb: "100", type: "regional" } }), HOURS);
    expect(usages.map(({ key, quantity }) => `${key} ${quantity.toFixed()}`)).toEqual([
      "nat.regional.hour 1460",
      "nat.regional.gb 100",
      "ipv4.hour 1460",
    ]);
  });

  it("bills an interface endpoint in one zone and 1,000 GB at 7.30 + 10.00, and a gateway endpoint not at all", () => {
    expect(
      costs({
        vpcEndpoints: [
          { service: "ecr.dkr", type: "interface", azs: 1, gb: "1000" },
          { service: "s3", type: "gateway", azs: 1, gb: "500" },
        ],
      }),
    ).toEqual(["vpce.interface_hour 7.3", "vpce.interface_gb 10"]);
  });

  it("bills one application load balancer at 16.425 and one capacity unit all month at 5.84", () => {
    expect(costs({ loadBalancers: [balancer({ newConnectionsPerSecond: "25" })] })).toEqual([
      "alb.hour 16.425",
      "alb.lcu_hour 5.84",
    ]);
  });

  it("bills 10,000 new connections a second as 400 capacity units at 2,336.00", () => {
    expect(costs({ loadBalancers: [balancer({ newConnectionsPerSecond: "10000" })] })).toContain("alb.lcu_hour 2336");
  });

  it("bills the public addresses of a load balancer under its name", () => {
    const { usages } = sharedUsages(
      inventory({ loadBalancers: [balancer({ name: "edge", publicIpv4Addresses: 3 })] }),
      HOURS,
    );
    expect(usages.map(({ key, quantity, label }) => `${label} ${key} ${quantity.toFixed()}`)).toEqual([
      "edge alb.hour 730",
      "edge ipv4.hour 2190",
    ]);
  });

  it("says that an ecr.dkr endpoint without one for s3 does not carry image layers", () => {
    const dkr = { service: "com.amazonaws.eu-west-1.ecr.dkr", type: "interface", azs: 2, gb: "40" } as const;
    const s3 = { service: "s3", type: "gateway", azs: 2, gb: "0" } as const;
    const issues = (endpoints: SharedInfrastructure["vpcEndpoints"]) =>
      sharedUsages(inventory({ vpcEndpoints: endpoints }), HOURS).issues.map((issue) => [issue.code, issue.severity]);
    expect(issues([dkr])).toEqual([["ignored-input", "info"]]);
    expect(issues([dkr, s3])).toEqual([]);
  });
});

describe("load balancer capacity units", () => {
  it.each([
    ["application", { newConnectionsPerSecond: "40" }, "1.6"],
    ["application", { activeConnections: "4500" }, "1.5"],
    ["application", { processedGbPerHour: "2" }, "2"],
    ["application", { ruleEvaluationsPerSecond: "3000" }, "3"],
    ["network", { newConnectionsPerSecond: "2400" }, "3"],
    ["network", { activeConnections: "150000" }, "1.5"],
    ["network", { processedGbPerHour: "0.25" }, "0.25"],
    ["network", { ruleEvaluationsPerSecond: "3000" }, "0"],
  ] as const)("%s %o //=> %s", (type, load, units) => {
    expect(capacityUnits(balancer({ type, ...load })).toFixed()).toBe(units);
  });

  it("are those of the dimension that needs most", () => {
    const busy = balancer({ newConnectionsPerSecond: "40", activeConnections: "9000", processedGbPerHour: "2" });
    expect(capacityUnits(busy).toFixed()).toBe("3");
  });
});
