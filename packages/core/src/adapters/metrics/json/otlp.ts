import type { MetricReading } from "../reading/metric-reading.ts";
import { takeStreamed } from "./metric-stream.ts";
import { isRecord, type JsonRecord, recordsOf, textOf } from "./record.ts";

/** Whether a document is OpenTelemetry metrics in JSON. */
export const isOtlpJson = (document: JsonRecord): boolean => Array.isArray(document["resourceMetrics"]);

/** Takes the summaries of OpenTelemetry metrics in JSON, as a metric stream fills them. */
export const takeOtlpJson = (reading: MetricReading, file: string, document: JsonRecord): void => {
  for (const resource of recordsOf(document["resourceMetrics"])) {
    for (const scope of recordsOf(resource["scopeMetrics"])) {
      for (const metric of recordsOf(scope["metrics"])) takeSummary(reading, file, metric);
    }
  }
};

const takeSummary = (reading: MetricReading, file: string, metric: JsonRecord): void => {
  const summary = isRecord(metric["summary"]) ? metric["summary"] : {};
  for (const point of recordsOf(summary["dataPoints"])) {
    const quantiles = recordsOf(point["quantileValues"]);
    const highest = quantiles.find((each) => Number(each["quantile"]) === 1);
    takePoint(reading, file, {
      attributes: attributesOf(point["attributes"]),
      nanoseconds: textOf(point["startTimeUnixNano"]) || textOf(point["timeUnixNano"]),
      count: Number(point["count"]),
      sum: Number(point["sum"]),
      max: highest === undefined ? undefined : Number(highest["value"]),
    });
  }
};

/** A summary of one minute: attributes are texts, but for the dimensions of CloudWatch, which may stand in one of their own. */
export interface SummaryPoint {
  readonly attributes: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly nanoseconds: string;
  readonly count: number;
  readonly sum: number;
  readonly max: number | undefined;
}

/** Takes one summary; in the format 0.7.0 dimensions stand among the labels. */
export const takePoint = (reading: MetricReading, file: string, point: SummaryPoint): void => {
  const { Namespace: namespace = "", MetricName: name = "", Dimensions: own, ...labels } = point.attributes;
  const texts = Object.entries(labels).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : []));
  takeStreamed(reading, file, {
    namespace: String(namespace),
    name: String(name),
    dimensions: typeof own === "object" ? own : (Object.fromEntries(texts) as Readonly<Record<string, string>>),
    time: Math.floor(Number(point.nanoseconds) / 1e9),
    count: point.count,
    sum: point.sum,
    max: point.max,
  });
};

const attributesOf = (value: unknown): SummaryPoint["attributes"] =>
  Object.fromEntries(
    recordsOf(value).map((entry) => {
      const held = isRecord(entry["value"]) ? entry["value"] : {};
      const list = isRecord(held["kvlistValue"]) ? recordsOf(held["kvlistValue"]["values"]) : undefined;
      if (list === undefined) return [textOf(entry["key"]), textOf(held["stringValue"])];
      const inner = list.map((each) => [
        textOf(each["key"]),
        textOf(isRecord(each["value"]) ? each["value"]["stringValue"] : ""),
      ]);
      return [textOf(entry["key"]), Object.fromEntries(inner)];
    }),
  );
