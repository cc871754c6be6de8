import type { RegionBook } from "@ecs-cost/core";
import { type Edition, itemsByService, itemsOfService, planTable, serviceTable } from "./tables.ts";

/** What the price list of one partition is made of. */
export interface PriceListContent {
  readonly books: readonly RegionBook[];
  readonly edition: Edition;
  /** `aws`, or `cn` in China. */
  readonly partition: string;
}

const PLANS = "AWSComputeSavingsPlan";

const serviceIndex = ({ books, edition, partition }: PriceListContent): string => {
  const codes = new Set(books.flatMap((book) => [...itemsByService(book).keys()]));
  const offers = [...codes].map((offerCode) => {
    const path = `/offers/v1.0/${partition}/${offerCode}`;
    const plans = ["AmazonECS", "AmazonEC2", "AmazonEKS", "AWSLambda"].includes(offerCode)
      ? { currentSavingsPlanIndexUrl: `/savingsPlan/v1.0/${partition}/${PLANS}/current/region_index.json` }
      : {};
    const urls = { versionIndexUrl: `${path}/index.json`, currentVersionUrl: `${path}/current/index.json` };
    return [offerCode, { offerCode, ...urls, currentRegionIndexUrl: `${path}/current/region_index.json`, ...plans }];
  });
  return JSON.stringify({
    formatVersion: "v1.0",
    publicationDate: edition.published,
    offers: Object.fromEntries(offers),
  });
};

const offerIndex = ({ books, edition, partition }: PriceListContent, service: string): string => {
  const regions = books.map(({ region }) => {
    const path = `/offers/v1.0/${partition}/${service}/${edition.version}/${region}/index.json`;
    return [region, { regionCode: region, currentVersionUrl: path }];
  });
  return JSON.stringify({
    formatVersion: "v1.0",
    publicationDate: edition.published,
    regions: Object.fromEntries(regions),
  });
};

const planIndex = ({ books, edition, partition }: PriceListContent): string => {
  const regions = books.map(({ region }) => ({
    regionCode: region,
    versionUrl: `/savingsPlan/v1.0/${partition}/${PLANS}/${edition.version}/${region}/index.json`,
  }));
  return JSON.stringify({ publicationDate: edition.published, regions });
};

/** The offer in JSON, as far as the API has its parts. */
const serviceJson = (book: RegionBook, service: string, { version, published }: Edition): string => {
  const items = itemsOfService(book, service);
  const terms = (kind: string) =>
    Object.fromEntries(items.flatMap(({ product, terms: all }) => (all[kind] ? [[product.sku, all[kind]]] : [])));
  return JSON.stringify(
    {
      ...{ formatVersion: "v1.0", disclaimer: "", offerCode: service, version, publicationDate: published },
      products: Object.fromEntries(items.map(({ product }) => [product.sku, product])),
      terms: { OnDemand: terms("OnDemand"), Reserved: terms("Reserved") },
    },
    undefined,
    2,
  );
};

const OFFER =
  /^\/offers\/v1\.0\/(?<partition>[^/]+)\/(?<service>[^/]+)\/(?<version>[^/]+)\/(?<region>[^/]+)\/index\.(?<form>csv|json)$/;
const PLAN = /^\/savingsPlan\/v1\.0\/(?<partition>[^/]+)\/[^/]+\/(?<version>[^/]+)\/(?<region>[^/]+)\/index\.csv$/;

/** The text of a file of the price list, or undefined where there is none. */
export const listFile = (content: PriceListContent, path: string): string | undefined => {
  const { books, edition, partition } = content;
  if (path === `/offers/v1.0/${partition}/index.json`) return serviceIndex(content);
  if (path === `/savingsPlan/v1.0/${partition}/${PLANS}/current/region_index.json`) return planIndex(content);
  const indexOf = /^\/offers\/v1\.0\/[^/]+\/(?<service>[^/]+)\/current\/region_index\.json$/.exec(path)?.groups;
  if (indexOf !== undefined) return offerIndex(content, indexOf["service"] ?? "");
  const found = OFFER.exec(path)?.groups ?? PLAN.exec(path)?.groups;
  const book = books.find(({ region }) => region === found?.["region"]);
  if (found === undefined || book === undefined || found["version"] !== edition.version) return undefined;
  const { service, form } = found;
  if (service === undefined) return planTable(book, edition);
  return form === "json" ? serviceJson(book, service, edition) : serviceTable(book, service, edition);
};
