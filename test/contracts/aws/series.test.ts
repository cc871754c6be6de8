import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  clustersWithInsights,
  discover,
  memoryPointCache,
  openPointCache,
  planScan,
  readServiceTraffic,
  type ServiceRef,
  type ServiceSeries,
  scanSeries,
  servicesToScan,
  targetFinder,
  wholeDays,
} from "@ecs-cost/core/aws";
import { afterEach, describe, expect, it } from "vitest";
import { seriesValues } from "../../support/aws-server/series.ts";
import { type AwsServer, type AwsServerOptions, startAwsServer } from "../../support/aws-server/server.ts";
import { openTestAws } from "../../support/aws-server/session.ts";

const REGION = "eu-west-1";
const GET = "cloudwatch:GetMetricData";
const open: AwsServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const begin = async (options: AwsServerOptions = {}) => {
  const server = await startAwsServer({ clusters: 3, services: 5, ...options });
  open.push(server);
  const [found] = (await discover(openTestAws(server), { regions: [REGION] })).regions;
  if (found === undefined) throw new Error("no region");
  server.log.clear();
  const watched = clustersWithInsights(found);
  const window = { ...wholeDays(2, server.account.now), period: 300 };
  const request = {
    services: servicesToScan(found),
    window,
    containerInsights: ({ cluster }: ServiceRef) => watched.has(cluster),
    targets: targetFinder(found.facts),
  };
  return { server, found, request, watched };
};

const nameOf = ({ service }: ServiceSeries): string => `${service.cluster}/${service.service}`;
const total = ({ values }: ServiceSeries): number => values.reduce((sum, value) => sum + (value || 0), 0);

describe("series of services", () => {
  it("of requests and network bytes add up to what is read as sums", async () => {
    const { server, found, request } = await begin();
    const series: ServiceSeries[] = [];
    const columns = ["requests", "receivedBytes", "sentBytes"] as const;
    await scanSeries(openTestAws(server), { ...request, columns }, (each) => series.push(each));
    const traffic = await readServiceTraffic(openTestAws(server), found.facts, request.window);
    for (const column of columns) {
      const read = series.filter((each) => each.column === column).map((each) => [nameOf(each), total(each)]);
      const names = new Set(read.map(([name]) => name));
      expect(read.length).toBeGreaterThan(0);
      expect([...names]).toEqual([...traffic].flatMap(([name, of]) => (of[column] === undefined ? [] : [name])));
      expect(series.find((each) => each.column === column)?.values.length).toBe(2 * 288);
    }
    const requests = series.filter(({ column }) => column === "requests");
    expect(requests.every((each) => total(each) > 0)).toBe(true);
  });

  it("of network bytes are bytes in each period, by what each task tells of each minute", async () => {
    const { server, request } = await begin();
    const series: ServiceSeries[] = [];
    await scanSeries(openTestAws(server), { ...request, columns: ["sentBytes"] }, (each) => series.push(each));
    const [first] = series;
    if (first === undefined) throw new Error("no series");
    const { window, service } = first;
    const dimensions = { ClusterName: service.cluster, ServiceName: service.service };
    const metric = { namespace: "ECS/ContainerInsights", name: "NetworkTxBytes", statistic: "Sum", dimensions };
    const told = seriesValues(server.account, REGION, { ...metric, period: window.period }, window.from);
    expect([...first.values]).toEqual(
      [...first.values].map((_, step) => (told?.(window.from + step * window.period) ?? Number.NaN) * 60),
    );
  });

  it("come with those of utilization in as few calls, each service once and its columns in order", async () => {
    const { server, request, watched } = await begin();
    const columns = ["tasks", "cpu", "requests"] as const;
    const plan = planScan({ ...request, columns }, memoryPointCache());
    const behind = request.services.filter((service) => request.targets(service).length > 0).length;
    const insights = request.services.filter(({ cluster }) => watched.has(cluster)).length;
    expect(plan).toMatchObject({ calls: 1, series: request.services.length + insights + behind });
    const series: ServiceSeries[] = [];
    const { points, calls } = await scanSeries(openTestAws(server), { ...request, columns }, (each) =>
      series.push(each),
    );
    expect([calls, server.log.count(GET)]).toEqual([1, 1]);
    const places = series.map((each) => `${nameOf(each)} ${["cpu", "tasks", "requests"].indexOf(each.column)}`);
    expect(places).toEqual([...new Set(places)].sort());
    const given = series.flatMap(({ values }) => [...values].filter((value) => !Number.isNaN(value)));
    expect(points).toBe(given.length);
  });

  it("are kept like points: what was read once is not asked for again, whatever is asked for beside it", async () => {
    const { server, request } = await begin();
    const cache = openPointCache(mkdtempSync(join(tmpdir(), "ecs-cost-series-")));
    const read = async (columns: readonly ("cpu" | "requests")[]) => {
      const series: ServiceSeries[] = [];
      server.log.clear();
      await scanSeries(openTestAws(server), { ...request, columns }, (each) => series.push(each), cache);
      return { series, queries: server.log.calls.reduce((sum, { queries }) => sum + queries, 0) };
    };
    const first = await read(["requests"]);
    const both = await read(["cpu", "requests"]);
    expect(first.queries).toBeGreaterThan(0);
    expect(both.queries).toBe(request.services.length);
    expect(both.series.filter(({ column }) => column === "requests")).toEqual(first.series);
    expect((await read(["requests"])).queries).toBe(0);
  });

  it("of several target groups count together", async () => {
    const { server, request } = await begin({ clusters: 1 });
    const groups = ["a", "b"].map((name) => ({ targetGroup: `targetgroup/${name}/1`, loadBalancer: "app/x/2" }));
    const of = async (targets: typeof groups): Promise<number> => {
      let sum = 0;
      await scanSeries(
        openTestAws(server),
        { ...request, services: request.services.slice(0, 1), columns: ["requests"], targets: () => targets },
        (each) => {
          sum += total(each);
        },
      );
      return sum;
    };
    const [a, b] = [await of(groups.slice(0, 1)), await of(groups.slice(1))];
    expect(await of(groups)).toBe(a + b);
    expect(a).toBeGreaterThan(0);
  });
});
