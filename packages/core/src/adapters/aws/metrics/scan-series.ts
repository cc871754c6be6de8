import { memoryPointCache, type PointCache } from "../../cache/point-cache.ts";
import type { Aws } from "../client/open-aws.ts";
import { type FilledCache, fillCache } from "./fill-cache.ts";
import type { MetricWindow } from "./retention.ts";
import { type ScanRequest, seriesOf } from "./scan-plan.ts";
import { COLUMNS, type Column, orderedServices, SECONDS_PER_SAMPLE, type ServiceRef } from "./series.ts";
import { keptValues } from "./service-points.ts";

/** One column of a service: a value for each period of the window. */
export interface ServiceSeries {
  readonly service: ServiceRef;
  readonly column: Column;
  readonly window: MetricWindow;
  /** Percent, tasks, requests in the period or bytes in the period; NaN where CloudWatch has none. */
  readonly values: Float64Array;
}

/** Network bytes come as bytes a second, by task and minute. */
const unitOf = (column: Column): number =>
  column === "receivedBytes" || column === "sentBytes" ? SECONDS_PER_SAMPLE : 1;

/** Several target groups of a service count together; a period in which only some have a value is the sum of those. */
const together = (parts: readonly Float64Array[], unit: number): Float64Array | undefined => {
  const [first, ...others] = parts;
  if (first === undefined) return undefined;
  const sum = first.map((value) => value * unit);
  for (const part of others) {
    part.forEach((value, at) => {
      const known = sum[at] ?? Number.NaN;
      if (!Number.isNaN(value)) sum[at] = (Number.isNaN(known) ? 0 : known) + value * unit;
    });
  }
  return sum;
};

const giveSeries = (
  request: ScanRequest,
  cache: PointCache,
  service: ServiceRef,
  take: (series: ServiceSeries) => void,
): number => {
  const series = seriesOf(request, service);
  const kept = keptValues(request, cache, service, series);
  let points = 0;
  for (const column of COLUMNS) {
    const parts = kept.flatMap((values, at) => (series[at]?.column === column && values ? [values] : []));
    const values = together(parts, unitOf(column));
    if (values === undefined) continue;
    points += values.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
    take({ service, column, window: request.window, values });
  }
  return points;
};

/** What a reading of series did. */
export interface SeriesResult extends FilledCache {
  /** Values that are there. */
  readonly points: number;
}

/**
 * Reads whole series of services, requests and network bytes among them, over the same cache and with the same few calls
 * as points: service by service, each column once. A service without a point of a column gets no series of it.
 *
 * @throws {BorderError} as `scanMetrics` does.
 */
export const scanSeries = async (
  aws: Aws,
  request: ScanRequest,
  take: (series: ServiceSeries) => void,
  cache: PointCache = memoryPointCache(),
): Promise<SeriesResult> => {
  const filled = await fillCache(aws, request, cache);
  let points = 0;
  for (const service of orderedServices(request.services)) points += giveSeries(request, cache, service, take);
  return { ...filled, points };
};
