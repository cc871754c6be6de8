import type { InstanceType, Issue, PriceCatalogue, RegionBook } from "@ecs-cost/core";
import {
  createCatalogue,
  currencyOf,
  Decimal,
  discountedCatalogue,
  nearestKeys,
  parsePriceKey,
} from "@ecs-cost/core/estimate";
import { listRegions, loadInstanceTypes, loadRegion } from "@ecs-cost/pricing-data";
import { valuesOf } from "../flags/report-flags.ts";
import { nearest } from "../program/nearest.ts";
import { usageError } from "../program/usage-error.ts";
import type { RateCardFlags } from "./rate-card.ts";

/** Where prices come from, as the flags say. */
export interface PriceSettings {
  /** `auto`, `snapshot`, `live` or a file. */
  readonly prices: string;
  /** Decimal USD by price key. */
  readonly setPrices: Readonly<Record<string, string>>;
  /** Folder of refreshed prices, instead of the user's data folder. */
  readonly dataDir?: string;
  /** Derive what the book lacks also by rules that are off by more than 1.5 %. */
  readonly estimateMissing?: boolean;
  /** What a company pays instead of the list price. */
  readonly terms?: RateCardFlags;
}

/** What the price flags say, as oclif hands them on. */
export interface PriceFlagValues {
  readonly prices: string;
  readonly "set-price": readonly string[] | undefined;
  readonly "data-dir": string | undefined;
  readonly "estimate-missing"?: boolean;
  readonly discount?: readonly string[] | undefined;
  readonly "rate-card"?: string | undefined;
  readonly currency?: string | undefined;
}

export const priceSettings = (flags: PriceFlagValues): PriceSettings => ({
  prices: flags.prices,
  setPrices: parseSetPrices(valuesOf(flags["set-price"])),
  ...(flags["data-dir"] === undefined ? {} : { dataDir: flags["data-dir"] }),
  ...(flags["estimate-missing"] === true ? { estimateMissing: true } : {}),
  terms: {
    discounts: valuesOf(flags.discount),
    ...(flags["rate-card"] === undefined ? {} : { rateCard: flags["rate-card"] }),
    ...(flags.currency === undefined ? {} : { currency: flags.currency }),
  },
});

const AUTO = "auto";
const LIVE = "live";
const SNAPSHOT = "snapshot";
const MONEY = /^\d{1,13}(?:\.\d{1,20})?$/;

