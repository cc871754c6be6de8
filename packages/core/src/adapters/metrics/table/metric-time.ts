import { dayOfDate, type EpochSeconds, parseTime, SECONDS_PER_DAY } from "../../../domain/demand/timestamp.ts";

/** A time, and whether its text says in which zone. */
export interface MetricTime {
  readonly seconds: EpochSeconds;
  readonly zoned: boolean;
}

/** Seconds in one of a unit, by the digits that such a count has since 2001 and until 2286. */
const EPOCH_DIGITS: Readonly<Record<number, number>> = { 10: 1, 13: 1e3, 16: 1e6, 19: 1e9 };
const EPOCH = /^(\d{10}|\d{13}|\d{16}|\d{19})(\.\d+)?$/;
const SLASHED = /^(\d{4})\/(\d\d?)\/(\d\d?)(?:[T ](.+))?$/;
/** `Nov 10, 2026 13:05:00` and `Tue, 10 Nov 2026 13:05:00 GMT+0000`. */
const NAMED = /^(?:[a-z]{3,9},? )?(?:([a-z]{3,9})\.? (\d\d?)|(\d\d?)[ -]([a-z]{3,9}))[, -]+(\d{4}),?(?: (.+))?$/i;
const CLOCK =
  /^(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(am|pm)?\s*(?:(?:z|utc|gmt)?([+-]\d\d:?\d\d)?|z|utc|gmt)(?:\s*\(.*\))?$/i;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * A time as exports of metrics have it: ISO 8601, `2026/11/10 13:05:00`, a month by its name, or a count of seconds,
 * milliseconds, microseconds or nanoseconds since 1970. Undefined for anything else: of 10/11/2026 nobody can tell the month.
 */
export const parseMetricTime = (text: string): MetricTime | undefined => {
  const trimmed = text.trim();
  const epoch = EPOCH.exec(trimmed);
  if (epoch !== null) return { seconds: secondsOfEpoch(Number(trimmed)), zoned: true };
  const iso = parseTime(trimmed);
  if (iso !== undefined) return { seconds: iso, zoned: /(z|utc|[+-]\d\d:?\d\d)$/i.test(trimmed) };
  const slashed = SLASHED.exec(trimmed);
  if (slashed !== null) return atClock(Number(slashed[1]), Number(slashed[2]), Number(slashed[3]), slashed[4]);
  const named = NAMED.exec(trimmed);
  if (named === null) return undefined;
  const month = MONTHS.indexOf((named[1] ?? named[4] ?? "").slice(0, 3).toLowerCase()) + 1;
  return atClock(Number(named[5]), month, Number(named[2] ?? named[3]), named[6]);
};

/** Seconds of a count since 1970 in seconds, milliseconds, microseconds or nanoseconds, told by its size. */
export const secondsOfEpoch = (count: number): EpochSeconds =>
  Math.floor(count / (EPOCH_DIGITS[String(Math.trunc(count)).length] ?? 1));

const atClock = (year: number, month: number, day: number, clock = "00:00"): MetricTime | undefined => {
  const match = CLOCK.exec(clock.trim());
  if (match === null || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const [, hour = "0", minute = "0", second = "0", half, zone] = match;
  const noon = half === undefined ? Number(hour) : (Number(hour) % 12) + (/pm/i.test(half) ? 12 : 0);
  if (noon > 23) return undefined;
  const offset =
    zone === undefined
      ? 0
      : Number(`${zone.slice(0, 1)}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60;
  const start = dayOfDate(year, month, day) * SECONDS_PER_DAY;
  return {
    seconds: start + noon * 3600 + Number(minute) * 60 + Number(second) - offset,
    zoned: /(z|utc|gmt|[+-]\d\d:?\d\d)/i.test(clock),
  };
};
