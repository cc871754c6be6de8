import type { FamilyDiscountRow } from "@ecs-cost/core";
import { amount, cell, type Row } from "./facts.ts";
import { RESERVED_COLUMNS } from "./instance-prices.ts";
import type { Origins } from "./origins.ts";

/** What a purchase costs of the on-demand rate of its day: by purchase, family and region, the middle of the sizes. */
export type FamilyRatios = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, number>>>;

/** The middle of some numbers. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (place: number): number => sorted[Math.floor(place)] ?? Number.NaN;
  return (at((sorted.length - 1) / 2) + at(sorted.length / 2)) / 2;
};

const familyOf = (instanceType: string): string => instanceType.split(".")[0] ?? "";

/** The ratios of every region, from reserved rates that stand beside the on-demand rate of their day. */
export const familyRatios = (rows: readonly Row[]): FamilyRatios =>
  new Map(
    RESERVED_COLUMNS.map(([column, purchase]) => {
      const stated = rows.filter((row) => cell(row, column) !== "" && Number(row["on_demand_that_day"]) > 0);
      const families = Map.groupBy(stated, (row) => familyOf(cell(row, "instance_type")));
      const ratios = [...families].map(([family, own]) => {
        const regions = Map.groupBy(own, (row) => cell(row, "region"));
        return [
          family,
          new Map([...regions].map(([region, same]) => [region, median(same.map(ratioOf(column)))])),
        ] as const;
      });
      return [purchase, new Map(ratios)];
    }),
  );

const ratioOf =
  (column: string) =>
  (row: Row): number =>
    Number(amount(row, column)) / Number(amount(row, "on_demand_that_day"));

/** The middle of the regions' ratios and how far the largest is above the smallest; undefined for fewer than three. */
export const overRegions = (
  ratios: ReadonlyMap<string, number> | undefined,
  without: string,
): { readonly ratio: number; readonly spread: number; readonly regions: number } | undefined => {
  const others = [...(ratios ?? [])].filter(([region]) => region !== without).map(([, ratio]) => ratio);
  if (others.length < 3) return undefined;
  return { ratio: median(others), spread: Math.max(...others) / Math.min(...others) - 1, regions: others.length };
};

/** Discounts of families that a region sells on demand but whose reserved rates it lacks. */
export const familyDiscounts = (
  ratios: FamilyRatios,
  region: string,
  types: readonly string[],
  origins: Origins,
): Readonly<Record<string, Readonly<Record<string, FamilyDiscountRow>>>> => {
  const families = [...new Set(types.map(familyOf))].sort();
  const tables = [...ratios].map(([purchase, byFamily]) => {
    const rows = families.flatMap((family): [string, FamilyDiscountRow][] => {
      if (byFamily.get(family)?.has(region) === true) return [];
      const other = overRegions(byFamily.get(family), region);
      if (other === undefined) return [];
      const place = origins.place({ asOf: "2025-04-05", source: SOURCE });
      return [[family, [other.ratio.toFixed(6), place, other.spread.toFixed(4)]]];
    });
    return [purchase, Object.fromEntries(rows)] as const;
  });
  return Object.fromEntries(tables.filter(([, rows]) => Object.keys(rows).length > 0));
};

const SOURCE = "Reserved Instance discounts of other regions in the AWS pricing-page files fetched 2025-04-05";
