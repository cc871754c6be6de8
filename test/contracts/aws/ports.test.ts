import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Inventory, POINT, type RegionBook } from "@ecs-cost/core";
import {
  accountSource,
  type BookReading,
  cloudwatchSource,
  discover,
  eachServiceUsage,
  type InventorySource,
  livePrices,
  lookbackWindow,
  type MetricSource,
  openPointCache,
  type PointSink,
  type PriceSource,
  readCloudWatch,
  saveBook,
  savedPrices,
  scanUsage,
  servicesToScan,
  workloadFiles,
} from "@ecs-cost/core/aws";
import { readInventory } from "@ecs-cost/core/file";
import { readMetrics } from "@ecs-cost/core/metrics";
import { parsePriceBook } from "@ecs-cost/core/schema";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AwsServer, startAwsServer } from "../../support/aws-server/server.ts";
import { openTestAws } from "../../support/aws-server/session.ts";
import { pinnedRegion } from "../../support/prices/pinned.ts";

/** What every source is a view of. */
interface World {
  readonly server: AwsServer;
  readonly points: readonly Parameters<PointSink>[];
  readonly inventory: Inventory;
  readonly folder: string;
  /** Folder with the workload file that discovery writes. */
  readonly written: string;
}

const REGION = "eu-west-1";
const BOOK: RegionBook = pinnedRegion(REGION);
let world: World;

const scanRequest = ({ server }: Pick<World, "server">) => {
  const services = server.account.regions.flatMap(({ region, clusters }) =>
    clusters.flatMap((cluster) =>
      cluster.services.map(({ name }) => ({ region, cluster: cluster.name, service: name })),
    ),
  );
  return { services, window: lookbackWindow(2, server.account.now, 300) };
};

/** What `aws ecs describe-services` and `describe-task-definition` print for the account, beside each other in a folder. */
const writeDescribed = async (folder: string, server: AwsServer): Promise<void> => {
  const [found] = (await discover(openTestAws(server), { regions: [REGION] })).regions;
  for (const { name, services } of found?.facts.clusters ?? []) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ services, failures: [] }));
  }
  for (const [at, { definition, tags }] of (found?.facts.taskDefinitions ?? []).entries()) {
    if (String(definition["family"]).endsWith("-nightly")) continue;
    writeFileSync(join(folder, `definition-${at}.json`), JSON.stringify({ taskDefinition: definition, tags }));
  }
};

