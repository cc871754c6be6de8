import type { Issue } from "../../domain/issues/issue.ts";
import type { MetricReading } from "./metric-reading.ts";

/** What a report has to tell of the rows and values that could not be read; the first ones by their line. */
export const readingIssues = ({ problems, unreadableRows, notNumbers }: MetricReading): readonly Issue[] => {
  const told = problems.map(
    ({ file, line, detail }): Issue => ({
      code: "unreadable-metrics",
      severity: "warning",
      subject: line === undefined ? file : `${file}:${line}`,
      detail,
    }),
  );
  const untold = unreadableRows + notNumbers - problems.length;
  if (untold <= 0) return told;
  const detail = `${untold} more rows or values could not be read and are left out.`;
  return [...told, { code: "unreadable-metrics", severity: "warning", subject: "metrics", detail }];
};
