import type { MergeRequestNotes } from "@gitbeaker/rest";
import { isPassing, LONGEST_WAIT, limitOf, type Patience, pause } from "./retry.ts";

type Options = ConstructorParameters<typeof MergeRequestNotes>[0];
type RequesterFn = NonNullable<Options["requesterFn"]>;
type Service = Parameters<RequesterFn>[0];
type Requester = ReturnType<RequesterFn>;
type CallOptions = NonNullable<Parameters<Requester["get"]>[1]>;

/** An answer that is none of success; without a status there was no answer. */
export class GitlabFailure extends Error {
  override readonly name = "GitlabFailure";
  readonly status: number | undefined;
  readonly wait: number | undefined;

  constructor(text: string, status?: number, wait?: number) {
    super(text);
    this.status = status;
    this.wait = wait;
  }
}

const TIMEOUT_MS = 30_000;
const LARGEST_TEXT = 100_000;

/**
 * Calls of the client, with the waits that GitLab asks for: the client's own repeat at once and without end in sight.
 * What creates something is sent again only where a limit refused it. A redirect would take the token elsewhere, and is
 * refused.
 */
export const patientRequester =
  (patience: Patience): RequesterFn =>
  (service) => {
    const send =
      (method: string) =>
      async (endpoint: string, options: CallOptions = {}): Promise<never> =>
        (await sendPatiently(method, service, endpoint, options, patience)) as never;
    return { get: send("GET"), post: send("POST"), put: send("PUT"), patch: send("PATCH"), delete: send("DELETE") };
  };

interface Formatted {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
}

const sendPatiently = async (
  method: string,
  service: Service,
  endpoint: string,
  options: CallOptions,
  { retries, secondMs }: Patience,
): Promise<Formatted> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await sendOnce(method, service, endpoint, options);
    } catch (error) {
      if (!(error instanceof GitlabFailure)) throw error;
      const seconds = secondsBefore(error, method, attempt);
      if (attempt >= retries || seconds === undefined) throw error;
      await pause(seconds * secondMs);
    }
  }
};

/** Seconds before the next attempt; undefined where there should be none. */
const secondsBefore = ({ status, wait }: GitlabFailure, method: string, attempt: number): number | undefined => {
  if (wait !== undefined) return wait > LONGEST_WAIT ? undefined : wait;
  if (method === "POST" || (status !== undefined && !isPassing(status))) return undefined;
  return (attempt + 1) ** 2;
};

const sendOnce = async (
  method: string,
  service: Service,
  endpoint: string,
  { searchParams, body }: CallOptions,
): Promise<Formatted> => {
  const url = new URL(endpoint, service.url.endsWith("/") ? service.url : `${service.url}/`);
  for (const [key, value] of Object.entries(searchParams ?? {})) {
    if (value !== undefined) url.searchParams.set(snakeCase(key), String(value));
  }
  const headers: Record<string, string> = { ...service.headers, "user-agent": "ecs-cost" };
  for (const [name, value] of Object.entries(service.authHeaders)) headers[name] = await value();
  const hasBody = method !== "GET" && method !== "DELETE" && body !== undefined;
  if (hasBody) headers["content-type"] = "application/json";
  return answerOf(
    await fetched(url, {
      ...{ method, headers, redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) },
      ...(hasBody ? { body: JSON.stringify(body) } : {}),
    }),
  );
};

const snakeCase = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const fetched = async (
  url: URL,
  init: RequestInit,
): Promise<{ readonly response: Response; readonly text: string }> => {
  try {
    const response = await fetch(url, init);
    return { response, text: await response.text() };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new GitlabFailure(cause instanceof Error ? cause.message : String(cause));
  }
};

const answerOf = ({ response, text }: { readonly response: Response; readonly text: string }): Formatted => {
  const { status, headers } = response;
  const header = (name: string): string | undefined => headers.get(name) ?? undefined;
  if (status >= 300 && status < 400) {
    throw new GitlabFailure("it redirects to another address: give the final one with --gitlab-url", status);
  }
  if (!response.ok) throw new GitlabFailure(wordsOf(text), status, limitOf({ status, header, text }));
  return { body: status === 204 || text === "" ? null : parsed(text), headers: Object.fromEntries(headers), status };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new GitlabFailure("its answer is not JSON: is --gitlab-url the address of GitLab?", 200);
  }
};

/** `{"message": ...}` or `{"error": ...}`, or the beginning of whatever it says. */
const wordsOf = (text: string): string => {
  try {
    const data: unknown = JSON.parse(text.slice(0, LARGEST_TEXT));
    const { message, error, error_description } = (data ?? {}) as Readonly<Record<string, unknown>>;
    const words = message ?? error_description ?? error;
    return typeof words === "string" ? words : words === undefined ? "" : JSON.stringify(words);
  } catch {
    return /^\s*</.test(text) ? "" : text.slice(0, LARGEST_TEXT);
  }
};
