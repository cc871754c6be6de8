import type { RegionBook } from "@ecs-cost/core";
import { createCatalogue } from "@ecs-cost/core";
import { memoryStore, openPublicPriceList, refreshFromList } from "@ecs-cost/core/price-list";
import { parsePriceBook } from "@ecs-cost/core/schema";
import { afterEach, describe, expect, it } from "vitest";
import { fullBook } from "../../support/price-list-server/full-book.ts";
import {
  type PriceListServer,
  type PriceListServerOptions,
  startPriceListServer,
} from "../../support/price-list-server/server.ts";
import { pinnedInstanceTypes, pinnedRegion } from "../../support/prices/pinned.ts";

const VIRGINIA = pinnedRegion("us-east-1");
const EDITION = { version: "20261119100000", published: "2026-11-19T10:00:00Z" };
const open: PriceListServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const start = async (book: RegionBook = VIRGINIA, options: PriceListServerOptions = {}) => {
  const server = await startPriceListServer({ books: [book], edition: EDITION, partition: "aws" }, options);
  open.push(server);
  return server;
};

const refresh = async (server: PriceListServer, shipped: RegionBook | undefined = VIRGINIA, store = memoryStore()) => {
  const region = shipped?.region ?? VIRGINIA.region;
  const { list, close } = await openPublicPriceList({ region, url: server.url, store });
  try {
    return await refreshFromList(list, region, shipped);
  } finally {
    await close();
  }
};

describe("a refresh from the public price list", () => {
  it("works", async () => {
    const t = Date.now();
    const server = await start(fullBook(VIRGINIA));
    console.warn(Date.now() - t);
    const r = await refresh(server);
    console.warn(Date.now() - t, r.changes.length, r.refused, r.absent, r.issues, r.versions, r.unread, server.log);
  });
});
