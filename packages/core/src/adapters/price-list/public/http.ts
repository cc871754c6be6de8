import type { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import type { Dispatcher } from "undici";
import { type ListErrorCode, listError } from "./list-error.ts";

/** An answer with its body still to come. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Readable;
}

/** Sends GET requests; repeats them where the network or AWS fails for a moment. */
export interface Http {
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<HttpAnswer>;
  close(): Promise<void>;
}

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 150;
const MOST_REDIRECTS = 5;
const TIMEOUTS = { headersTimeout: 30_000, bodyTimeout: 60_000, connect: { timeout: 15_000 } } as const;

const PROXIES = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"] as const;

const isProxied = (environment: NodeJS.ProcessEnv): boolean => PROXIES.some((name) => (environment[name] ?? "") !== "");

const openDispatcher = async (): Promise<Dispatcher> => {
  const { Agent, EnvHttpProxyAgent } = await import("undici");
  return isProxied(process.env) ? new EnvHttpProxyAgent(TIMEOUTS) : new Agent(TIMEOUTS);
};

/** 403 and 404 are final: AWS gives either for a file that is not there. */
const failureOf = (status: number): ListErrorCode | undefined => {
  if (status === 429) return "throttled";
  if (status >= 500) return "aws-failure";
  return status >= 400 ? "aws-refused" : undefined;
};

const reasonOf = (error: unknown): string => {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return [code, message].find((each): each is string => typeof each === "string" && each !== "") ?? "unknown";
};

const headersOf = (raw: Dispatcher.ResponseData["headers"]): HttpAnswer["headers"] =>
  Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));

/** What leads elsewhere, as long as it is not for ever. */
const send = async (
  dispatcher: Dispatcher,
  url: string,
  headers: Readonly<Record<string, string>>,
  redirects = 0,
): Promise<HttpAnswer> => {
  const { request } = await import("undici");
  const answer = await request(url, { dispatcher, headers: { ...headers } });
  const found = headersOf(answer.headers);
  const to = found["location"];
  if (answer.statusCode < 300 || answer.statusCode >= 400 || answer.statusCode === 304 || to === undefined)
    return { status: answer.statusCode, headers: found, body: answer.body };
  await answer.body.dump();
  if (redirects === MOST_REDIRECTS) throw listError(url, "malformed-answer", "it is redirected again and again");
  return send(dispatcher, new URL(to, url).href, headers, redirects + 1);
};

/** Opens the way to the price list, through `HTTPS_PROXY` and around `NO_PROXY` where they are set. */
export const openHttp = async (): Promise<Http> => {
  const dispatcher = await openDispatcher();
  const attempt = async (url: string, headers: Readonly<Record<string, string>>): Promise<HttpAnswer> => {
    const answer = await send(dispatcher, url, headers);
    const failure = failureOf(answer.status);
    if (failure === undefined) return answer;
    answer.body.resume();
    answer.body.on("error", () => {});
    throw listError(url, failure, `AWS refused it (HTTP ${answer.status})`);
  };
  const get: Http["get"] = async (url, headers = {}) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(url, headers);
      } catch (error) {
        const { source, code } = error as { readonly source?: unknown; readonly code?: unknown };
        const isFinal = source === "aws" && (code === "aws-refused" || code === "malformed-answer");
        if (isFinal || (tries === ATTEMPTS && source === "aws")) throw error;
        if (tries === ATTEMPTS) throw listError(url, "not-reached", `it is not reached: ${reasonOf(error)}`, error);
        await setTimeout(FIRST_WAIT_MS * 2 ** tries * (0.5 + Math.random() / 2));
      }
    }
  };
  return { get, close: () => dispatcher.close() };
};
