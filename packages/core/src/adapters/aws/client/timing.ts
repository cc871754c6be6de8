import { setTimeout } from "node:timers/promises";

/** Clock, waiting and chance, as arguments: a test gives its own. */
export interface Timing {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** From 0 (inclusive) to 1. */
  random(): number;
}

/** The machine's own. */
export const systemTiming: Timing = {
  now: () => Date.now(),
  sleep: async (milliseconds) => {
    await setTimeout(milliseconds);
  },
  random: Math.random,
};
