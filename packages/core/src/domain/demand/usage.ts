import {
  countAverage,
  countMetric,
  countTasks,
  type DayUsage,
  emptyDay,
  markMinute,
  raisePeak,
  type UsageMetric,
} from "./day-usage.ts";
import { type MetricPoint, POINT } from "./metric-point.ts";
import { type EpochDay, type EpochSeconds, SECONDS_PER_DAY } from "./timestamp.ts";

/** Days with points that are kept of a service, the newest: the longest look-back that AWS offers for task sizes. */
export const MAX_DAYS = 93;

/** Bounded state of one service: grows with the days that are kept, never with the points. */
export interface ServiceUsage {
  readonly days: Map<EpochDay, DayUsage>;
  /** Points of days older than those that are kept. */
  tooOld: number;
  /** Points that came after a later one; the only figure that depends on their order. */
  disordered: number;
  latest: EpochSeconds;
  oldestDay: EpochDay;
  /** Day of the last point, to save a look-up. */
  current: DayUsage | undefined;
}

/** A service without points. */
export const emptyUsage = (): ServiceUsage => ({
  days: new Map(),
  tooOld: 0,
  disordered: 0,
  latest: Number.NEGATIVE_INFINITY,
  oldestDay: Number.POSITIVE_INFINITY,
  current: undefined,
});

/** Adds one point, which is not kept. The order of the points changes nothing but `disordered`. */
export const addPoint = (usage: ServiceUsage, point: MetricPoint): void => {
  const time = point[POINT.time] as number;
  const cpu = point[POINT.cpu] as number;
  const memory = point[POINT.memory] as number;
  const tasks = point[POINT.tasks] as number;
  if (time < usage.latest) usage.disordered += 1;
  else usage.latest = time;
  const number = Math.floor(time / SECONDS_PER_DAY);
  const day = usage.current?.day === number ? usage.current : dayOf(usage, number);
  if (day === undefined) {
    usage.tooOld += 1;
    return;
  }
  const second = time - number * SECONDS_PER_DAY;
  const minute = Math.floor(second / 60);
  const hour = Math.floor(second / 3600);
  day.points += 1;
  let repeated = false;
  if (addValue(day, "cpu", "cpuPeak", hour, cpu)) {
    countAverage(day, "cpuFirst", hour, cpu);
    repeated = !markMinute(day.cpuMinutes, minute);
  }
  if (addValue(day, "memory", "memoryPeak", hour, memory)) {
    countAverage(day, "memoryFirst", hour, memory);
    if (!markMinute(day.memoryMinutes, minute)) repeated = true;
  }
  if (repeated) day.repeated += 1;
  addValue(day, "cpuMaximum", "cpuPeak", hour, point[POINT.cpuMaximum] as number);
  addValue(day, "memoryMaximum", "memoryPeak", hour, point[POINT.memoryMaximum] as number);
  if (tasks >= 0 && tasks < 1e9) countTasks(day, hour, Math.round(tasks));
};

const addValue = (
  day: DayUsage,
  metric: UsageMetric,
  row: "cpuPeak" | "memoryPeak",
  hour: number,
  value: number,
): boolean => {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    if (value < 0) day.negative += 1;
    return false;
  }
  if (value > 100) day.above100 += 1;
  countMetric(day.metrics[metric], value);
  raisePeak(day, row, hour, value);
  return true;
};

const dayOf = (usage: ServiceUsage, number: EpochDay): DayUsage | undefined => {
  const known = usage.days.get(number);
  if (known !== undefined) {
    usage.current = known;
    return known;
  }
  if (usage.days.size >= MAX_DAYS) {
    if (number < usage.oldestDay) return undefined;
    forgetOldestDay(usage);
  }
  const day = emptyDay(number);
  usage.days.set(number, day);
  usage.oldestDay = Math.min(usage.oldestDay, number);
  usage.current = day;
  return day;
};

const forgetOldestDay = (usage: ServiceUsage): void => {
  usage.tooOld += usage.days.get(usage.oldestDay)?.points ?? 0;
  usage.days.delete(usage.oldestDay);
  usage.oldestDay = Math.min(...usage.days.keys());
};
