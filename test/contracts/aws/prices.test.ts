import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCatalogue, Decimal, type RegionBook } from "@ecs-cost/core";
import { livePrices, loadBook, refreshPrices, saveBook } from "@ecs-cost/core/aws";
import { parsePriceBook } from "@ecs-cost/core/schema";
import { afterEach, describe, expect, it } from "vitest";
import type { FaultPlan } from "../../support/aws-server/fault-plan.ts";
import { hashText } from "../../support/aws-server/noise.ts";
import { type AwsServer, type AwsServerOptions, startAwsServer } from "../../support/aws-server/server.ts";
import { openTestAws } from "../../support/aws-server/session.ts";
import { pinnedInstanceTypes, pinnedRegion } from "../../support/prices/pinned.ts";

const VIRGINIA = pinnedRegion("us-east-1");
const open: AwsServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const start = async (options: AwsServerOptions = {}): Promise<AwsServer> => {
  const server = await startAwsServer({ clusters: 0, books: [VIRGINIA], ...options });
  open.push(server);
  return server;
};

/** The pinned book with some prices changed and one missing. */
const outdated = (book: RegionBook): RegionBook => {
  const { "nat.hour": _, ...prices } = book.prices;
  const changed = {
    "fargate/linux/x86_64/vcpu-hour": { rate: "0.05", origin: 0 },
    "fargate-compute-sp-1y-no-upfront/linux/arm64/gb-hour": { rate: "0.0031", origin: 0 },
    "logs.vended_gb": { rate: "0.5", origin: 0 },
  };
  const onDemand = { ...book.ec2.onDemand, "m7g.large": ["0.09", 0] as const };
  return { ...book, prices: { ...prices, ...changed }, ec2: { ...book.ec2, onDemand } };
};

const rateOf = (book: RegionBook, key: string): string | undefined => {
  const lookup = createCatalogue(book, pinnedInstanceTypes).find(key);
  return lookup.found ? lookup.price.tiers.map(({ rate }) => Number(rate)).join(" ") : undefined;
};

const QUIET = { spot: false } as const;

