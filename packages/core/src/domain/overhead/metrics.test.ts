import { describe, expect, it } from "vitest";
import { Decimal } from "../units/decimal.ts";
import type { Inventory } from "../workload/inventory.ts";
import type { Service } from "../workload/service.ts";
import type { NetworkMode } from "../workload/task.ts";
import { clusterMetricUsage, serviceMetricUsage } from "./metrics.ts";

const service = (containers: number, networkMode: NetworkMode = "awsvpc", given: Partial<Service> = {}): Service => ({
  id: "production/api",
  name: "api",
  cluster: "production",
  tags: {},
  placement: { kind: "launch-type", launchType: "FARGATE" },
  scheduling: "replica",
  placementConstraints: false,
  interruptible: "no",
  origin: "test",
  task: {
    cpu: 256,
    memory: 512,
    architecture: "x86_64",
    os: "linux",
    ephemeralStorageGiB: 20,
    gpu: 0,
    networkMode,
    ports: [],
    privileged: false,
    fargateBlockers: [],
    containers: Array.from({ length: containers }, (_, index) => ({ name: `c${index}`, essential: true })),
    requiresCompatibilities: [],
  },
  network: {
    publicIp: false,
    internetEgressGb: "0",
    crossAzGb: "0",
    imageGb: "0",
    taskStartsPerMonth: "0",
    imagePullSeconds: 0,
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
  ...given,
});

const count = (subject: Service, tasks: string, mode: "off" | "standard" | "enhanced"): string[] =>
  serviceMetricUsage(subject, new Decimal(tasks), mode).usages.map(
    ({ key, quantity }) => `${key} ${quantity.toFixed()}`,
  );

const runs = { kind: "runs", perMonth: 3000, seconds: 45, pullSeconds: 0 } as const;

describe("Container Insights of a service", () => {
  it("is off by default", () => {
    expect(count(service(1), "4", "off")).toEqual([]);
  });

  it("standard: 25 custom metrics whatever the tasks and containers: 15 of the service, 10 of its family", () => {
    expect(count(service(1), "1", "standard")).toEqual(["cw.metric_month 25"]);
    expect(count(service(4), "30", "standard")).toEqual(["cw.metric_month 25"]);
    expect(count(service(1, "host"), "1", "standard")).toEqual(["cw.metric_month 21"]);
  });

  it("enhanced: 37 + 14 for each container, and 32 + 14 for each container of a running task", () => {
    const key = "cw.container_insights_enhanced_ecs_metric_month";
    expect(count(service(1), "1", "enhanced")).toEqual([`${key} 97`]);
    expect(count(service(2), "3", "enhanced")).toEqual([`${key} ${37 + 2 * 14 + 3 * (32 + 2 * 14)}`]);
    expect(count(service(1), "0.5", "enhanced")).toEqual([`${key} 74`]);
    expect(count(service(0), "1", "enhanced")).toEqual([`${key} 97`]);
  });

  it("counts standalone tasks by their family alone", () => {
    expect(count(service(1, "awsvpc", { demand: runs }), "1", "standard")).toEqual(["cw.metric_month 10"]);
    expect(count(service(1, "awsvpc", { demand: runs }), "1", "enhanced")).toEqual([
      "cw.container_insights_enhanced_ecs_metric_month 46",
    ]);
  });

  it("has no metrics where no tasks run", () => {
    expect(count(service(1), "0", "enhanced")).toEqual([]);
  });
});

describe("Container Insights of clusters", () => {
  const inventory = (containerInsights: "off" | "standard" | "enhanced"): Inventory => ({
    services: [
      service(1, "awsvpc", { cluster: "b" }),
      service(1, "awsvpc", { cluster: "a" }),
      service(1, "awsvpc", { cluster: "b" }),
    ],
    shared: {
      vpcEndpoints: [],
      loadBalancers: [],
      containerInsights,
      ec2: {
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
      },
    },
    issues: [],
    assumptions: [],
  });

  const lines = (mode: "off" | "standard" | "enhanced"): string[] =>
    clusterMetricUsage(inventory(mode)).usages.map(({ quantity, label }) => `${label} ${quantity.toFixed()}`);

  it("is 13 metrics a cluster, 26 enhanced", () => {
    expect(lines("off")).toEqual([]);
    expect(lines("standard")).toEqual(["a 13", "b 13"]);
    expect(lines("enhanced")).toEqual(["a 26", "b 26"]);
  });

  it("names its count as an assumption and its log events as an unknown cost", () => {
    const { assumptions, issues } = clusterMetricUsage(inventory("standard"));
    expect(assumptions.map(({ code }) => code)).toEqual(["container-insights-metric-count"]);
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual([["unknown-cost", "info"]]);
  });
});
