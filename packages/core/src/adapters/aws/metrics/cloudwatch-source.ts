import { addPoint, emptyUsage, type ServiceUsage } from "../../../domain/demand/usage.ts";
import type { UsageByService } from "../../../domain/demand/usage-by-service.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { MetricSource, PointSink } from "../../../ports/metric-source.ts";
import { memoryPointCache, type PointCache } from "../../cache/point-cache.ts";
import { emptyReading, type MetricReading, pointSink } from "../../metrics/reading/metric-reading.ts";
import type { Aws } from "../client/open-aws.ts";
import { type ScanResult, scanMetrics } from "./scan-metrics.ts";
import type { ScanRequest } from "./scan-plan.ts";
import { orderedServices } from "./series.ts";
import { giveService } from "./service-points.ts";

/** CloudWatch as a source of utilization, for the services of one region. */
export const cloudwatchSource = (aws: Aws, request: ScanRequest, cache?: PointCache): MetricSource => ({
  read: async (sink) => (await scanMetrics(aws, request, sink, cache)).issues,
});

/** A reading of CloudWatch, as the readers of metric files give it. */
export interface CloudWatchReading {
  readonly reading: MetricReading;
  readonly scan: ScanResult;
  readonly issues: readonly Issue[];
}

/** Reads the utilization of services into the form that sizes are advised from; the services of one region. */
export const readCloudWatch = async (
  aws: Aws,
  request: ScanRequest,
  cache?: PointCache,
): Promise<CloudWatchReading> => {
  const reading = emptyReading();
  const scan = await scanMetrics(aws, request, pointSink(reading), cache);
  return { reading, scan, issues: scan.issues };
};

/** Takes the utilization of one service, complete; services come in the order of cluster and name. */
export type ServiceUsageSink = (service: string, usage: ServiceUsage) => void;

/** The same service by service, so that nothing has to be held of those that are done: for accounts of any size. */
export const eachServiceUsage = async (
  aws: Aws,
  request: ScanRequest,
  take: ServiceUsageSink,
  cache?: PointCache,
): Promise<ScanResult> => {
  const { usage, scan } = await scanUsage(aws, request, cache);
  for (const service of usage.keys()) {
    const own = usage.get(service);
    if (own !== undefined) take(service, own);
  }
  return scan;
};

/** Utilization that is read from the cache when it is asked for, and what the scan did that filled it. */
export interface ScannedUsage {
  readonly usage: UsageByService;
  readonly scan: ScanResult;
}

const NO_SINK: PointSink = () => undefined;

/**
 * Scans, and gives the utilization of each service only when it is asked for: `rightsize` and `capacity` take it as it is and
 * hold one service at a time. The services of one region.
 */
export const scanUsage = async (
  aws: Aws,
  request: ScanRequest,
  cache: PointCache = memoryPointCache(),
): Promise<ScannedUsage> => {
  const scan = await scanMetrics(aws, request, NO_SINK, cache);
  const services = new Map(orderedServices(request.services).map((each) => [`${each.cluster}/${each.service}`, each]));
  const get = (name: string): ServiceUsage | undefined => {
    const service = services.get(name);
    if (service === undefined) return undefined;
    const usage = emptyUsage();
    const points = giveService(request, cache, service, (_, point) => addPoint(usage, point));
    return points === 0 ? undefined : usage;
  };
  return { usage: { keys: () => services.keys(), get }, scan };
};
