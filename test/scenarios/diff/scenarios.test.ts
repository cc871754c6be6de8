import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type DiffReport, type DiffSide, diff, estimate } from "@ecs-cost/core";
import { readInventory } from "@ecs-cost/core/file";
import { describe, expect, it } from "vitest";
import { pinnedCatalogue } from "../../support/prices/pinned.ts";

const ROOT = fileURLToPath(new URL(".", import.meta.url));
const names = readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** The rows of a block of `by-hand.md`. */
const blockOf = (text: string, name: string): readonly string[] => {
  const block = new RegExp(`\`\`\`${name}\\n(?<rows>[\\s\\S]*?)\`\`\``).exec(text)?.groups?.["rows"];
  if (block === undefined) throw new Error(`by-hand.md has no block of ${name}`);
  return block.trim().split("\n");
};

const sideOf = (scenario: string, side: "base" | "head"): Extract<DiffSide, { of: "inventory" }> => {
  const prices = `${ROOT}${scenario}/${side}-prices.json`;
  const overrides = existsSync(prices) ? (JSON.parse(readFileSync(prices, "utf8")) as Record<string, string>) : {};
  return {
    of: "inventory",
    inventory: readInventory([`${ROOT}${scenario}/${side}.yaml`], {}),
    catalogue: pinnedCatalogue("us-east-1", overrides),
  };
};

const changesOf = ({ changes, monthlyChange }: DiffReport): readonly string[] => [
  ...changes.map((change) => `${change.subject} ${change.kind} ${change.monthlyChange?.toFixed()}`),
  `total - ${monthlyChange?.toFixed()}`,
];

const causesOf = ({ changes }: DiffReport): readonly string[] =>
  changes.flatMap(({ subject, causes }) =>
    causes.map(({ attribute, monthlyChange }) => `${subject} ${attribute} ${monthlyChange?.toFixed()}`),
  );

describe.each(names)("scenario %s", (name) => {
  const byHand = readFileSync(`${ROOT}${name}/by-hand.md`, "utf8");
  const [before, after] = [sideOf(name, "base"), sideOf(name, "head")];

  it("gives the changes and the causes that were worked out by hand", () => {
    const report = diff(before, after);
    expect(changesOf(report)).toEqual(blockOf(byHand, "changes"));
    expect(causesOf(report)).toEqual(blockOf(byHand, "causes"));
  });

  it("gives the same changes of two reports", () => {
    const saved = ({ inventory, catalogue }: typeof before): DiffSide => ({
      of: "report",
      report: estimate(inventory, catalogue),
    });
    expect(changesOf(diff(saved(before), saved(after)))).toEqual(blockOf(byHand, "changes"));
  });
});
