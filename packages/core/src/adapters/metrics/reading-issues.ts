import type { Assumption, Issue } from "../../domain/issues/issue.ts";
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

const others = (count: number): string => {
  if (count === 0) return "";
  return count === 1 ? "; so is one more of this file" : `; so are ${count} more of this file`;
};

const MOST_NAMED = 5;

/** What was taken for granted of the sources. */
export const readingAssumptions = ({ assumedCpu }: MetricReading): readonly Assumption[] => {
  if (assumedCpu.length === 0) return [];
  const more = assumedCpu.length > MOST_NAMED ? ` and ${assumedCpu.length - MOST_NAMED} more` : "";
  const files = assumedCpu.slice(0, MOST_NAMED).join(", ");
  const detail = `The values of ${files}${more} are taken to be average CPU utilization in percent; NAME:METRIC=FILE says otherwise.`;
  return [{ code: "values-are-cpu", detail }];
};
