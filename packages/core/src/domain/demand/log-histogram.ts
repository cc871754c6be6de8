/** Widest relative step between two bucket edges: a quantile is never below the exact one and at most this much above. */
export const RELATIVE_BOUND = 0.0025;
/** Percent: values up to here share the first bucket. */
export const SMALLEST_EDGE = 0.01;
/** 0.01 % to more than 10,000 % of a task size. */
const BUCKETS = 5550;
/** Room on the side to which a histogram grows: at least this, or a quarter of its span. */
const LEAST_ROOM = 24;
const LOG_STEP = Math.log1p(RELATIVE_BOUND);
const UINT16_LIMIT = 65_535;

const bucketEdges = (): Float64Array => {
  const edges = new Float64Array(BUCKETS);
  edges[0] = SMALLEST_EDGE;
  for (let i = 1; i < BUCKETS; i++) edges[i] = (edges[i - 1] as number) * (1 + RELATIVE_BOUND);
  return edges;
};

/** Upper edges of the buckets, in percent; built by multiplication, so that they are the same on every machine. */
const EDGES = bucketEdges();

/** Counts of values by logarithmic bucket; only the span of buckets that was used takes memory. */
export interface LogHistogram {
  /** Bucket of `counts[0]`. */
  first: number;
  counts: Uint16Array | Uint32Array;
}

const NO_COUNTS = new Uint16Array(0);

/** A histogram without values. */
export const emptyHistogram = (): LogHistogram => ({ first: 0, counts: NO_COUNTS });

/** Bucket whose upper edge is the smallest that is not below the value. */
const bucketOf = (value: number): number => {
  if (!(value > SMALLEST_EDGE)) return 0;
  let bucket = Math.ceil(Math.log(value / SMALLEST_EDGE) / LOG_STEP);
  if (bucket >= BUCKETS) return BUCKETS - 1;
  while (bucket > 0 && value <= (EDGES[bucket - 1] as number)) bucket--;
  while (bucket < BUCKETS - 1 && value > (EDGES[bucket] as number)) bucket++;
  return bucket;
};

/** Upper edge of a bucket, in percent. */
export const upperEdge = (bucket: number): number => EDGES[bucket] as number;

/** Counts one value, in percent, zero or more. */
export const countValue = (histogram: LogHistogram, value: number): void => {
  const bucket = bucketOf(value);
  let index = bucket - histogram.first;
  if (index < 0 || index >= histogram.counts.length) {
    widen(histogram, bucket);
    index = bucket - histogram.first;
  }
  const count = histogram.counts[index] as number;
  if (count === UINT16_LIMIT && histogram.counts instanceof Uint16Array) {
    histogram.counts = Uint32Array.from(histogram.counts);
  }
  histogram.counts[index] = count + 1;
};

const widen = (histogram: LogHistogram, bucket: number): void => {
  const { first, counts } = histogram;
  const room = Math.max(LEAST_ROOM, counts.length >> 2);
  const end = first + counts.length;
  const unused = counts.length === 0;
  const from = unused || bucket < first ? Math.max(0, bucket - room) : first;
  const to = unused || bucket >= end ? Math.min(BUCKETS, bucket + room) : end;
  const wider = counts instanceof Uint32Array ? new Uint32Array(to - from) : new Uint16Array(to - from);
  if (!unused) wider.set(counts, first - from);
  histogram.first = from;
  histogram.counts = wider;
};

/** Weighted sum of histograms: the total weight and the weight of each bucket from `first` on. */
export interface BucketWeights {
  readonly first: number;
  readonly weights: Float64Array;
  readonly total: number;
}

/** First bucket that any of the histograms uses, and the one after the last. */
export const bucketSpan = (histograms: readonly LogHistogram[]): readonly [number, number] => {
  const used = histograms.filter(({ counts }) => counts.length > 0);
  const first = used.reduce((least, histogram) => Math.min(least, histogram.first), BUCKETS);
  return [first, used.reduce((most, histogram) => Math.max(most, histogram.first + histogram.counts.length), first)];
};

/** Adds up histograms, one factor for each; whole factors keep every figure whole. */
export const mergeHistograms = (histograms: readonly LogHistogram[], factors: readonly number[]): BucketWeights => {
  const [first, end] = bucketSpan(histograms);
  const weights = new Float64Array(end - first);
  let total = 0;
  histograms.forEach(({ first: start, counts }, index) => {
    const factor = factors[index] ?? 0;
    for (let i = 0; i < counts.length; i++) {
      const share = (counts[i] as number) * factor;
      weights[start - first + i] = (weights[start - first + i] as number) + share;
      total += share;
    }
  });
  return { first, weights, total };
};

/**
 * Smallest bucket edge with at least `percent` of the weight at or below it (nearest rank), in percent of the task size;
 * undefined without weight.
 */
export const edgeAtPercentile = ({ first, weights, total }: BucketWeights, percent: number): number | undefined => {
  if (total <= 0) return undefined;
  const wanted = percent * total * (1 - 1e-12);
  let below = 0;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    if (weight === 0) continue;
    below += weight;
    last = first + i;
    if (below * 100 >= wanted) break;
  }
  return upperEdge(last);
};
