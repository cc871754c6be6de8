import { invalidInput } from "../../file/text/invalid-input.ts";
import { holdSeries } from "../reading/held-series.ts";
import { leaveOut, type MetricReading } from "../reading/metric-reading.ts";
import { findMeaning } from "../series/meaning.ts";
import { ownerOf } from "../series/owner.ts";
import type { StatedSeries } from "../series/stated-series.ts";
import { meaningOf } from "../table/table-columns.ts";
import { pushJson } from "./json-values.ts";
import { isRecord, type JsonRecord, listOf, recordsOf, textsOf } from "./record.ts";

/** Whether a document is an answer of Prometheus. */
export const isPrometheus = (document: JsonRecord): boolean =>
  isRecord(document["data"]) && document["data"]["resultType"] !== undefined;

/**
 * Takes the answer of `/api/v1/query_range`.
 *
 * @throws {BorderError} `invalid-metrics` where it is another kind of answer.
 */
export const takePrometheus = (
  reading: MetricReading,
  file: string,
  document: JsonRecord,
  options: StatedSeries,
): void => {
  const data = isRecord(document["data"]) ? document["data"] : {};
  if (data["resultType"] !== "matrix") {
    throw invalidInput("invalid-metrics", { file }, "is no range of Prometheus: one time says nothing of a load", {
      hint: "Ask /api/v1/query_range, with start, end and step.",
    });
  }
  for (const result of recordsOf(data["result"])) takeRange(reading, file, result, options);
};

const takeRange = (reading: MetricReading, file: string, result: JsonRecord, options: StatedSeries): void => {
  const { __name__: name = "", ...labels } = textsOf(result["metric"]);
  const found = findMeaning(name);
  if (typeof found === "string" && options.metric === undefined) {
    const what = JSON.stringify({ ...(name === "" ? {} : { __name__: name }), ...labels });
    const why =
      found === "other-statistic"
        ? "is no average or maximum"
        : "names no metric: give it as :cpu=FILE or :memory=FILE";
    leaveOut(reading, file, `series ${what} ${why}`);
    return;
  }
  const meaning = typeof found === "object" ? found.meaning : meaningOf(options.metric ?? "cpu");
  const owner = ownerOf(labels);
  const service = options.service ?? owner.service ?? labels["job"];
  const series = holdSeries(reading.hold, file, service === undefined ? owner : { ...owner, service }, meaning);
  for (const pair of listOf(result["values"])) {
    const [time, value] = listOf(pair);
    pushJson(reading, series, time, value);
  }
};