describe("a refresh of prices", () => {
  it("brings every price to what the price list says, and tells what changed", async () => {
    const aws = openTestAws(await start());
    const { book, changes, refused, issues } = await refreshPrices(aws, outdated(VIRGINIA), QUIET);
    expect(issues).toEqual([]);
    expect(refused).toEqual([]);
    for (const key of Object.keys(VIRGINIA.prices))
      expect([key, rateOf(book, key)]).toEqual([key, rateOf(VIRGINIA, key)]);
    const known = changes.filter(({ key }) => !/(?:all|partial)-upfront/.test(key));
    expect(known).toEqual([
      { key: "ec2/m7g.large/on-demand/hour", before: "0.09", after: "0.0816" },
      { key: "fargate-compute-sp-1y-no-upfront/linux/arm64/gb-hour", before: "0.0031", after: "0.0028" },
      { key: "fargate/linux/x86_64/vcpu-hour", before: "0.05", after: "0.04048" },
      {
        key: "logs.vended_gb",
        before: "0.5",
        after: "0.5 from 0 to 10240, 0.25 from 10240 to 30720, 0.1 from 30720 to 51200, 0.05 from 51200",
      },
      { key: "managed-instances/m7g.large/management-hour", before: "0.0108", after: "0.009792" },
      { key: "nat.hour", after: "0.045" },
    ]);
  });

  it("reads All Upfront terms as an effective hourly rate", async () => {
    const { book } = await refreshPrices(openTestAws(await start()), VIRGINIA, {
      ...QUIET,
      instanceTypes: ["m7g.large"],
    });
    expect(book.ec2.commitments["standard-ri-1y-all-upfront"]?.["m7g.large"]?.[0]).toBe("0.050342465753");
  });

  it("that is repeated changes nothing and gives the same bytes", async () => {
    const aws = openTestAws(await start());
    const first = await refreshPrices(aws, outdated(VIRGINIA));
    const second = await refreshPrices(aws, first.book);
    expect(second.changes).toEqual([]);
    expect(JSON.stringify(second.book)).toBe(JSON.stringify(first.book));
  });

  it("gives a book that its own schema takes", async () => {
    const { book } = await refreshPrices(openTestAws(await start()), outdated(VIRGINIA));
    expect(parsePriceBook({ version: 1, regions: [book] })).toMatchObject({ ok: true });
    expect(book.origins.some(({ source }) => source === "AWS Price List API, AmazonECS of 2026-11-19")).toBe(true);
  });

  it("refuses what is several items, and says which", async () => {
    const server = await start({ books: [VIRGINIA, VIRGINIA] });
    const { book, refused, changes } = await refreshPrices(openTestAws(server), outdated(VIRGINIA), {
      ...QUIET,
      savingsPlans: false,
    });
    expect(changes).toEqual([]);
    expect(rateOf(book, "fargate/linux/x86_64/vcpu-hour")).toBe("0.05");
    expect(refused.find(({ key }) => key === "fargate/linux/x86_64/vcpu-hour")?.detail).toMatch(
      /^the price list has 2 items for AmazonECS with regionCode=us-east-1, usagetype=USE1-Fargate-vCPU-Hours:perCPU: .*0.04048 per/,
    );
    const keys = refused.map(({ key }) => key);
    expect(keys).toEqual(
      expect.arrayContaining([
        "ec2/m7g.large/on-demand/hour",
        "managed-instances/m7g.large/management-hour",
        "xfer.interregion_gb",
        "xfer.interregion_us_east_gb",
      ]),
    );
  });

  it("refuses what the price list has not, and keeps what was there", async () => {
    const { "nat.gb": _, ...prices } = VIRGINIA.prices;
    const server = await start({ books: [{ ...VIRGINIA, prices }] });
    const { book, refused } = await refreshPrices(openTestAws(server), VIRGINIA, QUIET);
    expect(refused).toEqual([
      {
        key: "nat.gb",
        detail: "the price list has nothing for AmazonEC2 with regionCode=us-east-1, usagetype=NatGateway-Bytes",
      },
    ]);
    expect(book.prices["nat.gb"]?.rate).toBe("0.045");
  });

  it("refuses a price in what must be another unit", async () => {
    const prices = { ...VIRGINIA.prices, "nat.gb": { rate: "45", origin: 0 } };
    const { refused } = await refreshPrices(
      openTestAws(await start({ books: [{ ...VIRGINIA, prices }] })),
      VIRGINIA,
      QUIET,
    );
    expect(refused).toEqual([
      expect.objectContaining({ key: "nat.gb", detail: expect.stringContaining("another unit") }),
    ]);
  });

  it("keeps Spot as savings over on demand: the mean over the zones of what holds now", async () => {
    const { book } = await refreshPrices(openTestAws(await start()), VIRGINIA, { instanceTypes: ["m7g.large"] });
    const now = ["a", "b"].map((zone) => 0.02 + (hashText(`m7g.large${zone}0`) % 1000) / 100_000);
    const [savings, band] = book.ec2.spot["m7g.large"] ?? [];
    expect(Number(savings)).toBeCloseTo((1 - ((now[0] ?? 0) + (now[1] ?? 0)) / 2 / 0.0816) * 100, 6);
    expect(band).toBe(VIRGINIA.ec2.spot["m7g.large"]?.[1]);
  });

  it("takes Spot prices as they were read, and says of which day", async () => {
    const before = createCatalogue(VIRGINIA, pinnedInstanceTypes).find("ec2/m7g.large/spot/hour");
    expect(before.found && before.price.assumption?.code).toBe("spot-advisor-discount");
    const { book, changes } = await refreshPrices(openTestAws(await start()), VIRGINIA, {
      instanceTypes: ["m7g.large"],
    });
    const [zoneA = 0, zoneB = 0] = ["a", "b"].map((zone) => 0.02 + (hashText(`m7g.large${zone}0`) % 1000) / 100_000);
    const mean = new Decimal(zoneA).plus(zoneB).dividedBy(2).toFixed();
    expect(book.ec2.spot["m7g.large"]?.[3]).toBe(mean);
    const dearer = { ...book, ec2: { ...book.ec2, onDemand: { "m7g.large": ["0.5", 0] as const } } };
    for (const each of [book, dearer]) {
      const after = createCatalogue(each, pinnedInstanceTypes).find("ec2/m7g.large/spot/hour");
      expect(after).toMatchObject({
        price: { tiers: [{ rate: mean }], assumption: { code: "spot-price-of-one-day" } },
      });
    }
    expect(changes.find(({ key }) => key === "ec2/m7g.large/spot/hour")).toMatchObject({ after: mean });
  });

  it("takes fees of managed instances as they were read, and shares of a rate where there are none", async () => {
    const { book, refused, unread } = await refreshPrices(openTestAws(await start()), VIRGINIA, QUIET);
    const fee = (each: RegionBook) =>
      createCatalogue(each, pinnedInstanceTypes).find("managed-instances/m7g.large/management-hour");
    expect(fee(VIRGINIA)).toMatchObject({ price: { assumption: { code: "managed-instances-fee" } } });
    const read = fee(book);
    expect(read).toMatchObject({ price: { tiers: [{ rate: "0.009792" }], asOf: "2026-11-19" } });
    expect(read.found && read.price.assumption).toBeUndefined();
    expect(refused).toEqual([]);
    const types = Object.keys(VIRGINIA.ec2.onDemand);
    const without = types.filter((type) => book.ec2.managedInstancesFees?.[type] === undefined);
    expect(without.every((type) => /\.(?:nano|micro)$/.test(type))).toBe(true);
    const told = unread.filter(({ key }) => key.startsWith("managed-instances"));
    expect(told).toHaveLength(without.length === 0 ? 0 : 1);
  });

  it("reads volumes, external instances and transfer to other regions", async () => {
    const keys = [
      "ebs.gp3_iops_month",
      "ebs.gp3_mbps_month",
      "ecs_anywhere.instance_hour",
      "xfer.interregion_gb",
      "xfer.interregion_us_east_gb",
    ];
    const stale = Object.fromEntries(
      Object.entries(VIRGINIA.prices).map(([key, { tiers: _, ...price }]) => [
        key,
        keys.includes(key) ? { ...price, rate: "0.03" } : (VIRGINIA.prices[key] ?? price),
      ]),
    );
    const { book, changes, refused } = await refreshPrices(
      openTestAws(await start()),
      { ...VIRGINIA, prices: stale },
      QUIET,
    );
    expect(refused).toEqual([]);
    expect(changes.map(({ key, after }) => [key, after]).filter(([key]) => keys.includes(key ?? ""))).toEqual([
      ["ebs.gp3_iops_month", "0.005"],
      ["ebs.gp3_mbps_month", "0.04"],
      ["ecs_anywhere.instance_hour", "0 from 0 to 2200, 0.01025 from 2200"],
      ["xfer.interregion_gb", "0.02"],
      ["xfer.interregion_us_east_gb", "0.01"],
    ]);
    expect(book.prices["xfer.interregion_us_east_gb"]?.unit).toBe("GB to us-east-2");
  });

  it("names every price that it does not read, with the reason", async () => {
    const { book, unread } = await refreshPrices(openTestAws(await start()), VIRGINIA);
    const isOld = ({ origin }: { origin: number }) => book.origins[origin]?.asOf !== "2026-11-19";
    const old = Object.entries(book.prices).filter(([, price]) => isOld(price));
    const overheads = old.map(([key]) => key).filter((key) => !key.startsWith("fargate-"));
    const told = new Map(unread.map(({ key, reason }) => [key, reason]));
    expect(overheads.filter((key) => !told.has(key))).toEqual([]);
    expect(told.get("ec2/*/spot/interruption-band")).toMatch(/no API/);
  });

  it("reads Savings Plans rates of instances, not those of a licence", async () => {
    const { "compute-sp-1y-no-upfront": rates = {}, ...commitments } = VIRGINIA.ec2.commitments;
    const instance = { "m7g.large": ["0.0513", 0] as const };
    const both = { ...commitments, "compute-sp-1y-no-upfront": rates, "instance-sp-3y-all-upfront": instance };
    const server = await start({ books: [{ ...VIRGINIA, ec2: { ...VIRGINIA.ec2, commitments: both } }] });
    const { book, refused } = await refreshPrices(
      openTestAws(server),
      { ...VIRGINIA, ec2: { ...VIRGINIA.ec2, commitments } },
      QUIET,
    );
    const [[type = "", [rate = ""] = []] = []] = Object.entries(rates);
    expect(refused).toEqual([]);
    expect(book.ec2.commitments["compute-sp-1y-no-upfront"]?.[type]?.[0]).toBe(rate);
    expect(book.ec2.commitments["instance-sp-3y-all-upfront"]?.["m7g.large"]?.[0]).toBe("0.0513");
  });

  const plans: readonly (readonly [string, FaultPlan])[] = [
    ["throttling and broken connections", { throttled: 0.2, cut: 0.1, seed: 3 }],
    ["pages that repeat", { repeatedPage: 0.3, seed: 4 }],
    ["wrong types", { wrongType: 0.1, seed: 5 }],
  ];

  it.each(plans)("gives the same under %s", async (_, faults) => {
    const whole = await refreshPrices(openTestAws(await start()), outdated(VIRGINIA));
    const disturbed = await refreshPrices(openTestAws(await start({ faults })), outdated(VIRGINIA));
    expect(disturbed).toEqual(whole);
  });

  it("leaves out the part that is denied, and names the action", async () => {
    const action = "savingsplans:DescribeSavingsPlansOfferingRates";
    const server = await start({ faults: { denied: [`${action}@us-east-1`] } });
    const { book, issues } = await refreshPrices(openTestAws(server), outdated(VIRGINIA), QUIET);
    expect(issues).toEqual([
      expect.objectContaining({ code: "access-denied", detail: expect.stringContaining(action) }),
    ]);
    expect(rateOf(book, "fargate/linux/x86_64/vcpu-hour")).toBe("0.04048");
  });

  it("fails where nothing could be read", async () => {
    const server = await start({ faults: { denied: ["*@us-east-1"] } });
    await expect(refreshPrices(openTestAws(server), VIRGINIA)).rejects.toMatchObject({
      code: "access-denied",
      source: "aws",
    });
  });

  it("tells as an issue each live price that is none", async () => {
    const { "nat.gb": _, ...prices } = VIRGINIA.prices;
    const server = await start({ books: [{ ...VIRGINIA, prices }] });
    const source = livePrices(openTestAws(server), { book: async () => ({ book: VIRGINIA, issues: [] }) }, QUIET);
    expect((await source.book("us-east-1"))?.issues).toEqual([
      expect.objectContaining({ code: "not-read", subject: "nat.gb" }),
    ]);
  });
});

