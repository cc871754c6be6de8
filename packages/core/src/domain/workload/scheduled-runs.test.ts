import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cronFields } from "./cron-fields.ts";
import { scheduledRuns } from "./scheduled-runs.ts";

const monthly = (expression: string): number => {
  const runs = scheduledRuns(expression, 2026);
  if (runs.kind !== "monthly") throw new Error(`${expression}: ${runs.kind}`);
  return runs.perMonth.toNumber();
};

/** Days of a year by the calendar of the machine, which knows nothing of this program. */
const daysOf = (year: number): readonly Date[] => {
  const days: Date[] = [];
  for (
    let at = new Date(Date.UTC(year, 0, 1));
    at.getUTCFullYear() === year;
    at = new Date(at.getTime() + 86_400_000)
  ) {
    days.push(at);
  }
  return days;
};

/** Seven years of 365 days that begin on each weekday once. */
const COMMON_YEARS = [2017, 2018, 2019, 2021, 2022, 2025, 2026].map(daysOf);

const mean = (matches: (day: Date) => boolean): number => {
  expect(new Set(COMMON_YEARS.map(([first]) => first?.getUTCDay())).size).toBe(7);
  return COMMON_YEARS.flat().filter(matches).length / 7 / 12;
};

describe("rate()", () => {
  it("is the hours of a month over its interval", () => {
    expect(monthly("rate(1 hour)")).toBe(730);
    expect(monthly("rate(5 minutes)")).toBe(8760);
    expect(monthly("rate(2 days)")).toBeCloseTo(365 / 24, 12);
  });

  it("says the same in every unit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (days) => {
        expect(monthly(`rate(${days} days)`)).toBe(monthly(`rate(${days * 24} hours)`));
        expect(monthly(`rate(${days} days)`)).toBe(monthly(`rate(${days * 1440} minutes)`));
      }),
    );
  });
});

describe("cron()", () => {
  it.each([
    ["cron(0 3 * * ? *)", 365 / 12],
    ["cron(0/15 * * * ? *)", 96 * (365 / 12)],
    ["cron(0 0 1 * ? *)", 1],
    ["cron(0 0 L * ? *)", 1],
    ["cron(0 0 31 * ? *)", 7 / 12],
    ["cron(0 0 ? * 6#3 *)", 1],
    ["cron(0 0 ? * 6L *)", 1],
    ["cron(0 0 15W * ? *)", 1],
    ["cron(0 0 1W * ? *)", 1],
    ["cron(0 0 ? JAN SUN *)", 31 / 7 / 12],
    ["cron(0,30 8-17 ? * MON-FRI *)", (20 * 365 * 5) / 7 / 12],
    ["cron(0 0 29 2 ? *)", 97 / 400 / 12],
    ["cron(0 0 1 1 ? 2026-2030)", 1 / 12],
  ])("%s", (expression, runs) => {
    expect(monthly(expression)).toBeCloseTo(runs, 12);
  });

  it("runs as often as the calendar says, whatever days and months it names", () => {
    const months = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 4 });
    const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(months, days, weekdays, (ofMonths, ofDays, ofWeek) => {
        const inMonths = (day: Date): boolean => ofMonths.includes(day.getUTCMonth() + 1);
        expect(monthly(`cron(0 0 ${ofDays} ${ofMonths} ? *)`)).toBeCloseTo(
          mean((day) => inMonths(day) && ofDays.includes(day.getUTCDate())),
          10,
        );
        expect(monthly(`cron(0 0 ? ${ofMonths} ${ofWeek} *)`)).toBeCloseTo(
          mean((day) => inMonths(day) && ofWeek.includes(day.getUTCDay() + 1)),
          10,
        );
      }),
      { numRuns: 20 },
    );
  });

  it("runs on the nth weekday of the months that have one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 5 }), (weekday, nth) => {
        const isNth = (day: Date): boolean =>
          day.getUTCDay() + 1 === weekday && Math.floor((day.getUTCDate() - 1) / 7) + 1 === nth;
        expect(monthly(`cron(0 0 ? * ${weekday}#${nth} *)`)).toBeCloseTo(mean(isNth), 10);
      }),
      { numRuns: 20 },
    );
  });

  it("is taken with names in any case, and steps from a value to the end", () => {
    expect(monthly("cron(0 0 ? jan,FEB mon-Wed *)")).toBe(monthly("cron(0 0 ? 1,2 2-4 *)"));
    expect([...(cronFields("50/4 20/2 ? * 1/3 *")?.minutes ?? [])]).toEqual([50, 54, 58]);
    expect([...(cronFields("10-20/5 * ? * 1 *")?.minutes ?? [])]).toEqual([10, 15, 20]);
  });

  it("of years that have passed is over", () => {
    expect(scheduledRuns("cron(0 0 1 1 ? 2020-2025)", 2026)).toEqual({ kind: "over" });
  });
});

describe("at()", () => {
  it("comes once", () => {
    expect(scheduledRuns("at(2027-01-01T03:00:00)", 2026)).toEqual({ kind: "once" });
  });
});

describe("what breaks a rule", () => {
  it.each([
    "",
    "rate(0 minutes)",
    "rate(5)",
    "rate(1 week)",
    "cron(0 3 * * * *)",
    "cron(0 3 ? * ? *)",
    "cron(0 3 * * ?)",
    "cron(60 3 * * ? *)",
    "cron(0 24 * * ? *)",
    "cron(0 3 0 * ? *)",
    "cron(0 3 ? * 8 *)",
    "cron(0 3 ? * FRI-MON *)",
    "cron(0/0 3 * * ? *)",
    "cron(0 3 ? * 2#6 *)",
    "at(tomorrow)",
    "0 3 * * ? *",
  ])("is not understood: %s", (expression) => {
    expect(scheduledRuns(expression, 2026)).toEqual({ kind: "not-understood" });
  });
});
