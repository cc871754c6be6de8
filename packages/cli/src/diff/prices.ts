import type { DiffSide, PriceCatalogue } from "@ecs-cost/core";
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

/** Both sides with their prices: one catalogue for both, unless the region or the book differs. */
export const pricedSides = async (
  before: ReadSide,
  after: ReadSide,
  settings: ReportSettings,
  basePrices: string | undefined,
): Promise<PricedSides> => {
  const opened = new Map<string, PriceCatalogue>();
  const price = async (side: ReadSide, other: ReadSide, prices: string): Promise<DiffSide> => {
    if (side.of === "report") return side;
    const region = regionFor(settings.region, side.inventory.region ?? regionOf(other));
    const key = JSON.stringify([region, prices]);
    const catalogue = opened.get(key) ?? (await openCatalogue(region, { ...settings, prices }));
    opened.set(key, catalogue);
    const issues = [...side.inventory.issues, ...(await priceIssues({ ...settings, prices }, region))];
    return { ...side, inventory: { ...side.inventory, issues }, catalogue };
  };
  if (basePrices !== undefined && before.of === "report") {
    throw usageError("--base-prices: BASE is a saved report, which has its prices");
  }
  const first = await price(before, after, basePrices ?? settings.prices);
  return { before: first, after: await price(after, before, settings.prices) };
};

const regionOf = (side: ReadSide): string | undefined =>
  side.of === "report" ? side.report.region : side.inventory.region;
