import type { GetMetricDataCommandOutput } from "@aws-sdk/client-cloudwatch";
import type { Segment } from "../../cache/records.ts";
import { type AwsCall, malformedAnswer } from "../client/aws-error.ts";
import type { Batch } from "./batches.ts";
import type { TakenNumbers } from "./lean-body.ts";
import { type SeriesRef, seriesName } from "./series.ts";

/** A series while it is being read: everything before `at` is known. */
export interface OpenSeries {
  readonly series: SeriesRef;
  at: number;
  state: "open" | "complete" | "forbidden";
}

type Result = NonNullable<GetMetricDataCommandOutput["MetricDataResults"]>[number];

interface Points {
  /** Seconds since 1970. */
  readonly times: readonly number[];
  readonly values: readonly number[];
}

const secondsOf = (stamp: unknown): number => (stamp instanceof Date ? stamp.getTime() / 1000 : Number.NaN);

const NOTHING: readonly number[] = [];

/** The lists of a result, or those that were taken out of the answer and whose places stand in it. */
const listsOf = (
  { Timestamps: stamps = [], Values: values = [] }: Result,
  taken: TakenNumbers | undefined,
): Points | undefined => {
  if (!Array.isArray(stamps) || !Array.isArray(values)) return undefined;
  if (taken === undefined) return { times: stamps.map(secondsOf), values };
  const placed = (list: readonly unknown[], place: number) => (list.length === 0 ? NOTHING : taken[place]);
  const [times, numbers] = [placed(stamps, secondsOf(stamps[0])), placed(values, values[0] ?? Number.NaN)];
  return times === undefined || numbers === undefined ? undefined : { times, values: numbers };
};

/** The points of a result, or undefined where they are not what the API promises: on the grid, in order, finite. */
const pointsOf = (
  result: Result,
  taken: TakenNumbers | undefined,
  batch: Batch,
  period: number,
): Points | undefined => {
  const points = listsOf(result, taken);
  if (points === undefined || points.times.length !== points.values.length) return undefined;
  let before = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < points.times.length; place++) {
    const time = points.times[place] ?? Number.NaN;
    const isOnGrid = time >= batch.from && time < batch.to && (time - batch.from) % period === 0;
    if (!isOnGrid || !Number.isFinite(points.values[place]) || time <= before) return undefined;
    before = time;
  }
  return points;
};

const segmentOf = (open: OpenSeries, { times, values }: Points, to: number, period: number): Segment => {
  const filled = new Float64Array((to - open.at) / period).fill(Number.NaN);
  let any = false;
  for (let place = 0; place < times.length; place++) {
    const time = times[place] ?? Number.NaN;
    if (time < open.at || time >= to) continue;
    filled[(time - open.at) / period] = values[place] ?? Number.NaN;
    any = true;
  }
  const known = any ? filled : new Float64Array(0);
  return { series: seriesName(open.series), period, from: open.at, to, values: known };
};

/** Where the knowledge of a series ends after a result: at the end of the batch, or behind its last point. */
const knownUntil = (result: Result, { times }: Points, batch: Batch, open: OpenSeries, period: number): number => {
  if (result.StatusCode === "Complete") return batch.to;
  return Math.max(open.at, (times[times.length - 1] ?? Number.NEGATIVE_INFINITY) + period);
};

/** A stretch that became known, with the series that it is of. */
export interface LearntSegment {
  readonly open: OpenSeries;
  readonly segment: Segment;
}

/** A page of an answer, with the numbers that were taken out of it, if they were. */
export interface MetricPage {
  readonly results: readonly Result[] | undefined;
  readonly taken: TakenNumbers | undefined;
}

interface CheckedResult {
  readonly result: Result;
  readonly open: OpenSeries;
  readonly points: Points;
}

const checkedResult = (
  call: AwsCall,
  result: Result,
  open: OpenSeries | undefined,
  points: Points | undefined,
): CheckedResult => {
  if (open === undefined) throw malformedAnswer(call, "it has a result that was not asked for");
  if (points === undefined) throw malformedAnswer(call, "its points are not in order, or no numbers");
  return { result, open, points };
};

const learnResult = (
  { result, open, points }: CheckedResult,
  batch: Batch,
  period: number,
): readonly LearntSegment[] => {
  if (result.StatusCode === "Forbidden") open.state = "forbidden";
  if (open.state !== "open" || result.StatusCode === "InternalError") return [];
  const to = knownUntil(result, points, batch, open, period);
  const segment = segmentOf(open, points, to, period);
  if (result.StatusCode === "Complete") open.state = "complete";
  open.at = to;
  return segment.to > segment.from ? [{ open, segment }] : [];
};

/** What one page adds; it moves each series on, or none where anything in it is wrong. A page that comes again adds nothing. */
export const learnPage = (
  call: AwsCall,
  { results, taken }: MetricPage,
  batch: Batch,
  period: number,
  series: ReadonlyMap<string, OpenSeries>,
): readonly LearntSegment[] => {
  if (!Array.isArray(results)) throw malformedAnswer(call, "it has no results");
  const checked = results.map((result: Result) =>
    checkedResult(call, result, series.get(result.Id ?? ""), pointsOf(result, taken, batch, period)),
  );
  return checked.flatMap((each) => learnResult(each, batch, period));
};
