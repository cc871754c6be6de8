import type { GetMetricDataCommandOutput } from "@aws-sdk/client-cloudwatch";
import type { Segment } from "../../cache/records.ts";
import { type AwsCall, malformedAnswer } from "../aws-error.ts";
import type { Batch } from "./batches.ts";
import { type SeriesRef, seriesName } from "./series.ts";

/** A series while it is being read: everything before `at` is known. */
export interface OpenSeries {
  readonly series: SeriesRef;
  at: number;
  state: "open" | "complete" | "forbidden";
}

type Result = NonNullable<GetMetricDataCommandOutput["MetricDataResults"]>[number];

interface Points {
  readonly stamps: readonly Date[];
  readonly values: readonly number[];
}

const secondsOf = (stamp: unknown): number => (stamp instanceof Date ? stamp.getTime() / 1000 : Number.NaN);

/** The points of a result, or undefined where they are not what the API promises: on the grid, in order, finite. */
const pointsOf = (result: Result, batch: Batch, period: number): Points | undefined => {
  const { Timestamps: stamps = [], Values: values = [] } = result;
  if (!Array.isArray(stamps) || !Array.isArray(values) || stamps.length !== values.length) return undefined;
  let before = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < stamps.length; place++) {
    const time = secondsOf(stamps[place]);
    const isOnGrid = time >= batch.from && time < batch.to && (time - batch.from) % period === 0;
    if (!isOnGrid || !Number.isFinite(values[place]) || time <= before) return undefined;
    before = time;
  }
  return { stamps, values };
};

const segmentOf = (open: OpenSeries, { stamps, values }: Points, to: number, period: number): Segment => {
  const filled = new Float64Array((to - open.at) / period).fill(Number.NaN);
  let any = false;
  for (let place = 0; place < stamps.length; place++) {
    const time = secondsOf(stamps[place]);
    if (time < open.at || time >= to) continue;
    filled[(time - open.at) / period] = values[place] ?? Number.NaN;
    any = true;
  }
  const known = any ? filled : new Float64Array(0);
  return { series: seriesName(open.series.column), period, from: open.at, to, values: known };
};

/** Where the knowledge of a series ends after a result: at the end of the batch, or behind its last point. */
const knownUntil = (result: Result, { stamps }: Points, batch: Batch, open: OpenSeries, period: number): number => {
  if (result.StatusCode === "Complete") return batch.to;
  return stamps.length === 0 ? open.at : Math.max(open.at, secondsOf(stamps.at(-1)) + period);
};

/** A stretch that became known, with the series that it is of. */
export interface LearntSegment {
  readonly open: OpenSeries;
  readonly segment: Segment;
}

interface CheckedResult {
  readonly result: Result;
  readonly open: OpenSeries;
  readonly points: Points;
}

const checkedResult = (
  call: AwsCall,
  result: Result,
  batch: Batch,
  period: number,
  series: ReadonlyMap<string, OpenSeries>,
): CheckedResult => {
  const open = series.get(result.Id ?? "");
  const points = pointsOf(result, batch, period);
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
  results: readonly Result[] | undefined,
  batch: Batch,
  period: number,
  series: ReadonlyMap<string, OpenSeries>,
): readonly LearntSegment[] => {
  if (!Array.isArray(results)) throw malformedAnswer(call, "it has no results");
  const checked = results.map((result: Result) => checkedResult(call, result, batch, period, series));
  return checked.flatMap((each) => learnResult(each, batch, period));
};
