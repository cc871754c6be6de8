import type { Timing } from "./timing.ts";

/** Lets so many calls run at once, and so much be asked for in a second. */
export interface Limiter {
  run<T>(weight: number, work: () => Promise<T>): Promise<T>;
}

export interface Limits {
  /** Calls at the same time. */
  readonly concurrency: number;
  readonly callsPerSecond?: number;
  /** Calls that may come at once after a pause; 1 where it is left out. */
  readonly burst?: number;
  /** What `weight` counts, in a second. */
  readonly weightPerSecond?: number;
}

/** Runs work with a bounded number at once, in the order in which it was given. */
export const createGate = (concurrency: number): (<T>(work: () => Promise<T>) => Promise<T>) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return async (work) => {
    if (running >= concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      leave();
    }
  };
};

/** A limiter by the clock of `timing`; each call reserves the time that its rate takes, as far as no burst is left. */
export const createLimiter = (limits: Limits, timing: Timing): Limiter => {
  const gate = createGate(limits.concurrency);
  let free = 0;
  const costOf = (weight: number): number =>
    Math.max(
      limits.callsPerSecond === undefined ? 0 : 1000 / limits.callsPerSecond,
      limits.weightPerSecond === undefined ? 0 : (1000 * weight) / limits.weightPerSecond,
    );
  return {
    run: (weight, work) =>
      gate(async () => {
        const cost = costOf(weight);
        if (cost > 0) {
          const now = timing.now();
          const wait = free - ((limits.burst ?? 1) - 1) * cost - now;
          free = Math.max(free, now) + cost;
          if (wait > 0) await timing.sleep(wait);
        }
        return work();
      }),
  };
};
