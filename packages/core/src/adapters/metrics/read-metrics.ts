import { asyncBufferFromFile } from "hyparquet";
import { invalidInput } from "../file/text/invalid-input.ts";
import { decodeText } from "../file/text/read-text.ts";
import { fileBytes, plainBytes } from "./byte-source.ts";
import { readCloudWatchJson } from "./cloudwatch-json.ts";
import { readCsvMetrics } from "./csv.ts";
import { emptyReading, type MetricReading } from "./metric-reading.ts";
import { readParquetMetrics } from "./parquet.ts";
import { refuseStated, type StatedSeries } from "./stated-series.ts";

/** A metric source: its name for messages, and its bytes; a file of that name where no bytes are given. */
export interface MetricSource extends StatedSeries {
  readonly file: string;
  readonly bytes?: AsyncIterable<Uint8Array>;
}

/**
 * Reads metric sources one after the other: CSV or CloudWatch JSON, plain or gzip, and Parquet, told apart by their
 * content. CSV is read as a stream, Parquet row group by row group.
 *
 * @throws {BorderError} where a source cannot be opened or is none of these.
 */
export const readMetrics = async (sources: readonly MetricSource[]): Promise<MetricReading> => {
  const reading = emptyReading();
  for (const source of sources) await readSource(reading, source);
  return reading;
};

const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;
const PARQUET = [0x50, 0x41, 0x52, 0x31];

const readSource = async (reading: MetricReading, source: MetricSource): Promise<void> => {
  const { file } = source;
  const chunks = plainBytes(file, source.bytes ?? fileBytes(file));
  try {
    const first = await chunks.next();
    if (first.done === true) throw invalidInput("invalid-metrics", { file }, "is empty");
    const start = first.value.find((byte) => byte > 0x20);
    const all = withFirst(first.value, chunks);
    if (isParquet(first.value)) {
      refuseStated(file, source);
      await readParquetMetrics(reading, file, await randomAccess(source, all));
    } else if (start === OPENING_BRACE || start === OPENING_BRACKET) {
      refuseStated(file, { ...(source.metric === undefined ? {} : { metric: source.metric }) });
      readCloudWatchJson(reading, file, decodeText(await collect(all), file), source);
    } else {
      await readCsvMetrics(reading, file, all, source);
    }
  } finally {
    await chunks.return(undefined);
  }
};

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
