import type { Inventory, PriceCatalogue } from "@ecs-cost/core";
import { openCatalogue, priceIssues } from "../prices/open-catalogue.ts";
import { regionFor } from "../program/region.ts";
import type { ReportSettings } from "./report-settings.ts";

/** How a report is made of one region and account, and one of several. */
export interface ReportMaker<R> {
  readonly make: (
    inventory: Inventory,
    catalogue: PriceCatalogue,
    settings: { hoursPerMonth: string },
  ) => R | Promise<R>;
  /** One report out of those of several regions or accounts. */
  readonly join: (reports: readonly [R, ...R[]]) => R;
}

/** The report of everything in an inventory: each region and account at its own prices. */
export const makeReport = async <R>(
  kind: ReportMaker<R>,
  inventory: Inventory,
  settings: ReportSettings,
): Promise<{ readonly made: R; readonly catalogues: readonly PriceCatalogue[] }> => {
  const made: R[] = [];
  const catalogues: PriceCatalogue[] = [];
  await refuseUnknownRegion(inventory, settings);
  for (const part of inventory.parts ?? [inventory]) {
    const region = regionFor(settings.region, part.region);
    const catalogue = await openCatalogue(region, settings);
    catalogues.push(catalogue);
    const notes = await priceIssues(settings, region);
    const told = notes.length === 0 ? part : { ...part, issues: [...part.issues, ...notes] };
    made.push(await kind.make(told, catalogue, { hoursPerMonth: settings.hours }));
  }
  const [first, ...others] = made;
  if (first === undefined) throw new Error("an inventory has a part");
  return { made: others.length === 0 ? first : kind.join([first, ...others]), catalogues };
};

/** A --region that no input needs is told all the same where it does not exist. */
const refuseUnknownRegion = async (inventory: Inventory, settings: ReportSettings): Promise<void> => {
  const { region } = settings;
  const used = (inventory.parts ?? [inventory]).map((part) => part.region);
  if (region !== undefined && !used.includes(region)) await openCatalogue(region, settings);
};
