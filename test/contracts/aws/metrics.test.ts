import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  lookbackWindow,
  openPointCache,
  type PointCache,
  planScan,
  type ScanRequest,
  type ServiceRef,
  scanMetrics,
} from "@ecs-cost/core/aws";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { FaultPlan } from "../../support/aws-server/fault-plan.ts";
import { type AwsServer, type AwsServerOptions, startAwsServer } from "../../support/aws-server/server.ts";
import { openTestAws } from "../../support/aws-server/session.ts";

const GET = "cloudwatch:GetMetricData";
const open: AwsServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const start = async (options: AwsServerOptions = {}): Promise<AwsServer> => {
  const server = await startAwsServer({ clusters: 2, services: 8, ...options });
  open.push(server);
  return server;
};

const folder = (): string => join(mkdtempSync(join(tmpdir(), "ecs-cost-scan-")), "points");

const servicesOf = (server: AwsServer): readonly ServiceRef[] =>
  server.account.regions.flatMap(({ region, clusters }) =>
    clusters.flatMap((cluster) =>
      cluster.services.map(({ name }) => ({ region, cluster: cluster.name, service: name })),
    ),
  );

const requestOf = (server: AwsServer, days = 1, period = 300): ScanRequest => ({
  services: servicesOf(server),
  window: lookbackWindow(days, server.account.now, period),
});

const scan = async (server: AwsServer, request: ScanRequest, cache: PointCache, timeout = 10_000) => {
  const lines: string[] = [];
  const aws = openTestAws(server, { timeout });
  const result = await scanMetrics(aws, request, (...point) => lines.push(point.join(",")), cache);
  return { result, text: lines.join("\n") };
};

const bytesOf = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(path)
      .sort()
      .map((name) => [name, readFileSync(join(path, name)).toString("base64")]),
  );

const pointsIn = (server: AwsServer): number => server.log.calls.reduce((sum, { points }) => sum + points, 0);

/** Small pages, so that a batch has many. */
const PAGED: AwsServerOptions = { clusters: 2, services: 6, pagePoints: 300 };

const undisturbed = async (options: AwsServerOptions = PAGED) => {
  const server = await start(options);
  const path = folder();
  const read = await scan(server, requestOf(server), openPointCache(path));
  return { ...read, bytes: bytesOf(path), answered: pointsIn(server) };
};

