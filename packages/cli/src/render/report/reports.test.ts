import { Decimal, type EstimateReport, type ServiceEstimate } from "@ecs-cost/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../../../test/hostile-text.ts";
import {
  compareReport,
  estimateReport,
  lineItem,
  option,
  serviceComparison,
  serviceEstimate,
} from "../../../test/reports.ts";
import { groupEstimate, parseGroupBy } from "../../select/groups.ts";
import { topOf } from "../../select/selection.ts";
import { displayWidth } from "../document/display-width.ts";
import type { Document } from "../document/document.ts";
import { plain } from "../document/palette.ts";
import { renderCsv } from "../format/csv.ts";
import { renderTerminal } from "../format/terminal.ts";
import { compareDocument, compareSheet } from "./compare/document.ts";
import { estimateDocument, estimateSheet, groupsSheet } from "./estimate/document.ts";

const SHORT = { verbose: false };
const draw = (document: Document): string[] => [...renderTerminal(document, plain)].join("").split("\n");
const SHARED = {
  monthlyCost: new Decimal("35.04"),
  complete: true,
  lineItems: [lineItem("35.04", "nat.hour")],
  unpriced: [],
};

describe("an estimate as a page", () => {
  const report = estimateReport(
    [
      serviceEstimate("worker", "54.06", { tasks: { FARGATE: 3 } }),
      serviceEstimate("api", "1181.055", {
        cpu: 1024,
        memory: 2048,
        runsOn: ["FARGATE", "FARGATE_SPOT"],
        tasks: { FARGATE: 2, FARGATE_SPOT: 4.5 },
      }),
    ],
    { shared: SHARED },
  );

  it("tells the dearest service first, what is shared, and the total", () => {
    expect(draw(estimateDocument(report, SHORT)).slice(0, 9)).toEqual([
      "$1,270.16 a month for 2 services",
      "",
      "Service  Cluster     Runs on                       Tasks           Size  Monthly cost",
      "─".repeat(85),
      "api      production  2 FARGATE + 4.5 FARGATE_SPOT    6.5    1 vCPU 2 GB     $1,181.06",
      "worker   production  FARGATE                           3  0.5 vCPU 1 GB        $54.06",
      "─".repeat(85),
      "Shared                                                                         $35.04",
      "Total                                                                       $1,270.16",
    ]);
  });

  it("tells line items only when asked to, and always what is shared", () => {
    expect(draw(estimateDocument(report, SHORT)).join("\n")).not.toContain("production/api");
    expect(draw(estimateDocument(report, { verbose: true })).join("\n")).toContain("production/api");
    expect(draw(estimateDocument(report, SHORT)).join("\n")).toContain("nat.hour");
  });

  it("says unknown and at least, never zero, where a cost is missing", () => {
    const partly = estimateReport([
      serviceEstimate("api", "10"),
      serviceEstimate("cron", null, { tasks: null, cpu: null }),
      serviceEstimate("web", "5", { complete: false }),
    ]);
    const lines = draw(estimateDocument(partly, SHORT));
    expect(lines[0]).toBe("At least $15.00 a month for 3 services");
    expect(lines.find((line) => line.startsWith("cron"))).toMatch(/unknown +unknown +unknown$/);
    expect(lines.find((line) => line.startsWith("web"))).toMatch(/≥ \$5\.00$/);
    expect(lines.find((line) => line.startsWith("Total"))).toMatch(/≥ \$15\.00$/);
    expect(lines.join("\n")).toContain("give what is missing for 2 services");
  });

  it("says what --top left out", () => {
    const cost = ({ monthlyCost }: ServiceEstimate) => monthlyCost;
    const cut = topOf<ServiceEstimate, EstimateReport>(report, 1, cost, cost);
    const lines = draw(estimateDocument(cut, SHORT));
    expect(lines.find((line) => line.startsWith("1 more service"))).toMatch(/\$54\.06$/);
    expect(lines[0]).toContain("for 2 services");
  });

  it("puts costs together", () => {
    const by = parseGroupBy("dimension");
    const lines = draw(estimateDocument(report, SHORT, { by, groups: groupEstimate(report, by) }));
    expect(lines[2]).toMatch(/^Dimension +Services +Monthly cost$/);
    expect(lines[4]).toMatch(/^fargate\/linux\/x86_64\/vcpu-hour +2 +\$1,235\.12$/);
  });

  it("fits 100 columns whatever the names are", () => {
    fc.assert(
      fc.property(hostileText, fc.string({ maxLength: 150 }), (name, cluster) => {
        const page = draw(estimateDocument(estimateReport([serviceEstimate(name, "1", { cluster })]), SHORT));
        for (const line of page) expect(displayWidth(line)).toBeLessThanOrEqual(100);
      }),
    );
  });

  it("tells alike issues once, the gravest first", () => {
    const issue = (subject: string, severity: "info" | "warning" | "error", detail = "D.") =>
      ({ code: "unknown-cost", severity, subject, detail }) as const;
    const issues = [
      issue("production/a", "info", "One. Two."),
      ...["b", "c", "d", "e", "f"].map((name) => issue(name, "warning")),
      issue("g", "error"),
    ];
    const lines = draw(estimateDocument(estimateReport([], { issues }), SHORT));
    const start = lines.indexOf("Issues");
    expect(lines.slice(start + 1, start + 4)).toEqual([
      "- error unknown-cost: g: D.",
      "- warning unknown-cost: b, c, d, 2 more: D.",
      "- info unknown-cost: production/a: One.",
    ]);
  });

  it("as CSV has one row for each line item, usage without a price too", () => {
    const unpriced = [{ dimension: "cloudmap.resource_month", quantity: new Decimal(6) }];
    const sheet = estimateSheet(estimateReport([serviceEstimate("api", "2", { unpriced })], { shared: SHARED }));
    expect([...renderCsv(sheet)].join("").split("\n")).toEqual([
      "service,cluster,dimension,label,usageType,quantity,unit,rate,cost",
      "api,production,fargate/linux/x86_64/vcpu-hour,,EU-Fargate-vCPU-Hours:perCPU,2,vCPU-hour,1,2",
      "api,production,cloudmap.resource_month,,,6,,,",
      ",,nat.hour,,EU-Fargate-vCPU-Hours:perCPU,35.04,vCPU-hour,1,35.04",
      "",
    ]);
    expect([...groupsSheet(groupEstimate(report, parseGroupBy("cluster"))).rows]).toEqual([
      ["production", "2", "1235.115", "true"],
      ["(shared)", "0", "35.04", "true"],
    ]);
  });
});

