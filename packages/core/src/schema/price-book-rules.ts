import type { BookPrice, PriceBook, RegionBook } from "../domain/pricing/book.ts";
import { nearestKeys } from "../domain/pricing/nearest-keys.ts";
import { isInstanceTypeName, parsePriceKey } from "../domain/pricing/parsed-key.ts";
import type { PriceTier } from "../domain/pricing/price.ts";
import { parseCommitment } from "../domain/pricing/purchase.ts";
import { Decimal } from "../domain/units/decimal.ts";
import { type KeyPath, quoted, type SchemaProblem } from "./problems.ts";

/** What a price book of the right shape still gets wrong: repeated regions, origins out of range, misspelled keys, tiers with holes. */
export const priceBookRuleProblems = (book: PriceBook): readonly SchemaProblem[] => [
  ...repeated(book),
  ...book.regions.flatMap((region, at) => regionProblems(region, ["regions", at])),
];

const repeated = (book: PriceBook): readonly SchemaProblem[] => {
  const seen = new Set<string>();
  return book.regions.flatMap(({ region }, at) => {
    if (seen.has(region)) return [{ path: ["regions", at, "region"], detail: `${region} is there twice` }];
    seen.add(region);
    return [];
  });
};

const regionProblems = (region: RegionBook, path: KeyPath): readonly SchemaProblem[] => {
  const places = originPlaces(region).filter(([, place]) => place >= region.origins.length);
  return [
    ...keyProblems(region, path),
    ...places.map(([at, place]) => ({
      path: [...path, ...at],
      detail: `origin ${place} is not among the ${region.origins.length} of origins (counted from 0)`,
    })),
    ...Object.entries(region.prices).flatMap(([key, price]) => priceProblems(price, [...path, "prices", key])),
  ];
};

const keyProblems = ({ prices, ec2 }: RegionBook, path: KeyPath): readonly SchemaProblem[] => {
  const tables: readonly (readonly [KeyPath, object])[] = [
    [["ec2", "onDemand"], ec2.onDemand],
    [["ec2", "spot"], ec2.spot],
    [["ec2", "managedInstancesFees"], ec2.managedInstancesFees ?? {}],
    ...Object.entries(ec2.commitments).map(([purchase, rows]) => [["ec2", "commitments", purchase], rows] as const),
  ];
  return [
    ...Object.keys(prices)
      .filter((key) => !isStatedKey(key))
      .map((key) => ({ path: [...path, "prices", key], detail: unknownPriceKey(key) })),
    ...purchaseProblems(ec2.commitments, [...path, "ec2", "commitments"]),
    ...purchaseProblems(ec2.familyDiscounts ?? {}, [...path, "ec2", "familyDiscounts"]),
    ...tables.flatMap(([at, rows]) =>
      Object.keys(rows)
        .filter((name) => !isInstanceTypeName(name))
        .map((name) => ({ path: [...path, ...at, name], detail: "is no instance type; spell it like m7g.large" })),
    ),
  ];
};

const purchaseProblems = (tables: object, path: KeyPath): readonly SchemaProblem[] =>
  Object.keys(tables)
    .filter((purchase) => parseCommitment(purchase) === undefined)
    .map((purchase) => ({
      path: [...path, purchase],
      detail: "is no commitment; spell it like standard-ri-1y-no-upfront",
    }));

const isStatedKey = (key: string): boolean => {
  const kind = parsePriceKey(key)?.kind;
  return kind === "fargate" || kind === "fargate-ephemeral" || kind === "overhead";
};

const unknownPriceKey = (key: string): string => {
  if (parsePriceKey(key) !== undefined) return "is a price of an instance and belongs under ec2";
  const [nearest] = nearestKeys(key);
  return nearest === undefined ? "is no price key" : `is no price key; did you mean ${quoted(nearest)}?`;
};

const originPlaces = ({ prices, ec2, managedInstancesFees }: RegionBook): readonly (readonly [KeyPath, number])[] => [
  ...Object.entries(prices).map(([key, price]): [KeyPath, number] => [["prices", key, "origin"], price.origin]),
  ...Object.entries(ec2.onDemand).map(([name, row]): [KeyPath, number] => [["ec2", "onDemand", name, 1], row[1]]),
  ...Object.entries(ec2.spot).map(([name, row]): [KeyPath, number] => [["ec2", "spot", name, 2], row[2]]),
  ...Object.entries(ec2.managedInstancesFees ?? {}).map(([name, row]): [KeyPath, number] => [
    ["ec2", "managedInstancesFees", name, 1],
    row[1],
  ]),
  ...Object.entries(ec2.commitments).flatMap(([purchase, rows]) =>
    Object.entries(rows).map(([name, row]): [KeyPath, number] => [["ec2", "commitments", purchase, name, 1], row[1]]),
  ),
  ...Object.entries(ec2.familyDiscounts ?? {}).flatMap(([purchase, rows]) =>
    Object.entries(rows).map(([name, row]): [KeyPath, number] => [
      ["ec2", "familyDiscounts", purchase, name, 1],
      row[1],
    ]),
  ),
  ...managedInstancesFees.map((fee, at): [KeyPath, number] => [["managedInstancesFees", at, "origin"], fee.origin]),
];

const priceProblems = ({ rate, tiers }: BookPrice, path: KeyPath): readonly SchemaProblem[] => {
  if ((rate === undefined) === (tiers === undefined)) return [{ path, detail: "must have either rate or tiers" }];
  return tiers === undefined ? [] : tierProblems(tiers, [...path, "tiers"]);
};

const tierProblems = (tiers: readonly PriceTier[], path: KeyPath): readonly SchemaProblem[] => {
  if (tiers.length === 0) return [{ path, detail: "must have at least one tier" }];
  let edge: string | null = "0";
  for (const [at, { from, to }] of tiers.entries()) {
    if (edge === null) return [{ path: [...path, at], detail: "comes after a tier that has no end" }];
    if (!new Decimal(from).equals(edge)) {
      return [{ path: [...path, at, "from"], detail: `must be ${edge}, where the tier before ends, not ${from}` }];
    }
    if (to !== null && new Decimal(to).lessThanOrEqualTo(from)) {
      return [{ path: [...path, at, "to"], detail: `must be above ${from}, not ${to}` }];
    }
    edge = to;
  }
  return [];
};
