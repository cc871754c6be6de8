import type { Stretch } from "../../cache/coverage.ts";
import type { SeriesRef } from "./series.ts";

/** Limits of one GetMetricData call (CloudWatch API reference, checked 2026-11-20). */
export const MOST_QUERIES = 500;
export const MOST_POINTS = 100_800;

/** Calls may be this much more than the least that the limits allow. */
const SLACK = 1.1;
const MOST_PAGES = 20;

/** Series of one region that are asked for together, over one stretch. */
export interface Batch extends Stretch {
  readonly region: string;
  readonly series: readonly SeriesRef[];
  /** Pages that the answer has where no point is missing. */
  readonly pages: number;
}

/**
 * How many series to ask for together. As few pages as possible, because a page that follows may be billed as another
 * request; more than one where that alone would waste over a tenth of the points that a call can bring.
 */
export const seriesPerBatch = (points: number): number => {
  if (points * MOST_QUERIES <= MOST_POINTS) return MOST_QUERIES;
  for (let pages = 1; pages < MOST_PAGES; pages++) {
    const fitting = Math.min(MOST_QUERIES, Math.floor((pages * MOST_POINTS) / points));
    if (fitting * points * SLACK >= pages * MOST_POINTS) return fitting;
  }
  return Math.max(1, Math.min(MOST_QUERIES, Math.floor((MOST_PAGES * MOST_POINTS) / points)));
};

const batchOf = (region: string, stretch: Stretch, period: number, series: readonly SeriesRef[]): Batch => {
  const points = ((stretch.to - stretch.from) / period) * series.length;
  return { region, ...stretch, series, pages: Math.max(1, Math.ceil(points / MOST_POINTS)) };
};

/** A series and a stretch of it that is not known. */
export interface MissingStretch extends Stretch {
  readonly series: SeriesRef;
}

/** What is missing, in batches: together what has the same region and stretch, in the order given. */
export const batchesOf = (missing: readonly MissingStretch[], period: number): readonly Batch[] => {
  const groups = Map.groupBy(missing, ({ series, from, to }) => `${series.owner.region}|${from}|${to}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { from, to } = first;
    const size = seriesPerBatch((to - from) / period);
    return Array.from({ length: Math.ceil(group.length / size) }, (_, at) => {
      const series = group.slice(at * size, at * size + size).map((each) => each.series);
      return batchOf(first.series.owner.region, { from, to }, period, series);
    });
  });
};
