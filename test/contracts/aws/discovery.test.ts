import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Inventory } from "@ecs-cost/core";
import {
  type DiscoveredRegion,
  discover,
  type ProgressEvent,
  servicesToScan,
  type WorkloadFile,
  workloadFiles,
  workloadText,
} from "@ecs-cost/core/aws";
import { readInventory } from "@ecs-cost/core/file";
import { afterEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { FaultPlan } from "../../support/aws-server/fault-plan.ts";
import { type AwsServer, type AwsServerOptions, startAwsServer } from "../../support/aws-server/server.ts";
import { openTestAws, TEST_CREDENTIALS } from "../../support/aws-server/session.ts";

const open: AwsServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const start = async (options: AwsServerOptions = {}): Promise<AwsServer> => {
  const server = await startAwsServer({ clusters: 2, services: 13, ...options });
  open.push(server);
  return server;
};

const find = async (server: AwsServer, regions: readonly string[] = ["eu-west-1"], timeout = 10_000) =>
  discover(openTestAws(server, { timeout }), { regions });

const only = async (server: AwsServer): Promise<DiscoveredRegion> => {
  const [region] = (await find(server)).regions;
  if (region === undefined) throw new Error("no region");
  return region;
};

const written = (files: readonly WorkloadFile[]): string => {
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost-discovered-"));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
};

/** Everything but where it was read, and the name under which a task definition is referred to. */
const content = (inventory: Inventory) =>
  inventory.services.map(({ origin: _, taskDefinition: __, ...service }) => JSON.parse(JSON.stringify(service)));

describe("discovery", () => {
  it("finds every service with its task, once, in order", async () => {
    const server = await start();
    const { inventory } = await only(server);
    const account = server.account.regions[0]?.clusters ?? [];
    const expected = account.flatMap(({ name, services }) => services.map((service) => `${name}/${service.name}`));
    const found = inventory.services.filter(({ demand }) => demand !== undefined);
    expect(found.map(({ id }) => id)).toEqual(expected);
    expect(found.every(({ task }) => task !== undefined)).toBe(true);
    expect(found.map(({ demand }) => demand)).toEqual(
      account.flatMap(({ services }) => services.map(({ desired }) => ({ kind: "count", tasks: desired }))),
    );
  });

  it("asks for services in tens and for each task definition once", async () => {
    const server = await start();
    await find(server);
    expect(server.log.count("ecs:DescribeServices")).toBe(2 * 2);
    expect(server.log.count("ecs:DescribeTaskDefinition")).toBe(2 * 13 + 1);
    expect(server.log.count("ecs:DescribeClusters")).toBe(1);
    expect([...server.asked].filter(([, times]) => times > 1)).toEqual([]);
  });

  it("tells how many task definitions are read of those that are known so far", async () => {
    const server = await start();
    const told: ProgressEvent[] = [];
    await discover(openTestAws(server, { observe: (event) => told.push(event) }), { regions: ["eu-west-1"] });
    const definitions = told.flatMap((event) => (event.code === "definitions-progress" ? [event] : []));
    expect(definitions.map(({ done }) => done)).toEqual(definitions.map((_, at) => at + 1));
    expect(definitions.at(-1)).toMatchObject({ done: 2 * 13 + 1, definitions: 2 * 13 + 1, region: "eu-west-1" });
  });

  it("tells standalone tasks, and that their demand is not known", async () => {
    const { inventory, facts } = await only(await start({ clusters: 1 }));
    expect(facts.clusters[0]?.standalone).toEqual([
      expect.objectContaining({
        running: 2,
        startedBy: ["ecs-cost-test", "events-rule/nightly"],
        launchType: "FARGATE",
      }),
    ]);
    expect(inventory.services.find(({ name }) => name === "cluster-00-nightly")?.demand).toBeUndefined();
    expect(inventory.issues).toContainEqual(
      expect.objectContaining({
        code: "unknown-demand",
        subject: "cluster-00/cluster-00-nightly",
        detail: expect.stringContaining("events-rule/nightly"),
      }),
    );
  });

  it("finds what belongs to clusters and VPCs", async () => {
    const { inventory, facts } = await only(await start({ clusters: 1 }));
    const { shared } = inventory;
    expect(shared.natGateways).toEqual({ count: 2, gb: "0", type: "zonal", publicIpv4Addresses: 2 });
    expect(shared.vpcEndpoints.map(({ service, type, azs }) => [service, type, azs])).toEqual([
      ["ecr.dkr", "interface", 2],
      ["logs", "interface", 2],
      ["s3", "gateway", 0],
    ]);
    expect(shared.loadBalancers).toEqual([
      expect.objectContaining({
        name: "cluster-00-public",
        publicIpv4Addresses: 2,
        services: expect.arrayContaining(["cluster-00/svc-0000"]),
      }),
    ]);
    expect(shared.ec2).toMatchObject({ azs: 2, eniTrunking: true, instanceTypes: ["m7g.large"], targetCapacity: 90 });
    expect(facts.scaling.length).toBeGreaterThan(0);
    expect(facts.logGroups.length).toBe(facts.taskDefinitions.length);
    expect(facts.clusters[0]?.instances[0]).toMatchObject({
      registered: { cpu: 2048, memory: 7820 },
      remaining: { cpu: 1024, memory: 3724 },
    });
    expect(inventory.issues.filter(({ code }) => code === "unknown-cost").length).toBe(3);
  });

  it("writes a workload file that is read to the same inventory", async () => {
    const found = await only(await start());
    const read = readInventory([join(written(workloadFiles(found)), "workload.yaml")]);
    expect(content(read)).toEqual(content(found.inventory));
    expect(read.shared).toEqual(found.inventory.shared);
    expect(read.region).toBe("eu-west-1");
    expect(read.issues.map(({ code }) => code)).toEqual(["unknown-demand"]);
  });

  it("writes one file alone as well, with the same tasks", async () => {
    const found = await only(await start());
    const folder = written([{ path: "workload.yaml", text: workloadText(found) }]);
    const read = readInventory([join(folder, "workload.yaml")]);
    const sizes = ({ services }: Inventory) =>
      services.map(({ id, task, placement, demand }) => [
        id,
        task?.cpu,
        task?.memory,
        task?.architecture,
        placement,
        demand,
      ]);
    expect(sizes(read)).toEqual(sizes(found.inventory));
    expect(read.shared).toEqual(found.inventory.shared);
  });

  it("writes the target tracking of services, and tells what of their scaling has no key", async () => {
    const found = await only(await start());
    const { inventory, facts } = found;
    const scaled = inventory.services.filter(({ autoscaling }) => autoscaling !== undefined);
    expect(scaled.map(({ id }) => id)).toEqual(facts.scaling.map(({ service }) => service));
    expect(scaled[0]?.autoscaling).toEqual({
      minTasks: 1,
      maxTasks: facts.scaling[0]?.maxTasks,
      cpuTargetPercent: 60,
    });
    const [file] = workloadFiles(found);
    expect(file?.text).toContain("cpuTargetPercent: 60");
    const byTime = facts.scaling.filter(({ scheduled }) => scheduled.length > 0);
    expect(byTime[0]?.scheduled).toEqual([
      { name: "evening", schedule: "cron(0 20 * * ? *)", timezone: "Europe/Berlin", minTasks: 0 },
    ]);
    const told = inventory.issues.filter(({ detail }) => detail.startsWith("scheduled actions"));
    expect(told.map(({ subject, severity }) => [subject, severity])).toEqual(
      byTime.map(({ service }) => [service, "info"]),
    );
    expect(told[0]?.detail).toContain("evening (cron(0 20 * * ? *) Europe/Berlin: at least 0)");
  });

  it("tells what the capacity providers are that strategies name", async () => {
    const server = await start({ managedInstances: true });
    const found = await only(server);
    const { inventory, facts } = found;
    expect(facts.providers.filter(({ kind }) => kind === "managed-instances")).toEqual([
      { name: "managed", kind: "managed-instances", cluster: "cluster-00", spot: false },
      { name: "managed", kind: "managed-instances", cluster: "cluster-01", spot: true },
    ]);
    const told = inventory.shared.capacityProviders ?? [];
    expect(told.filter(({ type }) => type === "managed-instances")).toEqual([
      { name: "managed", cluster: "cluster-00", type: "managed-instances", purchase: "on-demand" },
      { name: "managed", cluster: "cluster-01", type: "managed-instances", purchase: "spot" },
    ]);
    const groups = told.filter(({ type }) => type === "auto-scaling-group");
    expect(groups.every(({ purchase, targetCapacity }) => purchase === undefined && targetCapacity === 90)).toBe(true);
    const ofStrategies = (server.account.regions[0]?.clusters ?? []).flatMap(({ name, services }) =>
      services.filter(({ launch }) => launch === "strategy").map((service) => `${name}/${service.name}`),
    );
    const managed = inventory.services.filter(
      ({ placement }) => placement.kind === "strategy" && placement.items[0]?.capacityProvider === "managed",
    );
    expect(managed.map(({ id }) => id)).toEqual(ofStrategies);
    expect(parse(workloadText(found)).shared.capacityProviders).toEqual(told);
    expect(server.log.count("ecs:DescribeCapacityProviders")).toBe(1 + 2);
  });

  it("leaves environment, secrets and credentials out of everything that it gives", async () => {
    const found = await only(await start({ clusters: 1, services: 3 }));
    const all = JSON.stringify([found, workloadFiles(found), workloadText(found)]);
    for (const secret of ["plain-text-secret", "secretsmanager", ...Object.values(TEST_CREDENTIALS)])
      expect(all).not.toContain(secret);
  });

  it("gives the services to scan", async () => {
    const found = await only(await start({ clusters: 1, services: 2 }));
    expect(servicesToScan(found)).toEqual([
      { region: "eu-west-1", cluster: "cluster-00", service: "svc-0000" },
      { region: "eu-west-1", cluster: "cluster-00", service: "svc-0001" },
    ]);
  });

  it("looks only at the clusters and services that are asked for", async () => {
    const server = await start();
    const aws = openTestAws(server);
    const options = {
      regions: ["eu-west-1"],
      cluster: (name: string) => name === "cluster-01",
      service: (name: string) => name < "svc-0002",
    };
    const { regions } = await discover(aws, options);
    expect(regions[0]?.inventory.services.map(({ id }) => id)).toEqual(["cluster-01/svc-0000", "cluster-01/svc-0001"]);
    expect(server.log.count("ecs:DescribeServices")).toBe(1);
    expect(server.log.count("ecs:ListTasks")).toBe(0);
  });
});

describe("discovery that is disturbed", () => {
  const plans: readonly (readonly [string, FaultPlan])[] = [
    ["throttling and broken connections", { throttled: 0.2, cut: 0.05, seed: 3 }],
    ["failures of AWS", { serverError: 0.2, seed: 4 }],
    ["pages that repeat once in a while", { repeatedPage: 0.3, seed: 5 }],
    ["wrong types of lists and numbers", { wrongType: 0.1, seed: 21 }],
  ];

  it.each(plans)("by %s finds the same", async (name, faults) => {
    const options = { clusters: 2, services: 13 };
    const whole = await only(await start(options));
    const server = await start({ ...options, faults });
    const disturbed = await only(server);
    expect(server.log.calls.some(({ fault }) => fault !== undefined)).toBe(true);
    expect(content(disturbed.inventory)).toEqual(content(whole.inventory));
    if (!name.startsWith("wrong")) expect(disturbed).toEqual(whole);
  });

  it("by a list of services that ends early says how many are missing", async () => {
    const server = await start({ clusters: 1, services: 120, faults: { endedEarly: 1 } });
    const { inventory } = await only(server);
    expect(inventory.services.filter(({ demand }) => demand !== undefined)).toHaveLength(100);
    expect(inventory.issues).toContainEqual(
      expect.objectContaining({
        code: "not-read",
        subject: "cluster-00",
        detail: expect.stringContaining("has 120 services, but AWS listed 100"),
      }),
    );
  });

  it("by pages that repeat for ever gives up on that list, and says so", async () => {
    const server = await start({ clusters: 1, services: 120, faults: { repeatedPage: 1 } });
    const { inventory } = await only(server);
    expect(inventory.issues).toContainEqual(
      expect.objectContaining({
        code: "not-read",
        subject: "cluster-00",
        detail: expect.stringContaining("its pages repeat"),
      }),
    );
  });

  it("by one denied cluster loses that cluster alone", async () => {
    const options = { clusters: 3, services: 5 };
    const whole = await only(await start(options));
    const server = await start({ ...options, faults: { denied: ["ecs:DescribeServices@eu-west-1/cluster-01"] } });
    const { inventory } = await only(server);
    const others = (of: Inventory) => content(of).filter(({ cluster }) => cluster !== "cluster-01");
    expect(others(inventory)).toEqual(others(whole.inventory));
    expect(inventory.issues).toContainEqual(
      expect.objectContaining({
        code: "access-denied",
        subject: "cluster-01",
        detail: expect.stringContaining("ecs:DescribeServices"),
      }),
    );
  });

  const SIDE_ACTIONS = [
    "ec2:DescribeNatGateways",
    "ec2:DescribeVpcEndpoints",
    "ec2:DescribeSubnets",
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeTargetGroups",
    "application-autoscaling:DescribeScalableTargets",
    "application-autoscaling:DescribeScalingPolicies",
    "application-autoscaling:DescribeScheduledActions",
    "logs:DescribeLogGroups",
    "ecs:DescribeCapacityProviders",
    "ecs:ListContainerInstances",
    "ecs:DescribeContainerInstances",
    "ecs:ListTasks",
    "ecs:DescribeTasks",
  ];

  it.each(SIDE_ACTIONS)("by a denied %s keeps every service and names the action", async (action) => {
    const options = { clusters: 1, services: 6 };
    const whole = await only(await start(options));
    const { inventory } = await only(await start({ ...options, faults: { denied: [`${action}@eu-west-1`] } }));
    const services = (of: Inventory) =>
      content(of).flatMap(({ autoscaling: _, ...service }) => (service.demand === undefined ? [] : [service]));
    expect(services(inventory)).toEqual(services(whole.inventory));
    const issue = inventory.issues.find(({ code }) => code === "access-denied");
    expect(issue?.detail).toContain(action);
  });

  it("by a denied region loses that region alone", async () => {
    const regions = ["eu-west-1", "us-east-1"];
    const server = await start({ regions, clusters: 1, services: 3, faults: { denied: ["*@us-east-1"] } });
    const found = await find(server, regions);
    expect(found.regions.map(({ region }) => region)).toEqual(["eu-west-1"]);
    expect(found.issues).toEqual([
      expect.objectContaining({
        code: "access-denied",
        subject: "us-east-1",
        detail: expect.stringContaining("ecs:ListClusters"),
      }),
    ]);
  });

  it("in every region fails with the action and a hint", async () => {
    const server = await start({ faults: { denied: ["ecs:ListClusters@eu-west-1"] } });
    await expect(find(server)).rejects.toMatchObject({
      code: "access-denied",
      source: "aws",
      message: "AWS denied ecs:ListClusters in eu-west-1",
      hint: expect.stringContaining("docs/iam.md"),
    });
  });

  it("by expired credentials ends, and shows none of them", async () => {
    const server = await start({ faults: { expiredAfter: 4 } });
    const error = await find(server).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "expired-credentials", source: "aws" });
    const shown = `${String(error)} ${JSON.stringify(error)} ${(error as Error).stack} ${String((error as Error).cause)}`;
    for (const secret of Object.values(TEST_CREDENTIALS)) expect(shown).not.toContain(secret);
  });
});
