import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createCatalogue, type DerivedRule, isUsedByDefault, MEASURED, type RegionBook } from "@ecs-cost/core";
import { describe, expect, it } from "vitest";
import { readRatios } from "../scripts/book-files.ts";
import { heldOutErrors } from "../scripts/held-out.ts";
import { documentedRules, measureRules } from "../scripts/measured-rules.ts";
import { listRegions, loadInstanceTypes, loadRegion } from "../src/index.ts";

const book = (region: string): RegionBook => {
  const loaded = loadRegion(region);
  if (!loaded.found) throw new Error(region);
  return loaded.book;
};
const ROOT = join(import.meta.dirname, "..", "..", "..");

describe("the rules that derive prices", () => {
  it("have the factors and errors that the book gives: run `pnpm measure-derived` after a change", () => {
    const books = listRegions().map(({ region }) => book(region));
    const ratios = readRatios(join(import.meta.dirname, "..", "facts"));
    const measured = measureRules(books, loadInstanceTypes(), ratios);
    expect(measured).toEqual(MEASURED);
    expect(readFileSync(join(ROOT, "docs", "prices.md"), "utf8")).toContain(documentedRules(measured));
  }, 60_000);

  it("are used unasked only where 95 % of the held-out prices are within 1.5 %", () => {
    const rules = Object.keys(MEASURED) as DerivedRule[];
    const used = rules.filter((rule) => isUsedByDefault(rule));
    expect(used.filter((rule) => Number(MEASURED[rule].percent95) > 1.5)).toEqual([]);
    expect(used).toContain("ri-upfront-from-no-upfront");
  });

  it("are measured without the group that is held out", () => {
    const sample = (group: string, actual: number) => ({ group, base: 1, actual });
    // a is derived from b's 2: 2 / 1 - 1; b from the middle of a's: 1 / 2 - 1
    expect(heldOutErrors([sample("a", 1), sample("a", 1), sample("b", 2)])).toEqual([1, 1, 0.5]);
    expect(heldOutErrors([sample("a", 1), sample("a", 3)])).toEqual([]);
  });
});

describe("a region without a Fargate price", () => {
  const key = "fargate-compute-sp-1y-no-upfront/linux/x86_64/gb-hour";
  const asked = (estimateMissing: boolean) =>
    createCatalogue(book("eu-central-2"), loadInstanceTypes(), { estimateMissing }).find(key);

  it("stays without one unless estimates are asked for, and then names every step", () => {
    expect(asked(false).found).toBe(false);
    const lookup = asked(true);
    if (!lookup.found) throw new Error(key);
    expect(lookup.price.assumptions?.map(({ code }) => code)).toEqual([
      "fargate-sp-from-us-east-1",
      "fargate-gb-from-vcpu",
      "fargate-from-ec2-index",
    ]);
    expect(lookup.price.assumption?.detail).toMatch(/off by \d+\.\d % on average/);
    // sqrt(0.0528 x 0.167) x 0.5591 x 0.1098 x 0.8
    expect(Number(lookup.price.tiers[0]?.rate)).toBeCloseTo(Math.sqrt(0.0528 * 0.167) * 0.5591 * 0.1098 * 0.8, 4);
  });
});