describe("a scan of utilization", () => {
  it("asks with the least calls that the limits allow, as planned", async () => {
    const server = await start();
    const request = requestOf(server, 14);
    const plan = planScan(request, openPointCache(folder()));
    const { result } = await scan(server, request, openPointCache(folder()));
    const points = plan.series * ((request.window.to - request.window.from) / 300);
    const least = Math.ceil(points / 100_800);
    expect(plan).toMatchObject({ services: 16, series: 64, cachedSeries: 0, calls: 3, metricsRequested: 64 });
    expect(plan.cost.toFixed()).toBe("0.00064");
    expect(server.log.count(GET)).toBe(plan.calls);
    expect(plan.calls).toBeLessThanOrEqual(Math.ceil(least * 1.1));
    expect(result.issues).toEqual([]);
  });

  it("gives the points service by service, the oldest first, and none of a service without tasks", async () => {
    const server = await start({ clusters: 1, services: 8 });
    const idle = server.account.regions[0]?.clusters[0]?.services.filter(({ desired }) => desired === 0) ?? [];
    const { text } = await scan(server, requestOf(server, 1), openPointCache(folder()));
    const names = text.split("\n").map((line) => line.split(",")[0] ?? "");
    expect(names).toEqual([...names].sort());
    expect(idle.length).toBeGreaterThan(0);
    for (const { name } of idle) expect(names).not.toContain(`cluster-00/${name}`);
  });

  it("reads running tasks where Container Insights is on", async () => {
    const server = await start({ clusters: 1, services: 3 });
    const request = { ...requestOf(server, 1), containerInsights: ({ service }: ServiceRef) => service === "svc-0001" };
    const { text } = await scan(server, request, openPointCache(folder()));
    const tasks = new Map(text.split("\n").map((line) => [line.split(",")[0], line.split(",")[6]]));
    const desired = server.account.regions[0]?.clusters[0]?.services[1]?.desired;
    expect(tasks.get("cluster-00/svc-0001")).toBe(String(desired));
    expect([...tasks].filter(([name]) => name !== "cluster-00/svc-0001").every(([, count]) => count === "NaN")).toBe(
      true,
    );
  });

  it("of single columns gives those alone, also where the cache holds others", async () => {
    const server = await start({ clusters: 1, services: 3 });
    const path = folder();
    const request = { ...requestOf(server, 1), containerInsights: () => true };
    const whole = await scan(server, request, openPointCache(path));
    const columnsOf = (text: string, ...at: readonly number[]) =>
      text.split("\n").map((line) => at.map((column) => line.split(",")[column]));
    const { text, result } = await scan(server, { ...request, columns: ["tasks"] as const }, openPointCache(path));
    expect(result.calls).toBe(0);
    expect(result.plan.series).toBe(3);
    expect(
      columnsOf(text, 2, 3, 4, 5)
        .flat()
        .every((value) => value === "NaN"),
    ).toBe(true);
    const tasks = columnsOf(whole.text, 0, 1, 6).filter(([, , count]) => count !== "NaN");
    expect(columnsOf(text, 0, 1, 6)).toEqual(tasks);
    server.log.clear();
    await scan(server, { ...request, columns: ["tasks"] as const }, openPointCache(folder()));
    expect(server.log.calls.map(({ queries }) => queries)).toEqual([3]);
  });

  it("forgets points that it could not ask for any more, and asks for no other again", async () => {
    const path = folder();
    const first = await start({ clusters: 1, services: 3 });
    const minutes = { ...requestOf(first, 1), window: lookbackWindow(1, first.account.now, 60) };
    await scan(first, minutes, openPointCache(path));
    const owner = "eu-west-1/cluster-00/svc-0000";
    const periods = () => [
      ...new Set(
        openPointCache(path)
          .covered(owner)
          .map(({ period }) => period),
      ),
    ];
    expect(periods()).toEqual([60]);
    const later = await start({ clusters: 1, services: 3, now: first.account.now + 17 * 86_400 });
    const request = requestOf(later, 1);
    await scan(later, request, openPointCache(path));
    expect(periods()).toEqual([300]);
    later.log.clear();
    await scan(later, request, openPointCache(path));
    expect(later.log.calls).toEqual([]);
  });

  it("that is repeated asks for nothing, and the next day for that day alone", async () => {
    const server = await start();
    const path = folder();
    const request = requestOf(server);
    const first = await scan(server, request, openPointCache(path));
    server.log.clear();
    expect((await scan(server, request, openPointCache(path))).text).toBe(first.text);
    expect(server.log.calls).toEqual([]);
    const { window } = request;
    const earlier = { ...request, window: { ...window, from: window.from - 86_400, to: window.to - 86_400 } };
    const plan = planScan(earlier, openPointCache(path));
    expect(plan).toMatchObject({ calls: 1, metricsRequested: 64 });
  });

  it("by the minute over a fortnight, five-minutely over two months, hourly over a year", async () => {
    const server = await start();
    const { now } = server.account;
    expect(lookbackWindow(14, now).period).toBe(60);
    expect(lookbackWindow(30, now).period).toBe(300);
    expect(lookbackWindow(90, now).period).toBe(3600);
    expect(lookbackWindow(30, now, 60).period).toBe(300);
    expect(lookbackWindow(30, now, 900).period).toBe(900);
    expect(lookbackWindow(90, now, 4000).period).toBe(3600);
  });

  it("stays within a tenth of the least calls at every length of time", async () => {
    const server = await start({ clusters: 10, services: 200 });
    for (const [days, period] of [
      [1, 60],
      [3, 60],
      [7, 60],
      [14, 60],
      [14, 300],
      [30, 300],
      [62, 300],
      [200, 3600],
      [450, 3600],
    ] as const) {
      const request = requestOf(server, days, period);
      const cache: PointCache = {
        covered: () => [],
        append: () => undefined,
        settle: () => [],
        forget: () => undefined,
      };
      const { calls, series } = planScan(request, cache);
      const points = series * ((request.window.to - request.window.from) / request.window.period);
      expect(calls / Math.ceil(points / 100_800)).toBeLessThanOrEqual(1.1);
    }
  });
});

