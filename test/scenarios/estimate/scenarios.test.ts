import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compare, type Decimal, estimate } from "@ecs-cost/core";
import { readInventory } from "@ecs-cost/core/file";
import { describe, expect, it } from "vitest";
import { pinnedCatalogue } from "../../support/prices/pinned.ts";
import { expectGolden, scenarioNames, workedByHand } from "../../support/scenario-folders.ts";

const ROOT = fileURLToPath(new URL(".", import.meta.url));
const names = scenarioNames(ROOT);

const INPUTS = ["workload.yaml", "template.yaml", "plan.json"];

const amount = (cost: Decimal | null | undefined): string => cost?.toFixed() ?? "unknown";

describe.each(names)("scenario %s", (name) => {
  const input = INPUTS.map((file) => `${ROOT}${name}/${file}`).find((file) => existsSync(file)) ?? name;
  const inventory = readInventory([input], {});
  const catalogue = pinnedCatalogue(inventory.region === "eu-west-1" ? "eu-west-1" : "us-east-1");
  const report = estimate(inventory, catalogue);

  it("gives the totals that were worked out by hand", () => {
    const costs = new Map<string, string>([
      ["total", amount(report.totalMonthlyCost)],
      ["shared", amount(report.shared.monthlyCost)],
      ...report.services.map((service): [string, string] => [service.name, amount(service.monthlyCost)]),
    ]);
    const compared = compare(inventory, catalogue);
    for (const service of compared.services) {
      for (const option of service.options) costs.set(`${service.name}:${option.id}`, amount(option.monthlyCost));
    }
    const expected = workedByHand(ROOT, name);
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.map(([subject]) => [subject, costs.get(subject)])).toEqual(expected);
  });

  it("is the golden report, to the byte", () => {
    expectGolden(ROOT, name, report);
  });
});
