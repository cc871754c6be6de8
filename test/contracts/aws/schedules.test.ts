import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  clustersWithInsights,
  type DiscoveredRegion,
  discover,
  type RegionFacts,
  readTraffic,
  wholeDays,
  withTraffic,
  workloadText,
} from "@ecs-cost/core/aws";
import { readInventory } from "@ecs-cost/core/file";
import { afterEach, describe, expect, it } from "vitest";
import { type AwsServer, type AwsServerOptions, startAwsServer } from "../../support/aws-server/server.ts";
import { openTestAws } from "../../support/aws-server/session.ts";

const REGION = "eu-west-1";
const open: AwsServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const start = async (options: AwsServerOptions = {}): Promise<AwsServer> => {
  const server = await startAwsServer({ clusters: 1, services: 3, scheduled: true, ...options });
  open.push(server);
  return server;
};

const find = async (server: AwsServer, timeout = 10_000): Promise<DiscoveredRegion> => {
  const [found] = (await discover(openTestAws(server, { timeout }), { regions: [REGION] })).regions;
  if (found === undefined) throw new Error("no region");
  return found;
};

const started = ({ inventory }: DiscoveredRegion) =>
  inventory.services.filter(({ demand }) => demand === undefined).map(({ name, runsPerMonth }) => [name, runsPerMonth]);

const WEEKDAYS = "21.72619";

