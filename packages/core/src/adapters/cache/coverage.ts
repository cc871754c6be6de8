import type { Segment } from "./records.ts";

/** A stretch of time in seconds since 1970, `from` inclusive, `to` exclusive. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The parts of a stretch that none of the others covers, in order. */
export const uncovered = (wanted: Stretch, covered: readonly Stretch[]): readonly Stretch[] => {
  const gaps: Stretch[] = [];
  let at = wanted.from;
  for (const { from, to } of [...covered].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (to <= at) continue;
    if (from >= wanted.to) break;
    if (from > at) gaps.push({ from: at, to: from });
    at = to;
  }
  if (at < wanted.to) gaps.push({ from: at, to: wanted.to });
  return gaps;
};

/** Values of one series over a stretch, NaN where no segment has one; a later segment wins. */
export const valuesOver = (wanted: Stretch, period: number, segments: readonly Segment[]): Float64Array => {
  const [only] = segments;
  if (segments.length === 1 && only?.from === wanted.from && only.to === wanted.to && only.values.length > 0)
    return only.values;
  const values = new Float64Array((wanted.to - wanted.from) / period).fill(Number.NaN);
  for (const segment of segments) {
    if (segment.values.length === 0) continue;
    const first = Math.max(0, (wanted.from - segment.from) / period);
    const last = Math.min(segment.values.length, (wanted.to - segment.from) / period);
    if (first >= last) continue;
    values.set(segment.values.subarray(first, last), first + (segment.from - wanted.from) / period);
  }
  return values;
};

const cut = (segment: Segment, oldest: number): readonly Segment[] => {
  const { from, to, period, values } = segment;
  const steps = Math.max(0, Math.ceil((oldest - from) / period));
  const begin = from + steps * period;
  return begin < to ? [{ ...segment, from: begin, values: values.subarray(steps) }] : [];
};

/** What segments hold from a time on that depends on the period; the same list where that is all. */
export const since = (segments: readonly Segment[], oldest: (period: number) => number): readonly Segment[] =>
  segments.every(({ from, period }) => from >= oldest(period))
    ? segments
    : segments.flatMap((segment) => cut(segment, oldest(segment.period)));

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const joined = (segments: readonly Segment[]): readonly Segment[] => {
  const runs: Segment[][] = [];
  for (const segment of [...segments].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const run = runs.at(-1);
    const end = run === undefined ? Number.NEGATIVE_INFINITY : Math.max(...run.map(({ to }) => to));
    if (run === undefined || segment.from > end) runs.push([segment]);
    else run.push(segment);
  }
  return runs.flatMap((run) => {
    const [first] = run;
    if (first === undefined) return [];
    const stretch = { from: first.from, to: Math.max(...run.map(({ to }) => to)) };
    const ofRun = new Set(run);
    const values = valuesOver(
      stretch,
      first.period,
      segments.filter((segment) => ofRun.has(segment)),
    );
    const isEmpty = values.every((value) => Number.isNaN(value));
    return [{ ...first, ...stretch, values: isEmpty ? new Float64Array(0) : values }];
  });
};

const nameOf = ({ series, period }: Segment): string => `${series}|${period}`;

/** Whether segments are in that form already. */
export const isCanonical = (segments: readonly Segment[]): boolean =>
  segments.every((segment, at) => {
    const before = segments[at - 1];
    if (segment.values.length > 0 && segment.values.every((value) => Number.isNaN(value))) return false;
    if (before === undefined) return true;
    return nameOf(before) < nameOf(segment) || (nameOf(before) === nameOf(segment) && before.to < segment.from);
  });

/** The same points in the one form that does not depend on the order in which they came: by series, joined, in order. */
export const canonical = (segments: readonly Segment[]): readonly Segment[] =>
  [...Map.groupBy(segments, nameOf)].sort(([a], [b]) => byCodeUnits(a, b)).flatMap(([, ofSeries]) => joined(ofSeries));
