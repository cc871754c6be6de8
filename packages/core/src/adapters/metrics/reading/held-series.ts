import type { MetricUnit } from "./unit.ts";

/** What a series measures. What is reserved tells how large the tasks were that used it. */
export type Quantity = "cpu" | "memory" | "cpuReserved" | "memoryReserved" | "tasks";

/** How the values of several samples or tasks were made one. */
export type Statistic = "average" | "maximum" | "sum";

/** What the values of a series are. */
export interface SeriesMeaning {
  readonly quantity: Quantity;
  readonly statistic: Statistic;
  readonly unit: MetricUnit;
  /** Seconds of CPU since the container began, of which the growth counts. */
  readonly counter?: boolean;
  /** Is of a container even where the source does not name it. */
  readonly ofContainer?: boolean;
}

/** What a series is of: a service, one of its tasks, or a container of that. */
export interface SeriesOwner {
  /** `name`, `cluster/name`, the family of its task definition or its ARN; undefined where the source names none. */
  readonly service?: string;
  /** The name is that of a task definition's family. */
  readonly byFamily?: true;
  readonly task?: string;
  readonly container?: string;
}

/** Values of one series until everything is read: what they are worth depends on other series and on the task size. */
export interface HeldSeries {
  readonly file: string;
  readonly owner: SeriesOwner;
  readonly meaning: SeriesMeaning;
  times: Float64Array;
  values: Float64Array;
  length: number;
}

const FIRST_ROOM = 256;

/** Series by what they are, whatever file they came from. */
export interface SeriesHold {
  readonly series: Map<string, HeldSeries>;
}

export const emptyHold = (): SeriesHold => ({ series: new Map() });

/** The series of an owner and a meaning, a new one where there is none yet. */
export const holdSeries = (
  { series }: SeriesHold,
  file: string,
  owner: SeriesOwner,
  meaning: SeriesMeaning,
): HeldSeries => {
  const { quantity, statistic, unit } = meaning;
  const key = JSON.stringify([
    owner.service,
    owner.byFamily,
    owner.task,
    owner.container,
    quantity,
    statistic,
    unit,
    file,
  ]);
  const known = series.get(key);
  if (known !== undefined) return known;
  const held: HeldSeries = {
    file,
    owner,
    meaning,
    times: new Float64Array(FIRST_ROOM),
    values: new Float64Array(FIRST_ROOM),
    length: 0,
  };
  series.set(key, held);
  return held;
};

/** Adds a value; time in seconds since 1970. */
export const pushValue = (held: HeldSeries, time: number, value: number): void => {
  if (held.length === held.times.length) {
    held.times = grown(held.times);
    held.values = grown(held.values);
  }
  held.times[held.length] = time;
  held.values[held.length] = value;
  held.length += 1;
};

const grown = (values: Float64Array): Float64Array => {
  const room = new Float64Array(2 * values.length);
  room.set(values);
  return room;
};

/** The largest value; undefined without any. */
export const largestValue = ({ values, length }: HeldSeries): number | undefined => {
  if (length === 0) return undefined;
  let largest = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < length; at++) largest = Math.max(largest, values[at] as number);
  return largest;
};
