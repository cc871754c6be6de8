import { type PinnedRegion, pinnedRegion } from "../prices/pinned.ts";
import { fullBook } from "./full-book.ts";
import { startPriceListServer } from "./server.ts";

/** A price list of these regions in a process of its own: node --conditions=@ecs-cost/source main.ts REGION... */
const regions = process.argv.slice(2);
const server = await startPriceListServer(
  {
    books: regions.map((region) => fullBook(pinnedRegion(region as PinnedRegion))),
    edition: { version: "20261119100000", published: "2026-11-19T10:00:00Z" },
    partition: "aws",
  },
  { gzip: true },
);
process.stdout.write(`${server.url}\n`);
