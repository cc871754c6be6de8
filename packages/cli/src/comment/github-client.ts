import { retry } from "@octokit/plugin-retry";
import { Octokit } from "@octokit/rest";
import { StrangeAnswerError } from "./forge.ts";
import type { Refusal } from "./forge-error.ts";
import { LONGEST_WAIT, limitOf, type Patience } from "./retry.ts";

const TIMEOUT_MS = 30_000;

const silent = (): void => {};

/** A client that repeats what may be repeated, waits as long as it is told, and prints nothing. */
export const openOctokit = (baseUrl: string, token: string, { retries, secondMs }: Patience): Octokit =>
  new (Octokit.plugin(knowingAnswers(retries), retry))({
    ...{ baseUrl, auth: token, userAgent: "ecs-cost" },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: {
      fetch: (url: string, init?: RequestInit) => fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) }),
    },
    retry: { retries, retryAfterBaseValue: secondMs, doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] },
  });

interface RequestFailure extends Error {
  readonly status: number;
  readonly request: { request?: object };
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> };
}

/** Refuses pages, which no call asks for, and waits as long as limits say, which the plugin for retries does not read. */
const knowingAnswers =
  (retries: number) =>
  ({ hook }: Pick<Octokit, "hook">): void => {
    hook.after("request", ({ data }) => {
      if (typeof data === "string" && data !== "") throw new StrangeAnswerError();
    });
    hook.error("request", (error) => {
      const wait = isRequestFailure(error) ? waitOf(error) : undefined;
      if (isRequestFailure(error) && wait !== undefined && wait <= LONGEST_WAIT) {
        error.request.request = { ...error.request.request, retries, retryAfter: wait };
      }
      throw error;
    });
  };

/** A failure of a call: an answer, or with status 500 and no response that there was none. */
export const isRequestFailure = (error: unknown): error is RequestFailure =>
  error instanceof Error && typeof (error as Partial<RequestFailure>).status === "number" && "request" in error;

/** GraphQL refuses with status 200. */
export const isGraphqlFailure = (error: unknown): error is Error =>
  error instanceof Error && error.name === "GraphqlResponseError";

const waitOf = ({ status, response, message }: RequestFailure): number | undefined =>
  response === undefined
    ? undefined
    : limitOf({ status, text: message, header: (name) => response.headers[name]?.toString() });

/** What a failure of this client means. */
export const githubRefusal = (error: unknown): Omit<Refusal, "forge" | "action"> | undefined => {
  if (isRequestFailure(error)) {
    const status = error.response === undefined ? undefined : error.status;
    return { status, text: error.message, wait: waitOf(error) };
  }
  return isGraphqlFailure(error) ? { status: 403, text: error.message } : undefined;
};
