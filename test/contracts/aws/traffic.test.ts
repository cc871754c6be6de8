import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  clustersWithInsights,
  discover,
  readServiceTraffic,
  readTraffic,
  targetTrackingOf,
  wholeDays,
  withTraffic,
  workloadText,
} from "@ecs-cost/core/aws";
import { readInventory } from "@ecs-cost/core/file";
import { afterEach, describe, expect, it } from "vitest";
import { seriesValues } from "../../support/aws-server/series.ts";
import { type AwsServer, type AwsServerOptions, startAwsServer } from "../../support/aws-server/server.ts";
import { openTestAws } from "../../support/aws-server/session.ts";

const DAY = 86_400;
const open: AwsServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const measured = async (options: AwsServerOptions = {}) => {
  const server = await startAwsServer({ clusters: 1, services: 6, ...options });
  open.push(server);
  const aws = openTestAws(server);
  const [found] = (await discover(aws, { regions: ["eu-west-1"] })).regions;
  if (found === undefined) throw new Error("no region");
  server.log.clear();
  const traffic = await readTraffic(aws, found.facts, wholeDays(10, server.account.now));
  return { server, found, traffic, region: withTraffic(found, traffic) };
};

const sumOf = (
  server: AwsServer,
  namespace: string,
  name: string,
  dimensions: Readonly<Record<string, string>>,
): number => {
  const { from, to } = wholeDays(10, server.account.now);
  const series = { namespace, name, statistic: "Sum", dimensions, period: DAY };
  const values = seriesValues(server.account, "eu-west-1", series, from);
  let sum = 0;
  for (let time = from; time < to; time += DAY) sum += values?.(time) ?? 0;
  return sum;
};

describe("traffic", () => {
  it("of NAT gateways is what they take in from both sides, as a month of 730 hours", async () => {
    const { server, region } = await measured();
    const bytes = ["nat-0a", "nat-0b"].flatMap((id) =>
      ["BytesInFromSource", "BytesInFromDestination"].map((metric) =>
        sumOf(server, "AWS/NATGateway", metric, { NatGatewayId: id }),
      ),
    );
    const gb = (bytes.reduce((sum, each) => sum + each, 0) / 2 ** 30) * (730 / 240);
    expect(Number(region.inventory.shared.natGateways?.gb)).toBeCloseTo(gb, 5);
  });

  it("of load balancers is rates by the hour and the second", async () => {
    const { server, region, found } = await measured();
    const [balancer] = found.facts.loadBalancers;
    const dimensions = { LoadBalancer: balancer?.arn.split(":loadbalancer/")[1] ?? "" };
    expect(dimensions.LoadBalancer).toMatch(/^app\/cluster-00-public\//);
    const sum = (metric: string) => sumOf(server, "AWS/ApplicationELB", metric, dimensions);
    const [shared] = region.inventory.shared.loadBalancers;
    expect(Number(shared?.newConnectionsPerSecond)).toBeCloseTo(sum("NewConnectionCount") / (10 * DAY), 5);
    expect(Number(shared?.activeConnections)).toBeCloseTo(sum("ActiveConnectionCount") / (10 * 1440), 5);
    expect(Number(shared?.processedGbPerHour)).toBeCloseTo(sum("ProcessedBytes") / 2 ** 30 / 240, 5);
    expect(Number(shared?.ruleEvaluationsPerSecond)).toBeCloseTo(sum("RuleEvaluations") / (10 * DAY), 5);
  });

  it("of logs goes to the service that has the log group for itself, with retention", async () => {
    const { server, region, found } = await measured();
    const service = region.inventory.services.find(({ name }) => name === "svc-0000");
    const group = `/ecs/cluster-00-svc-0000`;
    const gb = (sumOf(server, "AWS/Logs", "IncomingBytes", { LogGroupName: group }) / 2 ** 30) * (730 / 240);
    const retention = found.facts.logGroups.find(({ name }) => name === group)?.retentionDays;
    expect(Number(service?.logs?.gbPerMonth)).toBeCloseTo(gb, 5);
    expect(service?.logs?.retentionDays).toBe(retention);
  });

  it("settles what was unknown, in one call for each kind of thing", async () => {
    const { server, region, found } = await measured();
    expect(found.inventory.issues.filter(({ code }) => code === "unknown-cost")).toHaveLength(3);
    expect(region.inventory.issues.filter(({ code }) => code === "unknown-cost")).toEqual([]);
    expect(server.log.count("cloudwatch:GetMetricData")).toBe(4);
    expect(region.inventory.assumptions.map(({ code }) => code)).toContain("traffic-of-past-days");
  });

  it("stays in the workload file", async () => {
    const { region } = await measured();
    const file = join(mkdtempSync(join(tmpdir(), "ecs-cost-traffic-")), "workload.yaml");
    writeFileSync(file, workloadText(region));
    const read = readInventory([file]);
    expect(read.shared).toEqual(region.inventory.shared);
    expect(read.services.map(({ logs }) => logs)).toEqual(region.inventory.services.map(({ logs }) => logs));
  });

  it("that is denied stays unknown, and the action is named", async () => {
    const { region, found } = await measured({ faults: { denied: ["cloudwatch:GetMetricData@eu-west-1"] } });
    expect(region.inventory.shared).toEqual(found.inventory.shared);
    const codes = region.inventory.issues.map(({ code }) => code);
    expect(codes.filter((code) => code === "unknown-cost")).toHaveLength(3);
    expect(codes.filter((code) => code === "access-denied")).toHaveLength(4);
  });
});

describe("traffic of services", () => {
  it("is the requests of their target groups, and the bytes that Container Insights counts", async () => {
    const { server, found } = await measured({ clusters: 4 });
    const window = wholeDays(10, server.account.now);
    const traffic = await readServiceTraffic(openTestAws(server), found.facts, window);
    const balancer = found.facts.loadBalancers[0];
    const [group] = balancer?.targetGroups ?? [];
    const dimensions = {
      TargetGroup: group?.arn.split(":").at(-1) ?? "",
      LoadBalancer: balancer?.arn.split(":loadbalancer/")[1] ?? "",
    };
    expect(dimensions.TargetGroup).toMatch(/^targetgroup\//);
    expect(traffic.get(group?.service ?? "")?.requests).toBe(
      sumOf(server, "AWS/ApplicationELB", "RequestCount", dimensions),
    );
    const watched = clustersWithInsights(found);
    const counted = [...traffic]
      .filter(([, { sentBytes }]) => sentBytes !== undefined)
      .map(([id]) => id.split("/")[0] ?? "");
    expect(new Set(counted)).toEqual(watched);
    expect(watched.size).toBeLessThan(4);
  });
});

describe("target tracking", () => {
  it("is what the policies of a service say", async () => {
    const { found } = await measured();
    const [scaling] = found.facts.scaling;
    expect(targetTrackingOf(found.facts.scaling).get(scaling?.service ?? "")).toEqual([
      { metric: "cpu", targetPercent: 60, minTasks: 1, maxTasks: scaling?.maxTasks },
    ]);
  });
});
