import { countMinutes, hourRow, MINUTES_PER_DAY } from "./day-usage.ts";
import { forEachMinute, sparser, timeRange, type UsageDemand } from "./demand-window.ts";

/** A hole in the series: no value for longer than three periods. */
export interface Gap {
  /** Minutes since 1970-01-01T00:00Z of the last value before it and the first after it. */
  readonly from: number;
  readonly to: number;
}

/** A gap with the minutes that it lacks. */
export interface MeasuredGap extends Gap {
  readonly missing: number;
}

/** How complete the series of a service is. */
export interface Continuity {
  /** Period of most days, minutes; 0 where no day has two points. */
  readonly periodMinutes: number;
  /** Share of the days with another period, 0 to 1. */
  readonly otherPeriods: number;
  /** Number of gaps, and the longest ones, at most MAX_LISTED_GAPS, in order of time. */
  readonly gaps: number;
  readonly longestGaps: readonly Gap[];
  readonly missingMinutes: number;
  /** Minutes that are covered by points over those from the first to the last, 0 to 1. */
  readonly coverage: number;
}

const MAX_LISTED_GAPS = 10;
const PERIODS_TO_A_GAP = 3;

/** Period, gaps and coverage of the series. */
export const continuityOf = (demand: UsageDemand, found = gapsOf(demand)): Continuity => {
  const period = usualPeriod(demand);
  const range = timeRange(demand);
  const span = range === undefined ? 0 : (range.to - range.from) / 60 + period;
  const missing = found.reduce((sum, gap) => sum + gap.missing, 0);
  return {
    periodMinutes: period,
    otherPeriods: shareOfOthers(demand, period),
    gaps: found.length,
    longestGaps: longest(found),
    missingMinutes: missing,
    coverage: period === 0 ? 0 : Math.max(0, 1 - missing / span),
  };
};

const usualPeriod = ({ days }: UsageDemand): number => {
  const counts = new Map<number, number>();
  for (const { periodMinutes } of days) {
    if (periodMinutes > 0) counts.set(periodMinutes, (counts.get(periodMinutes) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || a - b)[0]?.[0] ?? 0;
};

const shareOfOthers = ({ days }: UsageDemand, period: number): number => {
  const known = days.filter(({ periodMinutes }) => periodMinutes > 0);
  return known.length === 0 ? 0 : known.filter((day) => day.periodMinutes !== period).length / known.length;
};

/** All gaps, in order of time; none where no day has two points. */
export const gapsOf = (demand: UsageDemand): MeasuredGap[] => {
  if (usualPeriod(demand) === 0) return [];
  const periods = new Map(demand.days.map(({ day, periodMinutes }) => [day, periodMinutes]));
  const gaps: MeasuredGap[] = [];
  let last = Number.NaN;
  let lastDay = Number.NaN;
  let lastPeriod = 0;
  let period = 0;
  forEachMinute(demand, (minute, day) => {
    if (day !== lastDay) {
      lastPeriod = period;
      period = periods.get(day) ?? 0;
    }
    const longer = Math.max(period, lastPeriod, 1);
    if (minute - last > longer * PERIODS_TO_A_GAP)
      gaps.push({ from: last, to: minute, missing: minute - last - longer });
    last = minute;
    lastDay = day;
    lastPeriod = period;
  });
  return gaps;
};

const longest = (gaps: readonly Gap[]): Gap[] =>
  [...gaps]
    .sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from)
    .slice(0, MAX_LISTED_GAPS)
    .map(({ from, to }) => ({ from, to }))
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
export const startUpOf = (demand: UsageDemand, starts: readonly Gap[] = gapsOf(demand)): StartUp => {
  const startHours = new Set(starts.map((gap) => Math.floor(gap.to / 60)));
  const peak = (row: "cpuPeak" | "memoryPeak", atStart: boolean): number | undefined => {
    let highest = -1;
    for (const day of demand.days) {
      hourRow(day, row).forEach((value, hour) => {
        if (startHours.has(day.day * 24 + hour) === atStart && value > highest) highest = value;
      });
    }
    return highest < 0 ? undefined : highest;
  };
  return {
    starts: starts.length,
    cpuPeak: peak("cpuPeak", true),
    memoryPeak: peak("memoryPeak", true),
    steadyCpuPeak: peak("cpuPeak", false),
    steadyMemoryPeak: peak("memoryPeak", false),
  };
};

/** How far the series can be trusted, from its length and coverage. */
export type Confidence = "low" | "medium" | "high";

/** High: a week at 90 % coverage or more; medium: three days at 50 %; otherwise low. Days are those of the sparser series. */
export const confidenceOf = (demand: UsageDemand, { coverage }: Continuity = continuityOf(demand)): Confidence => {
  const covered = (series: "cpuMinutes" | "memoryMinutes"): number =>
    demand.days.reduce((sum, day) => sum + countMinutes(day[series]) * day.periodMinutes, 0);
  const days = sparser({ cpu: covered("cpuMinutes"), memory: covered("memoryMinutes") }) / MINUTES_PER_DAY;
  if (days >= 6.9 && coverage >= 0.9) return "high";
  return days >= 2.9 && coverage >= 0.5 ? "medium" : "low";
};
