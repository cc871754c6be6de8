import type { EpochSeconds } from "./timestamp.ts";

/** What is measured of a service at one time, in the order in which a point keeps it. */
export const METRIC_COLUMNS = ["cpu", "memory", "cpuMaximum", "memoryMaximum", "tasks"] as const;
export type MetricColumn = (typeof METRIC_COLUMNS)[number];

/**
 * One point of a service: a row of doubles that readers fill again and again, so that millions of points make no objects.
 * `POINT` names its places. Utilization in percent of the task size, running tasks as a count; NaN where not given.
 */
export type MetricPoint = Float64Array;

/** Places in a point: the time in seconds since 1970, and each column. */
export const POINT = { time: 0, cpu: 1, memory: 2, cpuMaximum: 3, memoryMaximum: 4, tasks: 5 } as const;

/** A point without time and values. */
export const emptyPoint = (): MetricPoint => new Float64Array(1 + METRIC_COLUMNS.length).fill(Number.NaN);

/**
 * A point by its names, for those that have few of them.
 *
 * @example addPoint(usage, pointOf(1_790_000_000, { cpu: 41.5, memory: 62 }))
 */
export const pointOf = (time: EpochSeconds, values: Readonly<Partial<Record<MetricColumn, number>>>): MetricPoint => {
  const point = emptyPoint();
  point[POINT.time] = time;
  for (const column of METRIC_COLUMNS) point[POINT[column]] = values[column] ?? Number.NaN;
  return point;
};
