import { describe, expect, it } from "vitest";
import { forecastDays } from "./forecast-days.ts";

const CONFIDENCE = 0.8;
const WEEK = [10, 12, 12, 11, 10, -25, -30];

/** Numbers between 0 and 1, the same every time. */
const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
};

const random = randomFrom(7);
const gauss = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());

const days = (count: number, noise: () => number, level: (day: number) => number = () => 100): number[] =>
  Array.from({ length: count }, (_, day) => level(day) + (WEEK[day % 7] ?? 0) + noise());

const persistent = (phi: number) => {
  let last = 0;
  return (): number => {
    last = phi * last + 5 * gauss();
    return last;
  };
};

/** Share of simulated months whose cost lies within the interval. */
const coverage = (history: number, ahead: number, make: (count: number) => readonly number[]): number => {
  const RUNS = 250;
  let held = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const costs = make(history + ahead);
    const actual = costs.slice(history).reduce((a, b) => a + b, 0);
    const forecast = forecastDays(costs.slice(0, history), ahead, CONFIDENCE);
    if (forecast !== undefined && Math.abs(actual - forecast.expected) <= forecast.margin) held += 1;
  }
  return held / RUNS;
};

describe("forecastDays", () => {
  it.each([
    ["noise", () => (count: number) => days(count, () => 5 * gauss())],
    ["noise that persists for days", () => (count: number) => days(count, persistent(0.6))],
    ["spikes", () => (count: number) => days(count, () => 4 * gauss() + (random() < 0.03 ? 60 : 0))],
    [
      "growth",
      () => (count: number) =>
        days(
          count,
          () => 5 * gauss(),
          (day) => 100 + 0.3 * day,
        ),
    ],
  ] as const)("holds about as many months as it says, under weekdays and %s", (_, make) => {
    for (const [history, ahead] of [
      [45, 16],
      [61, 30],
    ] as const) {
      const share = coverage(history, ahead, make());
      expect(share).toBeGreaterThan(CONFIDENCE - 0.1);
      expect(share).toBeLessThan(CONFIDENCE + 0.14);
    }
  });

  it("is nearly certain of what never changes, and of weekdays that repeat, and never wholly", () => {
    const flat = forecastDays(
      Array.from({ length: 40 }, () => 7),
      10,
      CONFIDENCE,
    );
    expect(flat?.expected).toBeCloseTo(70, 9);
    // A day differs by 1 % of its mean at least: 1.304 x 0.07 x the root of 10.
    expect(flat?.margin).toBeCloseTo(0.288, 3);
    const weekly = forecastDays(
      days(42, () => 0),
      7,
      CONFIDENCE,
    );
    expect(weekly?.expected).toBeCloseTo(700, 6);
    expect(weekly?.margin).toBeCloseTo(3.4, 1);
  });

  it("is wider for more confidence and for more days ahead", () => {
    const history = days(50, () => 5 * gauss());
    const margin = (ahead: number, confidence: number): number => forecastDays(history, ahead, confidence)?.margin ?? 0;
    expect(margin(10, 0.95)).toBeGreaterThan(margin(10, 0.8));
    expect(margin(20, 0.8)).toBeGreaterThan(margin(10, 0.8));
  });

  it("says nothing after less than a week", () => {
    expect(forecastDays([1, 2, 3, 4, 5, 6], 10, CONFIDENCE)).toBeUndefined();
  });
});
