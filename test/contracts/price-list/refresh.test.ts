import type { RegionBook } from "@ecs-cost/core";
import { createCatalogue } from "@ecs-cost/core";
import { refreshPrices } from "@ecs-cost/core/aws";
import { type ListStore, memoryStore, openPublicPriceList, refreshFromList } from "@ecs-cost/core/price-list";
import { parsePriceBook } from "@ecs-cost/core/schema";
import { afterEach, describe, expect, it } from "vitest";
import { startAwsServer } from "../../support/aws-server/server.ts";
import { openTestAws } from "../../support/aws-server/session.ts";
import { fullBook } from "../../support/price-list-server/full-book.ts";
import {
  type ListFault,
  type PriceListServer,
  type PriceListServerOptions,
  startPriceListServer,
} from "../../support/price-list-server/server.ts";
import { pinnedInstanceTypes, pinnedRegion } from "../../support/prices/pinned.ts";

const VIRGINIA = pinnedRegion("us-east-1");
const FULL = fullBook(VIRGINIA, ["m7g.large", "c7a.xlarge", "t3.medium"]);
const EDITION = { version: "20261119100000", published: "2026-11-19T10:00:00Z" };
const LATER = { version: "20261203120000", published: "2026-12-03T12:00:00Z" };
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const start = async (book: RegionBook = FULL, options: PriceListServerOptions = {}, partition = "aws") => {
  const server = await startPriceListServer({ books: [book], edition: EDITION, partition }, options);
  open.push(server);
  return server;
};

const refresh = async (
  server: PriceListServer,
  shipped: RegionBook | undefined = VIRGINIA,
  { store = memoryStore(), region = "us-east-1" }: { readonly store?: ListStore; readonly region?: string } = {},
) => {
  const { list, close } = await openPublicPriceList({ region, url: server.url, store });
  try {
    return await refreshFromList(list, region, shipped);
  } finally {
    await close();
  }
};

const statusOf = ({ log }: PriceListServer, part: RegExp): readonly number[] =>
  log.filter(({ path }) => part.test(path)).map(({ status }) => status);

const without = (keys: readonly string[], book: RegionBook): RegionBook => ({
  ...book,
  prices: Object.fromEntries(Object.entries(book.prices).filter(([key]) => !keys.includes(key))),
});

