import { BorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { PointCache } from "../../cache/point-cache.ts";
import { endsEverything } from "../client/aws-error.ts";
import { awsIssue } from "../client/aws-issue.ts";
import { createGate } from "../client/limiter.ts";
import type { Aws } from "../client/open-aws.ts";
import type { Batch } from "./batches.ts";
import type { OpenSeries } from "./metric-page.ts";
import { GET_METRIC_DATA, readBatch, type ScanContext } from "./read-batch.ts";
import { oldestKept } from "./retention.ts";
import { prepareScan, type ScanPlan, type ScanRequest } from "./scan-plan.ts";
import { ownerName } from "./series.ts";

/** What was asked of CloudWatch. */
export interface FilledCache {
  readonly plan: ScanPlan;
  /** Calls that were answered. */
  readonly calls: number;
  readonly issues: readonly Issue[];
}

const refusedIssue = (refused: readonly OpenSeries[], region: string): Issue => ({
  code: "access-denied",
  severity: "warning",
  subject: region,
  detail: `AWS denied ${GET_METRIC_DATA} for ${refused.length} metrics in ${region}; their points are missing`,
});

/** After so many batches that failed a region is not asked any more. */
const MOST_FAILURES = 3;
/** Batches of a region that are read at once; each holds one answer in memory. */
const BATCHES_AT_ONCE = 3;

/** What a region gave: issues of the batches that failed, and the failures themselves. */
interface RegionRead {
  readonly issues: readonly Issue[];
  readonly failures: readonly BorderError[];
}

/** A region in which one batch is denied is not asked again; nothing is asked once the credentials have expired. */
const readRegion = async (context: ScanContext, region: string, batches: readonly Batch[]): Promise<RegionRead> => {
  const failed: BorderError[] = [];
  const issues = new Map<string, Issue>();
  const refused: OpenSeries[] = [];
  const atOnce = createGate(BATCHES_AT_ONCE);
  let count = 0;
  const read = async (batch: Batch): Promise<void> => {
    if (count >= MOST_FAILURES) return;
    try {
      refused.push(...(await readBatch(context, batch)));
    } catch (error) {
      const isFinal = endsEverything(error);
      if (!(error instanceof BorderError) || error.source !== "aws" || isFinal) {
        count = MOST_FAILURES;
        throw error;
      }
      count += error.code === "access-denied" ? MOST_FAILURES : 1;
      failed.push(error);
      const issue = awsIssue(error, region, "utilization of services in this region is missing");
      issues.set(issue.detail, issue);
    }
  };
  const done = await Promise.allSettled(batches.map((batch) => atOnce(() => read(batch))));
  const broken = done.find((each) => each.status === "rejected");
  if (broken !== undefined) throw broken.reason;
  const denied = refused.length > 0 ? [refusedIssue(refused, region)] : [];
  const failures = refused.length > 0 ? [...failed, deniedError(refused, region)] : failed;
  return { issues: [...issues.values(), ...denied], failures };
};

const deniedError = (refused: readonly OpenSeries[], region: string): BorderError =>
  new BorderError(refusedIssue(refused, region).detail, { code: "access-denied", source: "aws" });

/** Whether anything is known of the services, from this scan or an earlier one. */
const knowsAnything = ({ services }: ScanRequest, cache: PointCache): boolean =>
  services.some((service) => cache.covered(ownerName(service)).length > 0);

/**
 * Asks CloudWatch for what the cache does not hold. Every page goes to the cache before the next call, so that a scan which
 * is interrupted goes on where it stopped. What could not be read is an issue; what is too old to be asked for again is
 * forgotten.
 *
 * @throws {BorderError} `expired-credentials` or `no-credentials`; what was read until then stays in the cache. Where nothing
 * could be read and nothing is kept of any service, why that is.
 */
export const fillCache = async (aws: Aws, request: ScanRequest, cache: PointCache): Promise<FilledCache> => {
  const { plan, batches } = prepareScan(request, cache);
  let calls = 0;
  const onCall = (): void => {
    calls += 1;
    aws.observe({ code: "metrics-progress", done: calls, calls: plan.calls });
  };
  const context: ScanContext = { aws, cache, period: plan.window.period, onCall };
  const regions = [...Map.groupBy(batches, ({ region }) => region)];
  const read = await Promise.allSettled(regions.map(([region, ofRegion]) => readRegion(context, region, ofRegion)));
  const broken = read.find((each) => each.status === "rejected");
  if (broken !== undefined) throw broken.reason;
  const now = aws.timing.now() / 1000;
  cache.forget(now, (period) => oldestKept(period, now));
  const done = read.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  const [failure] = done.flatMap(({ failures }) => failures);
  if (failure !== undefined && !knowsAnything(request, cache)) throw failure;
  return { plan, calls, issues: done.flatMap(({ issues }) => issues) };
};
