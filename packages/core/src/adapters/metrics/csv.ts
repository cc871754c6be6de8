import { invalidInput } from "../file/text/invalid-input.ts";
import { headerLayout } from "./csv-header.ts";
import { type CsvScanner, csvScanner, scanRows } from "./csv-scanner.ts";
import { type MetricReading, noteRow } from "./metric-reading.ts";
import { refuseStated, type StatedSeries, serviceOfSeries } from "./stated-series.ts";

const NEWLINE = 10;
const NO_BYTES = new Uint8Array(0);
/** A row that is longer, in bytes, is no row. */
const LONGEST_ROW = 1 << 20;

/**
 * Reads a CSV of metrics as a stream: header `service,timestamp,cpu_utilization_pct,memory_utilization_pct` and
 * optionally `cpu_maximum_pct,memory_maximum_pct,running_tasks`, in any order; or `timestamp,value`, one series that
 * `stated` tells the service and the metric of. Rows that cannot be read are noted with their line.
 *
 * @throws {BorderError} `invalid-metrics` where the header is neither, or something is stated that the file says itself.
 */
export const readCsvMetrics = async (
  reading: MetricReading,
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  stated: StatedSeries = {},
): Promise<void> => {
  const open = (header: string): CsvScanner => openScanner(reading, file, header, stated);
  let scanner: CsvScanner | undefined;
  let rest: Uint8Array = NO_BYTES;
  for await (const chunk of chunks) {
    const line = rest.length === 0 ? 0 : chunk.indexOf(NEWLINE) + 1;
    if (line > 0) scanner = scanPart(open, scanner, joined(rest, chunk.subarray(0, line)), 0);
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > line) scanner = scanPart(open, scanner, chunk, line);
    rest = end > 0 ? chunk.slice(end) : joined(rest, chunk);
    if (rest.length > LONGEST_ROW) {
      if (scanner === undefined) throw invalidInput("invalid-metrics", { file, line: 1 }, "has no header line");
      noteRow(reading, file, scanner.line + 1, `is longer than ${LONGEST_ROW} bytes`);
      rest = NO_BYTES;
    }
  }
  if (rest.length > 0) scanner = scanPart(open, scanner, joined(rest, Uint8Array.of(NEWLINE)), 0);
  if (scanner === undefined) throw invalidInput("invalid-metrics", { file }, "is empty");
};

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
};

const openScanner = (reading: MetricReading, file: string, header: string, stated: StatedSeries): CsvScanner => {
  const { roles, single } = headerLayout(file, header, stated.metric);
  if (!single) refuseStated(file, stated);
  if (single && stated.metric === undefined) reading.assumedCpu.push(file);
  return csvScanner({ reading, file, roles, service: single ? serviceOfSeries(file, stated) : undefined });
};

/** Scans from `from` to the last line end. */
const scanPart = (
  open: (header: string) => CsvScanner,
  known: CsvScanner | undefined,
  bytes: Uint8Array,
  from: number,
): CsvScanner => {
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  if (known !== undefined) {
    scanRows(known, bytes, from, end);
    return known;
  }
  const headerEnd = bytes.indexOf(NEWLINE, from);
  const scanner = open(new TextDecoder().decode(bytes.subarray(from, headerEnd)).trim());
  scanRows(scanner, bytes, headerEnd + 1, end);
  return scanner;
};
