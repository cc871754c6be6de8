import { Decimal } from "@ecs-cost/core";
import { describe, expect, it } from "vitest";
import { compareReport, estimateReport, option, serviceComparison, serviceEstimate } from "../../test/reports.ts";
import { COMPARE_GATES, ESTIMATE_GATES } from "./gate-figures.ts";
import { parseGate } from "./gates.ts";

const WHOLE = estimateReport([serviceEstimate("api", "4000.5"), serviceEstimate("worker", "1000")]);
const PARTLY = estimateReport([serviceEstimate("api", "4000"), serviceEstimate("cron", null)]);
const COMPARED = compareReport([
  serviceComparison("api", "100", [option("fargate-spot", "40")]),
  serviceComparison("worker", "30", [option("fargate", "30")]),
]);

const judged = (expression: string, report = WHOLE) => parseGate(expression, ESTIMATE_GATES)(report);

describe("--fail-on", () => {
  it.each([
    ["monthly>5000", "failed"],
    ["totalMonthlyCost>5000", "failed"],
    ["monthly > $5,000", "failed"],
    ["monthly>5000.5", "passed"],
    ["monthly>=5000.5", "failed"],
    ["monthly<5000", "passed"],
    ["monthly=5000.5", "failed"],
    ["monthly!=5000.5", "passed"],
    ["services>2", "passed"],
    ["services>=2", "failed"],
    ["issues>0", "passed"],
    ["shared.monthlyCost>0", "passed"],
    ["service.monthlyCost>4000", "failed"],
    ["service.monthlyCost>4001", "passed"],
  ])("%s: %s", (expression, verdict) => {
    expect(judged(expression).verdict).toBe(verdict);
  });

  it("names the expression, the value and the service", () => {
    expect(judged("monthly>5000").message).toBe("--fail-on monthly>5000: failed, the value is 5000.5 ($5,000.50)");
    expect(judged("service.monthlyCost>4000").message).toBe(
      "--fail-on service.monthlyCost>4000: failed, production/api is 4000.5 ($4,000.50), most of it fargate/linux/x86_64/vcpu-hour $4,000.50",
    );
    expect(judged("monthly>9000").message).toBe("");
  });

  it.each([
    ["monthly>3999", "failed"],
    ["monthly>4000", "undecided"],
    ["monthly>=4000", "failed"],
    ["monthly<4000", "passed"],
    ["monthly<4001", "undecided"],
    ["monthly=4000", "undecided"],
    ["service.monthlyCost>5000", "undecided"],
    ["service.monthlyCost>1000", "failed"],
  ])("does not let an incomplete total pass silently: %s is %s", (expression, verdict) => {
    const result = judged(expression, PARTLY);
    expect(result.verdict).toBe(verdict);
    if (verdict === "undecided")
      expect(result.message).toContain("cannot be decided, because the report is incomplete");
  });

  it("judges savings of a comparison", () => {
    const gate = (expression: string) => parseGate(expression, COMPARE_GATES)(COMPARED).verdict;
    expect(gate("saving>59")).toBe("failed");
    expect(gate("monthlySaving>60")).toBe("passed");
    expect(gate("service.saving>=60")).toBe("failed");
    expect(gate("monthly>130")).toBe("passed");
  });

  it("names the fields there are, and refuses what it cannot read", () => {
    expect(() => parseGate("montly>5", ESTIMATE_GATES)).toThrow("there is no field montly");
    expect(() => parseGate("saving>5", ESTIMATE_GATES)).toThrow("there is no field saving");
    expect(() => parseGate("service.toString>5", ESTIMATE_GATES)).toThrow("there is no field");
    expect(() => parseGate("increase%>10", ESTIMATE_GATES)).toThrow("only diff does");
    for (const expression of ["monthly", "monthly>", "monthly>abc", ">5", "monthly>>5", ""]) {
      expect(() => parseGate(expression, ESTIMATE_GATES)).toThrow("cannot read");
    }
  });

  it("of one service looks at that one alone, by its name or its id", () => {
    expect(judged("service[api].monthlyCost>4000").verdict).toBe("failed");
    expect(judged("service[production/api].monthlyCost>4000").message).toContain("production/api is 4000.5");
    expect(judged("service[worker].monthlyCost>4000").verdict).toBe("passed");
    expect(() => judged("service[gone].monthlyCost>0")).toThrow("there is no service gone");
    expect(() => judged("service[batch/api].monthlyCost>0")).toThrow("there is no service batch/api");
    expect(judged("service[gone?].monthlyCost>0").verdict).toBe("passed");
    expect(judged("service[api?].monthlyCost>4000").verdict).toBe("failed");
    const known = ["production/quiet"];
    expect(parseGate("service[quiet].monthlyCost>0", ESTIMATE_GATES)(WHOLE, known).verdict).toBe("passed");
    expect(() => parseGate("service[api].monthlyCst>0", ESTIMATE_GATES)).toThrow("there is no field monthlyCst");
  });

  it("counts advice that is not followed", () => {
    const gate = (expression: string) => parseGate(expression, COMPARE_GATES)(COMPARED);
    expect(gate("advice>0").message).toBe("--fail-on advice>0: failed, the value is 1");
    expect(gate("advice>1").verdict).toBe("passed");
  });

  it("compares without rounding", () => {
    const report = estimateReport([serviceEstimate("api", "0.10000000000000000000001")]);
    expect(judged("monthly>0.1", report).verdict).toBe("failed");
    expect(report.totalMonthlyCost?.eq(new Decimal("0.10000000000000000000001"))).toBe(true);
  });
});
