import { Decimal, type ReviewReport } from "@ecs-cost/core";
import { describe, expect, it } from "vitest";
import { parseGate } from "../../packages/cli/src/select/gates.ts";
import {
  parseServiceFields,
  parseServiceFilter,
  REVIEW_GATES,
  selectServices,
} from "../../packages/cli/src/select/review.ts";
import { bareReviewReport, reviewReport } from "../support/review-report.ts";

const judged = (expression: string, report: ReviewReport = reviewReport()) =>
  parseGate(expression, REVIEW_GATES)(report);

describe("--fail-on of a review", () => {
  it.each([
    ["total>7000", "failed"],
    ["totalCost>8000", "passed"],
    ["change>245", "failed"],
    ["increase>246", "passed"],
    ["change%>3.4", "failed"],
    ["increase%>3.5", "passed"],
    ["unplaced>0", "failed"],
    ["unplaced>41.87", "passed"],
    ["forecast>8000", "failed"],
    ["forecast.high>9000", "passed"],
    ["saving>2000", "failed"],
    ["untagged%>=17.1", "failed"],
    ["coverage%<41.2", "passed"],
    ["coverage%<50", "failed"],
    ["utilization%<90", "passed"],
    ["anomalies>0", "failed"],
    ["findings>6", "passed"],
    ["issues>0", "passed"],
    ["billTotal>29019.7", "failed"],
    ["service.cost>2600", "failed"],
    ["service.change>182.53", "failed"],
    ["service.change%>18", "undecided"],
  ])("%s: %s", (expression, verdict) => {
    expect(judged(expression).verdict).toBe(verdict);
  });

  it("decides nothing by what is not known", () => {
    for (const expression of ["change>0", "change<0", "change%>-100", "forecast>0", "untagged<1", "coverage%<100"]) {
      expect(judged(expression, bareReviewReport()).verdict).toBe("undecided");
    }
  });

  it("takes the total of a month that runs as at least that much", () => {
    const running = reviewReport({ complete: false });
    expect(["total>7000", "total>8000", "total<7000"].map((each) => judged(each, running).verdict)).toEqual([
      "failed",
      "undecided",
      "passed",
    ]);
  });

  it("knows no bound of a change from nothing", () => {
    const grown = reviewReport({ previousCost: new Decimal(0), change: new Decimal(5) });
    expect(judged("change%>1000000", grown).verdict).toBe("failed");
    expect(judged("change%>1000000", grown).message).toContain("without bound");
  });

  it("names what there is", () => {
    expect(() => judged("totl>1")).toThrow("there is no field totl");
    expect(() => judged("monthly>1")).toThrow("there is no field monthly");
  });
});

describe("services of a review", () => {
  const keys = (expression?: string, top?: number): readonly string[] =>
    selectServices(
      reviewReport(),
      expression === undefined ? undefined : parseServiceFilter(expression),
      top,
    ).services.map(({ name }) => name);

  it.each([
    ["cluster=batch", ["importer", "reports"]],
    ["change>100", ["checkout", "(shared)"]],
    ["previousCost=unknown", ["reports"]],
    ["id~SEARCH", ["search"]],
  ])("%s keeps %j", (expression, names) => {
    expect(keys(expression)).toEqual(names);
  });

  it("are the dearest where only some are wanted, and the total stays", () => {
    expect(keys(undefined, 2)).toEqual(["checkout", "storefront"]);
    const cut = selectServices(reviewReport(), undefined, 2);
    expect([cut.omittedServices, cut.totalCost.toFixed()]).toEqual([4, reviewReport().totalCost.toFixed()]);
  });

  it("have no tags", () => {
    expect(() => parseServiceFilter("name=a,tag.team=b")).toThrow("have no tags");
    expect(() => parseServiceFields("tag.team")).toThrow("have no tags");
  });
});
