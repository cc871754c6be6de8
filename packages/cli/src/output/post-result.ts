import { BorderError } from "@ecs-cost/core/file";
import { usageError } from "../program/usage-error.ts";

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const TIMEOUT_MS = 20_000;

/** Formats that a webhook takes, with what they are. */
const TYPES: Readonly<Record<string, string>> = {
  slack: "application/json",
  json: "application/json",
  html: "text/html; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  markdown: "text/markdown; charset=utf-8",
};

/** The address of a webhook is a secret: only its host is ever told. */
export const webhookOf = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw usageError("--post: expected an http or https address", "It is a secret: set ECS_COST_POST instead.");
  }
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol === "http:" && !isLocal) throw usageError(`--post: ${url.host} is not asked without TLS`);
  return url;
};

const failure = (url: URL, reason: string): BorderError =>
  new BorderError(`${url.host}: the result was not taken: ${reason}`, {
    code: "webhook-failed",
    source: "aws",
    hint: "The report itself is whole; send it again with --post, or write it with --out.",
  });

const waitOf = (attempt: number, retryAfter: string | null): number => {
  const seconds = Number(retryAfter);
  const asked = retryAfter !== null && Number.isFinite(seconds) ? seconds * 1000 : FIRST_WAIT_MS * 2 ** attempt;
  return Math.min(LONGEST_WAIT_MS, Math.max(0, asked));
};

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

type Answer =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: string; readonly wait: string | null; readonly final: boolean };

const send = async (url: URL, body: string, headers: Record<string, string>): Promise<Answer> => {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const {
      ok,
      status,
      headers: answered,
    } = await fetch(url, { method: "POST", body, headers, signal, redirect: "error" });
    if (ok) return { ok };
    const isPassing = status === 429 || status >= 500;
    return { ok, reason: `status ${status}`, wait: answered.get("retry-after"), final: !isPassing };
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    const reason = name === "TimeoutError" ? `no answer within ${TIMEOUT_MS / 1000} seconds` : "it was not reached";
    return { ok: false, reason, wait: null, final: false };
  }
};

/**
 * Sends a result to a webhook, again where it is busy or not reached. A token in ECS_COST_POST_TOKEN goes along as a bearer token.
 *
 * @throws {BorderError} where it is refused, or not taken after four attempts.
 */
export const postResult = async (url: URL, text: Iterable<string>, format: string): Promise<void> => {
  const body = [...text].join("");
  const token = process.env["ECS_COST_POST_TOKEN"] ?? "";
  const headers = {
    "content-type": TYPES[format] ?? "text/plain; charset=utf-8",
    ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
  };
  let reason = "";
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const answer = await send(url, body, headers);
    if (answer.ok) return;
    reason = answer.reason;
    if (answer.final) break;
    if (attempt < ATTEMPTS - 1) await pause(waitOf(attempt, answer.wait));
  }
  throw failure(url, reason);
};
