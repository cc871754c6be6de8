import { Decimal } from "@ecs-cost/core/estimate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderCompact } from "./compact.ts";

const rowOf = (value: string | Decimal | null): string =>
  [
    ...renderCompact({ command: "x", head: [], tables: [{ name: "t", columns: ["a", "b"], rows: [[value, "end"]] }] }),
  ][2] ?? "";

describe("a compact report", () => {
  it("keeps whatever a name holds in one line and one cell", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const row = rowOf(name);
        expect(row.endsWith("|end\n")).toBe(true);
        expect(row.slice(0, -1)).not.toMatch(/\n/);
        const marked = row.slice(0, -"|end\n".length);
        expect(marked.replace(/\\./g, "")).not.toContain("|");
      }),
    );
  });

  it.each([
    [null, "?"],
    [new Decimal(0), "0"],
    [new Decimal("12.345"), "12.35"],
    [new Decimal("-3"), "-3.00"],
    [new Decimal("0.0000412349"), "0.0000412"],
  ])("%s is %s: not known is never zero, and little is not nothing", (value, text) => {
    expect(rowOf(value)).toBe(`${text}|end\n`);
  });

  it("has no table where there are no rows", () => {
    const lines = [
      ...renderCompact({ command: "x", head: [["a", 1]], tables: [{ name: "t", columns: ["c"], rows: [] }] }),
    ];
    expect(lines).toEqual(["ecs-cost x compact/1\n", "a 1\n"]);
  });
});
