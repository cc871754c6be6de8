import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../../test/hostile-text.ts";
import type { Document } from "../render/document/document.ts";
import { GITHUB_RULES, GITLAB_RULES } from "./body-rules.ts";
import { commentBody, replacedBody } from "./comment-body.ts";
import { markerLine, readMarker } from "./marker.ts";
import { afterLine, NOTHING_OPEN } from "./open-blocks.ts";
import type { Part } from "./read-parts.ts";

const ATTACKS = [
  "-->",
  "<!-- ecs-cost:comment v1 tag=other -->",
  "\n<!-- ecs-cost:comment v1 tag=other -->\n",
  "</details></summary>",
  "<details>",
  "```",
  "\n/close",
  "/merge",
  "@acme/everyone",
  "$x$",
  "\\",
];

const hostile = fc
  .array(fc.oneof(hostileText, fc.constantFrom(...ATTACKS)), { maxLength: 5 })
  .map((parts) => parts.join(""));

const documentOf = (name: string): Document => ({
  title: name,
  blocks: [
    { kind: "table", columns: [{ header: name }], rows: [[name], ["last row"]] },
    { kind: "lines", heading: "Assumptions", bullets: true, lines: [{ text: name, tone: "faint" }] },
    { kind: "lines", heading: name, lines: Array.from({ length: 20 }, () => name) },
    { kind: "lines", lines: [name] },
  ],
});

const report = (name: string, file = "diff"): Part => ({
  ...{ of: "report", name: file, unchanged: false },
  document: documentOf(name),
});

const RULES = [GITHUB_RULES, GITLAB_RULES];

/** What is left without entities and escapes is what a forge could act on. */
const bare = (text: string): string => text.replace(/\\[\\`*{}[\]|~_$]|&#?\w+;/g, "·");

describe.each(RULES)("a comment for $forge", (rules) => {
  it("has one marker, its own, in the first line, whatever the names are", () => {
    fc.assert(
      fc.property(hostile, hostile, (name, file) => {
        const { text } = commentBody([report(name), report(name, file)], "team/a", name, rules);
        expect(readMarker(text)).toEqual({ tag: "team/a", replaced: false });
        const [, ...lines] = text.split("\n");
        expect(lines.join("\n")).not.toMatch(/<!--|-->/);
      }),
    );
  });

  it("mentions nobody, starts nothing and leaves nothing open, whatever the names are", () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const text = bare(commentBody([report(name)], "default", "ECS cost", rules).text);
        const [, ...lines] = text.split("\n");
        expect(lines.join("\n")).not.toMatch(/[@#][\p{L}\p{N}]/u);
        expect(lines.filter((line) => /<\/?(?!details>|summary>)\w/i.test(line))).toEqual([]);
        expect(lines.join("\n").match(/<\/?(?:details|summary)>/g)?.length).toBe(2 * 4);
        expect(lines.reduce(afterLine, NOTHING_OPEN)).toEqual(NOTHING_OPEN);
        if (rules.forge === "GitLab") {
          expect(lines.filter((line) => /^\s*\/\p{L}/u.test(line))).toEqual([]);
          expect(lines.join("\n")).not.toMatch(/(?<!\\)\$/);
        }
      }),
    );
  });

  it("has fewer rows of a table that is too long, and its total all the same", () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => [`service ${index}`, `${"x".repeat(40)} $1`]);
    const document: Document = {
      title: "+$1",
      blocks: [
        { kind: "table", columns: [{ header: "Service" }, { header: "Text" }], rows, footer: [["Total", "$30,000"]] },
        { kind: "lines", heading: "Causes", bullets: true, lines: ["the last word"] },
      ],
    };
    const part: Part = { of: "report", name: "a", document, unchanged: false };
    const { text, truncated } = commentBody([part], "t", "ECS cost", rules);
    expect([truncated, text.length <= rules.limit]).toEqual([true, true]);
    const shown = text.match(/^\| service \d+ \|/gm)?.length ?? 0;
    expect(shown).toBe(1000);
    expect(text).toContain(
      `| ${(30_000 - shown).toLocaleString("en")} more rows, see the report itself |  |\n| Total |`,
    );
    expect(text.endsWith("- the last word")).toBe(true);
  });

  it("is never longer than the forge takes and says so where it was cut", () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => `- entry ${index} ${"x".repeat(40)}`);
    const part: Part = { of: "markdown", name: "a", markdown: lines.join("\n") };
    const { text, truncated } = commentBody([part], "t", "ECS cost", rules);
    expect(truncated).toBe(true);
    expect(text.length).toBeLessThanOrEqual(rules.limit);
    expect(text.length).toBeGreaterThan(rules.limit - 200);
    expect(text).toMatch(/x\n\n\*\*Cut here:\*\* Git(?:Hub|Lab) takes [\d,]+ characters\. Lines left out: [\d,]+; /);
    expect(replacedBody(text, "t", rules).length).toBeLessThanOrEqual(rules.limit);
  });
});

describe("a comment of Markdown", () => {
  const markdown = (text: string): Part => ({ of: "markdown", name: "notes", markdown: text });

  it("is as it was written, without escape sequences and marks that reorder", () => {
    const text = "\ufeff# Own\r\n\r\n| a |\n|---|\n| \u001b[31m$5\u001b[0m \u202e👩‍👩‍👧 |\n";
    expect(commentBody([markdown(text)], "default", "ECS cost", GITLAB_RULES).text).toBe(
      `${markerLine({ tag: "default", replaced: false })}\n# Own\n\n| a |\n|---|\n| $5 👩‍👩‍👧 |`,
    );
  });

  it("closes what it leaves open, so that what follows is seen", () => {
    const { text } = commentBody([markdown("```\ncode"), markdown("after")], "default", "ECS cost", GITHUB_RULES);
    expect(text).toBe(
      `${markerLine({ tag: "default", replaced: false })}\n## ECS cost\n\n### notes\n\n\`\`\`\ncode\n\`\`\`\n\n### notes\n\nafter`,
    );
  });

  it("does nothing on GitLab that a line of it would do", () => {
    const { text } = commentBody([markdown("fine\n/close\n  /assign @me\n/ 2\n//")], "default", "", GITLAB_RULES);
    expect(text.split("\n").slice(1)).toEqual(["fine", "\u200b/close", "  \u200b/assign @me", "/ 2", "//"]);
  });
});

describe("a comment that was replaced", () => {
  it("is folded, keeps its words and its tag, and is not taken for the newest", () => {
    const { text } = commentBody([report("api")], "team", "ECS cost", GITLAB_RULES);
    const folded = replacedBody(text, "team", GITLAB_RULES);
    expect(readMarker(folded)).toEqual({ tag: "team", replaced: true });
    expect(folded).toContain("<details><summary>Replaced by a newer report</summary>\n\n## ECS cost: api");
    expect(folded.split("\n").reduce(afterLine, NOTHING_OPEN)).toEqual(NOTHING_OPEN);
  });
});