const writeWorkload = async (folder: string, server: AwsServer): Promise<void> => {
  const [found] = (await discover(openTestAws(server), { regions: [REGION] })).regions;
  for (const { path, text } of found === undefined ? [] : workloadFiles(found)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
};

const csvOf = (points: World["points"]): string => {
  const cell = (value: string | number): string => (Number.isNaN(value) ? "" : String(value));
  const rows = points.map(([service, [time = NaN, ...values]]) =>
    [service, new Date(time * 1000).toISOString(), ...values.map(cell)].join(","),
  );
  const header =
    "service,timestamp,cpu_utilization_pct,memory_utilization_pct,cpu_maximum_pct,memory_maximum_pct,running_tasks";
  return [header, ...rows].join("\n");
};

beforeAll(async () => {
  const server = await startAwsServer({ clusters: 1, services: 9, books: [BOOK] });
  const aws = openTestAws(server);
  const points: Parameters<PointSink>[] = [];
  await cloudwatchSource(aws, scanRequest({ server })).read((service, point) => points.push([service, point.slice()]));
  const [inventory] = await accountSource(aws, { regions: [REGION] }).read();
  if (inventory === undefined) throw new Error("nothing was discovered");
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost-ports-"));
  await writeDescribed(folder, server);
  const written = mkdtempSync(join(tmpdir(), "ecs-cost-ports-"));
  await writeWorkload(written, server);
  world = { server, points, inventory, folder, written };
});

afterAll(() => world.server.close());

describe("every source of utilization", () => {
  const memory = (points: World["points"]): MetricSource => ({
    read: async (sink) => {
      for (const point of points) sink(...point);
      return [];
    },
  });

  const sources: readonly (readonly [string, () => MetricSource])[] = [
    ["memory", () => memory(world.points)],
    ["CloudWatch", () => cloudwatchSource(openTestAws(world.server), scanRequest(world))],
    [
      "CloudWatch with a cache",
      () => {
        const cache = openPointCache(join(world.folder, "points"));
        return cloudwatchSource(openTestAws(world.server), scanRequest(world), cache);
      },
    ],
  ];

  it.each(sources)("gives the points of a service together, the oldest first: %s", async (_, source) => {
    const seen: Parameters<PointSink>[] = [];
    expect(await source().read((service, point) => seen.push([service, point.slice()]))).toEqual([]);
    expect(seen).toEqual(world.points);
    const order = seen.map(([service, [time]]) => `${service} ${String(time).padStart(12, "0")}`);
    expect(order).toEqual([...order].sort());
    expect(new Set(order).size).toBe(order.length);
    expect(order.length).toBeGreaterThan(1000);
  });

  it.each(sources)("gives the same when it is read again: %s", async (_, source) => {
    const read = async (): Promise<number> => {
      let sum = 0;
      await source().read((_, point) => {
        sum += (point[POINT.time] ?? 0) + (point[POINT.cpu] ?? 0);
      });
      return sum;
    };
    expect(await read()).toBe(await read());
  });

  it("is told apart by nothing: a file of the same points gives the same reading", async () => {
    const aws = openTestAws(world.server);
    const { reading } = await readCloudWatch(aws, scanRequest(world));
    const bytes = async function* () {
      yield Buffer.from(csvOf(world.points));
    };
    const fromFile = await readMetrics([{ file: "metrics.csv", bytes: bytes() }]);
    expect(fromFile.points).toBe(reading.points);
    expect(fromFile.services).toEqual(reading.services);
  });

  it("gives the same usage when it is read for one service at a time, and nothing for one without a point", async () => {
    const aws = openTestAws(world.server);
    const { reading } = await readCloudWatch(aws, scanRequest(world));
    const { usage, scan } = await scanUsage(aws, scanRequest(world), openPointCache(join(world.folder, "lazy")));
    const names = [...usage.keys()];
    expect(names).toEqual(scanRequest(world).services.map(({ cluster, service }) => `${cluster}/${service}`));
    const read = names.flatMap((name) => {
      const own = usage.get(name);
      return own === undefined ? [] : [[name, own] as const];
    });
    expect(new Map(read)).toEqual(reading.services);
    expect(read.length).toBeLessThan(names.length);
    expect(scan.points).toBe(reading.points);
    expect(usage.get("another")).toBeUndefined();
  });

  it("gives the same usage service by service", async () => {
    const aws = openTestAws(world.server);
    const { reading } = await readCloudWatch(aws, scanRequest(world));
    const each = new Map<string, unknown>();
    await eachServiceUsage(aws, scanRequest(world), (service, usage) => each.set(service, usage));
    expect(each).toEqual(reading.services);
  });
});

describe("every source of inventories", () => {
  const sources: readonly (readonly [string, () => InventorySource])[] = [
    ["memory", () => ({ read: async () => [world.inventory] })],
    ["what the AWS CLI printed", () => ({ read: async () => [readInventory([world.folder])] })],
    ["a workload file", () => ({ read: async () => [readInventory([join(world.written, "workload.yaml")])] })],
    ["the account", () => accountSource(openTestAws(world.server), { regions: [REGION] })],
  ];

  it.each(sources)("gives services with their tasks, each id once: %s", async (_, source) => {
    const [inventory, ...others] = await source().read();
    const services = (inventory?.services ?? []).filter(({ demand }) => demand !== undefined);
    const plain = ({ services: all }: Inventory) =>
      all.flatMap(({ origin: _, taskDefinition: __, autoscaling: ___, ...service }) =>
        service.demand === undefined ? [] : [JSON.parse(JSON.stringify(service))],
      );
    expect(others).toEqual([]);
    expect(inventory?.region).toBe(REGION);
    expect(new Set(services.map(({ id }) => id)).size).toBe(services.length);
    expect(services.every(({ id, cluster, name }) => id === `${cluster}/${name}`)).toBe(true);
    expect(inventory === undefined ? [] : plain(inventory)).toEqual(plain(world.inventory));
  });

  it("gives the same scaling: the account and a workload file", async () => {
    const scaling = ({ services }: Inventory) => services.map(({ id, autoscaling }) => [id, autoscaling]);
    const read = readInventory([join(world.written, "workload.yaml")]);
    expect(scaling(read)).toEqual(scaling(world.inventory));
    expect(scaling(read).some(([, autoscaling]) => autoscaling !== undefined)).toBe(true);
  });

  it("gives the services that utilization is asked for", async () => {
    const [found] = (await discover(openTestAws(world.server), { regions: [REGION] })).regions;
    expect(found === undefined ? [] : servicesToScan(found)).toEqual(scanRequest(world).services);
  });
});

describe("every source of prices", () => {
  const memory: PriceSource = {
    book: async (region) => (region === REGION ? { book: BOOK, issues: [] } : undefined),
  };

  const sources: readonly (readonly [string, () => PriceSource])[] = [
    ["memory", () => memory],
    [
      "a folder",
      () => {
        saveBook(join(world.folder, "prices"), BOOK);
        return savedPrices(join(world.folder, "prices"));
      },
    ],
    ["the Price List API", () => livePrices(openTestAws(world.server), memory, { spot: false })],
  ];

  const ratesOf = ({ book }: BookReading) =>
    Object.entries(book.prices).map(([key, { rate, tiers }]) => [
      key,
      rate === undefined ? tiers?.map((tier) => Number(tier.rate)) : Number(rate),
    ]);

  it.each(sources)(
    "gives a valid book of the region with the same rates, and no other region's: %s",
    async (_, source) => {
      const reading = await source().book(REGION);
      expect(await source().book("ap-south-1")).toBeUndefined();
      if (reading === undefined) throw new Error("no book");
      expect(parsePriceBook({ version: 1, regions: [reading.book] })).toMatchObject({ ok: true });
      expect(reading.book.region).toBe(REGION);
      expect(reading.issues).toEqual([]);
      expect(ratesOf(reading)).toEqual(ratesOf({ book: BOOK, issues: [] }));
    },
  );
});
