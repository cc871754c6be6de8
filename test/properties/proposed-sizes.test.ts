import {
  addPoint,
  type DiffReport,
  type DiffSide,
  diff,
  emptyUsage,
  estimate,
  type Inventory,
  legalSizes,
  pointOf,
  rightsize,
  type ServiceUsage,
  sizeProposals,
  type TaskSize,
} from "@ecs-cost/core";
import { parseEstimateReport } from "@ecs-cost/core/schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainInventory, plainService, plainTask } from "../support/plain-inventory.ts";
import { pinnedCatalogue } from "../support/prices/pinned.ts";

const catalogue = pinnedCatalogue("us-east-1");
const SIZES = legalSizes("linux").filter(({ cpu }) => cpu <= 4096);
const size = fc.constantFrom(...SIZES);

/** Two days of a constant load, a point every five minutes. */
const load = (cpu: number, memory: number): ServiceUsage => {
  const usage = emptyUsage();
  for (let point = 0; point < 576; point++) {
    addPoint(usage, pointOf(1_760_000_000 + point * 300, { cpu, memory }));
  }
  return usage;
};

const side = (inventory: Inventory): Extract<DiffSide, { of: "inventory" }> => ({
  of: "inventory",
  inventory,
  catalogue,
});

const api = (task: TaskSize, name = "api", address = "aws_ecs_service.api") =>
  side(
    plainInventory([
      plainService({
        name,
        id: `production/${name}`,
        address,
        task: plainTask(task),
        demand: { kind: "count", tasks: 3 },
      }),
    ]),
  );

const sized = (
  before: DiffSide,
  after: Extract<DiffSide, { of: "inventory" }>,
  usage: ReadonlyMap<string, ServiceUsage>,
): DiffReport => sizeProposals(diff(before, after), before, after, usage);

const USED = fc.record({ cpu: fc.integer({ min: 2, max: 90 }), memory: fc.integer({ min: 2, max: 90 }) });

describe("a proposed size", () => {
  it("is judged by a load that is percent of the size before", () => {
    fc.assert(
      fc.property(size, size, USED, (before, after, used) => {
        fc.pre(before.cpu !== after.cpu || before.memory !== after.memory);
        const usage = new Map([["api", load(used.cpu, used.memory)]]);
        const { changes } = sized(api(before), api(after), usage);
        const sizing = changes[0]?.sizing;
        const advised = rightsize(api(before).inventory, usage, catalogue).services[0];
        expect(sizing?.current).toEqual(before);
        expect(sizing?.proposed).toEqual(after);
        expect(sizing?.demand).toEqual(advised?.demand);
        if (sizing?.verdict === "too-small" || sizing?.verdict === "too-large") {
          expect(sizing.recommended).toEqual(advised?.recommended);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("costs exactly what it saves, and the better one is what an estimate of it says", () => {
    fc.assert(
      fc.property(size, size, USED, (before, after, used) => {
        const usage = new Map([["api", load(used.cpu, used.memory)]]);
        const report = sized(api(before), api(after), usage);
        for (const { sizing } of report.changes) {
          if (sizing?.recommended == null) continue;
          const then = estimate(api(sizing.recommended).inventory, catalogue).totalMonthlyCost;
          const now = estimate(api(after).inventory, catalogue).totalMonthlyCost;
          expect([sizing.monthlyCost?.toFixed(), sizing.recommendedMonthlyCost?.toFixed()]).toEqual([
            now?.toFixed(),
            then?.toFixed(),
          ]);
          expect(sizing.monthlySaving?.toFixed()).toBe(now?.minus(then ?? 0).toFixed());
          expect(sizing.verdict === "fits").toBe(sizing.fits);
          if (sizing.verdict === "too-large") expect(sizing.monthlySaving?.isPositive()).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("that is what is advised fits", () => {
    fc.assert(
      fc.property(size, USED, (before, used) => {
        const usage = new Map([["api", load(used.cpu, used.memory)]]);
        const advised = rightsize(api(before).inventory, usage, catalogue).services[0];
        if (advised?.advice !== "resize" || advised.recommended === null) return;
        expect(sized(api(before), api(advised.recommended), usage).changes[0]?.sizing).toMatchObject({
          ...{ verdict: "fits", fits: true, recommended: advised.recommended },
        });
      }),
      { numRuns: 60 },
    );
  });

  const BEFORE: TaskSize = { cpu: 1024, memory: 2048 };
  const AFTER: TaskSize = { cpu: 2048, memory: 4096 };
  const verdictOf = (report: DiffReport) => report.changes.map(({ kind, sizing }) => [kind, sizing?.verdict]);

  it("of a service that is renamed is judged by the series of its old name", () => {
    const usage = new Map([["api", load(10, 20)]]);
    expect(verdictOf(sized(api(BEFORE), api(AFTER, "web"), usage))).toEqual([["changed", "too-large"]]);
    const other = new Map([["production/web", load(10, 20)]]);
    expect(verdictOf(sized(api(BEFORE), api(AFTER, "web"), other))).toEqual([["changed", "unknown"]]);
  });

  it("of a new service is judged by a series of its name in percent of itself; a removed one has none", () => {
    const usage = new Map([["web", load(10, 20)]]);
    const report = sized(api(BEFORE), api(AFTER, "web", "aws_ecs_service.web"), usage);
    expect(verdictOf(report)).toEqual([
      ["added", "too-large"],
      ["removed", undefined],
    ]);
    expect(report.changes[0]?.sizing?.current).toEqual(AFTER);
  });

  it("is judged against a saved report as well, and is not known without a series", () => {
    const saved = parseEstimateReport(JSON.parse(JSON.stringify(estimate(api(BEFORE).inventory, catalogue))));
    if (!saved.ok) throw new Error("not a report");
    const before: DiffSide = { of: "report", report: saved.report };
    expect(verdictOf(sized(before, api(AFTER), new Map([["api", load(95, 95)]])))).toEqual([["changed", "fits"]]);
    const unknown = sized(before, api(AFTER), new Map());
    expect(unknown.changes[0]?.sizing).toMatchObject({ verdict: "unknown", fits: null, monthlySaving: null });
    expect(unknown.sizing).toMatchObject({ fits: 0, tooSmall: 0, tooLarge: 0, unknown: 1 });
  });

  it("stays away from services that do not change", () => {
    const both = (task: TaskSize) =>
      side(plainInventory([...api(task).inventory.services, plainService({ name: "same" })]));
    const usage = new Map([
      ["api", load(10, 20)],
      ["same", load(1, 1)],
    ]);
    const report = sized(both(BEFORE), both(AFTER), usage);
    expect(report.changes.map(({ name }) => name)).toEqual(["api"]);
    expect(report.sizing).toMatchObject({ tooLarge: 1, unknown: 0 });
  });
});
