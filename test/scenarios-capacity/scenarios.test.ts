import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type CapacitySettings, capacity, type Decimal, type ServiceCapacity } from "@ecs-cost/core";
import { readInventory } from "@ecs-cost/core/file";
import { describe, expect, it } from "vitest";
import { pinnedCatalogue } from "../support/prices/pinned.ts";

const ROOT = fileURLToPath(new URL(".", import.meta.url));
const names = readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** What `by-hand.md` works out: lines of `service:figure value` in its block named totals. */
const byHand = (text: string): [string, string][] => {
  const block = /```totals\n(?<lines>[\s\S]*?)```/.exec(text)?.groups?.["lines"];
  if (block === undefined) throw new Error("by-hand.md has no block of totals");
  return block
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", value = ""] = line.trim().split(/\s+/);
      return [name, value];
    });
};

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
    const expected = byHand(readFileSync(`${ROOT}${name}/by-hand.md`, "utf8"));
    expect(expected.map(([subject]) => [subject, figures.get(subject)])).toEqual(expected);
  });

  it("is the golden report, to the byte", () => {
    const golden = `${ROOT}${name}/golden.json`;
    const text = `${JSON.stringify(report, null, 2)}\n`.replaceAll(ROOT, "");
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(golden, text);
    expect(text).toBe(readFileSync(golden, "utf8"));
  });
});
