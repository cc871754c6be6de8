import { POINT } from "../../../domain/demand/metric-point.ts";
import { holdSeries } from "../reading/held-series.ts";
import type { MetricReading } from "../reading/metric-reading.ts";
import { refuseStated, serviceOfSeries } from "../series/stated-series.ts";
import { eachBlock, type LineLimit } from "../source/line-blocks.ts";
import { closeTable, openTable, readLine } from "../table/read-table.ts";
import { meaningOf } from "../table/table-columns.ts";
import type { TableOptions } from "../table/table-layout.ts";
import { headerLayout, isPlainHeader } from "./header.ts";
import { csvScanner, scanRows } from "./scanner.ts";

const NEWLINE = 10;
const RETURN = 13;

/** Takes whole lines: the bytes from one place to another, which is behind a line end. */
interface LineTaker {
  readonly take: (bytes: Uint8Array, from: number, to: number) => void;
  readonly end: () => void;
}

/**
 * Reads a CSV of metrics as a stream: header `service,timestamp,cpu_utilization_pct,memory_utilization_pct` and
 * optionally `cpu_maximum_pct,memory_maximum_pct,running_tasks`, in any order; or `timestamp,value`, one series that
 * `options` tell the service and the metric of; or any other table whose columns or first rows say what they hold. Rows that
 * cannot be read are noted. Series that are not points yet are held: `settleSeries` makes points of them.
 *
 * @throws {BorderError} `invalid-metrics` where nothing says what the columns are, or something is stated that the file says
 * itself; `line-too-long`.
 */
export const readCsv = async (
  reading: MetricReading,
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  options: TableOptions & LineLimit = {},
): Promise<void> => {
  let taker: LineTaker | undefined;
  await eachBlock(file, chunks, options, (bytes, from, to) => {
    if (taker !== undefined) {
      taker.take(bytes, from, to);
      return;
    }
    const headerEnd = bytes.indexOf(NEWLINE, from);
    const header = new TextDecoder().decode(bytes.subarray(from, headerEnd)).trim();
    taker = openTaker(reading, file, header, options);
    taker.take(bytes, headerEnd + 1, to);
  });
  taker?.end();
};

const openTaker = (reading: MetricReading, file: string, header: string, options: TableOptions): LineTaker =>
  options.columns === undefined && isPlainHeader(header)
    ? plainTaker(reading, file, header, options)
    : tableTaker(reading, file, header, options);

const plainTaker = (reading: MetricReading, file: string, header: string, options: TableOptions): LineTaker => {
  const { roles, single } = headerLayout(file, header, options.metric);
  if (!single) refuseStated(file, options);
  if (single && options.metric === undefined) reading.assumedCpu.push(file);
  const scanner = csvScanner({ reading, file, roles, single: single ? singleOf(reading, file, options) : undefined });
  return { take: (bytes, from, to) => scanRows(scanner, bytes, from, to), end: () => undefined };
};

const singleOf = (reading: MetricReading, file: string, options: TableOptions) => {
  const metric = options.metric ?? "cpu";
  const service = serviceOfSeries(file, options, reading);
  const owner = service === undefined ? {} : { service };
  return { series: holdSeries(reading.hold, file, owner, meaningOf(metric)), place: POINT[metric] };
};

const tableTaker = (reading: MetricReading, file: string, header: string, options: TableOptions): LineTaker => {
  const table = openTable(reading, file, options);
  const decoder = new TextDecoder();
  let line = 1;
  readLine(table, line, header);
  const take = (bytes: Uint8Array, from: number, to: number): void => {
    for (let start = from; start < to; ) {
      const end = bytes.indexOf(NEWLINE, start);
      line += 1;
      readLine(table, line, decoder.decode(bytes.subarray(start, bytes[end - 1] === RETURN ? end - 1 : end)));
      start = end + 1;
    }
  };
  return { take, end: () => closeTable(table) };
};