describe("a refresh from the public price list", () => {
  it("brings every price that the list has, in a book that its own schema takes", async () => {
    const { book, refused, issues, versions } = await refresh(await start());
    expect({ refused, issues }).toEqual({ refused: [], issues: [] });
    const [read, listed] = [createCatalogue(book, pinnedInstanceTypes), createCatalogue(FULL, pinnedInstanceTypes)];
    const rate = (catalogue: typeof read, key: string) => {
      const lookup = catalogue.find(key);
      return lookup.found ? lookup.price.tiers.map((tier) => Number(tier.rate).toFixed(4)) : undefined;
    };
    const keys = [
      ...["fargate/linux/arm64/vcpu-hour", "fargate/windows/x86_64/os-vcpu-hour", "fargate/ephemeral-gb-hour"],
      ...["fargate-compute-sp-3y-partial-upfront/linux/arm64/gb-hour", "ec2/m7g.large/on-demand/hour"],
      ...["ec2/c7a.xlarge/convertible-ri-3y-all-upfront/hour", "ec2/c7a.xlarge/standard-ri-1y-partial-upfront/hour"],
      ...["ec2/t3.medium/compute-sp-1y-no-upfront/hour", "ec2/t3.medium/instance-sp-3y-all-upfront/hour"],
      ...["alb.hour", "nlb.lcu_hour", "nat.gb", "logs.vended_gb", "vpce.interface_hour", "xfer.interregion_gb"],
      ...["ecs_anywhere.instance_hour", "managed-instances/m7g.large/management-hour", "ecr.private_gb_month"],
    ];
    for (const key of keys) expect([key, rate(read, key)]).toEqual([key, rate(listed, key)]);
    expect(parsePriceBook({ version: 1, regions: [book] })).toMatchObject({ ok: true });
    expect(book.origins).toContainEqual({
      asOf: "2026-11-19",
      source: "AWS public price list, AmazonECS of 2026-11-19",
    });
    expect(versions.map(({ offer }) => offer)).toEqual(
      expect.arrayContaining(["AWSELB", "AmazonComputeSavingsPlan", "AmazonEC2", "AmazonECS", "AmazonVPC"]),
    );
  });

  it("reads the same as the Price List API, rate by rate", async () => {
    const aws = await startAwsServer({ clusters: 0, books: [FULL] });
    open.push(aws);
    const [files, api] = await Promise.all([
      refresh(await start()),
      refreshPrices(openTestAws(aws), VIRGINIA, { spot: false }),
    ]);
    expect(files.changes).toEqual(api.changes);
    expect(files.refused).toEqual(api.refused);
  });

  it("reads packed files as it reads plain ones", async () => {
    const [plain, packed] = [await refresh(await start()), await refresh(await start(FULL, { gzip: true }))];
    expect(packed.book).toEqual(plain.book);
  });

  it("asks for nothing again that has not changed, and for what has", async () => {
    const server = await start();
    const store = memoryStore();
    const first = await refresh(server, VIRGINIA, { store });
    const asked = server.log.length;
    const second = await refresh(server, first.book, { store });
    expect(second.changes).toEqual([]);
    expect(JSON.stringify(second.book)).toBe(JSON.stringify(first.book));
    expect(server.log.slice(asked).every(({ status }) => status === 304)).toBe(true);

    const dearer = { ...FULL, prices: { ...FULL.prices, "nat.gb": { rate: "0.05", origin: 0 } } };
    server.publish({ books: [dearer], edition: LATER, partition: "aws" });
    const third = await refresh(server, second.book, { store });
    expect(third.changes).toEqual([{ key: "nat.gb", before: "0.045", after: "0.05" }]);
    expect(third.versions.every(({ version }) => version === LATER.version)).toBe(true);
  });

  it("makes a book of a region that none knows: China, in yuan", async () => {
    const beijing: RegionBook = {
      ...FULL,
      ...{
        region: "cn-north-1",
        name: "China (Beijing)",
        usageTypePrefix: "CNN1",
        partition: "aws-cn",
        currency: "CNY",
      },
    };
    const server = await start(beijing, {}, "cn");
    const { list, close } = await openPublicPriceList({ region: "cn-north-1", url: server.url });
    const { book, refused } = await refreshFromList(list, "cn-north-1", undefined);
    await close();
    expect(refused).toEqual([]);
    expect(book).toMatchObject({
      ...{
        region: "cn-north-1",
        name: "China (Beijing)",
        usageTypePrefix: "CNN1",
        partition: "aws-cn",
        currency: "CNY",
      },
    });
    expect(book.prices["fargate/linux/x86_64/vcpu-hour"]?.rate).toBe("0.04048");
    expect(server.log[0]?.path).toBe("/offers/v1.0/cn/index.json");
  });

  it("refuses prices in another currency than the book's", async () => {
    const server = await start({ ...FULL, currency: "CNY" });
    await expect(refresh(server)).rejects.toMatchObject({ message: expect.stringContaining("priced in CNY") });
  });

  it("refuses a region that the price list does not have, and names those that it has", async () => {
    const server = await start();
    const { list, close } = await openPublicPriceList({ region: "mars-north-1", url: server.url });
    await expect(refreshFromList(list, "mars-north-1", undefined)).rejects.toMatchObject({
      code: "unknown-region",
      source: "user",
      hint: expect.stringContaining("us-east-1"),
    });
    await close();
  });

  it("tells what AWS does not offer in the region, and reads the rest", async () => {
    const server = await start(without(["xray.per_million", "eks.cluster_hour"], FULL), {
      faults: [{ path: /AmazonEKS|AWSXRay/, kind: "missing" }],
    });
    const { issues, refused, read } = await refresh(server);
    expect(issues).toEqual([
      expect.objectContaining({ code: "not-read", detail: expect.stringContaining("nothing of AmazonEKS") }),
    ]);
    expect(refused.map(({ key }) => key)).toEqual(["eks.cluster_hour"]);
    expect(read).toBeGreaterThan(50);
  });

  it("finds the files where the index of services is not served", async () => {
    const server = await start(FULL, { faults: [{ path: /^\/offers\/v1\.0\/aws\/index\.json$/, kind: "forbidden" }] });
    expect((await refresh(server)).issues).toEqual([]);
  });
});

