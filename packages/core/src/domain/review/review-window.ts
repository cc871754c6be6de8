import type { Bill } from "../bill/charge.ts";
import { dayOfDate, type EpochDay, isoDate, parseTime, SECONDS_PER_DAY } from "../demand/timestamp.ts";
import type { ReviewPeriod } from "../report/review-report.ts";

/** The days that a review is about. */
export interface ReviewWindow {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly monthDays: number;
  /** Undefined where the bill covers no day of the month. */
  readonly period: ReviewPeriod | undefined;
  readonly complete: boolean;
  /** The month before as a whole, or as many of its first days as the bill covers of the month; null where it does not reach back. */
  readonly previous: ReviewPeriod | null;
}

const MONTH = /^(?<year>\d{4})-(?<month>0[1-9]|1[0-2])$/;

/** First day of a month `YYYY-MM` and of the month `ahead` months after it; undefined where it is no month. */
export const firstDay = (month: string, ahead = 0): EpochDay | undefined => {
  const groups = MONTH.exec(month)?.groups;
  if (groups === undefined) return undefined;
  const months = Number(groups["year"]) * 12 + Number(groups["month"]) - 1 + ahead;
  return dayOfDate(Math.floor(months / 12), (months % 12) + 1, 1);
};

/** Day number of an ISO date. */
export const epochDay = (date: string): EpochDay => {
  const seconds = parseTime(date.slice(0, 10));
  if (seconds === undefined) throw new RangeError(`${date} is not a date`);
  return seconds / SECONDS_PER_DAY;
};

/** Which days of the month the bill covers and which days before they are held against. Throws a RangeError on no month. */
export const reviewWindow = (bill: Pick<Bill, "from" | "to" | "detail">, month: string): ReviewWindow => {
  const first = firstDay(month);
  const next = firstDay(month, 1);
  const before = firstDay(month, -1);
  if (first === undefined || next === undefined || before === undefined) throw new RangeError(`${month} is no month`);
  const from = Math.max(first, epochDay(bill.from));
  const to = Math.min(next, epochDay(bill.to));
  const complete = from === first && to === next;
  const reachesBack = epochDay(bill.from) <= before && to > from;
  const canCut = complete || bill.detail.granularity !== "month";
  const previousTo = complete ? first : Math.min(first, before + (to - first));
  return {
    month,
    monthDays: next - first,
    period: to > from ? periodOf(from, to) : undefined,
    complete,
    previous: reachesBack && canCut ? periodOf(before, previousTo) : null,
  };
};

const periodOf = (from: EpochDay, to: EpochDay): ReviewPeriod => ({
  from: isoDate(from),
  to: isoDate(to),
  days: to - from,
});

/** Whether a day, an ISO date, is within a period. */
export const isWithin = (day: string, { from, to }: ReviewPeriod): boolean => day >= from && day < to;

/** The last day of a period, an ISO date. */
export const lastDayOf = ({ to }: ReviewPeriod): string => isoDate(epochDay(to) - 1);

/** The month `ahead` months later, `YYYY-MM`. */
export const laterMonth = (month: string, ahead: number): string => {
  const first = firstDay(month, ahead);
  if (first === undefined) throw new RangeError(`${month} is no month`);
  return isoDate(first).slice(0, 7);
};

/** How many days a month has. */
export const monthLength = (month: string): number => (firstDay(month, 1) ?? 0) - (firstDay(month) ?? 0);

/** Days before a period that its days are judged by. */
const HISTORY_DAYS = 62;

/** The days that the bill covers up to the end of a period, two months before it at most. */
export const withHistory = (bill: Pick<Bill, "from">, period: ReviewPeriod): ReviewPeriod => {
  const to = epochDay(period.to);
  return periodOf(Math.max(epochDay(bill.from), epochDay(period.from) - HISTORY_DAYS), to);
};
