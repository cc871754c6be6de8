import { describe, expect, it } from "vitest";
import { billCoverage } from "./coverage.ts";

type Line = readonly [day: string, type: string, start?: string, end?: string | null];

const REQUEST = { from: "2026-09-01", to: "2026-11-01", tagKeys: [] };

/** Rows of the answer that is asked for with `coverageSql`. */
const coverageOf = (lines: readonly Line[]) =>
  billCoverage(
    lines.map(([day, type, start = `${day} 00`, end = null]) => [
      day.slice(0, 7),
      day,
      type,
      "USD",
      start,
      end,
      "1",
      "0",
    ]),
    "cur-2.0",
    REQUEST,
    "bill.csv",
  );

const days = (month: string, count: number): readonly Line[] =>
  Array.from({ length: count }, (_, index) => [`${month}-${String(index + 1).padStart(2, "0")}`, "Usage"]);

describe("billCoverage", () => {
  it("ends a bill after its last day with usage, whatever fees come later", () => {
    const { period, isSparse } = coverageOf([...days("2026-09", 30), ...days("2026-10", 9), ["2026-10-20", "RIFee"]]);
    expect([period, isSparse]).toEqual([{ from: "2026-09-01", to: "2026-10-10" }, false]);
  });

  it("takes the month as whole where most days have no usage, since the last that has some tells nothing", () => {
    const { period, isSparse } = coverageOf([
      ["2026-09-03", "Usage"],
      ["2026-10-02", "Usage"],
      ["2026-10-12", "Usage"],
    ]);
    expect([period, isSparse]).toEqual([{ from: "2026-09-01", to: "2026-11-01" }, true]);
  });

  it("takes a month of credits, refunds and tax as whole, and one of fees alone as begun", () => {
    const to = (type: string) => coverageOf([...days("2026-09", 30), ["2026-10-01", type]]).period?.to;
    expect(["Credit", "Refund", "Tax", "RIFee"].map(to)).toEqual([
      "2026-11-01",
      "2026-11-01",
      "2026-11-01",
      "2026-10-01",
    ]);
  });

  it("knows hours, days, and months that begin on their first day", () => {
    const granularity = (...lines: readonly Line[]) => coverageOf(lines).granularity;
    expect(granularity(["2026-10-01", "Usage", "2026-10-01 07", "2026-10-01"])).toBe("hour");
    expect(granularity(["2026-10-01", "Usage", "2026-10-01 00", "2026-10-02"])).toBe("day");
    expect(granularity(["2026-10-01", "Usage", "2026-10-01 00", "2026-11-01"])).toBe("month");
    expect(granularity(["2026-09-01", "Usage"], ["2026-10-01", "Usage"])).toBe("month");
    expect(granularity(["2026-09-01", "Usage"], ["2026-10-02", "Usage"])).toBe("day");
  });
});
