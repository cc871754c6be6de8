import type { PointCache } from "../../cache/point-cache.ts";
import { type AwsCall, malformedAnswer } from "../client/aws-error.ts";
import type { Aws } from "../client/open-aws.ts";
import { type Batch, batchesOf, MOST_POINTS } from "./batches.ts";
import { getMetricData } from "./get-metric-data.ts";
import { type LearntSegment, learnPage, type OpenSeries } from "./metric-page.ts";
import { metricQuery, ownerName } from "./series.ts";

/** What a scan carries along. */
export interface ScanContext {
  readonly aws: Aws;
  readonly cache: PointCache;
  readonly period: number;
  /** Is told of each call that was answered. */
  readonly onCall: () => void;
}

export const GET_METRIC_DATA = "cloudwatch:GetMetricData";

/** How often the rest of a batch is asked for in vain where an answer stops before its end. */
const MOST_ROUNDS = 4;

/** One page, checked before it counts: an answer that makes no sense is asked for again like one that failed. */
const sendPage = async (
  context: ScanContext,
  batch: Batch,
  open: ReadonlyMap<string, OpenSeries>,
  token: string | undefined,
) => {
  const { aws, period } = context;
  const call: AwsCall = { action: GET_METRIC_DATA, region: batch.region };
  const client = await aws.clients.cloudwatch(batch.region);
  const input = {
    MetricDataQueries: [...open].map(([id, { series }]) => metricQuery(series, id, period)),
    StartTime: new Date(batch.from * 1000),
    EndTime: new Date(batch.to * 1000),
    ScanBy: "TimestampAscending" as const,
    MaxDatapoints: MOST_POINTS,
    ...(token === undefined ? {} : { NextToken: token }),
  };
  const points = Math.min(MOST_POINTS, (open.size * (batch.to - batch.from)) / period);
  return aws.call(
    call,
    async (abortSignal) => {
      const { output, taken } = await getMetricData(client, input, abortSignal);
      const page = { results: output.MetricDataResults, taken };
      return { learnt: learnPage(call, page, batch, period, open), next: output.NextToken };
    },
    points,
  );
};

/** To the disk before the next call: what was learnt is never asked for again. */
const keep = (cache: PointCache, learnt: readonly LearntSegment[]): void => {
  for (const [owner, ofOwner] of Map.groupBy(learnt, ({ open }) => ownerName(open.series.owner))) {
    cache.append(
      owner,
      ofOwner.map(({ segment }) => segment),
    );
  }
};

/** Reads the pages of one batch; ends early where the tokens lead in a circle. */
const readPages = async (context: ScanContext, batch: Batch): Promise<readonly OpenSeries[]> => {
  const open = new Map(
    batch.series.map((series, at): [string, OpenSeries] => [`m${at}`, { series, at: batch.from, state: "open" }]),
  );
  const seen = new Set<string>();
  for (let token: string | undefined; ; ) {
    const { learnt, next } = await sendPage(context, batch, open, token);
    keep(context.cache, learnt);
    context.onCall();
    if (next === undefined || next === "" || seen.has(next)) return [...open.values()];
    seen.add(next);
    token = next;
  }
};

const secondsLeft = (batches: readonly Batch[]): number =>
  batches.reduce((sum, { from, to, series }) => sum + (to - from) * series.length, 0);

/** Reads a batch to its end; gives the series that CloudWatch would not give. */
export const readBatch = async (context: ScanContext, batch: Batch): Promise<readonly OpenSeries[]> => {
  const refused: OpenSeries[] = [];
  let left: readonly Batch[] = [batch];
  for (let inVain = 0; left.length > 0; ) {
    if (inVain === MOST_ROUNDS)
      throw malformedAnswer({ action: GET_METRIC_DATA, region: batch.region }, "it never ends");
    const read: OpenSeries[] = [];
    for (const part of left) read.push(...(await readPages(context, part)));
    refused.push(...read.filter(({ state }) => state === "forbidden"));
    const rest = read.filter(({ state }) => state === "open");
    const missing = rest.map(({ series, at }) => ({ series, from: at, to: batch.to }));
    const next = batchesOf(missing, context.period);
    inVain = secondsLeft(next) < secondsLeft(left) ? 0 : inVain + 1;
    left = next;
  }
  return refused;
};
