import { createCatalogue, OVERHEAD_KEYS, parsePriceKey, type RegionBook } from "@ecs-cost/core";
import { parsePriceBook } from "@ecs-cost/core/schema";
import { describe, expect, it } from "vitest";
import { listRegions, loadInstanceTypes, loadRegion } from "../src/index.ts";

const books: readonly RegionBook[] = listRegions().map(({ region }) => {
  const loaded = loadRegion(region);
  if (!loaded.found) throw new Error(region);
  return loaded.book;
});

/** Usage types that one region spells in its own way. */
const ODD_SPELLINGS = new Set(["eu-west-1 secretsmanager.per_10000"]);

/** Keys for which a fact says 0. */
const FREE = new Set(["xfer.internet_free_gb_month", "ecs_anywhere.instance_hour"]);

describe("every region's book", () => {
  it("is a valid price file: origins in range, keys known, tiers without holes", () => {
    const parsed = parsePriceBook({ version: 1, regions: books, instanceTypes: loadInstanceTypes() });
    expect(parsed.ok ? [] : parsed.problems).toEqual([]);
  });

  it("has no rate of 0 unless a fact says so", () => {
    for (const { region, prices, ec2 } of books) {
      for (const [key, { rate, tiers }] of Object.entries(prices)) {
        const rates = [...(rate === undefined ? [] : [rate]), ...(tiers ?? []).map((tier) => tier.rate)];
        if (!FREE.has(key))
          expect([region, key, rates.filter((each) => Number(each) === 0)]).toEqual([region, key, []]);
      }
      const rows = [ec2.onDemand, ...Object.values(ec2.commitments)].flatMap((table) => Object.values(table));
      expect(rows.filter(([rate]) => Number(rate) === 0)).toEqual([]);
    }
  });

  it("has a unit for each overhead, and every overhead key is in some region", () => {
    const seen = new Set(books.flatMap(({ prices }) => Object.keys(prices)));
    expect(OVERHEAD_KEYS.filter((key) => !seen.has(key))).toEqual([]);
    for (const { prices } of books) {
      for (const [key, price] of Object.entries(prices)) {
        if (parsePriceKey(key)?.kind === "overhead") expect(price.unit).toBeTruthy();
      }
    }
  });

  it("spells usage types as the catalogue does for a price that the book lacks", () => {
    const others = new Set(["xfer.interregion_gb", "xfer.interregion_us_east_gb", "xfer.internet_free_gb_month"]);
    for (const book of books) {
      const isOdd = (key: string): boolean => others.has(key) || ODD_SPELLINGS.has(`${book.region} ${key}`);
      const stated = Object.entries(book.prices).filter(([key, { usageType }]) => usageType && !isOdd(key));
      const overrides = Object.fromEntries(stated.map(([key]) => [key, "1"]));
      const given = createCatalogue({ ...book, prices: {} }, [], { overrides });
      for (const [key, { usageType, serviceCode = "" }] of stated) {
        const lookup = given.find(key);
        expect(lookup.found && [key, lookup.price.usageType, lookup.price.serviceCode]).toEqual([
          key,
          usageType,
          serviceCode,
        ]);
      }
    }
  });

  it("starts its usage types with the region's own prefix, bare in us-east-1", () => {
    for (const { region, usageTypePrefix, prices } of books) {
      for (const { usageType } of Object.values(prices)) {
        if (usageType === undefined || usageType.startsWith("Global-")) continue;
        const prefix = /^(?:[A-Z]{3}\d|EU)(?=-)/.exec(usageType)?.[0];
        expect([usageType, prefix ?? (region === "us-east-1" ? usageTypePrefix : "none")]).toEqual([
          usageType,
          usageTypePrefix,
        ]);
      }
    }
  });

  it("names a date or says that there is none, and a public document", () => {
    for (const { origins } of books) {
      for (const { asOf, source } of origins) {
        expect(asOf).toMatch(/^(?:20\d\d-\d\d(?:-\d\d)?|undated)$/);
        expect(source.length).toBeGreaterThan(10);
      }
    }
  });
});
