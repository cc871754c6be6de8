import type { MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { type AwsCall, malformedAnswer } from "../client/aws-error.ts";
import type { Aws } from "../client/open-aws.ts";
import { allPages, inChunks } from "../client/paged.ts";
import { MOST_QUERIES } from "../metrics/batches.ts";
import { GET_METRIC_DATA } from "../metrics/read-batch.ts";

/** A metric whose sum over a window is wanted. */
export interface SumQuery {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** What is added up; the values themselves where it is left out. */
  readonly statistic?: "SampleCount";
}

/** Seconds since 1970; whole days. */
export interface SumWindow {
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400;

/** The last whole days before a time. */
export const wholeDays = (days: number, now: number): SumWindow => {
  const to = Math.floor(now / DAY) * DAY;
  return { from: to - days * DAY, to };
};

const wireQuery = ({ namespace, metric, dimensions, statistic }: SumQuery, at: number): MetricDataQuery => ({
  Id: `m${at}`,
  MetricStat: {
    Metric: {
      Namespace: namespace,
      MetricName: metric,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    Period: DAY,
    Stat: statistic ?? "Sum",
  },
});

interface DailyValue {
  readonly query: number;
  readonly time: number;
  readonly value: number;
}

const readChunk = async (
  aws: Aws,
  region: string,
  queries: readonly SumQuery[],
  window: SumWindow,
): Promise<readonly DailyValue[]> => {
  const call: AwsCall = { action: GET_METRIC_DATA, region };
  const client = await aws.clients.cloudwatch(region);
  const { GetMetricDataCommand } = await import("@aws-sdk/client-cloudwatch");
  return allPages(aws, call, (NextToken) => async (abortSignal) => {
    const command = new GetMetricDataCommand({
      MetricDataQueries: queries.map(wireQuery),
      StartTime: new Date(window.from * 1000),
      EndTime: new Date(window.to * 1000),
      NextToken,
    });
    const page = await client.send(command, { abortSignal });
    const items = (page.MetricDataResults ?? []).flatMap(({ Id = "", Timestamps = [], Values = [] }) =>
      Values.map((value, at): DailyValue => {
        const time = Timestamps[at]?.getTime() ?? Number.NaN;
        const query = Number(Id.slice(1));
        if (!Number.isFinite(value) || !Number.isFinite(time) || queries[query] === undefined)
          throw malformedAnswer(call, "a value is no number");
        return { query, time, value };
      }),
    );
    return { items, next: page.NextToken };
  });
};

/** The sum of each metric over the window, undefined where CloudWatch has no point of it. Action: cloudwatch:GetMetricData. */
export const readSums = async (
  aws: Aws,
  region: string,
  queries: readonly SumQuery[],
  window: SumWindow,
): Promise<readonly (number | undefined)[]> =>
  inChunks(queries, MOST_QUERIES, async (chunk) => {
    const daily = await readChunk(aws, region, chunk, window);
    const once = new Map(daily.map((each) => [`${each.query} ${each.time}`, each]));
    const sums = chunk.map((): number | undefined => undefined);
    for (const { query, value } of once.values()) sums[query] = (sums[query] ?? 0) + value;
    return sums;
  });
