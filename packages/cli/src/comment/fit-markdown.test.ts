import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closedMarkdown, fitMarkdown } from "./fit-markdown.ts";
import { afterLine, NOTHING_OPEN } from "./open-blocks.ts";

const notice = (lines: number): string => `**Cut:** ${lines}`;

const words = fc.string({
  unit: fc.constantFrom("a", "b", " ", "é", "👍", "|", "-", "`", "<", ">", "!"),
  maxLength: 30,
});

/** Paragraphs, lists, tables, code, folded parts, and what only looks like them, closed or not. */
const markdown: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      words,
      fc.constantFrom("", "", "# Title", "- entry", "1. entry", "> quote", "| a | b |", "| --- | ---: |", "| 1 | 2 |"),
      fc.constantFrom("```", "````mermaid", "~~~", "``` not ` a fence", "  ```text"),
      fc.constantFrom("<details><summary>More</summary>", "<details>", "</details>", "<DETAILS open>", "<!--", "-->"),
      fc.constantFrom("<!-- closed --> text", "text <!-- open", "end --> <details>"),
    ),
    { maxLength: 60 },
  )
  .map((lines) => lines.join("\n"));

const openAfter = (text: string) => text.split("\n").reduce(afterLine, NOTHING_OPEN);

describe("a text that has to fit", () => {
  it("never has more than the limit, always ends in the notice where it is cut, and leaves nothing open", () => {
    fc.assert(
      fc.property(markdown, fc.integer({ min: notice(60).length + 2, max: 900 }), (text, limit) => {
        const { text: fitted, linesLeftOut } = fitMarkdown(text, limit, notice);
        expect(fitted.length).toBeLessThanOrEqual(limit);
        expect(openAfter(fitted)).toEqual(NOTHING_OPEN);
        const whole = closedMarkdown(text);
        if (whole.length <= limit) expect([fitted, linesLeftOut]).toEqual([whole, 0]);
        else expect(fitted.endsWith(notice(linesLeftOut))).toBe(true);
      }),
    );
  });

  it("keeps a beginning of the lines as they were, and counts those it leaves out", () => {
    fc.assert(
      fc.property(markdown, fc.integer({ min: notice(60).length + 2, max: 900 }), (text, limit) => {
        const { text: fitted, linesLeftOut } = fitMarkdown(text, limit, notice);
        if (fitted === closedMarkdown(text)) return;
        const filled = text.split("\n").filter((line) => line.trim() !== "");
        const kept = filled.slice(0, filled.length - linesLeftOut);
        const lines = fitted.split("\n").filter((line) => line.trim() !== "");
        expect(lines.slice(0, kept.length).map((line) => line.trimEnd())).toEqual(kept.map((line) => line.trimEnd()));
        for (const line of lines.slice(kept.length, -1)) expect(line).toMatch(/^(?:`{3,}|~{3,}|<\/details>)$/);
      }),
    );
  });

  it("keeps as much as fits", () => {
    const rows = Array.from({ length: 500 }, (_, index) => `| service-${index} | $${index} |`);
    const table = ["| Service | Cost |", "| --- | ---: |", ...rows, "", "The end."].join("\n");
    const { text, linesLeftOut } = fitMarkdown(table, 2000, notice);
    expect(2000 - text.length).toBeLessThan(40);
    expect(text).toMatch(/\| service-\d+ \| \$\d+ \|\n\n\*\*Cut:\*\* \d+$/);
    expect(text.split("\n").length - 2 + linesLeftOut).toBe(503);
  });

  it("cuts neither a paragraph nor the head of a table in two", () => {
    const paragraph = `first\nsecond line ${"x".repeat(40)}`;
    expect(fitMarkdown(`one\n\n${paragraph}`, 40, notice).text).toBe("one\n\n**Cut:** 2");
    const table = `one\n\n| a | b |\n| --- | --- |\n| ${"x".repeat(60)} | 2 |`;
    expect(fitMarkdown(table, 30, notice).text).toBe("one\n\n**Cut:** 3");
    expect(fitMarkdown(table, 45, notice).text).toBe("one\n\n| a | b |\n| --- | --- |\n\n**Cut:** 1");
  });

  it("closes the code and the folds that it cuts", () => {
    const text = `<details><summary>Chart</summary>\n\n\`\`\`\`mermaid\n${"line\n".repeat(100)}\`\`\`\`\n\n</details>`;
    expect(fitMarkdown(text, 120, notice).text).toMatch(/\nline\n````\n\n<\/details>\n\n\*\*Cut:\*\* \d+$/);
  });

  it("takes no more than a moment for a long line or a deep nesting", () => {
    // Work that grows with the square of the length runs into the limit of a test.
    for (const text of [
      " ".repeat(1_000_000),
      "-".repeat(1_000_000),
      "<details>\n".repeat(100_000),
      "| ".repeat(400_000),
    ]) {
      expect(fitMarkdown(text, 65_000, notice).text.length).toBeLessThanOrEqual(65_000);
      expect(fitMarkdown(`x\n${text}\n|`, 65_000, notice).text.length).toBeLessThanOrEqual(65_000);
    }
  });
});
