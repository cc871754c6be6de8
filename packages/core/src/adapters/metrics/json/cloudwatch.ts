import { holdSeries, type SeriesMeaning, type SeriesOwner } from "../reading/held-series.ts";
import { leaveOut, type MetricReading, noteProblem } from "../reading/metric-reading.ts";
import { findMeaning } from "../series/meaning.ts";
import { ownerOf, serviceInWords, tagsIn } from "../series/owner.ts";
import type { StatedSeries } from "../series/stated-series.ts";
import { meaningOf } from "../table/table-columns.ts";
import { pushJson } from "./json-values.ts";
import type { MetricQueries } from "./queries.ts";
import { type JsonRecord, listOf, recordsOf, textOf } from "./record.ts";

/** A result of `get-metric-data` that waits for the queries, which may stand in a later file. */
export interface WaitingResult {
  readonly file: string;
  readonly result: JsonRecord;
  readonly options: StatedSeries;
}

/** What a series is of and what it measures. */
interface Told {
  readonly owner: SeriesOwner;
  readonly meaning: SeriesMeaning;
}

/** Takes the points of one result, by its label, its id and the query of that id. */
export const takeResult = (
  reading: MetricReading,
  { file, result, options }: WaitingResult,
  queries: MetricQueries,
): void => {
  const label = textOf(result["Label"]);
  const told = toldBy(label, textOf(result["Id"]), queries, options);
  if (told === undefined) {
    skipSeries(reading, file, label);
    return;
  }
  const times = listOf(result["Timestamps"]);
  const values = listOf(result["Values"]);
  if (times.length !== values.length) {
    const detail = `${label} has ${times.length} timestamps and ${values.length} values`;
    noteProblem(reading, { file, kind: "values", detail });
  }
  if (result["StatusCode"] === "PartialData")
    noteProblem(reading, { file, kind: "partial", detail: `${label} is partial data` });
  const series = holdSeries(reading.hold, file, told.owner, told.meaning);
  for (let at = 0; at < Math.min(times.length, values.length); at++)
    pushJson(reading, series, times[at], values[at] ?? Number.NaN);
};

const toldBy = (label: string, id: string, queries: MetricQueries, options: StatedSeries): Told | undefined => {
  const query = queries.get(id);
  const own = tagsIn(label);
  const found =
    query === undefined ? findMeaning(own.rest, id) : findMeaning(query.metric, "", query.statistic || undefined);
  const meaning = found === "no-metric" && options.metric !== undefined ? meaningOf(options.metric) : found;
  if (typeof meaning === "string") return undefined;
  const known = "meaning" in meaning ? meaning.meaning : meaning;
  const tagged = ownerOf({ ...own.tags, ...query?.dimensions });
  const words = findMeaning(own.rest, id);
  const rest = typeof words === "object" ? words.rest : own.rest;
  return { meaning: known, owner: withService(tagged, options.service ?? tagged.service ?? serviceInWords(rest)) };
};

const withService = (owner: SeriesOwner, service: string | undefined): SeriesOwner =>
  service === undefined ? owner : { ...owner, service };

/** Takes what `get-metric-statistics` prints. */
export const takeStatistics = (
  reading: MetricReading,
  file: string,
  document: JsonRecord,
  options: StatedSeries,
): void => {
  const label = textOf(document["Label"]);
  const { rest, tags } = tagsIn(label);
  const found = findMeaning(rest, "", "average");
  if (typeof found === "string") {
    skipSeries(reading, file, label);
    return;
  }
  const tagged = ownerOf(tags);
  const owner = withService(tagged, options.service ?? tagged.service ?? serviceInWords(found.rest));
  for (const [field, statistic] of STATISTICS) {
    const points = recordsOf(document["Datapoints"]).filter((point) => point[field] !== undefined);
    if (points.length === 0 || (statistic === "sum" && !/utili[sz]ed|reserved/i.test(label))) continue;
    const series = holdSeries(reading.hold, file, owner, { ...found.meaning, statistic });
    for (const point of points) pushJson(reading, series, point["Timestamp"], point[field]);
  }
};

const STATISTICS = [
  ["Average", "average"],
  ["Maximum", "maximum"],
  ["Sum", "sum"],
] as const;

const skipSeries = (reading: MetricReading, file: string, label: string): void => {
  leaveOut(reading, file, `series ${JSON.stringify(label)} is no average or maximum of CPU, memory or running tasks`);
};
