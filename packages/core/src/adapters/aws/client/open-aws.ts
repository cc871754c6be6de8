import type { Observer } from "../../../ports/observer.ts";
import { type AwsCall, awsError } from "./aws-error.ts";
import { type AwsClients, type ClientSettings, createClients } from "./clients.ts";
import { ECS_LIMITS, ecsBucket } from "./ecs-limits.ts";
import { createLimiter, type Limiter, type Limits } from "./limiter.ts";
import { systemTiming, type Timing } from "./timing.ts";

export interface AwsSettings extends ClientSettings {
  /** Clients of the caller's own instead of those that this package makes. */
  readonly clients?: Partial<AwsClients>;
  readonly timing?: Timing;
  readonly observe?: Observer;
  /** Milliseconds that one call may take; default 60,000. */
  readonly timeout?: number;
  /** Limits by prefix of the action (`cloudwatch`), beside those that this package keeps to. */
  readonly limits?: Readonly<Record<string, Limits>>;
}

/** What sends one request; the signal ends it. */
export type Send<T> = (signal: AbortSignal) => Promise<T>;

/** An open door to AWS: clients, and calls that are limited, timed and repeated. Only reads. */
export interface Aws {
  readonly clients: AwsClients;
  readonly timing: Timing;
  readonly observe: Observer;
  /** Sends until it succeeds or it makes no sense to try on; throws a `BorderError` with source `aws`. */
  call<T>(call: AwsCall, send: Send<T>, weight?: number): Promise<T>;
}

/** Published and observed limits of the APIs by the bucket that calls are counted in; kept below them. */
const LIMITS: Readonly<Record<string, Limits>> = {
  /** 50 GetMetricData calls and 396,000 points a second and region (CloudWatch service quotas, checked 2026-11-20). */
  cloudwatch: { concurrency: 8, callsPerSecond: 45, weightPerSecond: 390_000 },
  ...ECS_LIMITS,
  /** DescribeLogGroups allows 10 calls a second (CloudWatch Logs quotas, checked 2026-11-20). */
  logs: { concurrency: 4, callsPerSecond: 9 },
  pricing: { concurrency: 4, callsPerSecond: 10 },
};
const OTHER_LIMITS: Limits = { concurrency: 4, callsPerSecond: 10 };

/** How often a call may fail in a way before it is given up. */
const ATTEMPTS: Readonly<Record<string, number>> = {
  /** The SDK has taken the time of the answer by then. */
  "clock-skew": 2,
  throttled: 12,
  "aws-failure": 8,
  "not-reached": 8,
  "malformed-answer": 6,
};
const BASE_MS = 100;
const LONGEST_MS = 20_000;

const backoff = (attempt: number, timing: Timing): number =>
  timing.random() * Math.min(LONGEST_MS, BASE_MS * 2 ** attempt);

const timeoutError = (milliseconds: number): Error => {
  const error = new Error(`no answer within ${milliseconds} ms`);
  error.name = "TimeoutError";
  return error;
};

/** Ends also where the SDK would wait on: an answer that began and never ends. Nothing is left behind that holds the answer. */
const inTime = async <T>(milliseconds: number, send: Send<T>): Promise<T> => {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = timeoutError(milliseconds);
      reject(error);
      controller.abort(error);
    }, milliseconds);
  });
  try {
    return await Promise.race([send(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
};

const repeated = async <T>(aws: Pick<Aws, "timing" | "observe">, call: AwsCall, timeout: number, send: Send<T>) => {
  const failures = new Map<string, number>();
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTime(timeout, send);
    } catch (error) {
      const failure = awsError(error, call);
      const count = (failures.get(failure.code) ?? 0) + 1;
      if (count >= (ATTEMPTS[failure.code] ?? 1)) throw failure;
      failures.set(failure.code, count);
      aws.observe({ code: "call-repeated", ...call, reason: failure.code });
      await aws.timing.sleep(backoff(attempt, aws.timing));
    }
  }
};

/** Opens AWS with the credentials of the SDK's own chain; nothing is called yet. */
export const openAws = (settings: AwsSettings = {}): Aws => {
  const timing = settings.timing ?? systemTiming;
  const observe = settings.observe ?? (() => undefined);
  const limiters = new Map<string, Limiter>();
  const limiterOf = ({ action, region }: AwsCall): Limiter => {
    const service = action.split(":")[0] ?? action;
    const bucket = ecsBucket(action) ?? service;
    const key = `${bucket}@${region}`;
    const known = limiters.get(key);
    const limits = settings.limits?.[service] ?? LIMITS[bucket] ?? OTHER_LIMITS;
    const limiter = known ?? createLimiter(limits, timing);
    limiters.set(key, limiter);
    return limiter;
  };
  return {
    clients: { ...createClients(settings), ...settings.clients },
    timing,
    observe,
    call: (call, send, weight = 1) =>
      limiterOf(call).run(weight, () => repeated({ timing, observe }, call, settings.timeout ?? 60_000, send)),
  };
};
