export { readCsv as readCsvMetrics } from "./csv/read-csv.ts";
export { readCloudWatchJson } from "./json/read-json.ts";
export { type MetricOptions, readMetrics } from "./read-metrics.ts";
export {
  emptyReading,
  type KnownService,
  type MetricProblem,
  type MetricReading,
  pointSink,
} from "./reading/metric-reading.ts";
export { readingAssumptions, readingIssues } from "./reading/reading-issues.ts";
export { CPU_UNITS, type CpuUnit, MEMORY_UNITS, type MemoryUnit, type ToldUnits } from "./reading/unit.ts";
export { settleSeries } from "./series/settle.ts";
export { DEFAULT_SOURCE_MIB } from "./source/byte-source.ts";
export { DEFAULT_LINE_MIB } from "./source/line-blocks.ts";
export { listMetricSources } from "./source/list-metric-sources.ts";
export type { MetricSource } from "./source/metric-source.ts";
export { TOLD_COLUMNS, type ToldColumn, type ToldColumns } from "./table/table-columns.ts";
