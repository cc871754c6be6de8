import { holdSeries } from "../reading/held-series.ts";
import { leaveOut, type MetricReading } from "../reading/metric-reading.ts";
import { findMeaning } from "../series/meaning.ts";
import { ownerOf, tagsIn } from "../series/owner.ts";
import type { StatedSeries } from "../series/stated-series.ts";
import { pushJson } from "./json-values.ts";
import { type JsonRecord, listOf, recordsOf, textOf } from "./record.ts";

/** Whether a document is what Datadog's `/api/v1/query` answers. */
export const isDatadog = (document: JsonRecord): boolean =>
  recordsOf(document["series"]).some((series) => Array.isArray(series["pointlist"]));

/** Takes the series of `/api/v1/query`: a metric, its scope or tags, and pairs of milliseconds and a value. */
export const takeDatadog = (
  reading: MetricReading,
  file: string,
  document: JsonRecord,
  options: StatedSeries,
): void => {
  for (const each of recordsOf(document["series"])) {
    const name = textOf(each["expression"] ?? each["metric"]);
    const found = findMeaning(tagsIn(name).rest);
    if (typeof found === "string") {
      leaveOut(
        reading,
        file,
        `series ${JSON.stringify(name)} is no average or maximum of CPU, memory or running tasks`,
      );
      continue;
    }
    const scope = [textOf(each["scope"]), ...listOf(each["tag_set"]).map(textOf)].join(",");
    const owner = ownerOf(tagsIn(scope).tags);
    const named = options.service === undefined ? owner : { ...owner, service: options.service };
    const series = holdSeries(reading.hold, file, named, found.meaning);
    for (const pair of listOf(each["pointlist"])) {
      const [time, value] = listOf(pair);
      pushJson(reading, series, time, value);
    }
  }
};
