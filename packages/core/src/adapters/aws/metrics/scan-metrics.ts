import type { PointSink } from "../../../ports/metric-source.ts";
import { memoryPointCache, type PointCache } from "../../cache/point-cache.ts";
import type { Aws } from "../client/open-aws.ts";
import { type FilledCache, fillCache } from "./fill-cache.ts";
import type { ScanRequest } from "./scan-plan.ts";
import { orderedServices } from "./series.ts";
import { giveService } from "./service-points.ts";

/** What a scan did. */
export interface ScanResult extends FilledCache {
  /** Points that were read, those out of the cache included. */
  readonly points: number;
}

/**
 * Reads the utilization of services. Only what the cache does not hold is asked for, and every page goes to the cache
 * before the next call, so that a scan which is interrupted goes on where it stopped. Then the points go to the sink:
 * service by service in the order of region, cluster and name, the oldest first. What could not be read is an issue.
 *
 * @throws {BorderError} `expired-credentials` or `no-credentials`; what was read until then stays in the cache.
 */
export const scanMetrics = async (
  aws: Aws,
  request: ScanRequest,
  sink: PointSink,
  cache: PointCache = memoryPointCache(),
): Promise<ScanResult> => {
  const filled = await fillCache(aws, request, cache);
  let points = 0;
  for (const service of orderedServices(request.services)) {
    points += giveService(request, cache, service, sink);
  }
  return { ...filled, points };
};
