import { Decimal } from "@ecs-cost/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { serviceEstimate } from "../../test/reports.ts";
import { ESTIMATE_FIELDS } from "./fields.ts";
import { parseFilter } from "./filter.ts";

const SERVICES = [
  serviceEstimate("api", "120.50", { tags: { team: "web" } }),
  serviceEstimate("api-worker", "99.99", { cluster: "batch", tags: { team: "data, web" } }),
  serviceEstimate("cron", null, { cluster: "batch", cpu: null, memory: null }),
];

const kept = (expression: string): string[] =>
  SERVICES.filter(parseFilter(expression, ESTIMATE_FIELDS)).map(({ name }) => name);

describe("--filter", () => {
  it.each([
    ["cluster=batch", ["api-worker", "cron"]],
    ["cluster!=batch", ["api"]],
    ["name~API", ["api", "api-worker"]],
    ["name!~api", ["cron"]],
    ["id=production/api", ["api"]],
    ["tag.team=web", ["api"]],
    ["tag:team=web", ["api"]],
    ["tag.team=", ["cron"]],
    ["tag.team=data\\, web", ["api-worker"]],
    ["monthlyCost>100", ["api"]],
    ["monthlyCost<=120.5", ["api", "api-worker"]],
    ["monthlyCost = 120.500", ["api"]],
    ["monthlyCost=unknown", ["cron"]],
    ["monthlyCost!=unknown", ["api", "api-worker"]],
    ["complete=false", ["cron"]],
    ["runsOn~spot", []],
    ["cluster=batch,monthlyCost>50", ["api-worker"]],
  ])("%s keeps %j", (expression, names) => {
    expect(kept(expression)).toEqual(names);
  });

  it.each(["monthlyCost", "=web", "", "cluster=a,,name=b"])("cannot read %j", (expression) => {
    expect(() => parseFilter(expression, ESTIMATE_FIELDS)).toThrow(/cannot read/);
  });

  it("names the fields there are, and the nearest", () => {
    expect(() => parseFilter("cuslter=a", ESTIMATE_FIELDS)).toThrow("there is no field cuslter");
    try {
      parseFilter("cuslter=a", ESTIMATE_FIELDS);
    } catch (error) {
      expect((error as { hint: string }).hint).toContain("Did you mean cluster?");
      expect((error as { hint: string }).hint).toContain("monthlyCost, complete, tag.KEY");
    }
  });

  it("refuses an order of texts and a number that is none", () => {
    expect(() => kept("name>5")).toThrow("name is text");
    expect(() => kept("monthlyCost>lots")).toThrow("lots is not");
    expect(() => kept("constructor=x")).toThrow("no field constructor");
  });

  it("compares numbers exactly, whatever their length", () => {
    const digits = fc.bigInt({ min: 0n, max: 10n ** 30n });
    fc.assert(
      fc.property(digits, digits, (a, b) => {
        const service = serviceEstimate("s", new Decimal(a.toString()).div(1e15).toFixed());
        const limit = new Decimal(b.toString()).div(1e15).toFixed();
        expect(parseFilter(`monthlyCost>${limit}`, ESTIMATE_FIELDS)(service)).toBe(a > b);
        expect(parseFilter(`monthlyCost<=${limit}`, ESTIMATE_FIELDS)(service)).toBe(a <= b);
      }),
    );
  });
});
