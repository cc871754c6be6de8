import { countMinutes, type DayUsage, MINUTES_PER_DAY } from "./day-usage.ts";
import { type EpochSeconds, SECONDS_PER_DAY } from "./timestamp.ts";
import type { ServiceUsage } from "./usage.ts";

/** A day with the distance of its points. */
export interface DemandDay extends DayUsage {
  /** Most frequent distance of two points of the day, minutes, up to an hour; 0 with fewer than two points. */
  readonly periodMinutes: number;
}

/** The days of a service that advice rests on, oldest first. */
export interface UsageDemand {
  readonly days: readonly DemandDay[];
}

const LONGEST_PERIOD = 60;

/** The newest `lookbackDays` days that have points; all that are kept where it is not given. */
export const demandOf = (usage: ServiceUsage, lookbackDays?: number): UsageDemand => {
  const days = [...usage.days.values()].sort((a, b) => a.day - b.day);
  const looked = lookbackDays === undefined ? days : days.slice(-lookbackDays);
  return { days: looked.map((day) => ({ ...day, periodMinutes: periodOf(day) })) };
};

const knownPeriods = new WeakMap<DayUsage, { readonly points: number; readonly minutes: number }>();

/** Found once for a day, as long as it gets no more points. */
const periodOf = (day: DayUsage): number => {
  const known = knownPeriods.get(day);
  if (known?.points === day.points) return known.minutes;
  const minutes = mostFrequentDistance(day);
  knownPeriods.set(day, { points: day.points, minutes });
  return minutes;
};

const mostFrequentDistance = (day: DayUsage): number => {
  const distances = new Uint32Array(LONGEST_PERIOD + 1);
  let last = Number.NEGATIVE_INFINITY;
  forEachMinute({ days: [day] }, (minute) => {
    const distance = minute - last;
    if (distance <= LONGEST_PERIOD) distances[distance] = (distances[distance] as number) + 1;
    last = minute;
  });
  const most = distances.reduce((a, b) => Math.max(a, b), 0);
  return most === 0 ? 0 : distances.indexOf(most);
};

/** The first `trainDays` days, and the rest. */
export const splitDemand = ({ days }: UsageDemand, trainDays: number): readonly [UsageDemand, UsageDemand] => [
  { days: days.slice(0, trainDays) },
  { days: days.slice(trainDays) },
];

/** Minutes with a CPU value, and with a memory value. */
export interface MeasuredMinutes {
  readonly cpu: number;
  readonly memory: number;
}

/** Minutes with a value of each. */
export const measuredMinutes = ({ days }: UsageDemand): MeasuredMinutes => ({
  cpu: days.reduce((sum, day) => sum + countMinutes(day.cpuMinutes), 0),
  memory: days.reduce((sum, day) => sum + countMinutes(day.memoryMinutes), 0),
});

/** The points that count: minutes of the sparser of CPU and memory, or of the one that has any. */
export const pointsOf = (demand: UsageDemand): number => sparser(measuredMinutes(demand));

/** The smaller figure, or the only one that is not zero. */
export const sparser = ({ cpu, memory }: MeasuredMinutes): number =>
  cpu === 0 || memory === 0 ? Math.max(cpu, memory) : Math.min(cpu, memory);

/** Calendar days from the first to the last with points; 0 without. */
export const spanDays = ({ days }: UsageDemand): number => {
  const first = days[0];
  const last = days.at(-1);
  return first === undefined || last === undefined ? 0 : last.day - first.day + 1;
};

/** Whether any day has a value of the series. */
export const hasMetric = ({ days }: UsageDemand, metric: keyof DayUsage["metrics"]): boolean =>
  days.some((day) => day.metrics[metric].count > 0);

/** Times of the first and the last minute with a value; undefined without. */
export const timeRange = ({
  days,
}: UsageDemand): { readonly from: EpochSeconds; readonly to: EpochSeconds } | undefined => {
  const withMinutes = days.filter((day) => countMinutes(day.cpuMinutes) + countMinutes(day.memoryMinutes) > 0);
  const [first] = withMinutes;
  const last = withMinutes.at(-1);
  if (first === undefined || last === undefined) return undefined;
  let from: number | undefined;
  let to = 0;
  forEachMinute({ days: [first, last] }, (minute) => {
    from ??= minute;
    to = minute;
  });
  return { from: (from ?? to) * 60, to: to * 60 };
};

/** Visits the minutes with any value in order; a minute is counted from 1970-01-01T00:00Z. */
export const forEachMinute = (
  { days }: { readonly days: readonly DayUsage[] },
  visit: (minute: number, day: number) => void,
): void => {
  for (const day of days) {
    const start = (day.day * SECONDS_PER_DAY) / 60;
    for (let word = 0; word < MINUTES_PER_DAY / 32; word++) {
      let bits = ((day.cpuMinutes[word] as number) | (day.memoryMinutes[word] as number)) >>> 0;
      while (bits !== 0) {
        const bit = 31 - Math.clz32(bits & -bits);
        visit(start + word * 32 + bit, day.day);
        bits = (bits & (bits - 1)) >>> 0;
      }
    }
  }
};