describe("a comparison as a page", () => {
  const BREAK_EVEN = {
    instanceType: "m7g.large",
    tasksPerInstance: 3,
    fill: new Decimal("0.725"),
    tasks: 3,
    hoursPerMonth: new Decimal("520.44"),
  };
  const api = serviceComparison(
    "api",
    "138.19",
    [
      option("fargate-spot", "40"),
      option("fargate", "138.19"),
      option("ec2-spot", null),
      option("ec2-on-demand", null),
    ],
    { breakEven: BREAK_EVEN },
  );
  const worker = serviceComparison("worker", "10", [option("fargate", "10")]);
  const cron = serviceComparison("cron", null, []);

  it("tells the largest saving first and what to do", () => {
    const lines = draw(compareDocument(compareReport([worker, cron, api]), SHORT));
    expect(lines.slice(0, 11)).toEqual([
      "At least $148.19 a month for 3 services, $98.19 (66.3%) less at best",
      "",
      "Service      Today       Cost  Best option     Cost   Saving      %",
      "─".repeat(67),
      "api          FARGATE  $138.19  fargate-spot  $40.00   $98.19  71.1%",
      "worker       FARGATE   $10.00  fargate       $10.00        -",
      "cron         FARGATE  unknown  none                  unknown",
      "─".repeat(67),
      "Where known           $148.19                $50.00   $98.19  66.3%",
      "",
      "Next: move api to fargate-spot, which saves $98.19 a month.",
    ]);
  });

  it("ranks the options of a single service and says why the others cannot be had", () => {
    const page = draw(compareDocument(compareReport([api]), SHORT));
    expect(page).toContain("production/api (0.5 vCPU 1 GB): 2 options, cheapest first");
    expect(page.find((line) => line.startsWith("fargate-spot "))).toMatch(/\$40\.00 +-\$98\.19 +Best\.$/);
    expect(page.find((line) => line.startsWith("fargate "))).toMatch(/\$138\.19 +same$/);
    expect(page).toContain("Not possible");
    expect(page.join("\n")).toContain(
      "- ec2-spot, ec2-on-demand: There is no price for ec2-spot. And the like for the",
    );
    expect(draw(compareDocument(compareReport([api, worker]), SHORT)).join("\n")).not.toContain("Not possible");
    expect(draw(compareDocument(compareReport([api, worker]), { verbose: true })).join("\n")).toContain("Not possible");
  });

  it("tells where EC2 overtakes Fargate", () => {
    expect(draw(compareDocument(compareReport([api]), SHORT)).join(" ")).toContain(
      "- api: on demand, m7g.large (holds 3 tasks) is cheaper than Fargate above 72.5% full, from 3 tasks,   above 520.4 hours a month.",
    );
  });

  it("says so where nothing is cheaper, and where nothing is known", () => {
    expect(draw(compareDocument(compareReport([worker]), SHORT)).join("\n")).toContain("no option costs less");
    const unknown = draw(compareDocument(compareReport([cron]), SHORT));
    expect(unknown.join("\n")).toContain("give what is missing for 1 service");
    expect(unknown.find((line) => line.startsWith("Where known"))).toMatch(/unknown/);
  });

  it("never cuts the id of the best option to nothing", () => {
    const long = serviceComparison("a".repeat(90), "100", [option("ec2-instance-sp-3y-no-upfront-arm64", "1")]);
    const line = draw(compareDocument(compareReport([long]), SHORT))[4] ?? "";
    expect(line).toContain("ec2-instance-sp-3y-no-upfront-arm64");
    expect(displayWidth(line)).toBeLessThanOrEqual(100);
  });

  it("as CSV has one row for each service and option", () => {
    expect([...renderCsv(compareSheet(compareReport([api])))].join("").split("\n").slice(0, 4)).toEqual([
      "service,cluster,option,feasible,best,monthlyCost,currentMonthlyCost,reasons,assumptions",
      "api,production,fargate-spot,true,true,40,138.19,,",
      "api,production,fargate,true,false,138.19,138.19,,",
      "api,production,ec2-spot,false,false,,138.19,missing-price: There is no price for ec2-spot.,",
    ]);
  });
});