describe("the feed of Fargate Spot", () => {
  const row = (unit: string, usd: string, region = "us-east-1") => ({
    unit,
    price: { USD: usd },
    attributes: { "aws:region": region },
  });
  const feed = (prices: readonly unknown[]) => ({
    fargateSpotFeed: "http://feed.invalid/",
    fetchText: async () => JSON.stringify({ prices }),
  });

  it("is not asked unless it is wanted", async () => {
    const { book } = await refreshPrices(openTestAws(await start()), VIRGINIA, {
      ...QUIET,
      fetchText: async () => Promise.reject(new Error("asked")),
    });
    expect(rateOf(book, "fargate-spot/linux/x86_64/vcpu-hour")).toBe(
      rateOf(VIRGINIA, "fargate-spot/linux/x86_64/vcpu-hour"),
    );
  });

  it("gives the prices of the region, and refuses what is there twice", async () => {
    const rows = [
      row("vCPU-Hours", "0.0123"),
      row("GB-Hours", "0.0014"),
      row("GB-Hours", "0.0015"),
      row("ARM-vCPU-Hours", "0.5", "eu-west-1"),
    ];
    const { book, refused } = await refreshPrices(openTestAws(await start()), VIRGINIA, { ...QUIET, ...feed(rows) });
    expect(rateOf(book, "fargate-spot/linux/x86_64/vcpu-hour")).toBe("0.0123");
    expect(refused).toEqual([{ key: "fargate-spot/linux/x86_64/gb-hour", detail: "the feed has 2 prices for it" }]);
  });

  it("that is gone costs only itself", async () => {
    const gone = {
      fargateSpotFeed: "http://feed.invalid/",
      fetchText: async () => Promise.reject(new Error("ENOTFOUND")),
    };
    const { issues, read } = await refreshPrices(openTestAws(await start()), VIRGINIA, { ...QUIET, ...gone });
    expect(issues).toEqual([
      expect.objectContaining({ code: "not-read", detail: expect.stringContaining("feed.invalid") }),
    ]);
    expect(read).toBeGreaterThan(50);
  });
});

