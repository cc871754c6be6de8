import { type DayWindows, highestOf, levelExceededFor } from "../../demand/day-windows.ts";

/** Where the CPU of some days lies and how far it spreads from day to day; levels in percent of the size. */
export interface CpuScale {
  /** Level that is exceeded for the share of the time that is allowed. */
  readonly base: number;
  readonly highest: number;
  /** Standard deviations of the logarithm of the daily levels, and of the daily highest values. */
  readonly levelSpread: number;
  readonly highestSpread: number;
}

/** Percent: smaller levels are all the same nothing. */
const NOTHING = 0.5;
const SMALLEST_BASE = 0.02;
/** Spreads of a service of which too few days are known, and what is added to any spread. */
const UNKNOWN_SPREAD = 0.15;
const LEAST_LEVEL_SPREAD = 0.15;
const LEAST_HIGHEST_SPREAD = 0.1;

/** Level, highest value and spreads of the days from `from` up to but not `to`; undefined without values. */
export const cpuScale = (windows: DayWindows, from: number, to: number, share: number): CpuScale | undefined => {
  const base = levelExceededFor(windows, from, to, share);
  const highest = highestOf(windows, from, to);
  if (base === undefined || highest === undefined) return undefined;
  const levels: number[] = [];
  const peaks: number[] = [];
  for (let day = from; day < to; day++) {
    const level = levelExceededFor(windows, day, day + 1, share);
    if (level === undefined) continue;
    levels.push(logOf(level));
    peaks.push(logOf(windows.highest[day] as number));
  }
  return {
    base: Math.max(base, SMALLEST_BASE),
    highest: Math.max(highest, SMALLEST_BASE),
    levelSpread: LEAST_LEVEL_SPREAD + deviationOf(levels, UNKNOWN_SPREAD),
    highestSpread: LEAST_HIGHEST_SPREAD + deviationOf(peaks, UNKNOWN_SPREAD),
  };
};

const logOf = (percent: number): number => Math.log(percent + NOTHING);

/** How far a level lies beyond the base and beyond the highest value, in spreads. */
export const excessOf = (
  { base, highest, levelSpread, highestSpread }: CpuScale,
  level: number,
): { readonly beyondLevel: number; readonly beyondHighest: number } => ({
  beyondLevel: (logOf(level) - logOf(base)) / levelSpread,
  beyondHighest: (logOf(level) - logOf(highest)) / highestSpread,
});

/** The highest memory of some days and how far the daily highest values spread, in percent of the size. */
export interface MemoryScale {
  readonly highest: number;
  readonly spread: number;
}

/** From one highest value a day, one or more. */
export const memoryScale = (daily: readonly number[]): MemoryScale => {
  const highest = Math.max(...daily);
  return { highest, spread: deviationOf(daily, UNKNOWN_SPREAD * highest) };
};

const SMALLEST_MEMORY = 0.05;

/** How far a level of memory lies beyond the highest, as a share of it and in spreads. */
export const memoryExcess = (
  { highest, spread }: MemoryScale,
  level: number,
): { readonly ratio: number; readonly spreads: number } => ({
  ratio: level / Math.max(highest, SMALLEST_MEMORY) - 1,
  spreads: (level - highest) / (spread + 0.01 * highest + 0.01),
});

/** Sample standard deviation; `unknown` of fewer than two values. */
const deviationOf = (values: readonly number[], unknown: number): number => {
  const n = values.length;
  if (n < 2) return unknown;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
};
