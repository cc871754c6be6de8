import type { BorderError } from "../../../domain/issues/border-error.ts";
import { type ListFile, openFile } from "./file-bytes.ts";
import type { Http } from "./http.ts";
import { listError } from "./list-error.ts";
import type { ListStore } from "./list-store.ts";
import type { PriceListHost } from "./partitions.ts";
import { readIndex, regionPaths, servicePaths } from "./read-index.ts";
import type { TableHead } from "./read-table.ts";

/** A table of the price list: of a service, or of the Savings Plans. */
export interface TableName {
  /** `AmazonECS`; that of a service which the Savings Plans cover, where they are asked for. */
  readonly serviceCode: string;
  readonly plans?: boolean;
}

/** What is kept of a table, and which version of it that is. */
interface KeptTable<T> {
  readonly url: string;
  readonly etag: string | undefined;
  readonly fingerprint: string;
  readonly reading: T;
}

/** How a table is read. */
export interface TableReader<T> {
  /** What is kept of it. */
  readonly fingerprint: string;
  readonly read: (file: ListFile) => Promise<T>;
}

/** The files of a price list. */
export interface ListFiles {
  /** Regions that the price list has a table for. */
  regions(name: TableName): Promise<readonly string[]>;
  /** A table of a region as far as it matters; what is kept of the same version is not read again. */
  table<T extends TableHead>(
    name: TableName,
    region: string,
    reader: TableReader<T>,
  ): Promise<T & { readonly url: string }>;
}

/** How often a table is read from its beginning where it changes or breaks meanwhile. */
const ATTEMPTS = 3;
const VERSION = /\/(?<version>\d{14})\//;

const isPassing = (error: unknown): boolean => {
  const { source, code } = error as Partial<BorderError>;
  return source === "aws" && (code === "malformed-answer" || code === "not-reached");
};

/** The version in the address and the one in the file are the same, or it is another file by now. */
const checkVersion = (url: string, { version }: TableHead): void => {
  const named = VERSION.exec(url)?.groups?.["version"];
  if (named !== undefined && named !== version) {
    throw listError(url, "malformed-answer", `it is version ${version}, not the one that the index names`);
  }
};

/** Opens the files of a price list; the index of services is read first, and is done without where there is none. */
export const openListFiles = (http: Http, store: ListStore, host: PriceListHost): ListFiles => {
  const at = (path: string): string => (/^https?:/.test(path) ? path : `${host.url}/${path.replace(/^\/+/, "")}`);
  let services: Promise<Readonly<Record<string, unknown>> | undefined> | undefined;
  const servicesIndex = () => {
    services ??= readIndex(http, store, at(`/offers/v1.0/${host.path}/index.json`)).catch((error: unknown) => {
      if ((error as Partial<BorderError>).code === "aws-refused") return undefined;
      throw error;
    });
    return services;
  };
  const pathsOf = async ({ serviceCode, plans }: TableName): Promise<ReadonlyMap<string, string>> => {
    const paths = servicePaths(await servicesIndex(), serviceCode, host.path);
    const url = at(plans === true ? paths.savingsPlanRegions : paths.regions);
    try {
      return regionPaths(url, await readIndex(http, store, url));
    } catch (error) {
      if ((error as Partial<BorderError>).code !== "aws-refused") throw error;
      throw listError(url, "not-offered", "the price list has no such service", error);
    }
  };
  const urlOf = async (name: TableName, region: string): Promise<string> => {
    const path = (await pathsOf(name)).get(region);
    const what = name.plans === true ? "Savings Plans" : name.serviceCode;
    if (path === undefined) throw listError(host.url, "not-offered", `the price list has no ${what} in ${region}`);
    return at(path);
  };
  const once = async <T extends TableHead>(name: TableName, region: string, { fingerprint, read }: TableReader<T>) => {
    const url = await urlOf(name, region);
    const place = `${region}/${name.plans === true ? "SavingsPlans" : name.serviceCode}`;
    const found = store.load(place) as KeptTable<T> | undefined;
    const kept = found?.url === url && found.fingerprint === fingerprint ? found : undefined;
    if (kept !== undefined && VERSION.test(url)) return { ...kept.reading, url };
    const file = await openTable(http, url, kept?.etag);
    if (file === undefined && kept !== undefined) return { ...kept.reading, url };
    if (file === undefined) throw listError(url, "malformed-answer", "the answer makes no sense");
    const reading = await read(file);
    checkVersion(url, reading);
    store.save(place, { url, etag: file.etag, fingerprint, reading } satisfies KeptTable<T>);
    return { ...reading, url };
  };
  return {
    regions: async (name) => [...(await pathsOf(name)).keys()].sort(),
    table: async (name, region, reader) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await once(name, region, reader);
        } catch (error) {
          if (tries === ATTEMPTS || !isPassing(error)) throw error;
        }
      }
    },
  };
};

/** As a table; the indexes name the JSON beside it. */
const openTable = (http: Http, url: string, etag: string | undefined): Promise<ListFile | undefined> =>
  openFile(http, url.replace(/\.json$/, ".csv"), etag);
