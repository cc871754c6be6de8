import { capacity, compare, type DiffSide, diff, estimate } from "@ecs-cost/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { documentOf } from "../../packages/cli/src/comment/report-document.ts";
import type { Document } from "../../packages/cli/src/render/document/document.ts";
import { renderJson } from "../../packages/cli/src/render/format/json.ts";
import { renderMarkdown } from "../../packages/cli/src/render/format/markdown.ts";
import { capacityDocument } from "../../packages/cli/src/render/report/capacity/document.ts";
import { compareDocument } from "../../packages/cli/src/render/report/compare/document.ts";
import { diffDocument } from "../../packages/cli/src/render/report/diff/document.ts";
import { estimateDocument } from "../../packages/cli/src/render/report/estimate/document.ts";
import { reviewDocument } from "../../packages/cli/src/render/report/review/document.ts";
import { arbitraryInventory } from "../support/arbitrary-inventory.ts";
import { plainInventory, plainService, plainTask } from "../support/plain-inventory.ts";
import { pinnedCatalogue } from "../support/prices/pinned.ts";
import { bareReviewReport, reviewReport } from "../support/review-report.ts";

const catalogue = pinnedCatalogue("us-east-1");
const SHORT = { verbose: false };
const FEW = { numRuns: 15 };

const markdownOf = (document: Document): string => [...renderMarkdown(document)].join("");

/** The report as it is after it was printed as JSON and read again. */
const saved = (report: object): Record<string, unknown> => JSON.parse([...renderJson(report)].join(""));

const expectSame = (report: object, document: Document): void => {
  expect(markdownOf(documentOf("saved.json", saved(report)))).toBe(markdownOf(document));
};

describe("a saved report is drawn as the one that was just made", () => {
  it("where it is an estimate", () => {
    fc.assert(
      fc.property(arbitraryInventory, (inventory) => {
        const report = estimate(inventory, catalogue);
        expectSame(report, estimateDocument(report, SHORT));
      }),
      FEW,
    );
  });

  it("where it is a difference", () => {
    fc.assert(
      fc.property(arbitraryInventory, arbitraryInventory, (before, after) => {
        const side = (inventory: typeof before): DiffSide => ({ of: "inventory", inventory, catalogue });
        const report = diff(side(before), side(after));
        expectSame(report, diffDocument(report, SHORT));
      }),
      FEW,
    );
  });

  it("where it is a comparison or a strategy", () => {
    fc.assert(
      fc.property(arbitraryInventory, (inventory) => {
        const compared = compare(inventory, catalogue);
        expectSame(compared, compareDocument(compared, SHORT));
        const advised = capacity(inventory, catalogue);
        expectSame(advised, capacityDocument(advised, SHORT));
      }),
      { numRuns: 5 },
    );
  });

  it("where it is a comparison with a break-even point in hours", () => {
    const task = plainTask({ cpu: 256, memory: 512 });
    const demand = { kind: "runs", perMonth: 4000, seconds: 600, pullSeconds: 0 } as const;
    const candidates = [1, 4, 16, 64].map((factor) => {
      const runs = { ...demand, perMonth: demand.perMonth * factor };
      return compare(plainInventory([plainService({ name: "job", task, demand: runs })]), catalogue);
    });
    const told = candidates.filter(({ services }) => services[0]?.breakEven?.hoursPerMonth != null);
    expect(told.length).toBeGreaterThan(0);
    for (const report of told) expectSame(report, compareDocument(report, SHORT));
  });

  it("where it is a review", () => {
    for (const report of [reviewReport(), bareReviewReport()]) expectSame(report, reviewDocument(report, SHORT));
  });

  it("also where names, clusters and tags look like amounts", () => {
    const named = (tasks: number) =>
      plainInventory([
        plainService({
          ...{ name: "42", cluster: "7.50", tags: { team: "100", "1.5": "2" } },
          demand: { kind: "count", tasks },
        }),
      ]);
    const side = (tasks: number): DiffSide => ({ of: "inventory", inventory: named(tasks), catalogue });
    const report = diff(side(1), side(2));
    expectSame(report, diffDocument(report, SHORT));
    const estimated = estimate(named(1), catalogue);
    expectSame(estimated, estimateDocument(estimated, SHORT));
  });
});
