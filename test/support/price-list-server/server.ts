import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { listFile, type PriceListContent } from "./offers.ts";

/** What goes wrong with a file, as often as it says. */
export interface ListFault {
  /** Which files. */
  readonly path: RegExp;
  readonly kind:
    | "cut"
    | "wrong-length"
    | "other-version"
    | "forbidden"
    | "web-page"
    | "damaged"
    | "unavailable"
    | "missing";
  /** Default: always. */
  readonly times?: number;
}

export interface PriceListServerOptions {
  readonly faults?: readonly ListFault[];
  /** Packs files for those who take gzip. */
  readonly gzip?: boolean;
  /** Gives parts of files; default true. */
  readonly resumable?: boolean;
}

/** A price list on loopback. */
export interface PriceListServer {
  readonly url: string;
  /** Paths that were asked for, in order, with the status. */
  readonly log: readonly { readonly path: string; readonly status: number; readonly range?: string }[];
  /** Puts another price list in the place of the one that is served. */
  publish(content: PriceListContent): void;
  /** From now on these go wrong, and no others. */
  fail(faults: readonly ListFault[]): void;
  close(): Promise<void>;
}

interface Stored {
  readonly bytes: Buffer;
  readonly packed: Buffer;
  readonly etag: string;
}

const store = (text: string): Stored => {
  const bytes = Buffer.from(text);
  const etag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 24)}"`;
  return { bytes, packed: gzipSync(bytes, { level: 1 }), etag };
};

type Log = { path: string; status: number; range?: string }[];

const WEB_PAGE = "<!DOCTYPE html>\n<html><head><title>Sign in to the network</title></head><body></body></html>\n";

/** What a request is answered with; `length` and `cutAt` where the answer is spoilt. */
interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly length?: number;
  readonly cutAt?: number;
}

const send = (response: ServerResponse, { status, headers, body = Buffer.alloc(0), length, cutAt }: Reply): void => {
  response.writeHead(status, { ...headers, "content-length": length ?? body.length });
  if (cutAt === undefined) response.end(body.subarray(0, length));
  else response.write(body.subarray(0, cutAt), () => setTimeout(() => response.destroy(), 20));
};

const half = ({ length }: Buffer): number => Math.floor(length / 2);

const STATUS: Readonly<Partial<Record<ListFault["kind"], number>>> = { forbidden: 403, missing: 404, unavailable: 503 };

/** Starts a server of a price list with conditional and partial answers. */
export const startPriceListServer = async (
  content: PriceListContent,
  { faults = [], gzip = false, resumable = true }: PriceListServerOptions = {},
): Promise<PriceListServer> => {
  const log: Log = [];
  let current = content;
  let files = new Map<string, Stored | undefined>();
  let failing = faults;
  const timesOf = ({ times = Number.POSITIVE_INFINITY }: ListFault): number => times;
  let left = failing.map(timesOf);
  const faultOf = (path: string): ListFault["kind"] | undefined => {
    const at = failing.findIndex((fault, place) => fault.path.test(path) && (left[place] ?? 0) > 0);
    if (at < 0) return undefined;
    left[at] = (left[at] ?? 0) - 1;
    return failing[at]?.kind;
  };
  const fileOf = (path: string): Stored | undefined => {
    if (!files.has(path)) {
      const text = listFile(current, path);
      files.set(path, text === undefined ? undefined : store(text));
    }
    return files.get(path);
  };

  const spoilt = (kind: ListFault["kind"] | undefined, file: Stored, whole: Reply): Reply => {
    const { headers = {}, body = Buffer.alloc(0) } = whole;
    if (kind === "cut") return { ...whole, cutAt: half(body) };
    if (kind === "wrong-length") return { ...whole, length: half(body) };
    if (kind === "damaged")
      return { ...whole, body: Buffer.concat([body.subarray(0, half(body)), Buffer.from("\n,,")]) };
    if (kind !== "other-version") return whole;
    const other = file.bytes.toString().replaceAll(current.edition.version, "20261201000000");
    return {
      ...whole,
      headers: { ...headers, etag: '"other"', "content-encoding": "identity" },
      body: Buffer.from(other),
    };
  };

  const replyTo = (path: string, headers: IncomingMessage["headers"]): Reply => {
    const kind = faultOf(path);
    if (kind === "web-page")
      return { status: 200, headers: { "content-type": "text/html" }, body: Buffer.from(WEB_PAGE) };
    const status = kind === undefined ? undefined : STATUS[kind];
    const file = fileOf(path);
    if (status !== undefined || file === undefined) return { status: status ?? 404, body: Buffer.from("<Error/>") };
    const isPacked = gzip && String(headers["accept-encoding"]).includes("gzip");
    const own = { etag: file.etag, ...(isPacked ? { "content-encoding": "gzip" } : {}) };
    const body = isPacked ? file.packed : file.bytes;
    if (headers["if-none-match"] === file.etag) return { status: 304, headers: own };
    const from = Number(/^bytes=(?<from>\d+)-$/.exec(headers.range ?? "")?.groups?.["from"] ?? Number.NaN);
    if (resumable && from > 0 && headers["if-range"] === file.etag) {
      const range = { "content-range": `bytes ${from}-${body.length - 1}/${body.length}` };
      return { status: 206, headers: { ...own, ...range }, body: body.subarray(from) };
    }
    return spoilt(kind, file, { status: 200, headers: own, body });
  };

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = new URL(request.url ?? "/", "http://list").pathname;
    const { range } = request.headers;
    const reply = replyTo(path, request.headers);
    log.push({ path, status: reply.status, ...(range === undefined ? {} : { range }) });
    send(response, reply);
  };

  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    publish: (next) => {
      current = next;
      files = new Map();
    },
    fail: (next) => {
      failing = next;
      left = next.map(timesOf);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
};
