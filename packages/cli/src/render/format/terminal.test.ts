import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../../../test/hostile-text.ts";
import { displayWidth } from "../document/display-width.ts";
import type { Document } from "../document/document.ts";
import { coloured, plain } from "../document/palette.ts";
import { PAGE_WIDTH, renderTerminal } from "./terminal.ts";

const table = (rows: readonly (readonly string[])[]): Document => ({
  title: "Title",
  blocks: [
    {
      kind: "table",
      columns: [
        { header: "Service", cutTo: 14 },
        { header: "On", cutTo: 8 },
        { header: "Cost", align: "right" },
      ],
      rows,
      footer: [["Total", "", "$12.00"]],
    },
  ],
});

const draw = (document: Document): string[] => [...renderTerminal(document, plain)].join("").trimEnd().split("\n");

describe("a page for a terminal", () => {
  it("aligns names to the left and figures to the right, wide characters too", () => {
    expect(
      draw(
        table([
          ["api", "FARGATE", "$2.00"],
          ["日本語", "EC2", "$10.00"],
        ]),
      ),
    ).toEqual([
      "Title",
      "",
      "Service  On         Cost",
      "────────────────────────",
      "api      FARGATE   $2.00",
      "日本語   EC2      $10.00",
      "────────────────────────",
      "Total             $12.00",
    ]);
  });

  it("fits 100 columns with any names, never cuts a figure, and keeps one line for each row", () => {
    const cost = fc.integer({ min: 0, max: 10_000_000 }).map((cents) => `$${cents}.00`);
    fc.assert(
      fc.property(fc.array(fc.tuple(hostileText, fc.string({ maxLength: 200 }), cost), { maxLength: 5 }), (rows) => {
        const lines = draw(table(rows));
        expect(lines).toHaveLength(rows.length + 6);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(PAGE_WIDTH);
        for (const [index, [, , figure]] of rows.entries()) expect(lines[index + 4]?.endsWith(figure)).toBe(true);
      }),
    );
  });

  it("leaves out blocks that are empty", () => {
    const document: Document = {
      title: "T",
      blocks: [
        { kind: "lines", heading: "Issues", lines: [] },
        { kind: "table", heading: "Fleets", columns: [], rows: [] },
      ],
    };
    expect(draw(document)).toEqual(["T"]);
  });

  it("wraps sentences at words and lets a long word stay whole", () => {
    const word = "x".repeat(120);
    const lines = draw({
      title: "T",
      blocks: [{ kind: "lines", bullets: true, lines: [`${"word ".repeat(30)}${word}`] }],
    });
    expect(lines.at(-1)).toBe(`  ${word}`);
    expect(lines[2]?.startsWith("- word")).toBe(true);
  });

  it("says nothing by colour alone", () => {
    const document: Document = { title: "T", blocks: [{ kind: "lines", lines: [{ text: "bad", tone: "bad" }] }] };
    const strip = (text: string): string => text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g"), "");
    const drawn = [...renderTerminal(document, coloured)].join("");
    expect(drawn).not.toBe(strip(drawn));
    expect(strip(drawn)).toBe([...renderTerminal(document, plain)].join(""));
  });
});
