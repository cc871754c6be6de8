import { isoTime } from "../../../domain/demand/timestamp.ts";
import { type HeldSeries, pushValue } from "../reading/held-series.ts";
import { type MetricReading, noteProblem, takeValue } from "../reading/metric-reading.ts";
import { parseMetricTime, secondsOfEpoch } from "../table/metric-time.ts";

/** Seconds of a time in JSON: text, or a number of seconds, milliseconds and so on since 1970. */
export const timeOf = (time: unknown): number | undefined => {
  if (typeof time === "number") return Number.isFinite(time) ? secondsOfEpoch(time) : undefined;
  return typeof time === "string" ? parseMetricTime(time)?.seconds : undefined;
};

/** Adds a value of JSON to a series; what is no time or no number is noted. */
export const pushJson = (reading: MetricReading, series: HeldSeries, time: unknown, value: unknown): void => {
  const { file } = series;
  const seconds = timeOf(time);
  if (seconds === undefined) {
    reading.unreadableRows += 1;
    noteProblem(reading, { file, kind: "row", detail: `${JSON.stringify(time)} is not a time` });
    return;
  }
  if (value === null) return;
  const number = typeof value === "string" ? numberIn(value) : value;
  const taken = takeValue(reading, typeof number === "number" ? number : Number.NaN, {
    file,
    text: `the value at ${isoTime(seconds)}`,
  });
  if (!Number.isNaN(taken)) pushValue(series, seconds, taken);
};

/** Prometheus writes numbers as text. */
const numberIn = (text: string): number => {
  if (/^\+?inf$/i.test(text)) return Number.POSITIVE_INFINITY;
  return text.trim() === "" ? Number.NaN : Number(text);
};
