import { countMinutes, MINUTES_PER_DAY } from "./day-usage.ts";
import { forEachMinute, type UsageDemand } from "./demand-window.ts";

/** A hole in the series: no value for longer than three periods. */
export interface Gap {
  /** Minutes since 1970-01-01T00:00Z of the last value before it and the first after it. */
  readonly from: number;
  readonly to: number;
}

/** How complete the series of a service is. */
export interface Continuity {
  /** Most frequent distance of two points, minutes; 0 with fewer than two points. */
  readonly periodMinutes: number;
  /** Share of distances (up to an hour) that are another one than the most frequent: 0 where one period was used. */
  readonly otherPeriods: number;
  /** Number of gaps, and the longest ones, at most MAX_LISTED_GAPS, in order of time. */
  readonly gaps: number;
  readonly longestGaps: readonly Gap[];
  readonly missingMinutes: number;
  /** Minutes that are covered by points over those from the first to the last, 0 to 1. */
  readonly coverage: number;
}

export const MAX_LISTED_GAPS = 10;
const PERIODS_TO_A_GAP = 3;
const LONGEST_PERIOD = 60;

/** Period, gaps and coverage of the series. */
export const continuityOf = (demand: UsageDemand): Continuity => {
  const distances = new Uint32Array(LONGEST_PERIOD + 1);
  let first: number | undefined;
  let last = 0;
  forEachMinute(demand, (minute) => {
    if (first === undefined) first = minute;
    else if (minute - last <= LONGEST_PERIOD) distances[minute - last] = (distances[minute - last] as number) + 1;
    last = minute;
  });
  const total = distances.reduce((a, b) => a + b, 0);
  const period = total === 0 ? 0 : distances.indexOf(Math.max(...distances));
  const gaps = period === 0 ? [] : gapsOf(demand, period);
  const missing = gaps.reduce((sum, gap) => sum + gap.to - gap.from - period, 0);
  const span = first === undefined ? 0 : last - first + period;
  return {
    periodMinutes: period,
    otherPeriods: total === 0 ? 0 : 1 - (distances[period] as number) / total,
    gaps: gaps.length,
    longestGaps: longest(gaps),
    missingMinutes: missing,
    coverage: span === 0 ? 0 : Math.max(0, 1 - missing / span),
  };
};

const gapsOf = (demand: UsageDemand, period: number): Gap[] => {
  const gaps: Gap[] = [];
  let last: number | undefined;
  forEachMinute(demand, (minute) => {
    if (last !== undefined && minute - last > period * PERIODS_TO_A_GAP) gaps.push({ from: last, to: minute });
    last = minute;
  });
  return gaps;
};

const longest = (gaps: readonly Gap[]): Gap[] =>
  [...gaps]
    .sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from)
    .slice(0, MAX_LISTED_GAPS)
    .sort((a, b) => a.from - b.from);

/** Highest values in the hours in which the service started again after a gap, and in all other hours; percent. */
export interface StartUp {
  readonly starts: number;
  readonly cpuPeak: number | undefined;
  readonly memoryPeak: number | undefined;
  readonly steadyCpuPeak: number | undefined;
  readonly steadyMemoryPeak: number | undefined;
}

/** Start-up peaks apart from steady state. A start is the end of a gap: ECS reports nothing while no task runs. */
export const startUpOf = (demand: UsageDemand): StartUp => {
  const period = continuityOf(demand).periodMinutes;
  const starts = period === 0 ? [] : gapsOf(demand, period);
  const startHours = new Set(starts.map((gap) => Math.floor(gap.to / 60)));
  const peak = (key: "cpuPeaks" | "memoryPeaks", atStart: boolean): number | undefined => {
    let highest = -1;
    for (const day of demand.days) {
      day[key].forEach((value, hour) => {
        if (startHours.has(day.day * 24 + hour) === atStart && value > highest) highest = value;
      });
    }
    return highest < 0 ? undefined : highest;
  };
  return {
    starts: starts.length,
    cpuPeak: peak("cpuPeaks", true),
    memoryPeak: peak("memoryPeaks", true),
    steadyCpuPeak: peak("cpuPeaks", false),
    steadyMemoryPeak: peak("memoryPeaks", false),
  };
};

/** How far the series can be trusted, from its length and coverage. */
export type Confidence = "low" | "medium" | "high";

/** High: a week at 90 % coverage or more; medium: three days at 50 %; otherwise low. Days are counted by points. */
export const confidenceOf = (demand: UsageDemand): Confidence => {
  const { coverage, periodMinutes } = continuityOf(demand);
  const minutes = demand.days.reduce((sum, day) => sum + countMinutes(day.cpuMinutes), 0) * periodMinutes;
  const days = minutes / MINUTES_PER_DAY;
  if (days >= 6.9 && coverage >= 0.9) return "high";
  return days >= 2.9 && coverage >= 0.5 ? "medium" : "low";
};
