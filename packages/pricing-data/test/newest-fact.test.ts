import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Dated, type Fact, Newest, supersedes } from "../scripts/facts.ts";

const asOf = fc.constantFrom<string>("undated", "2020-07-09", "2025-04-05", "2026-09", "2026-09-01", "2026-10-05");

const winner = (dates: readonly string[]): string | undefined => {
  const newest = new Newest<Dated>();
  for (const [at, date] of dates.entries()) newest.add("nat.gb", { asOf: date, source: String(at) });
  return newest.entries()[0]?.[1].source;
};

describe("two facts about one price", () => {
  it.each([
    ["2025-04-05", "2026-02-07", "1"],
    ["2026-02-07", "2025-04-05", "0"],
    ["undated", "2020-07-09", "1"],
    ["2020-07-09", "undated", "0"],
    ["undated", "undated", "0"],
    ["2026-09-29", "2026-09-29", "0"],
    ["2026-09", "2026-09-01", "1"],
    ["2026-09-01", "2026-09", "0"],
    ["2026-08-31", "2026-09", "1"],
  ])("of %s and %s the newest stays, dated before undated, the first at a tie", (first, second, stays) => {
    expect(winner([first, second])).toBe(stays);
  });

  it("stop the import where they are of one date and disagree", () => {
    const newest = new Newest<Fact>();
    newest.add("nat.gb", { asOf: "2026-09", source: "one", rate: "0.045" });
    newest.add("nat.gb", { asOf: "2026-09", source: "two", rate: "0.0450" });
    const other = { asOf: "2026-09", source: "three", rate: "0.052" };
    expect(() => newest.add("nat.gb", other)).toThrow("nat.gb: 0.045 (one) and 0.052 (three), both 2026-09");
  });

  it("leave the newest of any number, whatever their order", () => {
    fc.assert(
      fc.property(fc.array(asOf, { minLength: 1 }), (dates) => {
        const place = Number(winner(dates));
        const kept = { asOf: dates[place] ?? "", source: "" };
        for (const date of dates) expect(supersedes(kept, { asOf: date, source: "" })).toBe(false);
        expect(dates.indexOf(kept.asOf)).toBe(place);
      }),
    );
  });
});
