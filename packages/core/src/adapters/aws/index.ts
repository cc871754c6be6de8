export type { BillReading, BillRequest, BillSource } from "../../ports/bill-source.ts";
export type { InventorySource } from "../../ports/inventory-source.ts";
export type { MetricSource, PointSink } from "../../ports/metric-source.ts";
export type { Observer, ProgressEvent } from "../../ports/observer.ts";
export type { BookReading, PriceSource } from "../../ports/price-source.ts";
export { type BillCacheOptions, cachedBill, hasCachedBill } from "../cache/cached-bill.ts";
export { memoryPointCache, openPointCache, type PointCache } from "../cache/point-cache.ts";
export type { RefusedPrice } from "../price-list/book/found-prices.ts";
export type { PriceChange } from "../price-list/book/merge-book.ts";
export { loadBook, type SavedBook, saveBook, savedPrices } from "../price-list/book/saved-book.ts";
export { athenaBill, planAthena } from "./bill/athena-bill.ts";
export { ATHENA_TB_PRICE } from "./bill/athena-cost.ts";
export type { AthenaPlace } from "./bill/athena-query.ts";
export { COST_EXPLORER_PAGE_PRICE, type CostExplorerPlan, planCostExplorer } from "./bill/ce-plan.ts";
export { type CostExplorerBillOptions, costExplorerBill } from "./bill/cost-explorer-bill.ts";
export { type AwsErrorCode, awsErrorCode, withoutSecrets } from "./client/aws-error.ts";
export { type AwsClients, type ClientSettings, createClients } from "./client/clients.ts";
export { type AwsSession, configuredRegion, customEndpoint, describeSession } from "./client/describe-session.ts";
export type { Limits } from "./client/limiter.ts";
export { type Aws, type AwsSettings, openAws } from "./client/open-aws.ts";
export { type AccessProbe, probeAccess } from "./client/probe-access.ts";
export { systemTiming, type Timing } from "./client/timing.ts";
export { readRecommendations } from "./compute-optimizer/read-recommendations.ts";
export type { FoundProvider } from "./discovery/capacity-providers.ts";
export {
  accountSource,
  clustersWithInsights,
  type DiscoveredRegion,
  type DiscoverOptions,
  type Discovery,
  discover,
  servicesToScan,
} from "./discovery/discover.ts";
export type { FoundInstance } from "./discovery/instances.ts";
export type { FoundLoadBalancer, FoundTargetGroup } from "./discovery/load-balancers.ts";
export type { FoundLogGroup } from "./discovery/log-groups.ts";
export type { FoundEndpoint, FoundNatGateway, FoundNetwork } from "./discovery/network.ts";
export type { DiscoveryFilter, FoundCluster, RegionFacts } from "./discovery/region-facts.ts";
export {
  type FoundPolicy,
  type FoundScaling,
  type FoundScheduledAction,
  targetTrackingOf,
} from "./discovery/scaling.ts";
export type { FoundSchedule } from "./discovery/schedules.ts";
export type { StandaloneTasks } from "./discovery/standalone-tasks.ts";
export { type WorkloadFile, workloadFiles, workloadText } from "./discovery/workload-files.ts";
export {
  type CloudWatchReading,
  cloudwatchSource,
  eachServiceUsage,
  readCloudWatch,
  type ScannedUsage,
  type ServiceUsageSink,
  scanUsage,
} from "./metrics/cloudwatch-source.ts";
export {
  finestPeriod,
  lookbackWindow,
  type MetricWindow,
  metricWindow,
  type WantedWindow,
} from "./metrics/retention.ts";
export { type ScanResult, scanMetrics } from "./metrics/scan-metrics.ts";
export { GET_METRIC_DATA_PRICE, planScan, type ScanPlan, type ScanRequest } from "./metrics/scan-plan.ts";
export { type SeriesResult, type ServiceSeries, scanSeries } from "./metrics/scan-series.ts";
export type { Column, ServiceRef, TargetRef } from "./metrics/series.ts";
export { FARGATE_SPOT_FEED, type FetchText } from "./prices/fargate-spot-feed.ts";
export { livePrices } from "./prices/live-prices.ts";
export { type RefreshedBook, type RefreshOptions, refreshPrices, spotParts } from "./prices/refresh-prices.ts";
export { type SumWindow, wholeDays } from "./traffic/read-sums.ts";
export { type BalancerTraffic, type RegionTraffic, readTraffic } from "./traffic/region-traffic.ts";
export { readServiceTraffic, type ServiceTraffic, targetFinder } from "./traffic/service-traffic.ts";
export { withTraffic } from "./traffic/with-traffic.ts";
