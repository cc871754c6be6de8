import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOfDate, hourOfWeek, isoDate, isoTime, parseTime } from "./timestamp.ts";

const SECONDS = fc.integer({ min: -2_000_000_000, max: 4_000_000_000 });

describe("timestamp", () => {
  it("writes times as the calendar does", () => {
    fc.assert(
      fc.property(SECONDS, (seconds) => {
        expect(isoTime(seconds)).toBe(new Date(seconds * 1000).toISOString().replace(".000Z", "Z"));
      }),
    );
  });

  it("reads back what it writes", () => {
    fc.assert(fc.property(SECONDS, (seconds) => parseTime(isoTime(seconds)) === seconds));
  });

  it("counts days from 1970", () => {
    expect(dayOfDate(1970, 1, 1)).toBe(0);
    expect(isoDate(dayOfDate(2028, 2, 29))).toBe("2028-02-29");
  });

  it.each([
    ["2026-11-01T00:05:00+02:00", "2026-10-31T22:05:00Z"],
    ["2026-11-01T00:05:00-0130", "2026-11-01T01:35:00Z"],
    ["2026-11-01 00:05:00", "2026-11-01T00:05:00Z"],
    ["2026-11-01T00:05", "2026-11-01T00:05:00Z"],
    ["2026-11-01T00:05:00.123Z", "2026-11-01T00:05:00Z"],
    ["2026-11-01", "2026-11-01T00:00:00Z"],
  ])("takes %s for %s", (text, iso) => {
    expect(isoTime(parseTime(text) ?? 0)).toBe(iso);
  });

  it.each(["", "yesterday", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-01T24:00:00Z", "1762000000"])(
    "refuses %j",
    (text) => {
      expect(parseTime(text)).toBeUndefined();
    },
  );

  it("begins the week on Monday", () => {
    expect(hourOfWeek(dayOfDate(2026, 11, 16), 0)).toBe(0);
    expect(hourOfWeek(dayOfDate(2026, 11, 22), 23)).toBe(167);
  });
});
