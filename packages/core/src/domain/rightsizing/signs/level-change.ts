import type { UsageDemand } from "../../demand/demand-window.ts";
import { dailyPercentiles } from "../../demand/quantile.ts";
import type { EpochDay } from "../../demand/timestamp.ts";

/** A step in the CPU of a service: every day after it lies beyond every day before it. */
export interface LevelChange {
  /** First day on the new level, and how many days with values there are from it on. */
  readonly day: EpochDay;
  readonly daysAfter: number;
  /** New level over the old one, by the median of the daily p95. */
  readonly ratio: number;
}

const FEWEST_DAYS = 4;
const FEWEST_BEFORE = 3;
/**
 * A step is at least this large, and its days lie this far from the nearest on the other side: and farther than the days of
 * either side lie from each other. A single day must be twice as clear.
 */
const LEAST_RATIO = 1.5;
const LEAST_DISTANCE = 1.3;
/** Percent: below this a level is nothing. */
const NOTHING = 1;

/** The clearest step up or down; undefined without one. The day of the step itself may lie in between. */
export const levelChangeOf = (demand: UsageDemand): LevelChange | undefined => {
  const middle = dailyPercentiles(demand, "cpu", 50).map(({ value }) => value + NOTHING);
  const daily = dailyPercentiles(demand, "cpu", 95);
  const high = daily.map(({ value }) => value + NOTHING);
  if (high.length < FEWEST_DAYS || middle.length !== high.length) return undefined;
  if (Math.max(...high) < LEAST_DISTANCE * Math.min(...high)) return undefined;
  let clearest: { readonly after: number; readonly step: Step } | undefined;
  for (let after = FEWEST_BEFORE; after < high.length; after++) {
    for (const before of [after, after - 1]) {
      if (before < FEWEST_BEFORE) continue;
      const step = stepBetween(high, middle, before, after);
      if (step !== undefined && step.distance > (clearest?.step.distance ?? 0)) clearest = { after, step };
    }
  }
  if (clearest === undefined) return undefined;
  const { after, step } = clearest;
  return { day: daily[after]?.day ?? 0, daysAfter: high.length - after, ratio: step.ratio };
};

interface Step {
  readonly ratio: number;
  /** How many times the days of one side lie beyond the nearest of the other; a day left out in between makes it less clear. */
  readonly distance: number;
}

const LEFT_OUT = 0.95;

const stepBetween = (
  high: readonly number[],
  middle: readonly number[],
  before: number,
  after: number,
): Step | undefined => {
  const gaps = [high, middle].map((daily) => gapBetween(daily.slice(0, before), daily.slice(after)));
  const up = Math.min(...gaps.map((gap) => gap.up));
  const down = Math.min(...gaps.map((gap) => gap.down));
  const clear = high.length - after === 1 ? 3 : 1.5;
  const spread = Math.max(...gaps.map((gap) => gap.spread)) ** clear;
  const ratio = medianOf(high.slice(after)) / medianOf(high.slice(0, before));
  const distance = Math.max(up, down) * (before < after ? LEFT_OUT : 1);
  const least = Math.max(LEAST_DISTANCE, spread);
  const isStep = (up >= least && ratio >= LEAST_RATIO) || (down >= least && ratio <= 1 / LEAST_RATIO);
  return isStep ? { ratio, distance } : undefined;
};

interface Gap {
  readonly up: number;
  readonly down: number;
  /** Highest over lowest day within a side, the larger of the two. */
  readonly spread: number;
}

const gapBetween = (old: readonly number[], now: readonly number[]): Gap => {
  const [oldMost, oldLeast] = [Math.max(...old), Math.min(...old)];
  const [nowMost, nowLeast] = [Math.max(...now), Math.min(...now)];
  return { up: nowLeast / oldMost, down: oldLeast / nowMost, spread: Math.max(oldMost / oldLeast, nowMost / nowLeast) };
};

const medianOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
