import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { InstanceType, RegionBook } from "@ecs-cost/core";
import type { Manifest, RegionEntry } from "./manifest.ts";

export type { DataFile, Manifest, RegionEntry } from "./manifest.ts";

export type LoadedRegion =
  | { readonly found: true; readonly book: RegionBook }
  /** `known` lists the regions that the package has, sorted. */
  | { readonly found: false; readonly region: string; readonly known: readonly string[] };

const read = <T>(file: string): T =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../data/${file}`, import.meta.url)), "utf8")) as T;

const once = <T>(load: () => T): (() => T) => {
  let value: { readonly loaded: T } | undefined;
  return () => {
    value ??= { loaded: load() };
    return value.loaded;
  };
};

/** Regions, dates, counts and checksums of the price book; read on the first call. */
export const loadManifest: () => Manifest = once(() => read<Manifest>("manifest.json"));

/** The regions of the price book, sorted by code. */
export const listRegions = (): readonly RegionEntry[] => loadManifest().regions;

const books = new Map<string, RegionBook>();

/** The price book of one region, read from disk on its first call; an unknown region is a result, not an error. */
export const loadRegion = (region: string): LoadedRegion => {
  const loaded = books.get(region);
  if (loaded !== undefined) return { found: true, book: loaded };
  const entry = listRegions().find((each) => each.region === region);
  if (entry === undefined) return { found: false, region, known: listRegions().map((each) => each.region) };
  const book = read<RegionBook>(entry.file);
  books.set(region, book);
  return { found: true, book };
};

interface PackedTypes {
  readonly columns: readonly (keyof InstanceType)[];
  readonly types: readonly (readonly (string | number | boolean)[])[];
}

/** Specifications of every instance type, the same in all regions, sorted by name; read on the first call. */
export const loadInstanceTypes: () => readonly InstanceType[] = once(() => {
  const { columns, types } = read<PackedTypes>("instance-types.json");
  const unpack = (row: PackedTypes["types"][number]) => Object.fromEntries(columns.map((name, at) => [name, row[at]]));
  return types.map((row) => unpack(row) as unknown as InstanceType);
});
