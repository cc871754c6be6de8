import { countValue, emptyHistogram, type LogHistogram } from "./log-histogram.ts";
import type { EpochDay } from "./timestamp.ts";

/** The series of a service: averages over its tasks, and the highest sample of any task. */
export type UsageMetric = "cpu" | "memory" | "cpuMaximum" | "memoryMaximum";

export const USAGE_METRICS: readonly UsageMetric[] = ["cpu", "memory", "cpuMaximum", "memoryMaximum"];

export const MINUTES_PER_DAY = 1440;
const SLOT_WORDS = MINUTES_PER_DAY / 32;
const HOURS = 24;
/** Sums are kept in whole ten-thousandths of a percent, so that their order does not matter. */
export const SUM_SCALE = 10_000;

/** One series over one day, in percent of the task size. */
export interface MetricDay {
  count: number;
  /** Sum of the values in 1 / SUM_SCALE percent. */
  scaledSum: number;
  /** Exact; -1 without values. */
  maximum: number;
  readonly histogram: LogHistogram;
}

/** The highest and the second highest value of each hour. */
export interface HourlyHighest {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Everything that is kept of one day of one service: its size does not depend on the number of points. */
export interface DayUsage {
  readonly day: EpochDay;
  /** Points that were added, of any series. */
  points: number;
  /** Values below zero, left out, and values above 100 %, kept. */
  negative: number;
  above100: number;
  readonly metrics: Readonly<Record<UsageMetric, MetricDay>>;
  /** One bit for each minute with a CPU value, and with a memory value. */
  readonly cpuMinutes: Uint32Array;
  readonly memoryMinutes: Uint32Array;
  /** Points whose minute already had a value of that series. */
  repeated: number;
  /** Highest value of each hour (the maximum series where it is given), -1 without values. */
  readonly cpuPeaks: Float32Array;
  readonly memoryPeaks: Float32Array;
  /** The two highest averages of each hour, -1 without values. */
  readonly cpuHours: HourlyHighest;
  readonly memoryHours: HourlyHighest;
  /** Fewest and most running tasks in each hour, -1 where not given. */
  readonly fewestTasks: Int32Array;
  readonly mostTasks: Int32Array;
}

const emptyMetric = (): MetricDay => ({ count: 0, scaledSum: 0, maximum: -1, histogram: emptyHistogram() });

const emptyHours = (): HourlyHighest => ({
  first: new Float32Array(HOURS).fill(-1),
  second: new Float32Array(HOURS).fill(-1),
});

/** A day without points. */
export const emptyDay = (day: EpochDay): DayUsage => ({
  day,
  points: 0,
  negative: 0,
  above100: 0,
  metrics: { cpu: emptyMetric(), memory: emptyMetric(), cpuMaximum: emptyMetric(), memoryMaximum: emptyMetric() },
  cpuMinutes: new Uint32Array(SLOT_WORDS),
  memoryMinutes: new Uint32Array(SLOT_WORDS),
  repeated: 0,
  cpuPeaks: new Float32Array(HOURS).fill(-1),
  memoryPeaks: new Float32Array(HOURS).fill(-1),
  cpuHours: emptyHours(),
  memoryHours: emptyHours(),
  fewestTasks: new Int32Array(HOURS).fill(-1),
  mostTasks: new Int32Array(HOURS).fill(-1),
});

/** Counts a value of one series: percent, zero or more. */
export const countMetric = (metric: MetricDay, value: number): void => {
  metric.count += 1;
  metric.scaledSum += Math.round(value * SUM_SCALE);
  if (value > metric.maximum) metric.maximum = value;
  countValue(metric.histogram, value);
};

/** Marks a minute of the day; false where it was marked before. */
export const markMinute = (minutes: Uint32Array, minute: number): boolean => {
  const word = minute >>> 5;
  const bit = 1 << (minute & 31);
  const before = minutes[word] as number;
  if ((before & bit) !== 0) return false;
  minutes[word] = before | bit;
  return true;
};

/** Number of minutes that are marked. */
export const countMinutes = (minutes: Uint32Array): number => {
  let count = 0;
  for (const word of minutes) {
    let bits = word - ((word >>> 1) & 0x55555555);
    bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
    count += (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
};

/** Raises the peak of an hour. */
export const raisePeak = (peaks: Float32Array, hour: number, value: number): void => {
  if (value > (peaks[hour] as number)) peaks[hour] = value;
};

/** Takes a value up among the two highest of its hour. */
export const raiseHighest = ({ first, second }: HourlyHighest, hour: number, value: number): void => {
  if (value > (first[hour] as number)) {
    second[hour] = first[hour] as number;
    first[hour] = value;
  } else if (value > (second[hour] as number)) second[hour] = value;
};

/** Number of minutes of an hour that are marked. */
export const countHour = (minutes: Uint32Array, hour: number): number => {
  let count = 0;
  for (let minute = hour * 60; minute < hour * 60 + 60; minute++) {
    count += ((minutes[minute >>> 5] as number) >>> (minute & 31)) & 1;
  }
  return count;
};

/** Widens the range of running tasks of an hour. */
export const countTasks = (day: DayUsage, hour: number, tasks: number): void => {
  const fewest = day.fewestTasks[hour] as number;
  if (fewest === -1 || tasks < fewest) day.fewestTasks[hour] = tasks;
  if (tasks > (day.mostTasks[hour] as number)) day.mostTasks[hour] = tasks;
};
