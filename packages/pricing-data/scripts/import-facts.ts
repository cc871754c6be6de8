/** Turns a folder of price facts in CSV into the files of `data/`: `node scripts/import-facts.ts FOLDER`. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RegionBook } from "@ecs-cost/core";
import type { Manifest, RegionEntry } from "../src/manifest.ts";
import { cell, inRegion, type Row, readRows } from "./facts.ts";
import { instancePrices, managedInstancesFees } from "./instance-prices.ts";
import { SPECIFICATION_COLUMNS, specifications } from "./instance-types.ts";
import { createOrigins } from "./origins.ts";
import { type StatedFacts, statedPrices } from "./stated-prices.ts";
import { toJson } from "./to-json.ts";

const DATA = join(import.meta.dirname, "..", "data");
const SPECIFICATIONS_ORIGIN = {
  asOf: "2026-08",
  source:
    "karpenter-provider-aws reference of instance types (August 2026) and its copy of the VPC limits (2026-08-06); " +
    "previous generation: not on Nitro, or on the AWS page of previous generation instances",
};

const save = (
  file: string,
  value: unknown,
): { readonly file: string; readonly bytes: number; readonly sha256: string } => {
  const text = toJson(value);
  writeFileSync(join(DATA, file), text);
  return { file, bytes: Buffer.byteLength(text), sha256: createHash("sha256").update(text).digest("hex") };
};

const readFacts = (folder: string) => {
  const regions = readRows(folder, "regions.csv");
  const stated: StatedFacts = {
    fargate: readRows(folder, "fargate.csv"),
    ephemeral: readRows(folder, "fargate_ephemeral.csv"),
    savingsPlans: readRows(folder, "savings_plans_fargate.csv"),
    overheads: readRows(folder, "overheads.csv"),
    prefixes: new Map(regions.map((row) => [cell(row, "region"), cell(row, "usagetype_prefix")])),
  };
  const onDemand = ["us-east-1", "other", "extra"].flatMap((part) => readRows(folder, `ec2_ondemand_${part}.csv`));
  return {
    regions,
    stated,
    onDemand,
    reserved: readRows(folder, "ec2_reserved_no_upfront.csv"),
    commitments: readRows(folder, "ec2_commitments.csv"),
    spot: readRows(folder, "ec2_spot_advisor.csv"),
    fees: readRows(folder, "managed_instances_fee.csv"),
    types: readRows(folder, "ec2_instance_types.csv"),
  };
};

type Facts = ReturnType<typeof readFacts>;

const regionBook = (facts: Facts, row: Row): RegionBook => {
  const region = cell(row, "region");
  const origins = createOrigins();
  const of = (rows: readonly Row[]) => inRegion(rows, region);
  const prices = statedPrices(facts.stated, region, origins);
  const { onDemand, reserved, commitments, spot } = facts;
  const instances = { onDemand: of(onDemand), reserved: of(reserved), commitments: of(commitments), spot: of(spot) };
  const ec2 = instancePrices(instances, origins);
  const fees = managedInstancesFees(facts.fees, origins);
  return {
    region,
    name: cell(row, "location_name"),
    usageTypePrefix: cell(row, "usagetype_prefix"),
    partition: cell(row, "partition"),
    origins: origins.list,
    prices,
    ec2,
    managedInstancesFees: fees,
  };
};

const size = (rows: object): number => Object.keys(rows).length;

const regionEntry = (facts: Facts, row: Row): RegionEntry => {
  const book = regionBook(facts, row);
  const dates = book.origins
    .map((origin) => origin.asOf)
    .filter((asOf) => asOf !== "undated")
    .sort();
  return {
    region: book.region,
    name: book.name,
    usageTypePrefix: book.usageTypePrefix,
    partition: book.partition,
    oldest: dates[0] ?? "undated",
    newest: dates.at(-1) ?? "undated",
    counts: {
      prices: size(book.prices),
      onDemand: size(book.ec2.onDemand),
      spot: size(book.ec2.spot),
      commitments: Object.values(book.ec2.commitments).reduce((total, rows) => total + size(rows), 0),
    },
    ...save(`${book.region}.json`, book),
  };
};

const importFacts = (folder: string): void => {
  const facts = readFacts(folder);
  mkdirSync(DATA, { recursive: true });
  for (const file of readdirSync(DATA)) if (file.endsWith(".json")) rmSync(join(DATA, file));
  const { types, withoutLimits } = specifications(facts.types);
  const table = { ...SPECIFICATIONS_ORIGIN, columns: SPECIFICATION_COLUMNS, types };
  const manifest: Manifest = {
    version: 1,
    instanceTypes: {
      ...SPECIFICATIONS_ORIGIN,
      count: types.length,
      withoutLimits,
      ...save("instance-types.json", table),
    },
    regions: facts.regions.map((row) => regionEntry(facts, row)).sort((a, b) => (a.region < b.region ? -1 : 1)),
  };
  save("manifest.json", manifest);
  process.stderr.write(`${manifest.regions.length} regions, ${types.length} instance types\n`);
};

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write("Usage: node scripts/import-facts.ts FOLDER\n");
  process.exitCode = 2;
} else {
  importFacts(folder);
}
