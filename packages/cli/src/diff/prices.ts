import { type DiffSide, type Inventory, NO_SHARED, type PriceCatalogue } from "@ecs-cost/core";
import { estimate, joinEstimates } from "@ecs-cost/core/estimate";
import type { ReportSettings } from "../command/report-settings.ts";
import { openCatalogue, priceIssues } from "../prices/open-catalogue.ts";
import { regionFor } from "../program/region.ts";
import { usageError } from "../program/usage-error.ts";
import type { ReadSide } from "./sides.ts";

/** Both sides of a difference as they are compared. */
export interface PricedSides {
  readonly before: DiffSide;
  readonly after: DiffSide;
}

type Opened = (region: string, prices: string) => Promise<PriceCatalogue>;

/** Catalogues that are opened once each. */
const opener = (settings: ReportSettings): Opened => {
  const opened = new Map<string, PriceCatalogue>();
  return async (region, prices) => {
    const key = JSON.stringify([region, prices]);
    const catalogue = opened.get(key) ?? (await openCatalogue(region, { ...settings, prices }));
    opened.set(key, catalogue);
    return catalogue;
  };
};

/** Both sides with their prices, for each region and account: one catalogue for both, unless the region or the book differs. */
export const pricedSides = async (
  before: ReadSide,
  after: ReadSide,
  settings: ReportSettings,
  basePrices: string | undefined,
): Promise<readonly [PricedSides, ...PricedSides[]]> => {
  if (basePrices !== undefined && before.of === "report") {
    throw usageError("--base-prices: BASE is a saved report, which has its prices");
  }
  const open = opener(settings);
  // A --region that no side needs is told all the same where it does not exist.
  if (settings.region !== undefined) await open(settings.region, settings.prices);
  const price = async (inventory: Inventory, otherwise: string | undefined, prices: string) => {
    const region = regionFor(settings.region ?? otherwise, inventory.region);
    const issues = [...inventory.issues, ...(await priceIssues({ ...settings, prices }, region))];
    return { of: "inventory" as const, inventory: { ...inventory, issues }, catalogue: await open(region, prices) };
  };
  const whole = async (side: ReadSide, other: ReadSide, prices: string): Promise<DiffSide> => {
    if (side.of === "report") return side;
    const { parts } = side.inventory;
    if (parts === undefined) return price(side.inventory, regionOf(other), prices);
    const priced = await Promise.all(parts.map((part) => price(part, undefined, prices)));
    return reportOf(priced, settings.hours);
  };
  const pairs = partPairs(before, after);
  if (pairs === undefined) {
    const first = await whole(before, after, basePrices ?? settings.prices);
    return [{ before: first, after: await whole(after, before, settings.prices) }];
  }
  const [first, ...others] = await Promise.all(
    pairs.map(async (pair) => ({
      before: await price(pair.before, undefined, basePrices ?? settings.prices),
      after: await price(pair.after, undefined, settings.prices),
    })),
  );
  if (first === undefined) throw new Error("an inventory has a part");
  return [first, ...others];
};

/** The estimate of all parts, where the other side is a report. */
const reportOf = (parts: readonly Extract<DiffSide, { of: "inventory" }>[], hoursPerMonth: string): DiffSide => {
  const [first, ...others] = parts.map(({ inventory, catalogue }) => estimate(inventory, catalogue, { hoursPerMonth }));
  if (first === undefined) throw new Error("an inventory has a part");
  return { of: "report", report: joinEstimates([first, ...others]) };
};

const EMPTY = { services: [], issues: [], assumptions: [] } as const;

/** The parts of two inventories by region and account; undefined where neither has several, or one is a report. */
const partPairs = (before: ReadSide, after: ReadSide) => {
  if (before.of === "report" || after.of === "report") return undefined;
  if (before.inventory.parts === undefined && after.inventory.parts === undefined) return undefined;
  const [first, second] = [byPlace(before.inventory), byPlace(after.inventory)];
  return [...new Set([...second.keys(), ...first.keys()])].map((key) => {
    const [was, is] = [first.get(key), second.get(key)];
    const { shared: _, parts: _parts, ...place } = is ?? was ?? before.inventory;
    const none: Inventory = { ...place, ...EMPTY, shared: NO_SHARED };
    return { before: was ?? none, after: is ?? none };
  });
};

/** An inventory of one region is a part of itself; where there is nothing it has none. */
const byPlace = (inventory: Inventory): ReadonlyMap<string, Inventory> => {
  const { parts = isEmpty(inventory) ? [] : [inventory] } = inventory;
  return new Map(parts.map((part) => [JSON.stringify([part.region ?? null, part.account ?? null]), part]));
};

const isEmpty = ({ services, shared: { natGateways, vpcEndpoints, loadBalancers } }: Inventory): boolean =>
  services.length + vpcEndpoints.length + loadBalancers.length === 0 && natGateways === undefined;

const regionOf = (side: ReadSide): string | undefined =>
  side.of === "report" ? side.report.region : side.inventory.region;
