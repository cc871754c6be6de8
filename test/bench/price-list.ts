import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createGzip } from "node:zlib";
import { pinnedRegion } from "../support/prices/pinned.ts";

/**
 * Reads a generated table of Amazon EC2 with the columns of AWS's own over HTTP, as a refresh does, against gunzip and
 * readline alone over the same file on disk; each in a process of its own, turn about. Wants a build.
 * Run: node --conditions=@ecs-cost/source test/bench/price-list.ts [megabytes]
 */
const RATIO_LIMIT = 2;
const MEMORY_LIMIT_MB = 150;
const RUNS = 3;
const DEFAULT_MEGABYTES = 400;
const REGION = "us-east-1";
const VERSION = "20261119100000";

/** Plain scripts over the build: stripping types takes memory of its own. */
const TELL =
  "const tell = (count) => console.log(JSON.stringify({ count, peak: Math.round(process.resourceUsage().maxRSS / 1024) }));";
const REFRESH = `${TELL}
import { readFileSync } from "node:fs";
import { memoryStore, openPublicPriceList } from "@ecs-cost/core/price-list";
const [url, pinned] = process.argv.slice(1);
const book = JSON.parse(readFileSync(pinned, "utf8")).regions.find(({ region }) => region === "${REGION}");
const { list, close } = await openPublicPriceList({ region: "${REGION}", url, store: memoryStore() });
const items = await list.forBook(book).products("AmazonEC2", []);
await close();
tell(items.filter(({ attributes }) => attributes.instanceType !== undefined).length);`;
const LINES = `${TELL}
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
let count = 0;
for await (const _ of createInterface({ input: createReadStream(process.argv[1]).pipe(createGunzip()) })) count += 1;
tell(count);`;
const PINNED = join(import.meta.dirname, "../support/prices/pinned-book.json");

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** The rows that matter once, then the same rows of dedicated tenancy until the file is as large as it should be. */
const writeTable = async (file: string, megabytes: number): Promise<number> => {
  const { fullBook } = await import("../support/price-list-server/full-book.ts");
  const { serviceTable } = await import("../support/price-list-server/tables.ts");
  const edition = { version: VERSION, published: "2026-11-19T10:00:00Z" };
  const text = serviceTable(fullBook(pinnedRegion(REGION)), "AmazonEC2", edition);
  const instances = text.split("\n").filter((line) => line.includes("BoxUsage"));
  const body = `${instances.join("\n").replaceAll("BoxUsage", "DedicatedUsage")}\n`;
  const times = Math.max(0, Math.ceil((megabytes * 1e6 - text.length) / body.length));
  function* parts(): Generator<string> {
    yield text;
    for (let at = 0; at < times; at += 1) yield body;
  }
  await pipeline(Readable.from(parts()), createGzip({ level: 6 }), createWriteStream(file));
  return text.length + times * body.length;
};

const serve = async (file: string) => {
  const path = `/offers/v1.0/aws/AmazonEC2/${VERSION}/${REGION}/index`;
  const regions = { [REGION]: { regionCode: REGION, currentVersionUrl: `${path}.json` } };
  const server = createServer(({ url = "" }, response) => {
    if (url === `${path}.csv`) {
      response.writeHead(200, { "content-length": statSync(file).size, "content-encoding": "gzip" });
      createReadStream(file).pipe(response);
    } else if (url.endsWith("/AmazonEC2/current/region_index.json")) response.end(JSON.stringify({ regions }));
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
};

interface Measured {
  readonly seconds: number;
  readonly peak: number;
  readonly count: number;
}

const measure = async (script: string, target: string): Promise<Measured> => {
  const start = process.hrtime.bigint();
  const args = ["--input-type=module", "-e", script, target, PINNED];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname });
  return {
    ...(JSON.parse(stdout) as Omit<Measured, "seconds">),
    seconds: Number(process.hrtime.bigint() - start) / 1e9,
  };
};

const fastest = (runs: readonly Measured[]): Measured =>
  runs.reduce((best, run) => (run.seconds < best.seconds ? run : best));

const compare = async (megabytes: number): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost-price-list-"));
  const file = join(folder, "index.csv.gz");
  const bytes = await writeTable(file, megabytes);
  const server = await serve(file);
  const [lines, refreshes]: [Measured[], Measured[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    lines.push(await measure(LINES, file));
    refreshes.push(await measure(REFRESH, server.url));
  }
  server.close();
  rmSync(folder, { recursive: true });
  const [base, ours] = [fastest(lines), fastest(refreshes)];
  const peak = Math.max(...refreshes.map((run) => run.peak));
  const ratio = ours.seconds / base.seconds;
  print(`${Math.round(bytes / 1e6)} MB, ${base.count} lines, ${ours.count} instance types`);
  print(`gunzip and lines ${base.seconds.toFixed(2)} s, most memory ${base.peak} MB`);
  print(`refresh ${ours.seconds.toFixed(2)} s, ${Math.round(bytes / 1e6 / ours.seconds)} MB a second`);
  print(`${ratio.toFixed(2)} times (limit ${RATIO_LIMIT}), most memory ${peak} MB (limit ${MEMORY_LIMIT_MB})`);
  process.exitCode = ratio > RATIO_LIMIT || peak > MEMORY_LIMIT_MB ? 1 : 0;
};

const [megabytes = String(DEFAULT_MEGABYTES)] = process.argv.slice(2);
await compare(Number(megabytes));
