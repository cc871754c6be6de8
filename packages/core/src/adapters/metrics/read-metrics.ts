import { invalidInput } from "../file/invalid-input.ts";
import { decodeText } from "../file/read-text.ts";
import { fileBytes, plainBytes } from "./byte-source.ts";
import { type CloudWatchOptions, readCloudWatchJson } from "./cloudwatch-json.ts";
import { readCsvMetrics } from "./csv.ts";
import { emptyReading, type MetricReading } from "./metric-reading.ts";

/** A metric source: its name for messages, and its bytes; a file of that name where no bytes are given. */
export interface MetricSource extends CloudWatchOptions {
  readonly file: string;
  readonly bytes?: AsyncIterable<Uint8Array>;
}

/**
 * Reads metric sources, plain or gzip, CSV or CloudWatch JSON by their content, as streams, one after the other.
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
  const first = await chunks.next();
  if (first.done === true) throw invalidInput("invalid-metrics", { file }, "is empty");
  const all = withFirst(first.value, chunks);
  const start = first.value.find((byte) => byte > 0x20);
  if (PARQUET.every((byte, index) => first.value[index] === byte)) {
    throw invalidInput("unsupported-metrics", { file }, "is Parquet, which this version does not read", {
      hint: "Give it as CSV, plain or gzip.",
    });
  }
  if (start === OPENING_BRACE || start === OPENING_BRACKET) {
    readCloudWatchJson(reading, file, decodeText(await collect(all), file), source);
  } else {
    await readCsvMetrics(reading, file, all);
  }
};

async function* withFirst(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

const collect = async (chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
};
