import type { BorderError } from "../../../domain/issues/border-error.ts";
import type { RegionBook } from "../../../domain/pricing/book.ts";
import type { Observer } from "../../../ports/observer.ts";
import type { ListVersion } from "../book/list-version.ts";
import type { PriceList } from "../items/price-list.ts";
import type { PriceListItem } from "../items/price-list-item.ts";
import type { ProductFilter } from "../items/price-queries.ts";
import { openHttp } from "./http.ts";
import { inTurn } from "./in-turn.ts";
import { type ListFiles, openListFiles } from "./list-files.ts";
import { type ListStore, memoryStore } from "./list-store.ts";
import { priceListHost } from "./partitions.ts";
import { type OfferReading, readOffer } from "./read-offer.ts";
import { type PlanReading, readPlanTable } from "./read-plan-rates.ts";
import { wantedPlanRows, wantedRows } from "./wanted-rows.ts";

/** The public price list of a region: files that need no account. */
export interface PublicPriceList extends PriceList {
  /** Regions that the price list has. */
  regions(): Promise<readonly string[]>;
  /** The same with the rows that a book's prices are read from. */
  forBook(book: RegionBook): PublicPriceList;
  /** What has been read, by offer. */
  versions(): readonly ListVersion[];
  /** Parts that AWS does not offer in the region. */
  notOffered(): readonly string[];
  /** Items that were not understood, each with the offer that it stands in. */
  unreadable(): readonly string[];
}

export interface PublicPriceListOptions {
  readonly region: string;
  /** A mirror that has the paths of AWS's host. */
  readonly url?: string | undefined;
  /** Where what was read is kept; else it is forgotten. */
  readonly store?: ListStore | undefined;
  readonly observe?: Observer | undefined;
}

type Read<T> = T & { readonly url: string };

const fits = ({ attributes, productFamily }: PriceListItem, filters: readonly ProductFilter[]): boolean =>
  filters.every(({ field, value }) => (field === "productFamily" ? productFamily : attributes[field]) === value);

/** Files that come at the same time: their reading shares one processor. */
const AT_ONCE = 2;

/** What the tables of one region have in common. */
interface Desk {
  readonly region: string;
  readonly files: ListFiles;
  readonly observe: Observer;
  readonly turn: <T>(work: () => Promise<T>) => Promise<T>;
}

/** What is read, or nothing where AWS does not offer it. */
const orNothing = async <T>(reading: Promise<T>, note: () => void): Promise<T | undefined> => {
  try {
    return await reading;
  } catch (error) {
    if ((error as Partial<BorderError>).code !== "not-offered") throw error;
    note();
    return undefined;
  }
};

const progressOf = ({ region, observe }: Desk, offer: string, all: number | undefined) => {
  let bytes = 0;
  return (count: number): void => {
    bytes += count;
    observe({ code: "price-file-progress", region, offer, bytes, ...(all === undefined ? {} : { all }) });
  };
};

const listOf = (desk: Desk, book: RegionBook | undefined): PublicPriceList => {
  const { region, files, turn } = desk;
  const offers = new Map<string, Promise<Read<OfferReading>>>();
  const versions: ListVersion[] = [];
  const unreadable: string[] = [];
  const absent = new Set<string>();
  let plans: Promise<Read<PlanReading>> | undefined;
  const note = ({ offerCode, version, publishedOn, url }: Read<OfferReading | PlanReading>): void => {
    versions.push({ offer: offerCode, version, publishedOn, url });
  };
  const readService = async (serviceCode: string): Promise<Read<OfferReading>> => {
    const wanted = wantedRows(book, serviceCode);
    const reading = await turn(() =>
      files.table({ serviceCode }, region, {
        fingerprint: wanted.fingerprint,
        read: (file) => readOffer(file, serviceCode, region, wanted, progressOf(desk, serviceCode, file.length)),
      }),
    );
    note(reading);
    unreadable.push(...reading.unreadable.map((detail) => `${serviceCode} ${detail}`));
    return reading;
  };
  const offerOf = (serviceCode: string): Promise<Read<OfferReading>> => {
    const reading = offers.get(serviceCode) ?? readService(serviceCode);
    offers.set(serviceCode, reading);
    return reading;
  };
  const readPlans = async (): Promise<Read<PlanReading>> => {
    const wanted = wantedPlanRows(region);
    const reading = await turn(() =>
      files.table({ serviceCode: "AmazonECS", plans: true }, region, {
        fingerprint: wanted.fingerprint,
        read: (file) => readPlanTable(file, region, wanted, progressOf(desk, "Savings Plans", file.length)),
      }),
    );
    note(reading);
    return reading;
  };
  return {
    products: async (serviceCode, filters, mark = "") => {
      const offer = await orNothing(offerOf(serviceCode), () => absent.add(serviceCode));
      return (offer?.items ?? []).filter(
        (item) => (item.attributes["usagetype"] ?? "").includes(mark) && fits(item, filters),
      );
    },
    planRates: async () => {
      plans ??= readPlans();
      return (await orNothing(plans, () => absent.add("Savings Plans")))?.rates ?? [];
    },
    regions: () => files.regions({ serviceCode: "AmazonECS" }),
    forBook: (of) => listOf(desk, of),
    versions: () => versions.toSorted((a, b) => (a.offer < b.offer ? -1 : 1)),
    notOffered: () => [...absent].sort(),
    unreadable: () => unreadable.toSorted(),
  };
};

/** A price list that is open until it is closed. */
export interface OpenPriceList {
  readonly list: PublicPriceList;
  close(): Promise<void>;
}

/** Opens AWS's public price list for a region; nothing is sent yet. */
export const openPublicPriceList = async (options: PublicPriceListOptions): Promise<OpenPriceList> => {
  const { region, url, store = memoryStore(), observe = () => {} } = options;
  const http = await openHttp();
  const files = openListFiles(http, store, priceListHost(region, url));
  return { list: listOf({ region, files, observe, turn: inTurn(AT_ONCE) }, undefined), close: () => http.close() };
};
