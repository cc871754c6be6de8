import { createHash } from "node:crypto";
import { Decimal, type ReviewReport } from "@ecs-cost/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth } from "../../packages/cli/src/render/document/display-width.ts";
import { plain } from "../../packages/cli/src/render/document/palette.ts";
import { renderCsv } from "../../packages/cli/src/render/format/csv.ts";
import { renderJson } from "../../packages/cli/src/render/format/json.ts";
import { renderMarkdown } from "../../packages/cli/src/render/format/markdown.ts";
import { renderTerminal } from "../../packages/cli/src/render/format/terminal.ts";
import { reviewDocument } from "../../packages/cli/src/render/report/review/document.ts";
import { renderReviewPage } from "../../packages/cli/src/render/report/review/page/page.ts";
import { STYLE } from "../../packages/cli/src/render/report/review/page/page-style.ts";
import { reviewSheet } from "../../packages/cli/src/render/report/review/sheet.ts";
import { arbitraryReview, withNames } from "../support/arbitrary-review.ts";
import { bareReviewReport, reviewReport } from "../support/review-report.ts";

const RUNS = { numRuns: 60 };
const pageOf = (report: ReviewReport): string => [...renderReviewPage(report)].join("");
const detail = fc.constantFrom({ verbose: false }, { verbose: true });

/** Elements of a page in their order: text cannot add, drop or change one. */
const skeleton = (page: string): string[] =>
  [...page.matchAll(/<\/?([a-z!][a-z0-9]*)/gi)].map(([, name = ""]) => name.toLowerCase());

