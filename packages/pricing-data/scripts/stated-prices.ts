import type { BookPrice } from "@ecs-cost/core";
import { amount, cell, type Dated, Newest, origin, type Row, supersedes } from "./facts.ts";
import type { Origins } from "./origins.ts";

type Stated = Dated & Omit<BookPrice, "origin">;

export interface StatedFacts {
  readonly fargate: readonly Row[];
  readonly ephemeral: readonly Row[];
  readonly savingsPlans: readonly Row[];
  readonly overheads: readonly Row[];
  /** Usage type prefix by region. */
  readonly prefixes: ReadonlyMap<string, string>;
}

/** Fargate and overhead prices of one region by price key, sorted; rows of the region `global` count everywhere. */
export const statedPrices = (
  facts: StatedFacts,
  region: string,
  origins: Origins,
): Readonly<Record<string, BookPrice>> => {
  const prices = new Newest<Stated>();
  const here = (rows: readonly Row[]) => rows.filter((row) => row["region"] === region || row["region"] === "global");
  for (const row of here(facts.fargate)) addFargate(prices, row);
  for (const row of here(facts.savingsPlans)) addSavingsPlan(prices, row);
  for (const row of here(facts.ephemeral)) {
    prices.add("fargate/ephemeral-gb-hour", { ...origin(row), rate: amount(row, "gb_hour") });
  }
  for (const rows of byKey(here(facts.overheads)).values()) addOverhead(prices, rows, region, facts.prefixes);
  return Object.fromEntries(
    prices
      .entries()
      .map(([key, { asOf, source, ...price }]) => [key, { ...price, origin: origins.place({ asOf, source }) }]),
  );
};

const addFargate = (prices: Newest<Stated>, row: Row): void => {
  const product = cell(row, "market") === "spot" ? "fargate-spot" : "fargate";
  addMeters(prices, row, product, cell(row, "os"), [
    ["vcpu_hour", "vcpu-hour"],
    ["gb_hour", "gb-hour"],
    ["os_licence_vcpu_hour", "os-vcpu-hour"],
  ]);
};

const addSavingsPlan = (prices: Newest<Stated>, row: Row): void => {
  const product = `fargate-compute-sp-${cell(row, "term_years")}y-${payment(row)}`;
  addMeters(prices, row, product, "linux", [
    ["vcpu_hour", "vcpu-hour"],
    ["gb_hour", "gb-hour"],
  ]);
};

/** `all_upfront` -> `all-upfront`. */
export const payment = (row: Row): string => cell(row, "payment").replaceAll("_", "-");

const addMeters = (
  prices: Newest<Stated>,
  row: Row,
  product: string,
  os: string,
  columns: readonly (readonly [column: string, meter: string])[],
): void => {
  for (const [column, meter] of columns) {
    if (cell(row, column) === "") continue;
    prices.add(`${product}/${os}/${cell(row, "arch")}/${meter}`, { ...origin(row), rate: amount(row, column) });
  }
};

const byKey = (rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> =>
  Map.groupBy(rows, (row) => cell(row, "key"));

const addOverhead = (
  prices: Newest<Stated>,
  rows: readonly Row[],
  region: string,
  prefixes: ReadonlyMap<string, string>,
): void => {
  const tiers = newestTiers(rows).sort((a, b) => Number(a["tier_from"]) - Number(b["tier_from"]));
  const paid = tiers.at(-1);
  if (paid === undefined) return;
  const serviceCode = cell(paid, "service_code");
  const usageType = cell(paid, "usagetype") || transferUsage(cell(paid, "unit"), region, prefixes);
  prices.add(cell(paid, "key"), {
    ...oldest(tiers),
    ...rates(tiers),
    unit: cell(paid, "unit"),
    ...(usageType === "" ? {} : { usageType }),
    ...(serviceCode === "" ? {} : { serviceCode }),
  });
};

/** Of two rows about the same tier the newer one. */
const newestTiers = (rows: readonly Row[]): Row[] => {
  const byStart = new Map<string, Row>();
  for (const row of rows) {
    const known = byStart.get(cell(row, "tier_from"));
    if (known === undefined || supersedes(origin(known), origin(row))) byStart.set(cell(row, "tier_from"), row);
  }
  return [...byStart.values()];
};

const rates = (tiers: readonly Row[]): Pick<BookPrice, "rate" | "tiers"> => {
  const [only] = tiers;
  if (only !== undefined && tiers.length === 1 && only["tier_from"] === "0" && only["tier_to"] === "Inf") {
    return { rate: amount(only, "usd") };
  }
  return {
    tiers: tiers.map((row) => ({
      from: amount(row, "tier_from"),
      to: cell(row, "tier_to") === "Inf" ? null : amount(row, "tier_to"),
      rate: amount(row, "usd"),
    })),
  };
};

/** A tiered price is as old as its oldest tier, and rests on the documents of all of them. */
const oldest = (tiers: readonly Row[]): Dated => {
  const origins = tiers.map(origin);
  const asOf = origins
    .map((each) => each.asOf)
    .reduce((a, b) => (a === "undated" || (b !== "undated" && a < b) ? a : b));
  return { asOf, source: [...new Set(origins.map((each) => each.source))].join("; ") };
};

/** Transfer to one named region is billed as `APS3-APN1-AWS-Out-Bytes`, from us-east-1 too. */
const transferUsage = (unit: string, from: string, prefixes: ReadonlyMap<string, string>): string => {
  const to = prefixes.get(/^GB to (?<region>[a-z0-9-]+)$/.exec(unit)?.groups?.["region"] ?? "");
  return to === undefined ? "" : `${prefixes.get(from)}-${to}-AWS-Out-Bytes`;
};
