import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGate, createLimiter } from "./limiter.ts";
import type { Timing } from "./timing.ts";

/** Sleepers wake in the order of their times; the clock moves only when nothing else does. */
const simulated = () => {
  let now = 0;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const timing: Timing = {
    now: () => now,
    sleep: (milliseconds) => new Promise((wake) => sleepers.push({ at: now + milliseconds, wake })),
    random: () => 0.5,
  };
  const advance = async (): Promise<void> => {
    for (;;) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      sleepers.sort((a, b) => a.at - b.at);
      const next = sleepers.shift();
      if (next === undefined) return;
      now = Math.max(now, next.at);
      next.wake();
    }
  };
  return { timing, advance };
};

describe("a limiter", () => {
  it("never runs more at once than it may, and everything in the end", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(3), { maxLength: 20 }), async (most, steps) => {
        const gate = createGate(most);
        let running = 0;
        let peak = 0;
        const done = await Promise.all(
          steps.map((count, at) =>
            gate(async () => {
              running += 1;
              peak = Math.max(peak, running);
              for (let step = 0; step < count; step++) await Promise.resolve();
              running -= 1;
              return at;
            }),
          ),
        );
        expect(done).toEqual(steps.map((_, at) => at));
        expect(peak).toBeLessThanOrEqual(most);
      }),
      { numRuns: 30 },
    );
  });

  it("goes on after work that failed", async () => {
    const gate = createGate(1);
    const failed = gate(async () => {
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect(await gate(async () => 7)).toBe(7);
  });

  it("spaces calls by their number and by their weight, whichever takes longer", async () => {
    const { timing, advance } = simulated();
    const limiter = createLimiter({ concurrency: 8, callsPerSecond: 10, weightPerSecond: 1000 }, timing);
    const starts: number[] = [];
    const all = [1, 1, 500, 1, 1].map((weight) => limiter.run(weight, async () => starts.push(timing.now())));
    await advance();
    await Promise.all(all);
    expect(starts).toEqual([0, 100, 200, 700, 800]);
  });

  it("lets a burst through at once, then keeps to the rate, and never more than burst and rate allow", async () => {
    const { timing, advance } = simulated();
    const limiter = createLimiter({ concurrency: 20, callsPerSecond: 10, burst: 4 }, timing);
    const starts: number[] = [];
    const all = Array.from({ length: 8 }, () => limiter.run(1, async () => starts.push(timing.now())));
    await advance();
    await Promise.all(all);
    expect(starts).toEqual([0, 0, 0, 0, 100, 200, 300, 400]);
  });
});
