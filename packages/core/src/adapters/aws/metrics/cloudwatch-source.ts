import { addPoint, emptyUsage, type ServiceUsage } from "../../../domain/demand/usage.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { MetricSource } from "../../../ports/metric-source.ts";
import type { PointCache } from "../../cache/point-cache.ts";
import { emptyReading, type MetricReading, pointSink } from "../../metrics/metric-reading.ts";
import type { Aws } from "../open-aws.ts";
import { type ScanResult, scanMetrics } from "./scan-metrics.ts";
import type { ScanRequest } from "./scan-plan.ts";

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
  let current: { readonly service: string; readonly usage: ServiceUsage } | undefined;
  const scan = await scanMetrics(
    aws,
    request,
    (service, time, cpu, memory, cpuMaximum, memoryMaximum, tasks) => {
      if (current?.service !== service) {
        if (current !== undefined) take(current.service, current.usage);
        current = { service, usage: emptyUsage() };
      }
      addPoint(current.usage, time, cpu, memory, cpuMaximum, memoryMaximum, tasks);
    },
    cache,
  );
  if (current !== undefined) take(current.service, current.usage);
  return scan;
};
