import { fileURLToPath } from "node:url";
import { type Decimal, estimate } from "@ecs-cost/core";
import { readInventory } from "@ecs-cost/core/file";
import { describe, expect, it } from "vitest";
import { pinnedCatalogue } from "../../support/prices/pinned.ts";
import { scenarioNames, workedByHand } from "../../support/scenario-folders.ts";

const ROOT = fileURLToPath(new URL(".", import.meta.url));

const amount = (cost: Decimal | null | undefined): string => cost?.toFixed() ?? "unknown";

describe.each(scenarioNames(ROOT))("infrastructure %s", (name) => {
  it("costs what was worked out by hand", () => {
    const report = estimate(readInventory([`${ROOT}${name}/inputs`]), pinnedCatalogue("us-east-1"));
    const costs = new Map<string, string>([
      ["total", amount(report.totalMonthlyCost)],
      ["shared", amount(report.shared.monthlyCost)],
      ...report.services.map((service): [string, string] => [service.name, amount(service.monthlyCost)]),
    ]);
    const expected = workedByHand(ROOT, name);
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.map(([subject]) => [subject, costs.get(subject)])).toEqual(expected);
  });
});
