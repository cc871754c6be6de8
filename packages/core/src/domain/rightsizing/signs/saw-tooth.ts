import { hourRow } from "../../demand/day-usage.ts";
import type { UsageDemand } from "../../demand/demand-window.ts";

/** Memory that climbs for hours and falls at once, again and again: a leak that restarts end, or kills. */
export interface SawTooth {
  readonly falls: number;
  /** Percent of the task size: from where it falls, and where it starts again. */
  readonly from: number;
  readonly to: number;
}

const FEWEST_FALLS = 2;
/** Percent of the task size that memory must move in all. */
const LEAST_RANGE = 10;
/** A fall starts in the upper part of the range and loses at least half of it. */
const HIGH = 0.6;
const LOST = 0.5;
/** Share of the steps from hour to hour that must not go down while it climbs; a smaller step back is none. */
const CLIMBING = 0.85;
const STEP_BACK = 0.04;
/** Share of the hours that must hold a fall where they come more often than every other hour. */
const BUSY_HOURS = 0.25;

interface Hour {
  readonly high: number;
  readonly low: number;
}

/** The saw-tooth of a service's memory; undefined without one. */
export const sawToothOf = (demand: UsageDemand): SawTooth | undefined => {
  const [bottom, top] = rangeOf(demand);
  const range = top - bottom;
  if (!(range >= LEAST_RANGE)) return undefined;
  const hours = hoursOf(demand);
  const falls = fallsOf(hours, bottom, range);
  const climbs = falls.map((at, index) => hours.slice((falls[index - 1] ?? -1) + 1, at));
  const slow =
    falls.length >= FEWEST_FALLS && climbs.filter((climb) => isClimb(climb, range)).length * 2 >= falls.length;
  const within = hours.filter(({ high, low }) => high >= bottom + HIGH * range && high - low >= LOST * range).length;
  const fast = within >= FEWEST_FALLS && within >= BUSY_HOURS * hours.length;
  return slow || fast ? { falls: slow ? falls.length : within, from: top, to: bottom } : undefined;
};

const rangeOf = ({ days }: UsageDemand): readonly [number, number] => {
  let [bottom, top] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const day of days) {
    for (const low of hourRow(day, "memoryLowest")) if (low >= 0 && low < bottom) bottom = low;
    top = Math.max(top, day.metrics.memory.maximum, day.metrics.memoryMaximum.maximum);
  }
  return [bottom, top];
};

const hoursOf = ({ days }: UsageDemand): Hour[] =>
  days.flatMap((day) => {
    const [peaks, averages, lows] = [
      hourRow(day, "memoryPeak"),
      hourRow(day, "memoryFirst"),
      hourRow(day, "memoryLowest"),
    ];
    return Array.from(lows).flatMap((low, hour): Hour[] =>
      low < 0 ? [] : [{ high: Math.max(peaks[hour] as number, averages[hour] as number), low }],
    );
  });

/** Hours in which memory has fallen since the hour before. */
const fallsOf = (hours: readonly Hour[], bottom: number, range: number): number[] => {
  const falls: number[] = [];
  for (let i = 1; i < hours.length; i++) {
    const high = Math.max((hours[i - 1] as Hour).high, (hours[i] as Hour).high);
    const low = (hours[i] as Hour).low;
    const isNew = i - (falls.at(-1) ?? -2) > 1;
    if (isNew && high >= bottom + HIGH * range && high - low >= LOST * range) falls.push(i);
  }
  return falls;
};

/** Whether memory only rises over the hours, and by most of what it loses. */
const isClimb = (hours: readonly Hour[], range: number): boolean => {
  const [first, last] = [hours[0], hours.at(-1)];
  if (first === undefined || last === undefined || hours.length < 3) return false;
  let up = 0;
  for (let i = 1; i < hours.length; i++) {
    if ((hours[i] as Hour).high >= (hours[i - 1] as Hour).high - STEP_BACK * range) up += 1;
  }
  return up >= CLIMBING * (hours.length - 1) && last.high - first.low >= LOST * range && isGradual(hours, range);
};

/** Work that comes and goes takes its memory at once; a leak takes its time. */
const isGradual = (hours: readonly Hour[], range: number): boolean => {
  let most = 0;
  for (let i = 1; i < hours.length; i++) most = Math.max(most, (hours[i] as Hour).high - (hours[i - 1] as Hour).high);
  return most <= LOST * range;
};