describe("the page of a review", () => {
  it("has the same elements whatever the names are", () => {
    fc.assert(
      fc.property(arbitraryReview, (make) => {
        const { report, tame } = make();
        expect(skeleton(pageOf(report))).toEqual(skeleton(pageOf(tame)));
      }),
      RUNS,
    );
  });

  it("has no attribute that runs or fetches anything, and keeps its policy", () => {
    fc.assert(
      fc.property(arbitraryReview, (make) => {
        const { report } = make();
        const tags = [...pageOf(report).matchAll(/<[a-z][^>]*>/gi)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));
        for (const tag of tags) expect(tag).not.toMatch(/\s(?:on\w+|src|srcset|style|action|formaction|data)=/i);
        const links = [...pageOf(report).matchAll(/\shref="([^"]*)"/g)].map(([, target]) => target);
        for (const target of links) expect(target).toMatch(/^#[a-z]+$/);
      }),
      RUNS,
    );
  });

  it("allows its own style and script by their hashes, and nothing else", () => {
    const page = pageOf(reviewReport());
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? "";
    const inside = (tag: string): string => new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)?.[1] ?? "";
    for (const tag of ["style", "script"]) {
      const hash = createHash("sha256").update(inside(tag)).digest("base64");
      expect(policy).toContain(`${tag}-src 'sha256-${hash}'`);
    }
    expect(policy.startsWith("default-src 'none'; ")).toBe(true);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it("has a place for every mark, whatever the amounts are", () => {
    fc.assert(
      fc.property(arbitraryReview, (make) => {
        const page = pageOf(make().tame);
        expect(page).not.toMatch(/NaN|Infinity|undefined|\[object/);
        for (const [, size = ""] of page.matchAll(/\s(?:width|height)="([^"]*)"/g)) {
          expect(size).toMatch(/^(?:\d+(?:\.\d+)?)$/);
        }
      }),
      RUNS,
    );
  });

  it("is the same bytes each time", () => {
    expect(pageOf(reviewReport())).toBe(pageOf(reviewReport()));
  });

  it("names every part that a link leads to", () => {
    for (const page of [pageOf(reviewReport()), pageOf(bareReviewReport())]) {
      for (const [, id] of page.matchAll(/href="#([a-z]+)"/g)) expect(page).toContain(`<section id="${id}"`);
      const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (a: string, b: string): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

describe.each(["light", "dark"])("the colours of the %s page", (theme) => {
  const blocks = [...STYLE.matchAll(/:root \{([^}]*)\}/g)].map(([, body = ""]) => body);
  const body = blocks[theme === "light" ? 0 : 1] ?? "";
  const colours = new Map([...body.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6})/g)].map(([, name, hex]) => [name, hex]));
  const colour = (name: string): string => colours.get(name) ?? "";

  it.each(["ink", "faint", "link", "good", "bad"])("show %s text at 4.5 to 1", (name) => {
    for (const ground of ["card", "page"]) expect(contrast(colour(name), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each([...["fargate", "fargate-spot", "ec2", "ec2-spot", "managed-instances", "external", "overhead", "accent"]])(
    "show marks of %s at 3 to 1",
    (name) => {
      expect(contrast(colour(name), colour("card"))).toBeGreaterThanOrEqual(3);
    },
  );

  it.each([
    ["good", "good-soft"],
    ["bad", "bad-soft"],
    ["warn", "warn-soft"],
  ])("show %s on its own ground at 4.5 to 1", (text, ground) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });
});

describe("a review on a terminal", () => {
  it("fits 100 columns and commands nothing", () => {
    fc.assert(
      fc.property(arbitraryReview, detail, (make, { verbose }) => {
        const { report } = make();
        const text = [...renderTerminal(reviewDocument(report, { verbose }), plain)].join("");
        for (const line of text.split("\n").slice(0, -1)) {
          // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
          const isTable = / {2}/.test(line.trim());
          if (isTable) expect(displayWidth(line)).toBeLessThanOrEqual(100);
        }
      }),
      RUNS,
    );
  });

  it("tells the total, the change and why first", () => {
    const [title = "", , along = "", beside = "", why = ""] = [
      ...renderTerminal(reviewDocument(reviewReport(), { verbose: false }), plain),
    ]
      .join("")
      .split("\n");
    expect(title).toBe("$5,960.18 for ECS in October 2026, +$38.58 (+0.7 %) against September");
    expect(along).toBe("With what comes along ($535.80 for certain, $883.20 likely) it is $7,379.18.");
    expect(beside).toBe("Not counted: $120.00 of networking, logs and the like that nothing ties to ECS.");
    expect(why).toMatch(/^\$245\.68 \(3\.4%\) more than September: mostly more usage \(\+\$314\.31\)/);
  });

  it("says that the month is not over, and what it is held against", () => {
    const partly = reviewReport({
      complete: false,
      period: { from: "2026-10-01", to: "2026-10-20", days: 19 },
      previousPeriod: { from: "2026-09-01", to: "2026-09-20", days: 19 },
    });
    const text = [...renderTerminal(reviewDocument(partly, { verbose: false }), plain)].join("");
    expect(text).toContain("for ECS in the first 19 days of October 2026");
    expect(text).toContain("against the first 19 days of September");
    expect(pageOf(partly)).toContain("month not complete");
  });

  it("tells other currencies by their code", () => {
    const text = [...renderTerminal(reviewDocument(reviewReport({ currency: "CNY" }), { verbose: false }), plain)].join(
      "",
    );
    expect(text).toContain("7,379.18 CNY");
    expect(
      text
        .replace(/^Next.*$/m, "")
        .split("\n")
        .slice(0, 3)
        .join(" "),
    ).not.toContain("$");
  });
});

describe("a review as Markdown", () => {
  /** Without what the renderer itself writes, nothing is left that means anything. */
  const bare = (markdown: string): string =>
    markdown.replace(/<\/?(?:details|summary)>/g, "").replace(/\\[\\`*{}[\]|~_]|&(?:amp|lt|gt|quot|#39|#8203);/g, " ");

  it("shows any name literally: no element, link or mention comes of it", () => {
    fc.assert(
      fc.property(arbitraryReview, detail, (make, { verbose }) => {
        const { report } = make();
        const text = bare([...renderMarkdown(reviewDocument(report, { verbose }))].join(""));
        expect(text).not.toMatch(/[<>`]/);
        expect(text).not.toMatch(/[@#!][\p{L}\p{N}]/u);
        expect(text).not.toMatch(/https?:\/\//i);
      }),
      RUNS,
    );
  });

  it("folds the parts that few read", () => {
    const text = [...renderMarkdown(reviewDocument(reviewReport(), { verbose: false }))].join("");
    expect(text.match(/<details>/g)).toHaveLength(5);
    expect(text.match(/<\/details>/g)).toHaveLength(5);
    expect(text).toContain("<summary>The bill</summary>\n\n| Part | Amount |");
  });
});

describe("a review as CSV", () => {
  it("adds up to the bill exactly", () => {
    fc.assert(
      fc.property(arbitraryReview, (make) => {
        const { report, tame } = make();
        const { header, rows } = reviewSheet(report);
        const at = header.indexOf("cost");
        const sum = [...rows].reduce((total, row) => total.plus(row[at] ?? 0), new Decimal(0));
        expect(sum.toFixed()).toBe(tame.billTotal.toFixed());
      }),
      RUNS,
    );
  });

  it("has no cell that a spreadsheet takes for a formula", () => {
    fc.assert(
      fc.property(arbitraryReview, (make) => {
        const { report } = make();
        const text = [...renderCsv(reviewSheet(withNames(report, () => "=1+1")))].join("");
        expect(text).not.toMatch(/(?:^|,)"?=/m);
      }),
      RUNS,
    );
  });
});

it("a review as JSON has amounts as decimal strings in plain notation, and nothing rounded", () => {
  const text = [...renderJson(reviewReport())].join("");
  const { totalCost, billTotal, lineItems } = JSON.parse(text) as Record<string, never> & {
    lineItems: { cost: string }[];
  };
  const report = reviewReport();
  expect([totalCost, billTotal]).toEqual([report.totalCost.toFixed(), report.billTotal.toFixed()]);
  expect(lineItems.map(({ cost }) => cost)).toEqual(report.lineItems.map(({ cost }) => cost.toFixed()));
});
