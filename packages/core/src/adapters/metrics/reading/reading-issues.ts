import type { Assumption, Issue } from "../../../domain/issues/issue.ts";
import type { MetricReading } from "./metric-reading.ts";

/** What a report has to tell of the rows and values that could not be read: one for each kind in each file, with the first line and how many. */
export const readingIssues = ({ problems, unreadableRows, notNumbers }: MetricReading): readonly Issue[] => {
  const told = problems.map(
    ({ file, line, detail, count }): Issue => ({
      code: "unreadable-metrics",
      severity: "warning",
      subject: line === undefined ? file : `${file}:${line}`,
      detail: `${detail}${others(count - 1)}`,
    }),
  );
  const untold = unreadableRows + notNumbers - problems.reduce((sum, { count }) => sum + count, 0);
  if (untold <= 0) return told;
  const detail = `${untold} more rows or values could not be read and are left out.`;
  return [...told, { code: "unreadable-metrics", severity: "warning", subject: "metrics", detail }];
};

const MOST_NAMED = 5;

const others = (count: number): string => {
  if (count === 0) return "";
  return count === 1 ? "; so is one more of this file" : `; so are ${count} more of this file`;
};

/** What was taken for granted of the sources. */
export const readingAssumptions = (reading: MetricReading): readonly Assumption[] =>
  [
    told(
      "values-are-cpu",
      reading.assumedCpu,
      (files) =>
        `The values of ${files} are taken to be average CPU utilization in percent; NAME:METRIC=FILE says otherwise.`,
    ),
    told(
      "series-of-the-only-service",
      reading.assumedOwner,
      (files) => `Series of ${files} name no service and are taken to be of the only one; NAME=FILE says otherwise.`,
    ),
    told("times-are-utc", reading.assumedUtc, (files) => `Times of ${files} name no zone and are taken to be UTC.`),
    told(
      "units-found",
      reading.foundUnits,
      (units) =>
        `Nothing tells the unit of some series; by their values they are read thus: ${units}; --units says otherwise.`,
    ),
  ].flat();

const told = (code: string, things: readonly string[], detail: (things: string) => string): readonly Assumption[] => {
  if (things.length === 0) return [];
  const more = things.length > MOST_NAMED ? ` and ${things.length - MOST_NAMED} more` : "";
  return [{ code, detail: detail(`${things.slice(0, MOST_NAMED).join(", ")}${more}`) }];
};
