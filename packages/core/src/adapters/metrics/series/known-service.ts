import type { HeldSeries } from "../reading/held-series.ts";
import { type KnownService, leaveOut, type MetricReading } from "../reading/metric-reading.ts";

const ARN = /^arn:[^:]*:ecs:([^:]*):([^:]*):service\/(.+)$/;

/**
 * The services that a name may mean, and the name without what stands in its ARN: `cluster/name`. An ARN of another region
 * or account than that of the inputs means none of them.
 */
const readName = (name: string, services: readonly KnownService[]) => {
  const [, region, account, inArn] = ARN.exec(name) ?? [];
  if (inArn === undefined) return { plain: name, candidates: services };
  const candidates = services.filter(
    (service) =>
      (service.region === undefined || service.region === region) &&
      (service.account === undefined || service.account === account),
  );
  return { plain: candidates.length === 0 && services.length > 0 ? name : inArn, candidates };
};

/** Gives the rows of a table that names services by ARN or by family to the services that are meant. */
export const nameRows = (reading: MetricReading): void => {
  const { services, known = [] } = reading;
  for (const [name, usage] of [...services]) {
    if (known.some(({ id, name: short }) => id === name || short === name)) continue;
    const target = knownName(name, known);
    if (target === name || services.has(target)) continue;
    services.delete(name);
    services.set(target, usage);
  }
};

/**
 * The service that a series belongs to, as the inputs name it where they do: by id, by name, or by the family of its task
 * definition; the only service of the inputs, or the one that the file is named after, where the series names none.
 */
export const nameService = (reading: MetricReading, { owner, file }: HeldSeries): string | undefined => {
  const services = reading.known;
  if (owner.service !== undefined) return knownName(owner.service, services ?? []);
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

const knownName = (given: string, known: readonly KnownService[]): string => {
  const { plain: name, candidates: services } = readName(given, known);
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
