import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compare, type Decimal, estimate } from "@ecs-cost/core";
import { readInventory } from "@ecs-cost/core/file";
import { describe, expect, it } from "vitest";
import { pinnedCatalogue } from "../support/prices/pinned.ts";

const ROOT = fileURLToPath(new URL(".", import.meta.url));
const names = readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** Exact amounts that `by-hand.md` works out: lines of `name amount` in its block named totals. */
const byHand = (text: string): [string, string][] => {
  const block = /```totals\n(?<lines>[\s\S]*?)```/.exec(text)?.groups?.["lines"];
  if (block === undefined) throw new Error("by-hand.md has no block of totals");
  return block
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", amount = ""] = line.trim().split(/\s+/);
      return [name, amount];
    });
};

const amount = (cost: Decimal | null | undefined): string => cost?.toFixed() ?? "unknown";

describe.each(names)("scenario %s", (name) => {
  const inventory = readInventory([`${ROOT}${name}/workload.yaml`], {});
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
    const expected = byHand(readFileSync(`${ROOT}${name}/by-hand.md`, "utf8"));
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.map(([subject]) => [subject, costs.get(subject)])).toEqual(expected);
  });

  it("is the golden report, to the byte", () => {
    const golden = `${ROOT}${name}/golden.json`;
    const text = `${JSON.stringify(report, null, 2)}\n`.replaceAll(ROOT, "");
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(golden, text);
    expect(text).toBe(readFileSync(golden, "utf8"));
  });
});
