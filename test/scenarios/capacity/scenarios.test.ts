import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type CapacitySettings, capacity, type Decimal, type ServiceCapacity } from "@ecs-cost/core";
import { readInventory } from "@ecs-cost/core/file";
import { describe, expect, it } from "vitest";
import { pinnedCatalogue } from "../../support/prices/pinned.ts";
import { expectGolden, scenarioNames, workedByHand } from "../../support/scenario-folders.ts";

const ROOT = fileURLToPath(new URL(".", import.meta.url));
const names = scenarioNames(ROOT);

const amount = (figure: Decimal | null | undefined): string => figure?.toFixed() ?? "unknown";

const figuresOf = (service: ServiceCapacity): [string, string][] => {
  const { name, strategy, tasks, today, savingsPlan, availability } = service;
  const items = strategy.map(({ capacityProvider, base, weight }) => `${capacityProvider}:${base}:${weight}`);
  const figures: [string, string][] = [
    ["strategy", items.join(",")],
    ...Object.entries(tasks).map(([provider, count]): [string, string] => [provider, String(count)]),
    ["cost", amount(service.monthlyCost)],
    ["today", amount(today?.monthlyCost)],
    ["saving", amount(service.monthlySaving)],
    ["achieved", amount(availability.achieved)],
    ["plan", amount(savingsPlan?.monthlySaving)],
    ["commitment", amount(savingsPlan?.hourlyCommitment)],
  ];
  return figures.map(([figure, value]) => [`${name}:${figure}`, value]);
};

describe.each(names)("scenario %s", (name) => {
  const inventory = readInventory([`${ROOT}${name}/workload.yaml`], {});
  const settings: CapacitySettings = JSON.parse(readFileSync(`${ROOT}${name}/settings.json`, "utf8"));
  const report = capacity(inventory, pinnedCatalogue("us-east-1"), settings);

  it("gives the strategies and figures that were worked out by hand", () => {
    const figures = new Map(report.services.flatMap(figuresOf));
    const expected = workedByHand(ROOT, name);
    expect(expected.map(([subject]) => [subject, figures.get(subject)])).toEqual(expected);
  });

  it("is the golden report, to the byte", () => {
    expectGolden(ROOT, name, report);
  });
});