/** The prices of `KEY=USD` pairs; refuses keys that no price is known by. */
export const parseSetPrices = (pairs: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(pairs.map(parseSetPrice));

const parseSetPrice = (pair: string): readonly [string, string] => {
  const split = pair.lastIndexOf("=");
  const key = pair.slice(0, Math.max(0, split)).trim();
  const rate = pair.slice(split + 1).trim();
  if (key === "" || !MONEY.test(rate)) {
    throw usageError(`--set-price ${pair}: expected KEY=USD`, "For example nat.gb=0.045; prices list names the keys.");
  }
  if (parsePriceKey(key) === undefined) throw unknownPriceKey(key, nearestKeys(key));
  return [key, rate];
};

const unknownPriceKey = (key: string, near: readonly string[]): Error =>
  usageError(
    `--set-price: there is no price key ${key}`,
    near.length === 0 ? "prices list names the keys." : `Nearest: ${near.join(", ")}.`,
  );

/** Hours to the month as a plain decimal above zero. */
export const parseHours = (text: string): string => {
  const hours = text.trim();
  if (!/^\d{1,6}(?:\.\d{1,12})?$/.test(hours) || new Decimal(hours).isZero()) {
    throw usageError(`--hours ${text}: expected a number above 0, such as 730`);
  }
  return hours;
};

/** The prices of one region. */
export const openCatalogue = async (region: string, settings: PriceSettings): Promise<PriceCatalogue> => {
  const { books, instanceTypes } = await openBooks(settings, region);
  const [used] = books;
  if (used === undefined) throw usageError(`${settings.prices} has no region ${region}`);
  return await atTerms(catalogueOf(used, instanceTypes, settings), settings);
};

/** The same prices as the company pays them today. */
const atTerms = async (catalogue: PriceCatalogue, { terms }: PriceSettings): Promise<PriceCatalogue> => {
  if (terms === undefined || (terms.discounts.length === 0 && Object.keys(terms).length === 1)) return catalogue;
  const { openRateCard } = await import("./rate-card.ts");
  const card = await openRateCard(terms);
  return card === undefined ? catalogue : discountedCatalogue(catalogue, card, new Date().toISOString().slice(0, 10));
};

/** The prices of every region of the book, and the books that no catalogue can be made of, since they are not in USD. */
export const openCatalogues = async (
  settings: PriceSettings,
): Promise<{ readonly catalogues: readonly PriceCatalogue[]; readonly notInUsd: readonly RegionBook[] }> => {
  const { books, instanceTypes } = await openBooks(settings);
  const inUsd = books.filter(({ book }) => currencyOf(book) === "USD");
  return {
    catalogues: await Promise.all(inUsd.map((used) => atTerms(catalogueOf(used, instanceTypes, settings), settings))),
    notInUsd: books.map(({ book }) => book).filter((book) => currencyOf(book) !== "USD"),
  };
};

/** A book, and which one it is: `snapshot`, `live` or a file. */
export interface UsedBook {
  readonly book: RegionBook;
  readonly source: string;
}

const catalogueOf = (
  { book, source }: UsedBook,
  instanceTypes: OpenBooks["instanceTypes"],
  { setPrices, estimateMissing }: PriceSettings,
): PriceCatalogue =>
  createCatalogue(book, instanceTypes, {
    overrides: setPrices,
    source,
    ...(estimateMissing === true ? { estimateMissing } : {}),
  });

interface OpenBooks {
  readonly books: readonly UsedBook[];
  readonly instanceTypes: () => readonly InstanceType[];
}

type BookChoice = Pick<PriceSettings, "prices" | "dataDir">;

/** The price books of one region, or of all. */
export const openBooks = async (choice: BookChoice, region?: string): Promise<OpenBooks> => {
  const { prices, dataDir } = choice;
  if (prices === LIVE) return booksOfRefresh(dataDir, region);
  if (prices !== SNAPSHOT && prices !== AUTO) return booksOfFile(prices, region);
  const regions = region === undefined ? await regionsOf(choice) : [region];
  const books = await Promise.all(
    regions.map(async (each) => (prices === AUTO ? bookOfAuto(dataDir, each) : snapshotOf(each))),
  );
  return { books, instanceTypes: loadInstanceTypes };
};

const snapshotOf = (region: string): UsedBook => ({ book: bookOfSnapshot(region), source: SNAPSHOT });

/** Regions that the snapshot has or, in `auto`, a refresh saved. */
const regionsOf = async ({ prices, dataDir }: BookChoice): Promise<readonly string[]> => {
  const shipped = listRegions().map(({ region }) => region);
  if (prices !== AUTO) return shipped;
  const { savedRegions } = await import("../aws/live-books.ts");
  const { pricesFolder } = await import("../aws/folders.ts");
  return [...new Set([...shipped, ...savedRegions(pricesFolder(dataDir))])].sort();
};

/** Whether a catalogue of a region can be opened: there is a book of it, and in USD. */
export const hasCatalogue = async (choice: BookChoice, region: string): Promise<boolean> => {
  if (!(await regionsOf(choice)).includes(region)) return false;
  const { books } = await openBooks(choice, region);
  return books.some(({ book }) => currencyOf(book) === "USD");
};

const autoBook = async (dataDir: string | undefined, region: string) => {
  const { newerBook } = await import("../aws/live-books.ts");
  const { pricesFolder } = await import("../aws/folders.ts");
  const shipped = loadRegion(region);
  return newerBook(pricesFolder(dataDir), region, shipped.found ? shipped.book : undefined);
};

/** The refreshed book where it is newer than the one that ships. */
const bookOfAuto = async (dataDir: string | undefined, region: string): Promise<UsedBook> => {
  const { book } = await autoBook(dataDir, region);
  return book === undefined ? snapshotOf(region) : { book, source: LIVE };
};

/** What a refresh saved; nothing is fetched, so that the same input gives the same bytes. */
const booksOfRefresh = async (dataDir: string | undefined, region: string | undefined): Promise<OpenBooks> => {
  const { liveBooks } = await import("../aws/live-books.ts");
  const { pricesFolder } = await import("../aws/folders.ts");
  const books = await liveBooks(pricesFolder(dataDir), region);
  return { books: books.map((book) => ({ book, source: LIVE })), instanceTypes: loadInstanceTypes };
};

/** What the prices in use leave open: those of a refresh that could not be read anew. */
export const priceIssues = async ({ prices, dataDir }: BookChoice, region: string): Promise<readonly Issue[]> => {
  if (prices !== LIVE && prices !== AUTO) return [];
  const { liveNotes } = await import("../aws/live-books.ts");
  const { pricesFolder } = await import("../aws/folders.ts");
  const notes = liveNotes(pricesFolder(dataDir), region);
  if (prices === LIVE) return notes;
  const { book, issues } = await autoBook(dataDir, region);
  return book === undefined ? issues : notes;
};

/** The book of a region that ships; throws a usage error for a region without one. */
export const bookOfSnapshot = (region: string): RegionBook => {
  const loaded = loadRegion(region);
  if (!loaded.found) throw unknownRegion(region, loaded.known, "the price book");
  return loaded.book;
};

const unknownRegion = (region: string, known: readonly string[], where: string): Error => {
  const near = nearest(region, known, 3);
  const hint = near.length > 0 ? `Did you mean ${near.join(" or ")}? ` : "";
  const refresh = `ecs-cost prices refresh --region ${region} reads it, where AWS has it. `;
  return usageError(`${where} has no region ${region}`, `${hint}${refresh}Regions: ${known.join(", ")}.`);
};

const booksOfFile = async (file: string, region: string | undefined): Promise<OpenBooks> => {
  const { readPriceBook } = await import("./price-file.ts");
  const { regions, instanceTypes } = readPriceBook(file);
  const books = regions.filter((book) => region === undefined || book.region === region);
  if (books.length === 0 && region !== undefined) {
    throw unknownRegion(region, regions.map((book) => book.region).sort(), file);
  }
  return {
    books: books.map((book) => ({ book, source: file })),
    instanceTypes: () => instanceTypes ?? loadInstanceTypes(),
  };
};
