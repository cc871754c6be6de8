/** Measures the rules that derive prices on the shipped book, for core and docs/prices.md: `pnpm measure-derived`. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listRegions, loadInstanceTypes, loadRegion } from "../src/index.ts";
import { readRatios } from "./book-files.ts";
import { documentedRules, measuredSource, measureRules } from "./measured-rules.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const SOURCE = join(ROOT, "packages", "core", "src", "domain", "pricing", "derived", "measured.ts");
const DOCUMENT = join(ROOT, "docs", "prices.md");

const books = listRegions().flatMap(({ region }) => {
  const loaded = loadRegion(region);
  return loaded.found ? [loaded.book] : [];
});
const measured = measureRules(books, loadInstanceTypes(), readRatios(join(import.meta.dirname, "..", "facts")));
const biome = join(ROOT, "node_modules", ".bin", "biome");
writeFileSync(
  SOURCE,
  execFileSync(biome, ["format", `--stdin-file-path=${SOURCE}`], { input: measuredSource(measured) }),
);
const text = readFileSync(DOCUMENT, "utf8");
const table = /(?<=<!-- measured -->\n)[\s\S]*?(?=<!-- end -->)/;
const head =
  "| Rule | Known prices | Mean error | 95 % within | Worst | Used unasked |\n| --- | ---: | ---: | ---: | ---: | --- |\n";
writeFileSync(
  DOCUMENT,
  text.replace(table, () => head + documentedRules(measured)),
);
