import { type MetricColumn, pointOf } from "../../domain/demand/metric-point.ts";
import { isoTime, parseTime } from "../../domain/demand/timestamp.ts";
import { addPoint } from "../../domain/demand/usage.ts";
import { invalidInput } from "../file/text/invalid-input.ts";
import { type LabelMeaning, readLabel, serviceOfFile } from "./cloudwatch-label.ts";
import { type MetricReading, noteProblem, takeValue, usageOf } from "./metric-reading.ts";

export interface CloudWatchOptions {
  /** Service of the series whose label names none; the file's name where not given. */
  readonly service?: string;
}

type Point = { time: number } & Partial<Record<MetricColumn, number>>;
/** Points by service and time: CloudWatch gives each series apart. */
type Joined = Map<string, Map<number, Point[]>>;

/**
 * Takes the JSON that `aws cloudwatch get-metric-data` or `get-metric-statistics` prints, or a list of such documents.
 * The service stands in the label, or is given, or is the file's name.
 *
 * @throws {BorderError} `invalid-metrics` where it is neither.
 */
export const readCloudWatchJson = (
  reading: MetricReading,
  file: string,
  text: string,
  options: CloudWatchOptions = {},
): void => {
  const documents = [parseJson(file, text)].flat();
  const joined: Joined = new Map();
  for (const document of documents) joinDocument(reading, joined, file, document, options);
  for (const [service, points] of joined) addService(reading, service, points);
};

const parseJson = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidInput("invalid-metrics", { file }, "is not JSON", { cause });
  }
};

const joinDocument = (
  reading: MetricReading,
  joined: Joined,
  file: string,
  document: unknown,
  options: CloudWatchOptions,
): void => {
  const fields = isRecord(document) ? document : {};
  const fallback = options.service ?? serviceOfFile(file);
  const { MetricDataResults: results, Datapoints: points } = fields;
  if (Array.isArray(results)) {
    for (const result of results) joinResult(reading, joined, file, isRecord(result) ? result : {}, fallback);
  } else if (Array.isArray(points)) {
    joinStatistics(reading, joined, file, String(fields["Label"] ?? ""), points, fallback);
  } else {
    throw invalidInput("invalid-metrics", { file }, "holds neither MetricDataResults nor Datapoints", {
      hint: "Give what `aws cloudwatch get-metric-data` or `get-metric-statistics` prints, or CSV.",
    });
  }
};

const joinResult = (
  reading: MetricReading,
  joined: Joined,
  file: string,
  result: Readonly<Record<string, unknown>>,
  fallback: string | undefined,
): void => {
  const label = String(result["Label"] ?? "");
  const meaning = readLabel(label, String(result["Id"] ?? ""));
  const service = meaning?.service ?? fallback;
  if (meaning === undefined || service === undefined) {
    skipSeries(reading, file, label, meaning);
    return;
  }
  const times = Array.isArray(result["Timestamps"]) ? result["Timestamps"] : [];
  const values = Array.isArray(result["Values"]) ? result["Values"] : [];
  if (times.length !== values.length) {
    noteProblem(reading, {
      file,
      kind: "values",
      detail: `${label} has ${times.length} timestamps and ${values.length} values`,
    });
  }
  if (result["StatusCode"] === "PartialData")
    noteProblem(reading, { file, kind: "partial", detail: `${label} is partial data` });
  for (let i = 0; i < Math.min(times.length, values.length); i++) {
    joinValue(reading, joined, file, { service, column: columnOf(meaning), time: times[i], value: values[i] });
  }
};

const joinStatistics = (
  reading: MetricReading,
  joined: Joined,
  file: string,
  label: string,
  points: readonly unknown[],
  fallback: string | undefined,
): void => {
  const meaning = readLabel(label);
  const service = meaning?.service ?? fallback;
  if (meaning === undefined || service === undefined) {
    skipSeries(reading, file, label, meaning);
    return;
  }
  for (const point of points) {
    const fields = isRecord(point) ? point : {};
    for (const maximum of [false, true]) {
      const value = fields[maximum ? "Maximum" : "Average"];
      if (value === undefined) continue;
      const column = columnOf({ ...meaning, maximum });
      joinValue(reading, joined, file, { service, column, time: fields["Timestamp"], value });
    }
  }
};

const skipSeries = (reading: MetricReading, file: string, label: string, meaning: LabelMeaning | undefined): void => {
  reading.unreadableRows += 1;
  const detail =
    meaning === undefined
      ? `series ${JSON.stringify(label)} is no average or maximum of CPU, memory or running tasks`
      : `series ${JSON.stringify(label)} names no service`;
  noteProblem(reading, { file, kind: "series", detail });
};

const columnOf = ({ metric, maximum }: LabelMeaning): MetricColumn => {
  if (metric === "tasks") return "tasks";
  if (maximum) return metric === "cpu" ? "cpuMaximum" : "memoryMaximum";
  return metric;
};

interface Value {
  readonly service: string;
  readonly column: MetricColumn;
  readonly time: unknown;
  readonly value: unknown;
}

const joinValue = (reading: MetricReading, joined: Joined, file: string, given: Value): void => {
  const time = timeOf(given.time);
  if (time === undefined) {
    reading.unreadableRows += 1;
    noteProblem(reading, { file, kind: "row", detail: `${JSON.stringify(given.time)} is not a time` });
    return;
  }
  const value = takeValue(reading, typeof given.value === "number" ? given.value : Number.NaN, {
    file,
    text: `the value at ${isoTime(time)}`,
  });
  if (Number.isNaN(value)) return;
  const points = joined.get(given.service) ?? new Map<number, Point[]>();
  joined.set(given.service, points);
  const same = points.get(time) ?? [];
  points.set(time, same);
  const free = same.find((point) => point[given.column] === undefined);
  if (free === undefined) same.push({ time, [given.column]: value });
  else free[given.column] = value;
};

/** ISO 8601, or seconds since 1970 as the SDKs print. */
const timeOf = (time: unknown): number | undefined => {
  if (typeof time === "number" && Number.isFinite(time)) return Math.floor(time);
  return typeof time === "string" ? parseTime(time) : undefined;
};

const addService = (reading: MetricReading, service: string, points: ReadonlyMap<number, readonly Point[]>): void => {
  const usage = usageOf(reading, service);
  for (const time of [...points.keys()].sort((a, b) => a - b)) {
    for (const point of points.get(time) ?? []) {
      addPoint(usage, pointOf(time, point));
      reading.points += 1;
    }
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
