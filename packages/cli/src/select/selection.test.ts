import { Decimal, type EstimateReport, type ServiceEstimate } from "@ecs-cost/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compareReport,
  estimateReport,
  lineItem,
  option,
  serviceComparison,
  serviceEstimate,
} from "../../test/reports.ts";
import { ESTIMATE_FIELDS } from "./fields.ts";
import { groupComparison, groupEstimate, parseGroupBy } from "./groups.ts";
import { parseProjection, project, projectedSheet } from "./projection.ts";
import { filterComparison, filterEstimate, largestFirst, topOf } from "./selection.ts";

const cost = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 0, max: 1e9 }).map((mills) => new Decimal(mills).div(1000).toFixed()),
);
const services = fc
  .array(fc.tuple(cost, fc.constantFrom("production", "batch", "staging"), fc.constantFrom("web", "data", undefined)), {
    maxLength: 12,
  })
  .map((rows) =>
    rows.map(([amount, cluster, team], index) =>
      serviceEstimate(`s${index}`, amount, { cluster, tags: team === undefined ? {} : { team } }),
    ),
  );
const SHARED = { monthlyCost: new Decimal(7), complete: true, lineItems: [lineItem("7", "nat.gb")], unpriced: [] };

const costOf = ({ monthlyCost }: ServiceEstimate): Decimal | null => monthlyCost;

const total = (costs: readonly (Decimal | null)[]): string =>
  costs.reduce<Decimal>((sum, each) => sum.plus(each ?? 0), new Decimal(0)).toFixed();

describe("a filtered report", () => {
  it("totals exactly the services that stay, without what is shared", () => {
    fc.assert(
      fc.property(services, (all) => {
        const filtered = filterEstimate(estimateReport(all, { shared: SHARED }), ({ cluster }) => cluster === "batch");
        const costs = filtered.services.map(({ monthlyCost }) => monthlyCost);
        const nothingKnown = costs.length > 0 && costs.every((cost) => cost === null);
        expect(filtered.totalMonthlyCost?.toFixed()).toBe(nothingKnown ? undefined : total(costs));
        expect(filtered.complete).toBe(filtered.services.every(({ complete }) => complete));
        expect(filtered.shared.lineItems).toEqual([]);
        expect(filtered.filtered).toBe(true);
      }),
    );
  });

  it("keeps the issues of its services and those of none", () => {
    const issue = (subject: string) => ({ code: "unknown-cost", severity: "warning", subject, detail: "?" }) as const;
    const report = estimateReport([serviceEstimate("a", "1"), serviceEstimate("b", "2")], {
      issues: [issue("production/a"), issue("production/b"), issue("nat.gb")],
    });
    const { issues } = filterEstimate(report, ({ name }) => name === "a");
    expect(issues.map(({ subject }) => subject)).toEqual(["production/a", "nat.gb"]);
  });

  it("of a comparison totals what its services cost today", () => {
    const report = compareReport([
      serviceComparison("a", "10", [option("fargate", "8")]),
      serviceComparison("b", null, []),
    ]);
    expect(filterComparison(report, ({ name }) => name === "a")).toMatchObject({ complete: true, filtered: true });
    expect(filterComparison(report, () => true).complete).toBe(false);
  });
});

describe("--top", () => {
  it("keeps the largest and says what the others cost, so that everything adds up to the total", () => {
    fc.assert(
      fc.property(services, fc.integer({ min: 1, max: 15 }), (all, count) => {
        const whole = estimateReport(all);
        const cut = topOf<ServiceEstimate, EstimateReport>(whole, count, costOf, costOf);
        expect(cut.totalMonthlyCost).toBe(whole.totalMonthlyCost);
        expect(cut.services).toHaveLength(Math.min(count, all.length));
        const shown = cut.services.map(({ monthlyCost }) => monthlyCost);
        expect(total([...shown, cut.omitted?.monthlyCost ?? null])).toBe(whole.totalMonthlyCost?.toFixed());
        expect((cut.omitted?.services ?? 0) + cut.services.length).toBe(all.length);
      }),
    );
  });

  it("orders by figure, unknown ones last, then by cluster and name", () => {
    const order = largestFirst(
      [serviceEstimate("c", null), serviceEstimate("b", "1"), serviceEstimate("a", "1"), serviceEstimate("d", "2")],
      ({ monthlyCost }) => monthlyCost,
    );
    expect(order.map(({ name }) => name)).toEqual(["d", "a", "b", "c"]);
  });
});

describe("--group-by", () => {
  it("adds up to the total, whatever it groups by", () => {
    fc.assert(
      fc.property(services, fc.constantFrom("service", "cluster", "dimension", "tag:team"), (all, by) => {
        const report = estimateReport(all, { shared: SHARED });
        const groups = groupEstimate(report, parseGroupBy(by));
        expect(total(groups.map(({ monthlyCost }) => monthlyCost))).toBe(report.totalMonthlyCost?.toFixed());
      }),
    );
  });

  it("keeps what is shared and what has no tag apart", () => {
    const report = estimateReport([serviceEstimate("a", "1", { tags: { team: "web" } }), serviceEstimate("b", "2")], {
      shared: SHARED,
    });
    expect(groupEstimate(report, parseGroupBy("tag:team")).map(({ key, services: n }) => [key, n])).toEqual([
      ["(shared)", 0],
      ["(untagged)", 1],
      ["web", 1],
    ]);
  });

  it("tells savings of a comparison", () => {
    const report = compareReport([
      serviceComparison("a", "10", [option("fargate-spot", "4")]),
      serviceComparison("b", "5", [option("fargate", "9")]),
    ]);
    const [group] = groupComparison(report, parseGroupBy("cluster"));
    expect(group?.monthlySaving?.toFixed()).toBe("6");
    expect(group?.bestMonthlyCost?.toFixed()).toBe("9");
    const [unknown] = groupComparison(
      compareReport([serviceComparison("c", null, [option("fargate", "9")])]),
      parseGroupBy("cluster"),
    );
    expect([unknown?.monthlyCost, unknown?.bestMonthlyCost, unknown?.complete]).toEqual([null, null, false]);
    expect(() => groupComparison(report, { kind: "dimension" })).toThrow("for estimate");
  });

  it("refuses anything else", () => {
    for (const text of ["zone", "tag", "tag:", ""]) expect(() => parseGroupBy(text)).toThrow("--group-by");
    expect(parseGroupBy("tag:a:b")).toEqual({ kind: "tag", key: "a:b" });
  });
});

describe("--fields", () => {
  const keys = ["tags", "lineItems"];
  const service = serviceEstimate("api", "12.5", { tags: { team: "web" }, runsOn: ["FARGATE", "FARGATE_SPOT"] });

  it("keeps the named fields in their order, as they stand in the report", () => {
    const projection = parseProjection("monthlyCost, name,tag.team,id,runsOn,name", ESTIMATE_FIELDS, keys);
    expect(JSON.parse(JSON.stringify(project(service, projection)))).toEqual({
      monthlyCost: "12.5",
      name: "api",
      "tag.team": "web",
      id: "production/api",
      runsOn: ["FARGATE", "FARGATE_SPOT"],
    });
    expect([...projectedSheet([service], projection).rows]).toEqual([
      ["12.5", "api", "web", "production/api", "FARGATE FARGATE_SPOT"],
    ]);
  });

  it("names the fields there are", () => {
    expect(() => parseProjection("name,cost", ESTIMATE_FIELDS, keys)).toThrow("there is no field cost");
    expect(() => parseProjection("", ESTIMATE_FIELDS, keys)).toThrow("there is no field");
  });
});
