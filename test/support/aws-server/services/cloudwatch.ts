import { AwsFault } from "../fault.ts";
import type { CallContext, Input, JsonHandlers } from "../request.ts";
import { type Series, seriesValues } from "../series.ts";

const MOST_QUERIES = 500;
const MOST_POINTS = 100_800;

interface Query {
  readonly id: string;
  readonly label: string;
  readonly series: Series;
}

const invalid = (message: string): AwsFault => new AwsFault("ValidationException", message);

interface WireMetric {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
}

const queryOf = (raw: Input): Query => {
  const stat = raw["MetricStat"] as { Metric?: WireMetric; Period?: number; Stat?: string } | undefined;
  const id = raw["Id"];
  if (typeof id !== "string" || !/^[a-z][A-Za-z0-9_]*$/.test(id))
    throw invalid(`The value ${String(id)} for parameter Id is not matching the expected pattern`);
  const { Metric: metric, Period: period, Stat: statistic } = stat ?? {};
  if (metric?.Namespace === undefined || metric.MetricName === undefined)
    throw invalid("MetricStat.Metric is required");
  if (period === undefined || period % 60 !== 0 || period <= 0) throw invalid("Period must be a multiple of 60");
  if (statistic === undefined) throw invalid("MetricStat.Stat is required");
  const dimensions = Object.fromEntries((metric.Dimensions ?? []).map(({ Name, Value }) => [Name, Value]));
  const series = { namespace: metric.Namespace, name: metric.MetricName, statistic, dimensions, period };
  return { id, label: typeof raw["Label"] === "string" ? raw["Label"] : metric.MetricName, series };
};

interface Place {
  readonly query: number;
  readonly time: number;
}

const placeOf = (token: unknown, start: number): Place => {
  if (token === undefined || token === null) return { query: 0, time: start };
  const match = /^gmd:(\d+):(\d+)$/.exec(Buffer.from(String(token), "base64url").toString());
  if (match === null) throw new AwsFault("InvalidNextToken", "The next token specified is invalid.");
  return { query: Number(match[1]), time: Number(match[2]) };
};

const tokenOf = ({ query, time }: Place): string => Buffer.from(`gmd:${query}:${time}`).toString("base64url");

interface Result {
  readonly Id: string;
  readonly Label: string;
  readonly Timestamps: number[];
  readonly Values: number[];
  StatusCode: "Complete" | "PartialData";
}

/** Points of one query from a time on, at most `most` of them; `next` is the time to go on at. */
const resultOf = (query: Query, context: CallContext, start: number, from: number, to: number, most: number) => {
  const values = seriesValues(context.account, context.region, query.series, start);
  const { period } = query.series;
  const result: Result = { Id: query.id, Label: query.label, Timestamps: [], Values: [], StatusCode: "Complete" };
  if (values === undefined) return { result };
  for (let time = Math.ceil(from / period) * period; time < to; time += period) {
    const value = values(time);
    if (value === undefined) continue;
    if (result.Values.length === most) {
      result.StatusCode = "PartialData";
      return { result, next: time };
    }
    result.Timestamps.push(time);
    result.Values.push(value);
  }
  return { result };
};

const getMetricData = (input: Input, context: CallContext) => {
  const raw = input["MetricDataQueries"];
  const [start, end] = [Number(input["StartTime"]), Number(input["EndTime"])];
  const most = Number(input["MaxDatapoints"] ?? MOST_POINTS);
  if (!Array.isArray(raw) || raw.length === 0) throw invalid("MetricDataQueries is required");
  if (raw.length > MOST_QUERIES)
    throw invalid(`The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`);
  if (most > MOST_POINTS) throw invalid(`MaxDatapoints must not be greater than ${MOST_POINTS}`);
  if (!(end > start)) throw invalid("The parameter StartTime must be less than the parameter EndTime.");
  const queries = raw.map(queryOf);
  const place = placeOf(input["NextToken"], start);
  const results: Result[] = [];
  let left = Math.min(most, context.pagePoints ?? most);
  for (let at = place.query; at < queries.length; at++) {
    const query = queries[at];
    if (query === undefined) break;
    if (left === 0) return { MetricDataResults: results, NextToken: tokenOf({ query: at, time: start }) };
    const { result, next } = resultOf(query, context, start, at === place.query ? place.time : start, end, left);
    results.push(result);
    left -= result.Values.length;
    if (next !== undefined) return { MetricDataResults: results, NextToken: tokenOf({ query: at, time: next }) };
  }
  return { MetricDataResults: results };
};

/** Operations of Amazon CloudWatch that read. */
export const cloudwatchHandlers: JsonHandlers = {
  GetMetricData: getMetricData,
  ListMetrics: () => ({ Metrics: [] }),
};
