import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { disarmQuickActions, escapeDollars } from "./gitlab-markdown.ts";

describe("dollars for GitLab", () => {
  it("are escaped as text, written out in HTML and left alone in code", () => {
    const chart = '```mermaid\nxychart-beta\n  title "$5"\n```';
    expect(escapeDollars(`+$5 to $6\n\n${chart}\n\n<details><summary>Over $7</summary>\n$8`)).toBe(
      `+\\$5 to \\$6\n\n${chart}\n\n<details><summary>Over &#36;7</summary>\n\\$8`,
    );
  });

  it("keep every other sign and every line", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("$", "`", "\n", "a", " ") }), (text) => {
        expect(escapeDollars(text).split("\n")).toHaveLength(text.split("\n").length);
        expect(escapeDollars(text).replaceAll("\\$", "$")).toBe(text);
      }),
    );
  });
});

describe("quick actions", () => {
  it("begin no line, and nothing else changes", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("/", "close", "\n", " ", "\t", "> ", "x") }), (text) => {
        const disarmed = disarmQuickActions(text);
        expect(disarmed.split("\n").filter((line) => /^\s*\/\p{L}/u.test(line))).toEqual([]);
        expect(disarmed.replaceAll("\u200b", "")).toBe(text);
      }),
    );
  });
});
