import type { AccountRecord } from "./account.ts";
import { hashText, mix } from "./noise.ts";

/** A metric of CloudWatch with its statistic. */
export interface Series {
  readonly namespace: string;
  readonly name: string;
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly period: number;
}

const DAY = 86_400;

/** Seconds of age up to which points of a period are kept. */
const RETENTION: readonly (readonly [period: number, age: number])[] = [
  [60, 15 * DAY],
  [300, 63 * DAY],
  [3600, 455 * DAY],
];

const isKept = (period: number, start: number, now: number): boolean =>
  RETENTION.some(([finest, age]) => period % finest === 0 && now - start <= age);

const tasksOf = (account: AccountRecord, region: string, dimensions: Series["dimensions"]): number => {
  const clusters = account.regions.find((each) => each.region === region)?.clusters ?? [];
  const cluster = clusters.find(({ name }) => name === dimensions["ClusterName"]);
  return cluster?.services.find(({ name }) => name === dimensions["ServiceName"])?.desired ?? 0;
};

const PER_SERVICE = ["AWS/ECS", "ECS/ContainerInsights"];

/** A function from time to value, or undefined where the series has no point; undefined for a series that does not exist. */
export const seriesValues = (
  account: AccountRecord,
  region: string,
  series: Series,
  start: number,
): ((time: number) => number | undefined) | undefined => {
  const { namespace, name, statistic, dimensions } = series;
  if (!isKept(series.period, start, account.now)) return undefined;
  const identity = `${region}|${Object.values(dimensions).join("|")}`;
  const seed = hashText(`${identity}|${name}`, account.seed);
  if (!PER_SERVICE.includes(namespace)) return (time) => 1_000_000 + (mix(seed ^ time) % 1_000_000);
  const family = dimensions["TaskDefinitionFamily"];
  if (family !== undefined) return family.endsWith("-report") ? () => series.period / 300 : undefined;
  const tasks = tasksOf(account, region, dimensions);
  if (tasks === 0) return undefined;
  if (name === "RunningTaskCount") return () => tasks;
  const base = 10 + (seed % 40);
  const lift = statistic === "Maximum" ? 20 : 0;
  const steps = DAY / series.period;
  const gap = steps > 1 ? hashText(identity, account.seed) % steps : -1;
  return (time) => {
    const step = Math.floor(time / series.period);
    if (step % steps === gap) return undefined;
    const wave = 8 * Math.sin(((time % DAY) / DAY) * 2 * Math.PI);
    return base + wave + lift + (mix(seed ^ step) % 1_000_000) / 200_000;
  };
};
