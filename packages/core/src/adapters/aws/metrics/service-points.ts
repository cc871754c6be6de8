import { emptyPoint, METRIC_COLUMNS, type MetricPoint, POINT } from "../../../domain/demand/metric-point.ts";
import type { PointSink } from "../../../ports/metric-source.ts";
import { valuesOver } from "../../cache/coverage.ts";
import type { PointCache } from "../../cache/point-cache.ts";
import type { ScanRequest } from "./scan-plan.ts";
import { ownerName, type SeriesRef, type ServiceRef, seriesName } from "./series.ts";

/** Values of series of one service over the window, out of the cache; undefined for those without a point. */
export const keptValues = (
  { window }: ScanRequest,
  cache: PointCache,
  owner: ServiceRef,
  series: readonly Pick<SeriesRef, "column" | "target">[],
): readonly (Float64Array | undefined)[] => {
  const segments = cache.settle(ownerName(owner)).filter(({ period }) => period === window.period);
  return series.map((each) => {
    const name = seriesName(each);
    const own = segments.filter((segment) => segment.series === name);
    return own.some(({ values }) => values.length > 0) ? valuesOver(window, window.period, own) : undefined;
  });
};

const WHOLE_POINT = METRIC_COLUMNS.map((column) => ({ column }));

/** Gives the points of one service to the sink, out of the cache; tells how many. */
export const giveService = (request: ScanRequest, cache: PointCache, service: ServiceRef, sink: PointSink): number => {
  const { window, columns: wanted = METRIC_COLUMNS } = request;
  const columns = keptValues(request, cache, service, WHOLE_POINT).map((values, at) =>
    wanted.includes(METRIC_COLUMNS[at] ?? "cpu") ? values : undefined,
  );
  if (columns.every((values) => values === undefined)) return 0;
  const name = `${service.cluster}/${service.service}`;
  const point = emptyPoint();
  const steps = (window.to - window.from) / window.period;
  let points = 0;
  for (let step = 0; step < steps; step++) {
    if (!fillPoint(point, columns, step)) continue;
    point[POINT.time] = window.from + step * window.period;
    sink(name, point);
    points += 1;
  }
  return points;
};

/** Puts the values of a step in their places; false where there is none. */
const fillPoint = (point: MetricPoint, columns: readonly (Float64Array | undefined)[], step: number): boolean => {
  let any = false;
  METRIC_COLUMNS.forEach((column, at) => {
    const value = columns[at]?.[step] ?? Number.NaN;
    point[POINT[column]] = value;
    if (!Number.isNaN(value)) any = true;
  });
  return any;
};
