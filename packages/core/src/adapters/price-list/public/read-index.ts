import { openFile } from "./file-bytes.ts";
import type { Http } from "./http.ts";
import { listError } from "./list-error.ts";
import type { ListStore } from "./list-store.ts";
import { plainBytes } from "./plain-bytes.ts";

const LARGEST_INDEX = 32 * 1024 * 1024;

interface KeptIndex {
  readonly url: string;
  readonly etag: string;
  readonly text: string;
}

const textOf = async (url: string, pieces: AsyncIterable<Buffer>): Promise<string> => {
  const all: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > LARGEST_INDEX) throw listError(url, "malformed-answer", "it is too large for an index");
    all.push(piece);
  }
  return Buffer.concat(all).toString("utf8");
};

const parsed = (url: string, text: string): Readonly<Record<string, unknown>> => {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw listError(url, "malformed-answer", "this is no JSON, or not all of it", cause);
  }
  if (typeof data === "object" && data !== null && !Array.isArray(data)) return data as Record<string, unknown>;
  throw listError(url, "malformed-answer", "this is no index of the price list");
};

const nameOf = (url: string): string => `index/${new URL(url).pathname.replace(/[^A-Za-z0-9.]+/g, "-")}`;

const keptOf = (store: ListStore, url: string): KeptIndex | undefined => {
  const kept = store.load(nameOf(url)) as KeptIndex | undefined;
  return kept?.url === url ? kept : undefined;
};

/** An index of the price list; what has not changed since it was kept is not sent again. */
export const readIndex = async (
  http: Http,
  store: ListStore,
  url: string,
): Promise<Readonly<Record<string, unknown>>> => {
  const kept = keptOf(store, url);
  const file = await openFile(http, url, kept?.etag);
  if (file === undefined) return parsed(url, kept?.text ?? "");
  const text = await textOf(url, await plainBytes(file));
  const index = parsed(url, text);
  if (file.etag !== undefined) store.save(nameOf(url), { url, etag: file.etag, text } satisfies KeptIndex);
  return index;
};

/** Paths of the price list's files, as its index gives them or as they are always spelled. */
export interface ServicePaths {
  readonly regions: string;
  readonly savingsPlanRegions: string;
}

/** Where a service's files are. */
export const servicePaths = (
  index: Readonly<Record<string, unknown>> | undefined,
  serviceCode: string,
  partitionPath: string,
): ServicePaths => {
  const offers = (index?.["offers"] ?? {}) as Readonly<Record<string, unknown>>;
  const code = Object.keys(offers).find((name) => name.toLowerCase() === serviceCode.toLowerCase()) ?? serviceCode;
  const offer = (Object.hasOwn(offers, code) ? offers[code] : {}) as Readonly<Record<string, unknown>>;
  const text = (name: string, usual: string): string => (typeof offer[name] === "string" ? offer[name] : usual);
  const usual = `/v1.0/${partitionPath}`;
  return {
    regions: text("currentRegionIndexUrl", `/offers${usual}/${code}/current/region_index.json`),
    savingsPlanRegions: text(
      "currentSavingsPlanIndexUrl",
      `/savingsPlan${usual}/AWSComputeSavingsPlan/current/region_index.json`,
    ),
  };
};

/** Paths of a region index by region, in either of its shapes. */
export const regionPaths = (
  url: string,
  { regions }: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, string> => {
  if (typeof regions !== "object" || regions === null) {
    throw listError(url, "malformed-answer", "this is no index of regions");
  }
  const entries = Object.values(regions) as readonly Readonly<Record<string, unknown>>[];
  return new Map(
    entries.flatMap((entry) => {
      const path = entry["currentVersionUrl"] ?? entry["versionUrl"];
      const region = entry["regionCode"];
      return typeof region === "string" && typeof path === "string" ? [[region, path] as const] : [];
    }),
  );
};