describe("a scan that is disturbed", () => {
  const plans: readonly (readonly [string, FaultPlan])[] = [
    ["throttling and broken connections", { throttled: 0.2, cut: 0.05, seed: 3 }],
    ["failures of AWS", { serverError: 0.4, seed: 4 }],
    ["pages that repeat", { repeatedPage: 0.5, seed: 5 }],
    ["pages that end early", { endedEarly: 0.6, seed: 6 }],
    ["wrong types", { wrongType: 0.2, seed: 7 }],
    ["answers that never come or never end", { stalled: 0.06, hung: 0.06, seed: 8 }],
  ];

  it.each(plans)("by %s ends with the same points and the same bytes", async (_, faults) => {
    const whole = await undisturbed();
    const server = await start({ ...PAGED, faults });
    const path = folder();
    const { text, result } = await scan(server, requestOf(server), openPointCache(path), faults.stalled ? 60 : 10_000);
    expect(result.issues).toEqual([]);
    expect(text).toBe(whole.text);
    expect(bytesOf(path)).toEqual(whole.bytes);
    expect(server.log.calls.some(({ fault }) => fault !== undefined)).toBe(true);
  });

  it("in any way at all, and stopped and started again, ends with the same", async () => {
    const options = { clusters: 1, services: 3, pagePoints: 300 };
    const whole = await undisturbed(options);
    const share = fc.constantFrom(0, 0.02, 0.1);
    const names = ["throttled", "serverError", "cut", "repeatedPage", "endedEarly", "wrongType"] as const;
    const plan = fc.record({ seed: fc.nat(1000), ...Object.fromEntries(names.map((name) => [name, share])) });
    await fc.assert(
      fc.asyncProperty(plan, fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 2 }), async (faults, stops) => {
        const server = await start(options);
        const path = folder();
        for (const stop of stops) {
          server.setFaults({ ...faults, expiredAfter: server.log.calls.length + stop });
          await scan(server, requestOf(server), openPointCache(path)).catch(() => undefined);
        }
        server.setFaults(faults);
        const { text, result } = await scan(server, requestOf(server), openPointCache(path));
        expect(result.issues).toEqual([]);
        expect(text).toBe(whole.text);
        expect(bytesOf(path)).toEqual(whole.bytes);
      }),
      { numRuns: 12 },
    );
  });

  it("by expired credentials keeps what it had and asks for nothing twice", async () => {
    const whole = await undisturbed();
    const server = await start(PAGED);
    const path = folder();
    server.setFaults({ expiredAfter: 5 });
    await expect(scan(server, requestOf(server), openPointCache(path))).rejects.toMatchObject({
      code: "expired-credentials",
      source: "aws",
    });
    const before = pointsIn(server);
    server.setFaults({});
    const { text } = await scan(server, requestOf(server), openPointCache(path));
    expect(before).toBeGreaterThan(0);
    expect(pointsIn(server)).toBe(whole.answered);
    expect(text).toBe(whole.text);
    expect(bytesOf(path)).toEqual(whole.bytes);
  });

  it("by a kill at any byte that it writes goes on and ends with the same bytes", async () => {
    const whole = await undisturbed({ clusters: 1, services: 4 });
    const [name = ""] = Object.keys(whole.bytes);
    const full = Buffer.from(whole.bytes[name] ?? "", "base64");
    for (const cut of [0, 5, 18, 20, 26, 60, Math.floor(full.length / 3), full.length - 1]) {
      const server = await start({ clusters: 1, services: 4 });
      const path = folder();
      openPointCache(path);
      for (const [file, bytes] of Object.entries(whole.bytes))
        writeFileSync(join(path, file), Buffer.from(bytes, "base64"));
      writeFileSync(join(path, name), full.subarray(0, cut));
      const { text } = await scan(server, requestOf(server), openPointCache(path));
      expect(text).toBe(whole.text);
      expect(bytesOf(path)).toEqual(whole.bytes);
      expect(server.log.calls.reduce((sum, { queries }) => sum + queries, 0)).toBeLessThanOrEqual(4);
    }
  });

  it("by a region that is denied loses that region alone", async () => {
    const regions = ["eu-west-1", "us-east-1"];
    const server = await start({ regions, faults: { denied: [`${GET}@us-east-1`] } });
    const { result, text } = await scan(server, requestOf(server, 1), openPointCache(folder()));
    const whole = await start({ regions: ["eu-west-1"] });
    expect(text).toBe((await scan(whole, requestOf(whole, 1), openPointCache(folder()))).text);
    expect(result.issues).toEqual([
      expect.objectContaining({ code: "access-denied", subject: "us-east-1", detail: expect.stringContaining(GET) }),
    ]);
    expect(server.log.calls.filter(({ region }) => region === "us-east-1")).toHaveLength(1);
  });

  it("by a server that is gone fails where nothing is kept", async () => {
    const server = await start({ faults: { deadAfter: 0 } });
    await expect(scan(server, requestOf(server, 1), openPointCache(folder()))).rejects.toMatchObject({ source: "aws" });
  });
});
