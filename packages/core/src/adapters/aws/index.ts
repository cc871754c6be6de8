export type { MetricSource, PointSink } from "../../ports/metric-source.ts";
export type { Observer, ProgressEvent } from "../../ports/observer.ts";
export { memoryPointCache, openPointCache, type PointCache } from "../cache/point-cache.ts";
export { type AwsErrorCode, awsErrorCode, withoutSecrets } from "./aws-error.ts";
export { type AwsClients, type ClientSettings, createClients } from "./clients.ts";
export type { Limits } from "./limiter.ts";
export { type CloudWatchReading, cloudwatchSource, readCloudWatch } from "./metrics/cloudwatch-source.ts";
export {
  finestPeriod,
  lookbackWindow,
  type MetricWindow,
  metricWindow,
  type WantedWindow,
} from "./metrics/retention.ts";
export { type ScanResult, scanMetrics } from "./metrics/scan-metrics.ts";
export { GET_METRIC_DATA_PRICE, planScan, type ScanPlan, type ScanRequest } from "./metrics/scan-plan.ts";
export type { ServiceRef } from "./metrics/series.ts";
export { type Aws, type AwsSettings, openAws } from "./open-aws.ts";
export { systemTiming, type Timing } from "./timing.ts";
