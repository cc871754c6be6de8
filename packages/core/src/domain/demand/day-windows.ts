import type { UsageMetric } from "./day-usage.ts";
import type { UsageDemand } from "./demand-window.ts";
import { bucketSpan, upperEdge } from "./log-histogram.ts";

/** Sums of one series up to each of its days, so that any run of days is looked at without adding it up again. */
export interface DayWindows {
  readonly days: number;
  readonly firstBucket: number;
  readonly width: number;
  /** `days + 1` rows of `width` weights: those of all days before. */
  readonly sums: Uint32Array;
  readonly totals: Float64Array;
  /** Highest value of each day, -1 without any. */
  readonly highest: readonly number[];
}

const known = new WeakMap<UsageDemand["days"], Map<UsageMetric, DayWindows>>();

/**
 * Adds up the days of a series, once for each list of days; a point counts for as many minutes as the points of its day are
 * apart.
 */
export const dayWindows = ({ days }: UsageDemand, metric: UsageMetric): DayWindows => {
  const ofDays = known.get(days) ?? new Map<UsageMetric, DayWindows>();
  known.set(days, ofDays);
  const windows = ofDays.get(metric) ?? addUp(days, metric);
  ofDays.set(metric, windows);
  return windows;
};

const addUp = (days: UsageDemand["days"], metric: UsageMetric): DayWindows => {
  const series = days.map((day) => day.metrics[metric]);
  const [firstBucket, end] = bucketSpan(series);
  const width = Math.max(0, end - firstBucket);
  const sums = new Uint32Array((days.length + 1) * width);
  const totals = new Float64Array(days.length + 1);
  series.forEach((histogram, day) => {
    const weight = Math.max(1, days[day]?.periodMinutes ?? 1);
    const row = (day + 1) * width;
    sums.copyWithin(row, row - width, row);
    const at = row + histogram.first - firstBucket;
    for (let i = 0; i < histogram.counts.length; i++) {
      sums[at + i] = (sums[at + i] as number) + (histogram.counts[i] as number) * weight;
    }
    totals[day + 1] = (totals[day] as number) + histogram.count * weight;
  });
  return { days: days.length, firstBucket, width, sums, totals, highest: series.map(({ maximum }) => maximum) };
};

/** Highest value of the days from `from` up to but not `to`; undefined without values. */
export const highestOf = ({ highest }: DayWindows, from: number, to: number): number | undefined => {
  let most = -1;
  for (let day = from; day < to; day++) most = Math.max(most, highest[day] as number);
  return most < 0 ? undefined : most;
};

/**
 * Level in percent that at most `share` (0 to 1) of the time of those days lies above: the nearest-rank percentile 1 - share,
 * never below the exact one and at most RELATIVE_BOUND above it. Undefined without values.
 */
export const levelExceededFor = (windows: DayWindows, from: number, to: number, share: number): number | undefined => {
  const { width, sums, totals, firstBucket } = windows;
  const total = (totals[to] as number) - (totals[from] as number);
  const most = highestOf(windows, from, to);
  if (total <= 0 || most === undefined) return undefined;
  const allowed = share * total * (1 + 1e-12);
  let above = 0;
  let lowest = 0;
  for (let i = width - 1; i >= 0 && above <= allowed; i--) {
    const weight = (sums[to * width + i] as number) - (sums[from * width + i] as number);
    if (weight > 0) lowest = i;
    above += weight;
  }
  return Math.min(upperEdge(firstBucket + lowest), most);
};

/** Share of the time (0 to 1) above a level in percent: exact 0 at or above the highest value, elsewhere never understated. */
export const shareAboveIn = (windows: DayWindows, from: number, to: number, level: number): number => {
  if ((highestOf(windows, from, to) ?? -1) <= level) return 0;
  const { width, sums, totals, firstBucket } = windows;
  let above = 0;
  for (let i = width - 1; i >= 0 && upperEdge(firstBucket + i) > level; i--) {
    above += (sums[to * width + i] as number) - (sums[from * width + i] as number);
  }
  return above / ((totals[to] as number) - (totals[from] as number));
};
