import { createHash } from "node:crypto";
import type { RegionBook } from "@ecs-cost/core";
import type { DataFile, Manifest, RegionEntry } from "../src/manifest.ts";
import { cell, type Row, readRows, withOrigins } from "./facts.ts";
import { type FamilyRatios, familyDiscounts, familyRatios } from "./family-discounts.ts";
import { instancePrices, managedInstancesFees } from "./instance-prices.ts";
import { SPECIFICATION_COLUMNS, specifications } from "./instance-types.ts";
import { createOrigins } from "./origins.ts";
import { type StatedFacts, statedPrices } from "./stated-prices.ts";
import { toJson } from "./to-json.ts";

const SPECIFICATIONS_ORIGIN = {
  asOf: "2026-08",
  source:
    "karpenter-provider-aws reference of instance types (August 2026) and its copy of the VPC limits (2026-08-06); " +
    "previous generation: not on Nitro, or on the AWS page of previous generation instances",
};

/** A file of the package with its text. */
interface WrittenFile extends DataFile {
  readonly text: string;
}

const writeFile = (file: string, value: unknown): WrittenFile => {
  const text = toJson(value);
  return { file, bytes: Buffer.byteLength(text), sha256: createHash("sha256").update(text).digest("hex"), text };
};

const reservedRows = (folder: string): readonly Row[] =>
  withOrigins(readRows(folder, "ec2-reserved.csv"), readRows(folder, "sources.csv"));

/** What Reserved Instances of each family cost of on demand, by region. */
export const readRatios = (folder: string): FamilyRatios => familyRatios(reservedRows(folder));

/** The tables of a folder of facts. */
export const readFacts = (folder: string) => {
  const regions = readRows(folder, "regions.csv");
  const sources = readRows(folder, "sources.csv");
  const stated: StatedFacts = {
    fargate: readRows(folder, "fargate.csv"),
    ephemeral: readRows(folder, "fargate-ephemeral.csv"),
    savingsPlans: readRows(folder, "fargate-savings-plans.csv"),
    overheads: readRows(folder, "overheads.csv"),
    prefixes: new Map(regions.map((row) => [cell(row, "region"), cell(row, "usagetype_prefix")])),
  };
  const reserved = reservedRows(folder);
  const sourced = (file: string) => byRegion(withOrigins(readRows(folder, file), sources));
  return {
    regions,
    stated,
    onDemand: sourced("ec2-on-demand.csv"),
    reserved: byRegion(reserved),
    ratios: familyRatios(reserved),
    commitments: byRegion(readRows(folder, "ec2-commitments.csv")),
    spot: sourced("ec2-spot-advisor.csv"),
    fees: readRows(folder, "managed-instances-fees.csv"),
    types: readRows(folder, "instance-types.csv"),
  };
};

const byRegion = (rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> =>
  Map.groupBy(rows, (row) => cell(row, "region"));

export type Facts = ReturnType<typeof readFacts>;

const regionBook = (facts: Facts, row: Row): RegionBook => {
  const region = cell(row, "region");
  const origins = createOrigins();
  const of = (rows: ReadonlyMap<string, readonly Row[]>) => rows.get(region) ?? [];
  const prices = statedPrices(facts.stated, region, origins);
  const { onDemand, reserved, commitments, spot } = facts;
  const instances = { onDemand: of(onDemand), reserved: of(reserved), commitments: of(commitments), spot: of(spot) };
  const ec2 = instancePrices(instances, origins);
  const discounts = familyDiscounts(facts.ratios, region, Object.keys(ec2.onDemand), origins);
  const fees = managedInstancesFees(facts.fees, origins);
  return {
    region,
    name: cell(row, "location_name"),
    usageTypePrefix: cell(row, "usagetype_prefix"),
    partition: cell(row, "partition"),
    origins: origins.list,
    prices,
    ec2: Object.keys(discounts).length === 0 ? ec2 : { ...ec2, familyDiscounts: discounts },
    managedInstancesFees: fees,
  };
};

const size = (rows: object): number => Object.keys(rows).length;

const regionEntry = (book: RegionBook, { text: _, ...file }: WrittenFile): RegionEntry => {
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
    ...file,
  };
};

/** Every file of `data/` that the facts give, the manifest last. The same facts give the same bytes. */
export const bookFiles = (facts: Facts): ReadonlyMap<string, string> => {
  const { types, withoutLimits } = specifications(facts.types);
  const table = writeFile("instance-types.json", {
    ...SPECIFICATIONS_ORIGIN,
    columns: SPECIFICATION_COLUMNS,
    types,
  });
  const books = facts.regions
    .map((row) => regionBook(facts, row))
    .sort((a, b) => (a.region < b.region ? -1 : 1))
    .map((book) => ({ book, file: writeFile(`${book.region}.json`, book) }));
  const { text: _, ...tableFile } = table;
  const manifest: Manifest = {
    version: 1,
    instanceTypes: { ...SPECIFICATIONS_ORIGIN, count: types.length, withoutLimits, ...tableFile },
    regions: books.map(({ book, file }) => regionEntry(book, file)),
  };
  const files = [table, ...books.map(({ file }) => file), writeFile("manifest.json", manifest)];
  return new Map(files.map(({ file, text }) => [file, text]));
};
