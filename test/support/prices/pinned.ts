import { readFileSync } from "node:fs";
import { createCatalogue, type InstanceType, type PriceBook, type PriceCatalogue, type RegionBook } from "@ecs-cost/core";

/** Regions of the pinned copy. */
export type PinnedRegion = "us-east-1" | "eu-west-1";

/** A copy of prices of November 2026 for tests, which no refresh of the price book changes. */
export const pinnedBook: PriceBook = JSON.parse(
  readFileSync(new URL("./pinned-book.json", import.meta.url), "utf8"),
) as PriceBook;

export const pinnedInstanceTypes: readonly InstanceType[] = pinnedBook.instanceTypes ?? [];

/** The pinned book of one region. */
export const pinnedRegion = (region: PinnedRegion): RegionBook => {
  const book = pinnedBook.regions.find((each) => each.region === region);
  if (book === undefined) throw new Error(`No pinned prices for ${region}`);
  return book;
};

/** A catalogue over the pinned prices; `overrides` as of `--set-price`. */
export const pinnedCatalogue = (
  region: PinnedRegion,
  overrides: Readonly<Record<string, string>> = {},
): PriceCatalogue => createCatalogue(pinnedRegion(region), pinnedInstanceTypes, { overrides, source: "pinned" });
