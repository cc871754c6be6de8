import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RegionBook } from "@ecs-cost/core";
import { loadRegion } from "@ecs-cost/pricing-data";
import { afterAll, describe, expect, it } from "vitest";
import { fullBook } from "../support/price-list-server/full-book.ts";
import {
  type PriceListServer,
  type PriceListServerOptions,
  startPriceListServer,
} from "../support/price-list-server/server.ts";
import { runCli } from "./run-cli.ts";

const REGION = "eu-west-1";
const loaded = loadRegion(REGION);
if (!loaded.found) throw new Error(`no book of ${REGION}`);

const TYPES = ["m7g", "c7g", "c7a", "m6i"].flatMap((family) => ["large", "xlarge"].map((size) => `${family}.${size}`));
const FULL = fullBook(loaded.book, TYPES);
const DEARER: RegionBook = { ...FULL, prices: { ...FULL.prices, "nat.gb": { rate: "0.0777", origin: 0 } } };
const EDITION = { version: "20261119100000", published: "2026-11-19T10:00:00Z" };
const LATER = { version: "20261203120000", published: "2026-12-03T12:00:00Z" };
const WEB = "examples/web-service.yaml";

const open: PriceListServer[] = [];
afterAll(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** A price list, a home without anything in it, and the command in both. */
const setUp = async (options: PriceListServerOptions = {}) => {
  const server = await startPriceListServer({ books: [DEARER], edition: EDITION, partition: "aws" }, options);
  open.push(server);
  const home = mkdtempSync(join(tmpdir(), "ecs-cost-public-"));
  const env = { HOME: home, XDG_DATA_HOME: join(home, "data"), ECS_COST_PRICE_LIST_URL: server.url };
  const run = (...args: readonly string[]) => runCli(args, { env });
  return { server, run, env, prices: join(home, "data/ecs-cost/prices") };
};

interface Option {
  readonly id: string;
  readonly reasons: readonly { readonly code: string }[];
}

interface Report {
  readonly prices: { readonly source: string; readonly asOf: string };
  readonly shared: { readonly lineItems: readonly { readonly dimension: string; readonly rate: string }[] };
  readonly services: readonly { readonly options: readonly Option[] }[];
}

const natRate = ({ shared }: Report): string | undefined =>
  shared.lineItems.find(({ dimension }) => dimension === "nat.gb")?.rate;

const unpriced = ({ services }: Report): readonly string[] =>
  services.flatMap(({ options }) =>
    options.filter(({ reasons }) => reasons.some(({ code }) => code === "missing-price")).map(({ id }) => id),
  );

describe.concurrent("prices refresh from the public price list", () => {
  it("reads a region without an account; every report takes its prices, and none is missing any more", async () => {
    const { server, run, prices } = await setUp({ gzip: true });
    const before = await run("compare", WEB, "--json");
    expect(before.stderr).toMatch(
      /^Hint: prices of eu-west-1 are missing; ecs-cost prices refresh --region eu-west-1 /m,
    );
    expect((JSON.parse(before.stdout) as Report).prices.source).toBe("snapshot");

    const refreshed = await run("prices", "refresh", WEB, "--json", "--strict");
    expect(refreshed).toMatchObject({ code: 0, stderr: "" });
    const [region] = (JSON.parse(refreshed.stdout) as { regions: Record<string, unknown>[] }).regions;
    expect(region).toMatchObject({ region: REGION, source: "public", asOf: "2026-11-19", issues: [] });
    expect(existsSync(join(prices, `${REGION}.versions.json`))).toBe(true);

    const after = await run("compare", WEB, "--json");
    const report = JSON.parse(after.stdout) as Report;
    expect(after.stderr).toBe("");
    expect(report.prices).toEqual({ source: "live", asOf: "2026-11-19" });
    expect(natRate(report)).toBe("0.0777");
    expect(unpriced(report)).toEqual([]);

    const asked = server.log.length;
    const again = await run("prices", "refresh", "--region", REGION, "--json");
    expect(again.code).toBe(0);
    expect(server.log.slice(asked).every(({ status }) => status === 304)).toBe(true);
    const shipped = JSON.parse((await run("estimate", WEB, "--prices", "snapshot", "--json")).stdout) as Report;
    expect(shipped.prices.source).toBe("snapshot");
    expect(natRate(shipped)).not.toBe("0.0777");
  });

  it("ends with 3 and leaves the book before where a file cannot be read", async () => {
    const { server, run, prices } = await setUp({ resumable: false });
    expect((await run("prices", "refresh", "--region", REGION, "--quiet")).code).toBe(0);
    const book = readFileSync(join(prices, `${REGION}.json`), "utf8");
    server.publish({ books: [FULL], edition: LATER, partition: "aws" });
    for (const kind of ["cut", "wrong-length", "other-version", "forbidden", "web-page"] as const) {
      server.fail([{ path: kind === "web-page" ? /AmazonEC2\/current/ : /AmazonEC2\/\d/, kind }]);
      const failed = await run("prices", "refresh", "--region", REGION);
      expect([kind, failed.code, failed.stdout]).toEqual([kind, 3, ""]);
      expect(failed.stderr).toMatch(/^Error: http:.*AmazonEC2.*\nHint: .*\n$/);
      expect(readFileSync(join(prices, `${REGION}.json`), "utf8")).toBe(book);
    }
    expect(readdirSync(prices).filter((name) => name.endsWith(".new"))).toEqual([]);
  }, 120_000);

  it("goes around the proxy only where NO_PROXY says so, and says what it cannot reach", async () => {
    const { run, env } = await setUp();
    const proxied = { ...env, HTTP_PROXY: "http://127.0.0.1:1", HTTPS_PROXY: "http://127.0.0.1:1" };
    const args = ["prices", "refresh", "--region", REGION, "--quiet"];
    const [through, around, none] = await Promise.all([
      runCli(args, { env: proxied }),
      runCli(args, { env: { ...proxied, NO_PROXY: "127.0.0.1", XDG_DATA_HOME: `${env.XDG_DATA_HOME}-2` } }),
      run("prices", "refresh", "--region", REGION, "--price-list-url", "ftp://mirror"),
    ]);
    expect(through).toMatchObject({ code: 3, stdout: "" });
    expect(through.stderr).toMatch(/^Error: http:.* it is not reached: .*\nHint: Check the network and HTTPS_PROXY/);
    expect(around).toMatchObject({ code: 0, stderr: "" });
    expect(none).toMatchObject({ code: 2, stdout: "" });
  });
});
