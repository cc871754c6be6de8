import { Decimal } from "../units/decimal.ts";
import { type CronFields, cronFields } from "./cron-fields.ts";

/** How often a schedule starts something. */
export type ScheduledRuns =
  /** In a month of 730 hours, the twelfth of a year of 365 days. */
  | { readonly kind: "monthly"; readonly perMonth: Decimal }
  /** At one time only. */
  | { readonly kind: "once" }
  /** Only in years that have passed. */
  | { readonly kind: "over" }
  | { readonly kind: "not-understood" };

const MINUTES_PER_MONTH = 730 * 60;
const MINUTES_OF: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

const rateOf = (text: string): ScheduledRuns => {
  const { value = "", unit = "" } = /^(?<value>\d{1,9})\s+(?<unit>minute|hour|day)s?$/i.exec(text)?.groups ?? {};
  const minutes = Number(value) * (MINUTES_OF[unit.toLowerCase()] ?? 0);
  if (minutes === 0) return { kind: "not-understood" };
  return { kind: "monthly", perMonth: new Decimal(MINUTES_PER_MONTH).dividedBy(minutes) };
};

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A month of a year: its number, its days, and the weekday of its first, 1 for Sunday. */
interface CalendarMonth {
  readonly month: number;
  readonly days: number;
  readonly first: number;
}

const monthsOf = (firstWeekday: number, leap: boolean): readonly CalendarMonth[] => {
  let before = 0;
  return MONTH_DAYS.map((common, at) => {
    const days = leap && at === 1 ? common + 1 : common;
    const first = ((firstWeekday - 1 + before) % 7) + 1;
    before += days;
    return { month: at + 1, days, first };
  });
};

const weekdayOf = (day: number, { first }: CalendarMonth): number => ((first - 1 + day - 1) % 7) + 1;

/** A Saturday moves to the day before and a Sunday to the day after, but not out of the month. */
const nearestWeekday = (day: number, month: CalendarMonth): number => {
  const weekday = weekdayOf(day, month);
  if (weekday === 7) return day === 1 ? day + 2 : day - 1;
  if (weekday === 1) return day === month.days ? day - 2 : day + 1;
  return day;
};

const isDay = (day: number, month: CalendarMonth, { days: rule }: CronFields): boolean => {
  switch (rule.kind) {
    case "any":
      return true;
    case "days":
      return rule.days.has(day);
    case "last":
      return day === month.days;
    case "nearest-weekday":
      return rule.day <= month.days && day === nearestWeekday(rule.day, month);
  }
};

const isWeekday = (day: number, month: CalendarMonth, { weekdays: rule }: CronFields): boolean => {
  switch (rule.kind) {
    case "any":
      return true;
    case "days":
      return rule.days.has(weekdayOf(day, month));
    case "nth":
      return weekdayOf(day, month) === rule.day && Math.ceil(day / 7) === rule.nth;
    case "last":
      return weekdayOf(day, month) === rule.day && day + 7 > month.days;
  }
};

/** Days that match in the seven years that begin on each day of the week. */
const daysInSevenYears = (fields: CronFields, leap: boolean): number => {
  let count = 0;
  for (let first = 1; first <= 7; first++) {
    for (const month of monthsOf(first, leap)) {
      if (!fields.months.has(month.month)) continue;
      for (let day = 1; day <= month.days; day++) {
        if (isDay(day, month, fields) && isWeekday(day, month, fields)) count += 1;
      }
    }
  }
  return count;
};

/** A common year that begins on a Thursday, as 2026 does. */
const YEAR = monthsOf(5, false).flatMap((month) =>
  Array.from({ length: month.days }, (_, i) => ({ month, day: i + 1 })),
);

/**
 * Whether an expression names a day: of a week from Monday where it names days of the week alone, else of a year of 365
 * days that begins on a Thursday.
 */
export const isScheduledDay = (fields: CronFields, index: number, cycle: 7 | 365): boolean => {
  if (cycle === 7) {
    const { weekdays } = fields;
    return weekdays.kind === "any" || (weekdays.kind === "days" && weekdays.days.has(((index + 1) % 7) + 1));
  }
  const date = YEAR[index];
  if (date === undefined || !fields.months.has(date.month.month)) return false;
  return isDay(date.day, date.month, fields) && isWeekday(date.day, date.month, fields);
};

const LEAP_YEARS = new Decimal(97).dividedBy(400);

/** What falls on 29 February alone comes in leap years only. */
const daysInSeven = (fields: CronFields): Decimal => {
  const common = daysInSevenYears(fields, false);
  return common > 0 ? new Decimal(common) : LEAP_YEARS.times(daysInSevenYears(fields, true));
};

const cronRuns = (text: string, year: number): ScheduledRuns => {
  const fields = cronFields(text);
  if (fields === undefined) return { kind: "not-understood" };
  if (fields.years !== undefined && ![...fields.years].some((each) => each >= year)) return { kind: "over" };
  const timesADay = fields.minutes.size * fields.hours.size;
  return { kind: "monthly", perMonth: daysInSeven(fields).times(timesADay).dividedBy(7).dividedBy(12) };
};

/**
 * Runs in a month by a schedule expression of EventBridge or EventBridge Scheduler, exactly: `rate()`, `cron()` and `at()`.
 * A month is 730 hours, the twelfth of a year of 365 days that begins on each day of the week equally often. `year` is the
 * present one: an expression for certain years counts as in those.
 *
 * @example scheduledRuns("cron(0 3 ? * MON-FRI *)", 2026) // 365 * 5 / 7 / 12 = 21.726190...
 */
export const scheduledRuns = (expression: string, year: number): ScheduledRuns => {
  const { kind = "", inner = "" } = /^\s*(?<kind>rate|cron|at)\((?<inner>.*)\)\s*$/is.exec(expression)?.groups ?? {};
  switch (kind.toLowerCase()) {
    case "rate":
      return rateOf(inner.trim());
    case "cron":
      return cronRuns(inner, year);
    case "at":
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/.test(inner.trim())
        ? { kind: "once" }
        : { kind: "not-understood" };
    default:
      return { kind: "not-understood" };
  }
};