const EC2_TABLE = /AmazonEC2\/\d+\/.*\.csv$/;
const ECS_INDEX = /AmazonECS\/current/;

describe("faults of the public price list", () => {
  const passing: readonly (readonly [string, ListFault])[] = [
    ["a connection that breaks", { path: EC2_TABLE, kind: "cut", times: 1 }],
    ["a version that changes meanwhile", { path: EC2_TABLE, kind: "other-version", times: 1 }],
    ["a damaged table", { path: EC2_TABLE, kind: "damaged", times: 1 }],
    ["a length that is too short", { path: EC2_TABLE, kind: "wrong-length", times: 1 }],
    ["a web page in place of an index", { path: ECS_INDEX, kind: "web-page", times: 1 }],
    ["a server that is busy", { path: EC2_TABLE, kind: "unavailable", times: 2 }],
  ];

  it.each(passing)("%s once changes nothing", async (_, fault) => {
    const [whole, disturbed] = [await refresh(await start()), await refresh(await start(FULL, { faults: [fault] }))];
    expect(disturbed.book).toEqual(whole.book);
    expect(disturbed.issues).toEqual([]);
  });

  it.each([false, true])("takes up a broken connection where it broke (packed: %s)", async (gzip) => {
    const server = await start(FULL, { gzip, faults: [{ path: EC2_TABLE, kind: "cut", times: 1 }] });
    await refresh(server);
    expect(statusOf(server, EC2_TABLE)).toEqual([200, 206]);
  });

  const lasting: readonly (readonly [ListFault["kind"], RegExp, string])[] = [
    ["cut", EC2_TABLE, "malformed-answer|not-reached"],
    ["other-version", EC2_TABLE, "malformed-answer"],
    ["damaged", EC2_TABLE, "malformed-answer"],
    ["wrong-length", EC2_TABLE, "malformed-answer"],
    ["forbidden", EC2_TABLE, "aws-refused"],
    ["web-page", EC2_TABLE, "malformed-answer"],
    ["web-page", ECS_INDEX, "malformed-answer"],
    ["web-page", /index\.json$/, "malformed-answer"],
    ["forbidden", /./, "not-reached"],
  ];

  it.each(lasting)("%s for good ends the refresh (%s)", async (kind, path, code) => {
    const server = await start(FULL, { faults: [{ path, kind }], resumable: false });
    await expect(refresh(server)).rejects.toMatchObject({
      source: "aws",
      code: expect.stringMatching(code),
      hint: expect.stringMatching(/./),
    });
  });

  it("keeps what was read for the next try", async () => {
    const server = await start(FULL, { faults: [{ path: /AWSComputeSavingsPlan\/\d+/, kind: "forbidden", times: 1 }] });
    const store = memoryStore();
    await expect(refresh(server, VIRGINIA, { store })).rejects.toMatchObject({ code: "aws-refused" });
    const { issues } = await refresh(server, VIRGINIA, { store });
    expect(issues).toEqual([]);
    expect(statusOf(server, /AmazonECS\/\d+/)).toEqual([200]);
  });
});
