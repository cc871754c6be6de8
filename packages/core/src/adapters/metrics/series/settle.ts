import { type MetricColumn, POINT, pointOf } from "../../../domain/demand/metric-point.ts";
import { addPoint } from "../../../domain/demand/usage.ts";
import type { HeldSeries } from "../reading/held-series.ts";
import { type MetricReading, usageOf } from "../reading/metric-reading.ts";
import type { ToldUnits } from "../reading/unit.ts";
import { foundUnits } from "./found-units.ts";
import { nameRows, nameService } from "./known-service.ts";
import { combineLevels, type Timed } from "./levels.ts";
import { inPercent, type Scaled } from "./scale.ts";

/** Makes points of every series that is held: by service, in percent of its task size, the oldest first. */
export const settleSeries = (reading: MetricReading, units: ToldUnits = {}): void => {
  nameRows(reading);
  const named = [...reading.hold.series.values()].filter(({ length }) => length > 0);
  const byService = Map.groupBy(named, (series) => nameService(reading, series));
  for (const [service, series] of byService) {
    if (service !== undefined) settleService(reading, service, withoutDoubles(series), units);
  }
  reading.hold.series.clear();
};

/**
 * CloudWatch has the use of a service several times: as percent and in units, by its name and by the family of its tasks.
 * Percent and the name count, since the others are the same again.
 */
const withoutDoubles = (series: readonly HeldSeries[]): readonly HeldSeries[] =>
  series.filter((one) => {
    const isSame = ({ meaning, owner }: HeldSeries): boolean =>
      meaning.quantity === one.meaning.quantity &&
      meaning.statistic === one.meaning.statistic &&
      owner.task === one.owner.task &&
      owner.container === one.owner.container;
    const better = (other: HeldSeries): boolean =>
      (one.owner.byFamily === true && other.owner.byFamily !== true) ||
      (other.meaning.unit === "percent" && one.meaning.unit !== "percent");
    return !series.some((other) => isSame(other) && better(other));
  });

const settleService = (
  reading: MetricReading,
  service: string,
  series: readonly HeldSeries[],
  units: ToldUnits,
): void => {
  const known = reading.known?.find(({ id }) => id === service);
  const usage = usageOf(reading, service);
  const columns = new Map<MetricColumn, Timed>();
  for (const quantity of ["cpu", "memory"] as const) {
    const unit = foundUnits(reading, service, series, quantity, units);
    const scaled = series
      .filter(({ meaning }) => meaning.quantity === quantity)
      .flatMap((each) => inPercent(reading, service, each, { series, size: known?.[quantity], unit }) ?? []);
    addColumns(columns, quantity, scaled);
  }
  const counts = series.filter(({ meaning }) => meaning.quantity === "tasks");
  const [tasks] = combineLevels(counts.map((each) => ({ series: each, values: each.values, times: each.times })));
  if (tasks !== undefined) columns.set("tasks", tasks);
  const times = new Set([...columns.values()].flatMap((values) => [...values.keys()]));
  for (const time of [...times].sort((a, b) => a - b)) {
    for (const point of pointsAt(columns, time)) {
      addPoint(usage, point);
      reading.points += 1;
    }
  }
};

const addColumns = (columns: Map<MetricColumn, Timed>, quantity: "cpu" | "memory", scaled: readonly Scaled[]): void => {
  const highest = quantity === "cpu" ? "cpuMaximum" : "memoryMaximum";
  const averages = scaled.filter(({ series }) => series.meaning.statistic !== "maximum");
  const maxima = scaled.filter(({ series }) => series.meaning.statistic === "maximum");
  const [average, ofTasks] = combineLevels(averages);
  const [, maximum = ofTasks] = combineLevels(maxima, true);
  if (average !== undefined) columns.set(quantity, average);
  if (maximum !== undefined) columns.set(highest, maximum);
};

/** Points of one time: as many as a column has values, since two sources may tell of the same minute. */
const pointsAt = (columns: ReadonlyMap<MetricColumn, Timed>, time: number) => {
  const lists = [...columns].map(([column, values]) => [column, values.get(time) ?? []] as const);
  const most = Math.max(...lists.map(([, values]) => values.length));
  return Array.from({ length: most }, (_, at) => {
    const point = pointOf(time, {});
    for (const [column, values] of lists) point[POINT[column]] = values[at] ?? Number.NaN;
    return point;
  });
};
