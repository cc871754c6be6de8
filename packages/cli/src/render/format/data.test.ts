import { Decimal } from "@ecs-cost/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../../../test/hostile-text.ts";
import { csvCell, renderCsv } from "./csv.ts";
import { renderJson } from "./json.ts";

describe("JSON", () => {
  it("is what JSON.stringify would say, however it is cut into parts", () => {
    fc.assert(
      fc.property(fc.dictionary(hostileText, fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()))), (report) => {
        expect(JSON.parse([...renderJson(report)].join(""))).toEqual(JSON.parse(JSON.stringify(report)));
      }),
    );
  });

  it("keeps the order of the keys, and decimals in full", () => {
    const report = { z: new Decimal("0.000000000000000000012"), services: [{ cost: new Decimal("1e25") }], a: null };
    expect([...renderJson(report)].join("")).toBe(
      [
        "{",
        '  "z": "0.000000000000000000012",',
        '  "services": [',
        "    {",
        '      "cost": "10000000000000000000000000"',
        "    }",
        "  ],",
        '  "a": null',
        "}",
        "",
      ].join("\n"),
    );
  });

  it("leaves out what is undefined", () => {
    expect(JSON.parse([...renderJson({ a: undefined, b: 1 })].join(""))).toEqual({ b: 1 });
    expect([...renderJson({})].join("")).toBe("{}\n");
  });

  it("comes in parts, one for each entry of a list", () => {
    const parts = [...renderJson({ services: Array.from({ length: 1000 }, (_, id) => ({ id })) })];
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThan(100);
  });

  it("commands no terminal that shows it", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        expect([...renderJson({ name })].join("")).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

describe("CSV", () => {
  it("has no cell that a spreadsheet takes for a formula", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        expect(csvCell(name)).toMatch(/^(?:[^=+\-@]|-?\d+(?:\.\d+)?$|$)/);
      }),
    );
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["@x", "'@x"],
    ["-5.25", "-5.25"],
    ["-x", "'-x"],
    ["\t=1", "' =1"],
    ["\u200b=1", "'=1"],
    ["api", "api"],
  ])("%j is written %j", (text, written) => {
    expect(csvCell(text)).toBe(written);
  });

  it("quotes what holds a comma or a quote and keeps one line for each row", () => {
    const rows = [["a,b", 'say "hi"', "two\nlines"]];
    expect([...renderCsv({ header: ["x", "y", "z"], rows })].join("")).toBe('x,y,z\n"a,b","say ""hi""",two lines\n');
  });

  it("comes in parts", () => {
    const rows = Array.from({ length: 2500 }, (_, index) => [String(index)]);
    const parts = [...renderCsv({ header: ["n"], rows })];
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.join("").trimEnd().split("\n")).toHaveLength(2501);
  });
});
