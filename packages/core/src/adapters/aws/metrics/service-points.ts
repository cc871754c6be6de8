import type { PointSink } from "../../../ports/metric-source.ts";
import { valuesOver } from "../../cache/coverage.ts";
import type { PointCache } from "../../cache/point-cache.ts";
import type { ScanRequest } from "./scan-plan.ts";
import { ownerName, POINT_COLUMNS, type SeriesRef, type ServiceRef, seriesName } from "./series.ts";

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

const WHOLE_POINT = POINT_COLUMNS.map((column) => ({ column }));

/** Gives the points of one service to the sink, out of the cache; tells how many. */
export const giveService = (request: ScanRequest, cache: PointCache, service: ServiceRef, sink: PointSink): number => {
  const { window, columns: wanted = POINT_COLUMNS } = request;
  const columns = keptValues(request, cache, service, WHOLE_POINT).map((values, at) =>
    wanted.includes(POINT_COLUMNS[at] ?? "cpu") ? values : undefined,
  );
  if (columns.every((values) => values === undefined)) return 0;
  const name = `${service.cluster}/${service.service}`;
  const [cpu, memory, cpuMaximum, memoryMaximum, tasks] = columns;
  const steps = (window.to - window.from) / window.period;
  let points = 0;
  for (let step = 0; step < steps; step++) {
    const at = (values: Float64Array | undefined): number => values?.[step] ?? Number.NaN;
    const [a, b, c, d, e] = [at(cpu), at(memory), at(cpuMaximum), at(memoryMaximum), at(tasks)];
    if (Number.isNaN(a) && Number.isNaN(b) && Number.isNaN(c) && Number.isNaN(d) && Number.isNaN(e)) continue;
    sink(name, window.from + step * window.period, a, b, c, d, e);
    points += 1;
  }
  return points;
};
