import { invalidInput } from "../../file/text/invalid-input.ts";
import type { MetricReading } from "../reading/metric-reading.ts";
import { noteRow } from "../reading/metric-reading.ts";
import { settleSeries } from "../series/settle.ts";
import { eachBlock, type LineLimit } from "../source/line-blocks.ts";
import type { TableOptions } from "../table/table-layout.ts";
import { takeResult, takeStatistics, type WaitingResult } from "./cloudwatch.ts";
import { isDatadog, takeDatadog } from "./datadog.ts";
import { isLogsInsights, takeLogsInsights } from "./logs-insights.ts";
import { isStreamRecord, takeStreamRecord } from "./metric-stream.ts";
import { isOtlpJson, takeOtlpJson } from "./otlp.ts";
import { isPrometheus, takePrometheus } from "./prometheus.ts";
import { addQueries, type MetricQuery, queriesIn } from "./queries.ts";
import { isRecord, type JsonRecord, recordsOf } from "./record.ts";

/** What JSON sources have in common: results of `get-metric-data` are told by queries that another file may hold. */
export interface JsonState {
  readonly queries: Map<string, MetricQuery>;
  readonly waiting: WaitingResult[];
}

export const emptyJsonState = (): JsonState => ({ queries: new Map(), waiting: [] });

const HINT =
  "Give what `aws cloudwatch get-metric-data`, `get-metric-statistics` or `aws logs get-query-results` prints, an answer of Prometheus' query_range or Datadog's query, records of a metric stream, or CSV.";

/**
 * Takes the text of a JSON source: one document, a list of them, or one to a line.
 *
 * @throws {BorderError} `invalid-metrics` where it is none that is known.
 */
export const takeJson = (
  reading: MetricReading,
  state: JsonState,
  file: string,
  text: string,
  options: TableOptions,
): void => {
  const document = parseJson(text) ?? parseLines(text);
  if (document === undefined) throw invalidInput("invalid-metrics", { file }, "is not JSON");
  const queries = queriesIn(document);
  if (queries.size > 0) addQueries(state.queries, file, queries);
  else for (const each of [document].flat()) takeEither(reading, state, file, isRecord(each) ? each : {}, options);
};

/** A document may hold queries, results or both. */
const takeEither = (
  reading: MetricReading,
  state: JsonState,
  file: string,
  document: JsonRecord,
  options: TableOptions,
): void => {
  const queries = queriesIn(document["MetricDataQueries"]);
  addQueries(state.queries, file, queries);
  if (queries.size === 0 || document["MetricDataResults"] !== undefined) {
    takeDocument(reading, state, file, document, options);
  }
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Documents that follow one another, a line each or without a line end between them. */
const parseLines = (text: string): readonly unknown[] | undefined => {
  const documents = text
    .replaceAll(/\}\s*\{(?=\s*")/g, "}\n{")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(parseJson);
  return documents.every((document) => document !== undefined) ? documents : undefined;
};

const takeDocument = (
  reading: MetricReading,
  state: JsonState,
  file: string,
  document: JsonRecord,
  options: TableOptions,
): void => {
  if (Array.isArray(document["MetricDataResults"])) {
    for (const result of recordsOf(document["MetricDataResults"])) state.waiting.push({ file, result, options });
  } else if (Array.isArray(document["Datapoints"])) takeStatistics(reading, file, document, options);
  else if (isStreamRecord(document)) takeStreamRecord(reading, file, document);
  else if (isPrometheus(document)) takePrometheus(reading, file, document, options);
  else if (isLogsInsights(document)) takeLogsInsights(reading, file, document, options);
  else if (isDatadog(document)) takeDatadog(reading, file, document, options);
  else if (isOtlpJson(document)) takeOtlpJson(reading, file, document);
  else throw refusal(file, document);
};

const refusal = (file: string, document: JsonRecord) => {
  const isAdvice = document["ecsServiceRecommendations"] !== undefined;
  const detail = isAdvice
    ? "holds recommendations of Compute Optimizer, not metrics"
    : "holds neither MetricDataResults nor Datapoints, nor other metrics that are known";
  const hint = isAdvice ? "Give it with --compute-optimizer to see them beside the advice." : HINT;
  return invalidInput("invalid-metrics", { file }, detail, { hint });
};

/** Takes results by the queries of every source; after the last of them. */
export const takeWaiting = (reading: MetricReading, { waiting, queries }: JsonState): void => {
  for (const each of waiting.splice(0)) takeResult(reading, each, queries);
};

/** Whether the first line of a source is a record of a metric stream, so that it can be read line by line. */
export const isStreamLine = (first: Uint8Array): boolean => {
  const end = first.indexOf(10);
  if (end < 0) return false;
  const document = parseJson(new TextDecoder().decode(first.subarray(0, end)));
  return isRecord(document) && isStreamRecord(document);
};

/** Reads a metric stream in JSON, a record to a line, of any size. */
export const readStreamLines = async (
  reading: MetricReading,
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  limit: LineLimit,
): Promise<void> => {
  const decoder = new TextDecoder();
  let line = 0;
  await eachBlock(file, chunks, limit, (bytes, from, to) => {
    for (const text of decoder.decode(bytes.subarray(from, to)).split("\n")) {
      if (text === "") continue;
      line += 1;
      const records = parseLines(text);
      if (records === undefined) noteRow(reading, file, line, "is not JSON");
      for (const record of records ?? []) {
        if (isRecord(record) && isStreamRecord(record)) takeStreamRecord(reading, file, record);
      }
    }
  });
};

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
  options: { readonly service?: string } = {},
): void => {
  const state = emptyJsonState();
  takeJson(reading, state, file, text, options);
  takeWaiting(reading, state);
  settleSeries(reading);
};
