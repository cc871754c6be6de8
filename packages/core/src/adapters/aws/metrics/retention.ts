const DAY = 86_400;

/**
 * How long CloudWatch keeps points of a period; a request for finer points than it has kept gets nothing (CloudWatch
 * API reference, GetMetricData; checked 2026-11-20).
 */
const RETENTION: readonly { readonly period: number; readonly age: number }[] = [
  { period: 60, age: 15 * DAY },
  { period: 300, age: 63 * DAY },
  { period: 3600, age: 455 * DAY },
];

/** The oldest second of which CloudWatch keeps anything. */
export const OLDEST_AGE = 455 * DAY;

/** Points of the last minutes may still change: CloudWatch publishes them late. */
const SETTLING = 600;

/**
 * The oldest second of which a scan that begins now can use points of a period, rounded down to a day: what is older
 * CloudWatch does not give any more, and a window that goes further back has a longer period.
 */
export const oldestKept = (period: number, now: number): number => {
  const age = RETENTION.reduce((most, kept) => (period % kept.period === 0 ? Math.max(most, kept.age) : most), 0);
  return Math.floor((now - age) / DAY) * DAY;
};

/** The shortest period in seconds that CloudWatch still has for points of an age in seconds. */
export const finestPeriod = (age: number): number => RETENTION.find((kept) => age <= kept.age)?.period ?? 3600;

/** A stretch of time and the period of its points, in seconds. */
export interface MetricWindow {
  readonly from: number;
  readonly to: number;
  readonly period: number;
}

/** What a caller wants of the past. */
export interface WantedWindow {
  /** Seconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Seconds; the shortest that CloudWatch has kept where it is left out or too short. */
  readonly period?: number;
}

const isLegal = (period: number): boolean => period >= 60 && period % 60 === 0;

/**
 * The stretch that can be asked for: with a period that CloudWatch has kept since its beginning, whole periods only,
 * and without the last ten minutes, whose points are not final.
 */
export const metricWindow = (wanted: WantedWindow, now: number): MetricWindow => {
  const from = Math.max(wanted.from, now - OLDEST_AGE);
  const finest = finestPeriod(now - from);
  const asked = wanted.period === undefined || !isLegal(wanted.period) ? finest : wanted.period;
  const period = Math.ceil(Math.max(asked, finest) / finest) * finest;
  const begin = Math.ceil(from / period) * period;
  const end = Math.floor(Math.min(wanted.to, now - SETTLING) / period) * period;
  return { from: begin, to: Math.max(begin, end), period };
};

/** A window of whole hours that ends at the last full hour, so that a scan which is started again asks for the same. */
export const lookbackWindow = (days: number, now: number, period?: number): MetricWindow => {
  const to = Math.floor((now - SETTLING) / 3600) * 3600;
  return metricWindow({ from: to - days * DAY, to, ...(period === undefined ? {} : { period }) }, now);
};
