/** The days of a month that an expression names, as far as they do not depend on the days of the week. */
export type DayRule =
  | { readonly kind: "any" }
  | { readonly kind: "days"; readonly days: ReadonlySet<number> }
  /** The last day of the month. */
  | { readonly kind: "last" }
  /** The weekday, Monday to Friday, that is nearest to a day and in the same month. */
  | { readonly kind: "nearest-weekday"; readonly day: number };

/** The days of the week that an expression names; 1 is Sunday. */
export type WeekdayRule =
  | { readonly kind: "any" }
  | { readonly kind: "days"; readonly days: ReadonlySet<number> }
  /** The nth of a weekday in the month. */
  | { readonly kind: "nth"; readonly day: number; readonly nth: number }
  /** The last of a weekday in the month. */
  | { readonly kind: "last"; readonly day: number };

/** A cron expression of EventBridge, taken apart. */
export interface CronFields {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: DayRule;
  readonly months: ReadonlySet<number>;
  readonly weekdays: WeekdayRule;
  /** Undefined for every year. */
  readonly years: ReadonlySet<number> | undefined;
}

interface Range {
  readonly least: number;
  readonly most: number;
  /** Names of the values from `least` on. */
  readonly names?: readonly string[];
}

const MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
const WEEKDAYS = "SUN MON TUE WED THU FRI SAT".split(" ");
const MINUTE: Range = { least: 0, most: 59 };
const HOUR: Range = { least: 0, most: 23 };
const DAY: Range = { least: 1, most: 31 };
const MONTH: Range = { least: 1, most: 12, names: MONTHS };
const WEEKDAY: Range = { least: 1, most: 7, names: WEEKDAYS };
const YEAR: Range = { least: 1970, most: 2199 };

const valueIn = (text: string, { least, most, names = [] }: Range): number | undefined => {
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return least + named;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
};

/** `7`, `MON-FRI`, `*`, and each of them with `/step`; a single value with a step goes on to the end of the range. */
const partOf = (text: string, range: Range): readonly number[] | undefined => {
  const [spread = "", step, ...rest] = text.split("/");
  const [from = "", to, ...more] = spread.split("-");
  const first = spread === "*" ? range.least : valueIn(from, range);
  const end = step === undefined ? first : range.most;
  const last = spread === "*" ? range.most : to === undefined ? end : valueIn(to, range);
  const by = step === undefined ? 1 : /^\d{1,4}$/.test(step) ? Number(step) : 0;
  if (rest.length > 0 || more.length > 0 || first === undefined || last === undefined) return undefined;
  if (last < first || by < 1) return undefined;
  return Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, at) => first + at * by);
};

const listOf = (text: string, range: Range): ReadonlySet<number> | undefined => {
  const parts = text.split(",").map((part) => partOf(part, range));
  return parts.every((part) => part !== undefined) ? new Set(parts.flat()) : undefined;
};

const dayRule = (text: string): DayRule | undefined => {
  if (text === "?" || text === "*") return { kind: "any" };
  if (text.toUpperCase() === "L") return { kind: "last" };
  const near = valueIn(/^(?<day>\d{1,2})W$/i.exec(text)?.groups?.["day"] ?? "", DAY);
  if (near !== undefined) return { kind: "nearest-weekday", day: near };
  const days = listOf(text, DAY);
  return days === undefined ? undefined : { kind: "days", days };
};

const weekdayRule = (text: string): WeekdayRule | undefined => {
  if (text === "?" || text === "*") return { kind: "any" };
  if (text.toUpperCase() === "L") return { kind: "days", days: new Set([7]) };
  const { day: name = "", nth } = /^(?<day>[a-z0-9]+)(?:#(?<nth>[1-5])|L)$/i.exec(text)?.groups ?? {};
  const day = valueIn(name, WEEKDAY);
  if (day !== undefined) return nth === undefined ? { kind: "last", day } : { kind: "nth", day, nth: Number(nth) };
  const days = listOf(text, WEEKDAY);
  return days === undefined ? undefined : { kind: "days", days };
};

/**
 * The six fields of a cron expression, without `cron()`; undefined where they break a rule. One of day of month and day of
 * week has to be `?`.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based (checked 2026-11-20)
 */
export const cronFields = (text: string): CronFields | undefined => {
  const [minute = "", hour = "", day = "", month = "", weekday = "", year = "", ...rest] = text.trim().split(/\s+/);
  const [minutes, hours, months] = [listOf(minute, MINUTE), listOf(hour, HOUR), listOf(month, MONTH)];
  const [days, weekdays] = [dayRule(day), weekdayRule(weekday)];
  const years = listOf(year, YEAR);
  if (minutes === undefined || hours === undefined || months === undefined || years === undefined) return undefined;
  if (days === undefined || weekdays === undefined || rest.length > 0) return undefined;
  if ((day === "?") === (weekday === "?")) return undefined;
  return { minutes, hours, days, months, weekdays, years: year === "*" ? undefined : years };
};
