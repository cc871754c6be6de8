export { type CloudWatchOptions, readCloudWatchJson } from "./cloudwatch-json.ts";
export { readCsvMetrics } from "./csv.ts";
export { listMetricSources } from "./list-metric-sources.ts";
export { emptyReading, type MetricProblem, type MetricReading, pointSink } from "./metric-reading.ts";
export { type MetricSource, readMetrics } from "./read-metrics.ts";
export { readingAssumptions, readingIssues } from "./reading-issues.ts";
