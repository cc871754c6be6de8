import { countValue, emptyHistogram, type LogHistogram } from "./log-histogram.ts";
import type { EpochDay } from "./timestamp.ts";

/** The series of a service: averages over its tasks, and the highest sample of any task. */
export type UsageMetric = "cpu" | "memory" | "cpuMaximum" | "memoryMaximum";

export const MINUTES_PER_DAY = 1440;
const SLOT_WORDS = MINUTES_PER_DAY / 32;
const HOURS = 24;
/** Sums are kept in whole ten-thousandths of a percent, so that their order does not matter. */
export const SUM_SCALE = 10_000;

/** One series over one day, in percent of the task size. */
export interface MetricDay extends LogHistogram {
  count: number;
  /** Sum of the values in 1 / SUM_SCALE percent. */
  scaledSum: number;
  /** Exact; -1 without values. */
  maximum: number;
}

/** Figures that are kept of each hour, in percent: rows of `DayUsage.hours`. */
export type HourRow =
  /** Highest value, of the maximum series too. */
  | "cpuPeak"
  | "memoryPeak"
  /** Highest and second highest average. */
  | "cpuFirst"
  | "cpuSecond"
  | "memoryFirst"
  | "memorySecond"
  /** Lowest average. */
  | "cpuLowest"
  | "memoryLowest";

const HOUR_ROWS: Readonly<Record<HourRow, number>> = {
  cpuPeak: 0,
  memoryPeak: HOURS,
  cpuFirst: 2 * HOURS,
  cpuSecond: 3 * HOURS,
  memoryFirst: 4 * HOURS,
  memorySecond: 5 * HOURS,
  cpuLowest: 6 * HOURS,
  memoryLowest: 7 * HOURS,
};

const CPU_FIRST_TO_LOWEST = HOUR_ROWS.cpuLowest - HOUR_ROWS.cpuFirst;
const MEMORY_FIRST_TO_LOWEST = HOUR_ROWS.memoryLowest - HOUR_ROWS.memoryFirst;

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
  /** Rows of HOURS figures, see HourRow; -1 without values. */
  readonly hours: Float32Array;
  /** Fewest and then most running tasks in each hour, -1 where not given; undefined until the first count. */
  tasks: Int32Array | undefined;
}

const emptyMetric = (): MetricDay => ({ ...emptyHistogram(), count: 0, scaledSum: 0, maximum: -1 });

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
  hours: new Float32Array(8 * HOURS).fill(-1),
  tasks: undefined,
});

/** Counts a value of one series: percent, zero or more. */
export const countMetric = (metric: MetricDay, value: number): void => {
  metric.count += 1;
  metric.scaledSum += Math.round(value * SUM_SCALE);
  if (value > metric.maximum) metric.maximum = value;
  countValue(metric, value);
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

/** Figures of one row, by hour of the day. */
export const hourRow = ({ hours }: DayUsage, row: HourRow): Float32Array =>
  hours.subarray(HOUR_ROWS[row], HOUR_ROWS[row] + HOURS);

/** Raises the peak of an hour. */
export const raisePeak = ({ hours }: DayUsage, row: "cpuPeak" | "memoryPeak", hour: number, value: number): void => {
  const index = HOUR_ROWS[row] + hour;
  if (value > (hours[index] as number)) hours[index] = value;
};

/** Takes an average up among the two highest of its hour, and as its lowest. */
export const countAverage = (
  { hours }: DayUsage,
  row: "cpuFirst" | "memoryFirst",
  hour: number,
  value: number,
): void => {
  const first = HOUR_ROWS[row] + hour;
  const second = first + HOURS;
  const lowest = first + (row === "cpuFirst" ? CPU_FIRST_TO_LOWEST : MEMORY_FIRST_TO_LOWEST);
  const low = hours[lowest] as number;
  if (low < 0 || value < low) hours[lowest] = value;
  if (value > (hours[first] as number)) {
    hours[second] = hours[first] as number;
    hours[first] = value;
  } else if (value > (hours[second] as number)) hours[second] = value;
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
  day.tasks ??= new Int32Array(2 * HOURS).fill(-1);
  const fewest = day.tasks[hour] as number;
  if (fewest === -1 || tasks < fewest) day.tasks[hour] = tasks;
  if (tasks > (day.tasks[HOURS + hour] as number)) day.tasks[HOURS + hour] = tasks;
};

/** Running tasks of the hours with a count. */
export const hourlyTasks = ({ tasks }: DayUsage): { hour: number; fewest: number; most: number }[] =>
  tasks === undefined
    ? []
    : Array.from({ length: HOURS }, (_, hour) => ({
        hour,
        fewest: tasks[hour] as number,
        most: tasks[HOURS + hour] as number,
      })).filter(({ most }) => most >= 0);
