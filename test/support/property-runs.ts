import fc from "fast-check";
import { vi } from "vitest";

/**
 * Properties run the same cases every time, so that a red run is the fault of a change. FC_SEED=random or a number explores
 * others; FC_RUNS multiplies how many of them there are, and the time that a test may take.
 */
const DEFAULT_SEED = 20_260_101;

const wholeNumber = (name: string, text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`${name} must be a whole number, not "${text}"`);
  return value;
};

const { FC_SEED: seed = String(DEFAULT_SEED), FC_RUNS: factor = "1" } = process.env;
const times = Math.max(1, wholeNumber("FC_RUNS", factor));

fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  ...(seed === "random" ? {} : { seed: wholeNumber("FC_SEED", seed) }),
});

const DEFAULT_RUNS = 100;

/** `fc.assert` as it is, but for the number of runs. */
const assertMore = (property: fc.IRawProperty<unknown>, parameters: fc.Parameters<unknown> = {}): unknown =>
  fc.assert(property, { ...parameters, numRuns: (parameters.numRuns ?? DEFAULT_RUNS) * times });

if (times > 1) {
  vi.setConfig({ testTimeout: times * 60_000 });
  vi.doMock("fast-check", async (load) => {
    const original = await load<typeof import("fast-check")>();
    return { ...original, default: { ...original.default, assert: assertMore } };
  });
}
