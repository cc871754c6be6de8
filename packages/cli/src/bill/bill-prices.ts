import type { PriceCatalogue } from "@ecs-cost/core";
import { hasCatalogue, openCatalogue, openCatalogues, type PriceSettings } from "../prices/open-catalogue.ts";

/** The prices of the regions of a bill, as far as the book in use has them in USD. */
export const pricesOfRegions = async (
  regions: readonly string[],
  settings: PriceSettings,
): Promise<ReadonlyMap<string, PriceCatalogue>> => {
  if (settings.prices !== "snapshot" && settings.prices !== "auto") {
    const { catalogues } = await openCatalogues(settings);
    return new Map(catalogues.map((catalogue) => [catalogue.region, catalogue]));
  }
  const opened = await Promise.all(
    regions.map(async (region) =>
      (await hasCatalogue(settings, region)) ? [[region, await openCatalogue(region, settings)] as const] : [],
    ),
  );
  return new Map(opened.flat());
};
