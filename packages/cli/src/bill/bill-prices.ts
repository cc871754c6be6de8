import type { PriceCatalogue } from "@ecs-cost/core";
import { loadRegion } from "@ecs-cost/pricing-data";
import { openCatalogue, openCatalogues, type PriceSettings } from "../prices/open-catalogue.ts";

/** The prices of the regions of a bill, as far as the book in use has them. */
export const pricesOfRegions = async (
  regions: readonly string[],
  settings: PriceSettings,
): Promise<ReadonlyMap<string, PriceCatalogue>> => {
  if (settings.prices !== "snapshot") {
    const catalogues = await openCatalogues(settings);
    return new Map(catalogues.map((catalogue) => [catalogue.region, catalogue]));
  }
  const known = regions.filter((region) => loadRegion(region).found);
  return new Map(
    await Promise.all(known.map(async (region) => [region, await openCatalogue(region, settings)] as const)),
  );
};
