import type { HeldSeries } from "../reading/held-series.ts";
import { type KnownService, leaveOut, type MetricReading } from "../reading/metric-reading.ts";

/** Name of a service out of its ARN: `arn:aws:ecs:eu-west-1:123456789012:service/production/api` is `production/api`. */
export const nameInArn = (name: string): string => /^arn:[^:]*:ecs:[^:]*:[^:]*:service\/(.+)$/.exec(name)?.[1] ?? name;

/**
 * The service that a series belongs to, as the inputs name it where they do: by id, by name, or by the family of its task
 * definition; the only service of the inputs, or the one that the file is named after, where the series names none.
 */
export const nameService = (reading: MetricReading, { owner, file }: HeldSeries): string | undefined => {
  const services = reading.known;
  if (owner.service !== undefined) return knownName(nameInArn(owner.service), services ?? []);
  const stem = stemOf(file);
  const known = services?.find(({ id, name }) => name === stem || id === stem);
  if (known !== undefined) return known.id;
  const [only, ...others] = services ?? [];
  if (only === undefined || others.length > 0) return stem === "" || stem === "-" ? noService(reading, file) : stem;
  if (!reading.assumedOwner.includes(file)) reading.assumedOwner.push(file);
  return only.id;
};

const noService = (reading: MetricReading, file: string): undefined => {
  leaveOut(reading, file, "a series names no service: give it as NAME=FILE");
  return undefined;
};

const knownName = (name: string, services: readonly KnownService[]): string => {
  const short = name.split("/").at(-1) ?? name;
  const cluster = name.includes("/") ? name.slice(0, -short.length) : "";
  const swapped = name.split("/").reverse().join("/");
  const isThere = (id: string): boolean => services.some((service) => service.id === id);
  if (isThere(name)) return name;
  if (isThere(swapped)) return swapped;
  const [ofName, another] = services.filter((service) => service.name === name);
  if (ofName !== undefined) return another === undefined ? ofName.id : name;
  const ofFamily = services.filter(({ id, family }) => family === short && id.startsWith(cluster));
  return ofFamily.length === 1 ? (ofFamily[0]?.id ?? name) : name;
};

/** What a file is named after: `api-cpu.json` and `api.csv.gz` are of `api`. */
export const stemOf = (file: string): string => {
  const base = file.split(/[\\/]/).at(-1) ?? "";
  const name = base
    .replace(/\.gz$/i, "")
    .replace(/\.(json|jsonl|csv|tsv|ndjson)$/i, "")
    .replace(
      /(^|[-_.])(cpu|mem|memory|max|maximum|avg|average|utili[sz]ation|metrics|statistics|data)(?=$|[-_.])/gi,
      "",
    );
  return name;
};
