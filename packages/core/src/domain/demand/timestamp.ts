/** Whole seconds since 1970-01-01T00:00:00Z. */
export type EpochSeconds = number;
/** Whole days since 1970-01-01 (UTC). */
export type EpochDay = number;

export const SECONDS_PER_DAY = 86_400;

/** Day number of a date in the Gregorian calendar (month and day start at 1). */
export const dayOfDate = (year: number, month: number, day: number): EpochDay => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

/** Date of a day number as `YYYY-MM-DD`. */
export const isoDate = (day: EpochDay): string => {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(doy - Math.floor((153 * mp + 2) / 5) + 1, 2)}`;
};

/** Time in UTC as `YYYY-MM-DDTHH:MM:SSZ`. */
export const isoTime = (seconds: EpochSeconds): string => {
  const day = Math.floor(seconds / SECONDS_PER_DAY);
  const rest = seconds - day * SECONDS_PER_DAY;
  const hour = Math.floor(rest / 3600);
  return `${isoDate(day)}T${pad(hour, 2)}:${pad(Math.floor((rest % 3600) / 60), 2)}:${pad(Math.floor(rest % 60), 2)}Z`;
};

/** Hour of the week of an hour of a day: 0 is Monday 00:00 UTC, 167 Sunday 23:00. */
export const hourOfWeek = (day: EpochDay, hour: number): number => ((((day + 3) % 7) + 7) % 7) * 24 + hour;

const pad = (value: number, width: number): string => String(value).padStart(width, "0");

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(?:Z|UTC|([+-])(\d\d):?(\d\d)?)?$/i;

/** Seconds of an ISO 8601 time, UTC where it names no zone; undefined where it is not one. Fractions are cut off. */
export const parseTime = (text: string): EpochSeconds | undefined => {
  const match = ISO.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", sign, zoneHour = "0", zoneMinute = "0"] = match;
  if (!isDate(Number(year), Number(month), Number(day))) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60 * (sign === "-" ? -1 : 1);
  const days = dayOfDate(Number(year), Number(month), Number(day));
  return days * SECONDS_PER_DAY + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offset;
};

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isDate = (year: number, month: number, day: number): boolean => {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  return day >= 1 && day <= (LENGTHS[month - 1] ?? 0) + leap;
};
