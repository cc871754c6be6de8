import { METRIC_COLUMNS } from "../../../domain/demand/metric-point.ts";
import type { Assumption } from "../../../domain/issues/issue.ts";
import { Decimal } from "../../../domain/units/decimal.ts";
import { uncovered } from "../../cache/coverage.ts";
import type { PointCache } from "../../cache/point-cache.ts";
import { type Batch, batchesOf, type MissingStretch } from "./batches.ts";
import type { MetricWindow } from "./retention.ts";
import {
  COLUMNS,
  type Column,
  needsInsights,
  orderedServices,
  ownerName,
  type SeriesRef,
  type ServiceRef,
  seriesName,
  type TargetRef,
} from "./series.ts";

/** What a scan is to read. */
export interface ScanRequest {
  readonly services: readonly ServiceRef[];
  readonly window: MetricWindow;
  /** What is read of each service; the columns of a point where it is left out. */
  readonly columns?: readonly Column[];
  /** Services whose cluster has Container Insights on: columns that need it are read of no others. Default none. */
  readonly containerInsights?: (service: ServiceRef) => boolean;
  /** Target groups of a service, whose `requests` are read. Default none. */
  readonly targets?: (service: ServiceRef) => readonly TargetRef[];
}

/** What a scan will ask for, and what AWS charges for it. */
export interface ScanPlan {
  readonly window: MetricWindow;
  readonly services: number;
  readonly series: number;
  /** Series that the cache holds in full. */
  readonly cachedSeries: number;
  /** Calls of GetMetricData where no point is missing. */
  readonly calls: number;
  /** Metrics requested, the unit that AWS bills. */
  readonly metricsRequested: number;
  /** USD. */
  readonly cost: Decimal;
  readonly assumptions: readonly Assumption[];
}

/** USD per 1,000 metrics requested in every commercial region (Amazon CloudWatch pricing, checked 2026-11-20). */
export const GET_METRIC_DATA_PRICE = "0.01";

const PAGES_BILLED: Assumption = {
  code: "getmetricdata-pages-billed",
  detail: "A page that follows is counted as if its metrics were requested again; AWS does not say that it is",
};

/** Series that are read of a service. */
export const seriesOf = (request: ScanRequest, owner: ServiceRef): readonly SeriesRef[] =>
  COLUMNS.filter((column) => (request.columns ?? METRIC_COLUMNS).includes(column)).flatMap((column): SeriesRef[] => {
    if (column === "requests") return (request.targets?.(owner) ?? []).map((target) => ({ owner, column, target }));
    return needsInsights(column) && request.containerInsights?.(owner) !== true ? [] : [{ owner, column }];
  });

/** Stretches that the cache does not hold, service by service. */
const missingOf = (
  request: ScanRequest,
  cache: PointCache,
): { readonly all: number; readonly missing: MissingStretch[] } => {
  const { window } = request;
  let all = 0;
  const missing = orderedServices(request.services).flatMap((owner) => {
    const covered = cache.covered(ownerName(owner));
    return seriesOf(request, owner).flatMap((series) => {
      all += 1;
      const name = seriesName(series);
      const own = covered.filter((known) => known.series === name && known.period === window.period);
      return uncovered(window, own).map((stretch) => ({ series, ...stretch }));
    });
  });
  return { all, missing };
};

/** A plan with the batches that carry it out. */
export interface PlannedScan {
  readonly plan: ScanPlan;
  readonly batches: readonly Batch[];
}

/** Works out what is missing, and in how many calls it can be had. */
export const prepareScan = (request: ScanRequest, cache: PointCache, price = GET_METRIC_DATA_PRICE): PlannedScan => {
  const { all, missing } = missingOf(request, cache);
  const batches = batchesOf(missing, request.window.period);
  const touched = new Set(missing.map(({ series }) => `${ownerName(series.owner)}|${seriesName(series)}`));
  const metricsRequested = batches.reduce((sum, { series, pages }) => sum + series.length * pages, 0);
  const plan: ScanPlan = {
    window: request.window,
    services: orderedServices(request.services).length,
    series: all,
    cachedSeries: all - touched.size,
    calls: batches.reduce((sum, { pages }) => sum + pages, 0),
    metricsRequested,
    cost: new Decimal(price).times(metricsRequested).dividedBy(1000),
    assumptions: batches.some(({ pages }) => pages > 1) ? [PAGES_BILLED] : [],
  };
  return { plan, batches };
};

/**
 * Tells what a scan would ask for and cost, without a call. `price` in USD per 1,000 metrics requested.
 *
 * @example planScan({ services, window: lookbackWindow(14, now, 300) }, cache).cost // 0.08 for 2,000 services
 */
export const planScan = (request: ScanRequest, cache: PointCache, price?: string): ScanPlan =>
  prepareScan(request, cache, price).plan;
