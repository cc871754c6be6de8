import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";

/** Names of the scenarios below a folder. */
export const scenarioNames = (root: string): string[] =>
  readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** What the scenario's `by-hand.md` works out: lines of `name value` in its block named totals. */
export const workedByHand = (root: string, name: string): [string, string][] => {
  const text = readFileSync(`${root}${name}/by-hand.md`, "utf8");
  const block = /```totals\n(?<lines>[\s\S]*?)```/.exec(text)?.groups?.["lines"];
  if (block === undefined || block.trim() === "") throw new Error(`${name}/by-hand.md has no block of totals`);
  return block
    .trim()
    .split("\n")
    .map((line) => {
      const [subject = "", value = ""] = line.trim().split(/\s+/);
      return [subject, value];
    });
};

/** Holds a report to the scenario's golden one, to the byte; `UPDATE_GOLDEN=1` writes it anew. */
export const expectGolden = (root: string, name: string, report: object): void => {
  const golden = `${root}${name}/golden.json`;
  const text = `${JSON.stringify(report, null, 2)}\n`.replaceAll(root, "");
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, "utf8"));
};
