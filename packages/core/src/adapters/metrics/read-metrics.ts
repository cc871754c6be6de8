import { asyncBufferFromFile } from "hyparquet";
import { invalidInput } from "../file/text/invalid-input.ts";
import { readCsv } from "./csv/read-csv.ts";
import {
  emptyJsonState,
  isStreamLine,
  type JsonState,
  readStreamLines,
  takeJson,
  takeWaiting,
} from "./json/read-json.ts";
import { readParquetMetrics } from "./parquet/read-parquet.ts";
import { emptyReading, type KnownService, type MetricReading } from "./reading/metric-reading.ts";
import type { ToldUnits } from "./reading/unit.ts";
import { settleSeries } from "./series/settle.ts";
import { refuseStated } from "./series/stated-series.ts";
import { fileBytes, plainBytes } from "./source/byte-source.ts";
import type { LineLimit } from "./source/line-blocks.ts";
import type { MetricSource } from "./source/metric-source.ts";
import { isOtlpRecords } from "./source/otlp-start.ts";
import { wholeText } from "./source/whole.ts";
import type { ToldColumns } from "./table/table-columns.ts";

/** What is known and told beside the sources. */
export interface MetricOptions extends LineLimit {
  /** Services of the inputs: their task sizes turn CPU units and bytes into percent, their families and names find series. */
  readonly services?: readonly KnownService[];
  /** Columns of CSV files, by what they hold. */
  readonly columns?: ToldColumns;
  /** Units of values whose source does not tell them. */
  readonly units?: ToldUnits;
  /** How much of one source is read, unpacked, in MiB. */
  readonly maxSourceMib?: number;
}

/**
 * Reads metric sources one after the other, plain or gzip, told apart by their content: CSV of utilization and other tables,
 * JSON of CloudWatch, Logs Insights, Prometheus and Datadog, metric streams in JSON and OpenTelemetry, and Parquet. CSV and
 * metric streams are read as a stream, Parquet row group by row group.
 *
 * @throws {BorderError} where a source cannot be opened, is too large or is none of these.
 */
export const readMetrics = async (
  sources: readonly MetricSource[],
  options: MetricOptions = {},
): Promise<MetricReading> => {
  const reading = emptyReading(options.services);
  const state = emptyJsonState();
  for (const source of sources) await readSource(reading, state, source, options);
  takeWaiting(reading, state);
  settleSeries(reading, options.units);
  return reading;
};

const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;
const PARQUET = [0x50, 0x41, 0x52, 0x31];

const readSource = async (
  reading: MetricReading,
  state: JsonState,
  source: MetricSource,
  options: MetricOptions,
): Promise<void> => {
  const { file } = source;
  const chunks = plainBytes(file, source.bytes ?? fileBytes(file), options.maxSourceMib);
  try {
    const first = await chunks.next();
    if (first.done === true) throw invalidInput("invalid-metrics", { file }, "is empty");
    const all = withFirst(first.value, chunks);
    await readAs(reading, state, source, first.value, all, options);
  } finally {
    await chunks.return(undefined);
  }
};

const readAs = async (
  reading: MetricReading,
  state: JsonState,
  source: MetricSource,
  first: Uint8Array,
  all: AsyncIterable<Uint8Array>,
  options: MetricOptions,
): Promise<void> => {
  const { file } = source;
  const start = first.find((byte) => byte > 0x20);
  if (isParquet(first)) {
    refuseStated(file, source);
    await readParquetMetrics(reading, file, await randomAccess(source, all));
  } else if (isOtlpRecords(first)) {
    refuseStated(file, source);
    const { takeOtlpRecords } = await import("./json/otlp-wire.ts");
    takeOtlpRecords(reading, file, await collect(all));
  } else if (start === OPENING_BRACE && isStreamLine(first)) {
    await readStreamLines(reading, file, all, options);
  } else if (start === OPENING_BRACE || start === OPENING_BRACKET) {
    takeJson(reading, state, file, await wholeText(file, all, options.maxSourceMib), { ...source, ...told(options) });
  } else {
    await readCsv(reading, file, all, { ...source, ...told(options), ...options });
  }
};

const told = ({ columns }: MetricOptions) => (columns === undefined ? {} : { columns });

const isParquet = (bytes: Uint8Array): boolean => PARQUET.every((byte, index) => bytes[index] === byte);

async function* withFirst(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

const collect = async (chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
};

/** Parquet begins at its end: a plain file is read in place, other bytes are held. */
const randomAccess = async ({ file, bytes }: MetricSource, all: AsyncIterable<Uint8Array>) => {
  if (bytes === undefined) {
    const buffer = await asyncBufferFromFile(file);
    if (isParquet(new Uint8Array(await buffer.slice(0, PARQUET.length)))) return buffer;
  }
  const held = new Uint8Array(await collect(all));
  return {
    byteLength: held.byteLength,
    slice: (start: number, end?: number) => held.buffer.slice(start, end ?? held.byteLength),
  };
};
