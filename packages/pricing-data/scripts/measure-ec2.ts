import { createCatalogue, type InstanceType, type RegionBook } from "@ecs-cost/core";
import { type FamilyRatios, overRegions } from "./family-discounts.ts";
import type { Sample } from "./held-out.ts";
import type { Samples } from "./measure-fargate.ts";

const CLASSES = ["standard-ri", "convertible-ri"] as const;

/** Rates with upfront beside those without, held out by instance type. */
export const upfrontSamples = (books: readonly RegionBook[]): Samples =>
  new Map(
    CLASSES.flatMap((each) =>
      ["1y", "3y"].flatMap((term) =>
        ["partial-upfront", "all-upfront"].map((payment) => {
          const purchase = `${each}-${term}-${payment}`;
          return [purchase, books.flatMap((book) => pairs(book, `${each}-${term}-no-upfront`, purchase))] as const;
        }),
      ),
    ),
  );

const pairs = ({ ec2 }: RegionBook, without: string, purchase: string): readonly Sample[] =>
  Object.entries(ec2.commitments[purchase] ?? {}).flatMap(([type, [rate]]) => {
    const base = ec2.commitments[without]?.[type]?.[0];
    return base === undefined ? [] : [{ group: type, base: Number(base), actual: Number(rate) }];
  });

/** Every on-demand rate that the rule gives where the book is made to lack it. */
export const sizeErrors = (books: readonly RegionBook[], types: readonly InstanceType[]): readonly number[] => {
  const families = Map.groupBy(types, ({ family }) => family);
  return books.flatMap((book) =>
    [...families.values()].flatMap((family) => {
      const rows = family.flatMap(({ name }) => (book.ec2.onDemand[name] === undefined ? [] : [name]));
      return rows.flatMap((name) => sizeError(book, family, rows, name) ?? []);
    }),
  );
};

const sizeError = (
  book: RegionBook,
  family: readonly InstanceType[],
  rows: readonly string[],
  name: string,
): number | undefined => {
  const others = rows.filter((row) => row !== name);
  const onDemand = Object.fromEntries(others.map((row) => [row, [book.ec2.onDemand[row]?.[0] ?? "0", 0] as const]));
  const lacking = { ...book, origins: book.origins.slice(0, 1), ec2: { ...book.ec2, onDemand } };
  const lookup = createCatalogue(lacking, family, { estimateMissing: true }).find(`ec2/${name}/on-demand/hour`);
  const actual = Number(book.ec2.onDemand[name]?.[0]);
  return lookup.found ? Math.abs(Number(lookup.price.tiers[0]?.rate) / actual - 1) : undefined;
};

/** Discounts of a family in one region against those of the other regions, where these agree and where they don't. */
export const discountErrors = (ratios: FamilyRatios): Readonly<Record<"agreed" | "uneven", readonly number[]>> => {
  const errors = { agreed: [] as number[], uneven: [] as number[] };
  for (const [purchase, families] of ratios) {
    for (const regions of families.values()) {
      for (const [region, actual] of regions) {
        const other = overRegions(regions, region);
        if (other === undefined) continue;
        const agreed = purchase.startsWith("standard-ri") && Number(other.spread.toFixed(4)) <= 0.015;
        errors[agreed ? "agreed" : "uneven"].push(Math.abs(other.ratio / actual - 1));
      }
    }
  }
  return errors;
};