describe("a saved book", () => {
  const folder = (): string => join(mkdtempSync(join(tmpdir(), "ecs-cost-prices-")), "prices");

  it("is read back as it was, and the one before it is kept", () => {
    const path = folder();
    expect(loadBook(path, "us-east-1")).toBeUndefined();
    expect(saveBook(path, outdated(VIRGINIA)).previous).toBeUndefined();
    const { file, previous = "" } = saveBook(path, VIRGINIA);
    expect(loadBook(path, "us-east-1")).toEqual(VIRGINIA);
    expect(JSON.parse(readFileSync(previous, "utf8"))).toEqual({ version: 1, regions: [outdated(VIRGINIA)] });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    saveBook(path, VIRGINIA);
    expect(JSON.parse(readFileSync(previous, "utf8"))).toEqual({ version: 1, regions: [outdated(VIRGINIA)] });
    expect(readdirSync(path).sort()).toEqual(["us-east-1.json", "us-east-1.previous.json"]);
  });

  it("that is damaged is refused", () => {
    const path = folder();
    const { file } = saveBook(path, VIRGINIA);
    writeFileSync(file, readFileSync(file, "utf8").slice(0, 200));
    expect(() => loadBook(path, "us-east-1")).toThrow(
      expect.objectContaining({ code: "invalid-price-book", source: "user" }),
    );
  });

  it("stays in its folder", () => {
    expect(() => loadBook(folder(), "../../etc/passwd")).toThrow(expect.objectContaining({ code: "unknown-region" }));
  });
});
