import { holdSeries, type SeriesMeaning, type SeriesOwner, type Statistic } from "../reading/held-series.ts";
import type { MetricReading } from "../reading/metric-reading.ts";
import { findMeaning } from "../series/meaning.ts";
import { ownerOf } from "../series/owner.ts";
import { pushJson } from "./json-values.ts";
import { isRecord, type JsonRecord, textOf, textsOf } from "./record.ts";

/** One metric of one minute, as streams of CloudWatch give it: a set of statistics. */
export interface StreamedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly time: unknown;
  readonly count: number;
  readonly sum: number;
  readonly max: number | undefined;
}

const NAMESPACES = new Set(["AWS/ECS", "ECS/ContainerInsights"]);
const FIELDS: ReadonlySet<string> = new Set([
  "ClusterName",
  "ServiceName",
  "TaskDefinitionFamily",
  "TaskId",
  "ContainerName",
]);

/** Whether a record is one of a metric stream in JSON. */
export const isStreamRecord = (record: JsonRecord): boolean =>
  typeof record["metric_name"] === "string" && isRecord(record["dimensions"]) && record["value"] !== undefined;

/** Takes one record of a metric stream in JSON. */
export const takeStreamRecord = (reading: MetricReading, file: string, record: JsonRecord): void => {
  const value = isRecord(record["value"]) ? record["value"] : { sum: record["value"], count: 1, max: record["value"] };
  takeStreamed(reading, file, {
    namespace: textOf(record["namespace"]),
    name: textOf(record["metric_name"]),
    dimensions: textsOf(record["dimensions"]),
    time: record["timestamp"],
    count: Number(value["count"]),
    sum: Number(value["sum"]),
    max: value["max"] === undefined ? undefined : Number(value["max"]),
  });
};

/**
 * Takes a metric of a stream; other namespaces of the stream, metrics of whole clusters and finer dimensions that are not
 * of tasks or containers are not ours.
 */
export const takeStreamed = (reading: MetricReading, file: string, metric: StreamedMetric): void => {
  const { namespace, name, dimensions, time, count, sum, max } = metric;
  if (!NAMESPACES.has(namespace) || !Object.keys(dimensions).every((key) => FIELDS.has(key))) return;
  const found = findMeaning(name, "", "average");
  const owner = ownerOf(dimensions);
  if (typeof found === "string" || owner.service === undefined) return;
  push(reading, file, owner, found.meaning, "average", time, count > 0 ? sum / count : Number.NaN);
  if (max !== undefined && found.meaning.quantity !== "tasks")
    push(reading, file, owner, found.meaning, "maximum", time, max);
};

const push = (
  reading: MetricReading,
  file: string,
  owner: SeriesOwner,
  meaning: SeriesMeaning,
  statistic: Statistic,
  time: unknown,
  value: number,
): void => {
  pushJson(reading, holdSeries(reading.hold, file, owner, { ...meaning, statistic }), time, value);
};
