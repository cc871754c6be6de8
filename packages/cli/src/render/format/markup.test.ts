import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../../../test/hostile-text.ts";
import type { Document } from "../document/document.ts";
import { htmlText } from "../document/html-text.ts";
import { renderHtml } from "./html.ts";
import { markdownText, renderMarkdown } from "./markdown.ts";

const documentWith = (name: string): Document => ({
  title: name,
  blocks: [
    {
      kind: "table",
      heading: name,
      columns: [{ header: "Service" }, { header: "Cost", align: "right" }],
      rows: [[name, "$1.00"]],
    },
    { kind: "lines", bullets: true, lines: [name, { text: name, tone: "strong" }] },
  ],
});

/** Without backslash escapes and entities what is left must not mean anything in Markdown. */
const bare = (markdown: string): string => markdown.replace(/\\[\\`*{}[\]|~_]|&(?:amp|lt|gt|#8203);/g, " ");

describe("Markdown", () => {
  it("shows any name literally: no table, code, link, HTML or mention comes of it", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const text = markdownText(name);
        expect(bare(text)).not.toMatch(/[|`*<>[\]\\]/);
        expect(bare(text)).not.toMatch(/[@#!][\p{L}\p{N}]/u);
        expect(text).not.toMatch(/https?:\/\//i);
        expect(text).not.toContain("\n");
      }),
    );
  });

  it("keeps the shape of the table whatever the names are", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const lines = [...renderMarkdown(documentWith(name))].join("").split("\n");
        const rows = lines.filter((line) => line.startsWith("|"));
        expect(rows).toHaveLength(3);
        for (const row of rows) expect(row.replaceAll("\\\\", "").replaceAll("\\|", "").split("|")).toHaveLength(4);
      }),
    );
  });

  it("leaves ordinary names and figures alone", () => {
    for (const text of ["api", "my_service-2", "$1,234.56", "50.0%", "0.5 vCPU 1 GB", "fargate-spot"]) {
      expect(markdownText(text)).toBe(text);
    }
  });

  it.each([
    ["@team", "@&#8203;team"],
    ["a|b", "a\\|b"],
    ["`code`", "\\`code\\`"],
    ["<b>&amp;", "&lt;b&gt;&amp;amp;"],
    ["_em_", "\\_em\\_"],
    ["fixes #12", "fixes #&#8203;12"],
  ])("%j is written %j", (text, written) => {
    expect(markdownText(text)).toBe(written);
  });
});

describe("what Markdown folds", () => {
  it("has a summary that is text, whatever its name is", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const block = { kind: "lines", heading: name, folded: true, lines: ["line"] } as const;
        const text = [...renderMarkdown({ title: "title", blocks: [block] })].join("");
        const [, summary = ""] = /<summary>(.*)<\/summary>/.exec(text) ?? [];
        expect(summary).not.toMatch(/[<>]/);
        expect(summary).not.toMatch(/(?<!&)[@#!][\p{L}\p{N}]/u);
        expect(text.match(/<details>/g)).toHaveLength(1);
      }),
    );
  });
});

describe("HTML", () => {
  it("shows any name literally", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        expect(htmlText(name)).not.toMatch(/[<>"']/);
        const page = [...renderHtml(documentWith(name))].join("");
        expect(page.match(/<script/gi)).toBeNull();
        expect(page.match(/<td/g)).toHaveLength(2);
      }),
    );
  });

  it("is one page that asks for nothing", () => {
    const page = [...renderHtml(documentWith("api"))].join("");
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/\b(?:src|href)=/);
    expect(page).toContain("prefers-color-scheme: dark");
  });
});