describe("scheduled tasks", () => {
  it("are found without a running one, with their runs in a month; what is off, over or AWS's own is not", async () => {
    const server = await start();
    expect(started(await find(server))).toEqual([
      ["cluster-00-hourly", "1460"],
      ["cluster-00-odd", undefined],
      ["cluster-00-twice-a", WEEKDAYS],
      ["cluster-00-twice-b", WEEKDAYS],
      ["cluster-00-upload", undefined],
      ["nightly", "30.416667"],
      ["cluster-00-direct", "91.25"],
      ["cluster-00-hourly (schedule)", "365"],
      ["cluster-00-report", "1"],
      ["cluster-00-nightly", undefined],
    ]);
  });

  it("are looked at closely only where they can be of ECS, each once", async () => {
    const server = await start();
    await find(server);
    expect(server.log.count("events:ListRules")).toBe(1);
    expect(server.log.count("events:ListTargetsByRule")).toBe(6);
    expect(server.log.count("scheduler:ListSchedules")).toBe(1);
    expect(server.log.count("scheduler:GetSchedule")).toBe(5);
    expect([...server.asked].filter(([, times]) => times > 1)).toEqual([]);
  });

  it("run where their target says, at the size of their task definition, also without a revision", async () => {
    const { inventory } = await find(await start());
    const of = (name: string) => inventory.services.find((service) => service.name === name);
    expect(of("nightly")?.placement).toEqual({ kind: "launch-type", launchType: "FARGATE" });
    const ofCluster = { kind: "strategy", items: [{ capacityProvider: "FARGATE", base: 0, weight: 1 }] };
    expect(of("cluster-00-report")).toMatchObject({
      placement: ofCluster,
      network: { publicIp: true, taskStartsPerMonth: "1" },
    });
    expect(of("cluster-00-direct")?.placement).toEqual({
      kind: "strategy",
      items: [{ capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 }],
    });
    expect(of("nightly")?.tags).toEqual({ team: "data" });
    for (const name of ["cluster-00-report", "cluster-00-direct", "nightly"]) expect(of(name)?.task).toBeDefined();
  });

  it("never cost nothing: how long one takes is not known, and what a month is rests on an assumption", async () => {
    const { inventory } = await find(await start());
    const about = (name: string) =>
      inventory.issues
        .filter(({ subject }) => subject === `cluster-00/${name}`)
        .map(({ code, detail }) => [code, detail]);
    expect(about("nightly")).toEqual([
      [
        "unknown-demand",
        expect.stringMatching(/the rule nightly .*, 30\.416667 tasks a month; .* give runs\.seconds$/),
      ],
    ]);
    expect(about("cluster-00-upload")).toEqual([["unknown-demand", expect.stringContaining("on events")]]);
    expect(about("cluster-00-odd")).toEqual([["unknown-demand", expect.stringContaining("is not understood")]]);
    expect(about("cluster-00-once")).toEqual([["ignored-input", expect.stringContaining("runs once")]]);
    expect(inventory.assumptions.map(({ code }) => code)).toContain("month-of-schedules");
  });

  it("that run now are not counted again as standalone tasks", async () => {
    const { inventory } = await find(await start());
    const [issue] = inventory.issues.filter(({ subject }) => subject === "cluster-00/cluster-00-nightly");
    expect(issue?.detail).toMatch(/^1 run now outside of services, started by ecs-cost-test;/);
  });

  it("stay in the workload file, and have a cost once seconds are given", async () => {
    const found = await find(await start());
    const file = join(mkdtempSync(join(tmpdir(), "ecs-cost-schedules-")), "workload.yaml");
    const text = workloadText(found);
    writeFileSync(file, text);
    const read = readInventory([file]);
    const plain = ({ inventory: { services } }: Pick<DiscoveredRegion, "inventory">) =>
      services.map(({ name, tags, runsPerMonth, network, placement }) => [
        name,
        tags,
        runsPerMonth,
        network,
        placement,
      ]);
    expect(plain({ inventory: read })).toEqual(plain(found));
    const silent = read.issues.filter(({ code }) => code === "unknown-demand").map(({ subject }) => subject);
    expect(silent).toContain("cluster-00/nightly");
    writeFileSync(file, text.replaceAll(/perMonth: (.*)/g, "perMonth: $1\n      seconds: 90"));
    const { demand } = readInventory([file]).services.find(({ name }) => name === "nightly") ?? {};
    expect(demand).toEqual({ kind: "runs", perMonth: 30.416667, seconds: 90, pullSeconds: 0 });
  });

  it("have a duration where Container Insights counts the minutes of a family that one schedule starts often", async () => {
    const server = await start({ clusters: 4 });
    const found = await find(server);
    const watched = clustersWithInsights(found);
    expect([0, 4]).not.toContain(watched.size);
    const traffic = await readTraffic(openTestAws(server), found.facts, wholeDays(14, server.account.now));
    const { inventory, ...region } = withTraffic(found, traffic);
    const runs = inventory.services.flatMap(({ cluster, name, demand, runsPerMonth }) =>
      demand?.kind === "runs" ? [[cluster, name, demand, runsPerMonth]] : [],
    );
    const perMonth = 365;
    const minutesOfADay = 288;
    const demand = { kind: "runs", perMonth, seconds: (minutesOfADay * 60) / 12, pullSeconds: 0 };
    expect(runs).toEqual([...watched].sort().map((name) => [name, `${name}-hourly (schedule)`, demand, undefined]));
    const unknown = inventory.issues.filter(({ code }) => code === "unknown-demand").map(({ subject }) => subject);
    for (const cluster of found.facts.clusters) {
      expect(unknown.includes(`${cluster.name}/${cluster.name}-hourly (schedule)`)).toBe(!watched.has(cluster.name));
    }
    expect(inventory.assumptions.map(({ code }) => code)).toContain("run-seconds-measured");
    const file = join(mkdtempSync(join(tmpdir(), "ecs-cost-schedules-")), "workload.yaml");
    writeFileSync(file, workloadText({ ...region, inventory }));
    const read = readInventory([file]).services.flatMap((service) =>
      service.demand?.kind === "runs" ? [service.demand] : [],
    );
    expect(read).toEqual(runs.map(() => demand));
  });

  it("are not given a duration by few runs, or where something else starts tasks of the family", async () => {
    const server = await start({ clusters: 4 });
    const found = await find(server);
    const { facts, inventory } = found;
    const measure = async (days: number, changed: RegionFacts) => {
      const traffic = await readTraffic(openTestAws(server), changed, wholeDays(days, server.account.now));
      const { services } = withTraffic({ ...found, facts: changed }, traffic).inventory;
      return services.filter(({ demand }) => demand?.kind === "runs").length;
    };
    const rare = inventory.services.map((service) => ({
      ...service,
      ...(service.runsPerMonth && { runsPerMonth: "2" }),
    }));
    const traffic = await readTraffic(openTestAws(server), facts, wholeDays(14, server.account.now));
    const few = withTraffic({ ...found, inventory: { ...inventory, services: rare } }, traffic).inventory.services;
    expect(few.some(({ demand }) => demand?.kind === "runs")).toBe(false);
    expect(await measure(14, facts)).toBeGreaterThan(0);
    const alone = (cluster: (typeof facts.clusters)[number]) => ({
      taskDefinition: `${cluster.name}-report`,
      ...{ running: 1, startedBy: ["by-hand"], runningBy: { "by-hand": 1 } },
    });
    const clusters = facts.clusters.map((cluster) => ({ ...cluster, standalone: [alone(cluster)] }));
    expect(await measure(14, { ...facts, clusters })).toBe(0);
  });

  it("are the same whatever disturbs the calls", async () => {
    const quiet = await find(await start());
    const faults = { throttled: 0.15, serverError: 0.05, cut: 0.05, repeatedPage: 0.05, wrongType: 0.03, seed: 4 };
    const server = await start({ faults });
    const noisy = await find(server);
    expect(server.log.calls.some(({ fault, action }) => fault !== undefined && action.startsWith("scheduler:"))).toBe(
      true,
    );
    expect(noisy.inventory).toEqual(quiet.inventory);
  });

  it.each([
    ["events:ListRules", "cluster-00-report"],
    ["events:ListTargetsByRule", "cluster-00-report"],
    ["scheduler:ListSchedules", "nightly"],
    ["scheduler:GetSchedule", "nightly"],
  ])("that are denied by %s cost only themselves", async (action, left) => {
    const { inventory } = await find(await start({ faults: { denied: [`${action}@${REGION}`] } }));
    expect(inventory.services.map(({ name }) => name)).toContain(left);
    expect(inventory.services.filter(({ demand }) => demand !== undefined).length).toBe(3);
    expect(inventory.issues).toContainEqual(
      expect.objectContaining({ code: "access-denied", detail: expect.stringContaining(action) }),
    );
  });
});
