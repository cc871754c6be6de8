import type { Inventory, Issue } from "@ecs-cost/core";
import type { Column, PointCache, ScanPlan, ScanRequest } from "@ecs-cost/core/aws";
import type { MetricFileSettings } from "../flags/metric-file-flags.ts";
import { counted, rateOf } from "../render/document/figures.ts";
import { drawProgress } from "../render/document/progress.ts";
import { pointFolder } from "./point-folder.ts";
import { openSession, type Session } from "./session.ts";

type Service = Inventory["services"][number];

/** How CloudWatch is read. */
export interface LiveSettings {
  /** Days back from the last full hour. */
  readonly days: number;
  /** Seconds between points. */
  readonly period: number;
  readonly cache: boolean;
  readonly cacheDir?: string;
  readonly profile?: string;
  readonly quiet: boolean;
  /**
   * What is read of each service; everything that sizes are advised from where it is left out. Running tasks are asked for
   * where they are named, whatever the inputs say of Container Insights: they may know less than the account.
   */
  readonly columns?: readonly Column[];
  /** How metric files are read, where they are the source. */
  readonly files?: MetricFileSettings;
  /** Services that are read. */
  readonly passes: (service: Service) => boolean;
}

interface Scan {
  readonly session: Session;
  readonly request: ScanRequest;
  readonly cache: PointCache;
  /** Undefined where points are not kept. */
  readonly folder: string | undefined;
}

/** What runs all the time; CloudWatch has nothing of tasks that run on their own. */
const isScanned = ({ demand, runsPerMonth }: Service): boolean => demand?.kind !== "runs" && runsPerMonth === undefined;

const requestOf = (
  { core, aws }: Session,
  inventory: Inventory,
  region: string,
  settings: LiveSettings,
): ScanRequest => {
  const { containerInsights, clusters = [] } = inventory.shared;
  return {
    services: inventory.services
      .filter((service) => isScanned(service) && settings.passes(service))
      .map(({ cluster, name }) => ({ region, cluster, service: name })),
    window: core.lookbackWindow(settings.days, aws.timing.now() / 1000, settings.period),
    containerInsights: ({ cluster }) =>
      settings.columns?.includes("tasks") === true ||
      (clusters.find(({ name }) => name === cluster)?.containerInsights ?? containerInsights) !== "off",
    ...(settings.columns === undefined ? {} : { columns: settings.columns }),
  };
};

const openScan = async (
  session: Session,
  inventory: Inventory,
  region: string,
  settings: LiveSettings,
): Promise<Scan> => {
  const folder = settings.cache ? await pointFolder(session, region, settings.cacheDir) : undefined;
  const cache = folder === undefined ? session.core.memoryPointCache() : session.core.openPointCache(folder);
  return { session, request: requestOf(session, inventory, region, settings), cache, folder };
};

/** What a scan would ask for, before anything is sent. */
export interface PlannedScan {
  readonly region: string;
  readonly plan: ScanPlan;
  readonly folder: string | undefined;
}

/** Works out the calls and the dollars of a scan. */
export const planLiveMetrics = async (
  inventory: Inventory,
  region: string,
  settings: LiveSettings,
): Promise<PlannedScan> => {
  const session = await openSession(settings.profile);
  const { request, cache, folder } = await openScan(session, inventory, region, settings);
  return { region, plan: session.core.planScan(request, cache), folder };
};

/** A handler for Ctrl-C that says what is kept, and then lets the signal do what it does. */
const onInterrupt = (tell: () => void): (() => void) => {
  const handler = (): void => {
    process.removeListener("SIGINT", handler);
    tell();
    process.kill(process.pid, "SIGINT");
  };
  process.on("SIGINT", handler);
  return () => {
    process.removeListener("SIGINT", handler);
  };
};

const KEPT = "Interrupted: the points that were read are kept, and the same command goes on from there.\n";

const tellScan = ({ services, metricsRequested, cost }: ScanPlan, calls: number, points: number): void => {
  process.stderr.write(
    `CloudWatch: ${counted(points, "point")} of ${counted(services, "service")}; ${counted(calls, "call")} for ${counted(metricsRequested, "metric")}, ${rateOf(cost)}.\n`,
  );
};

/** Reads the utilization of the services of an inventory from CloudWatch, or from what is kept of it: one service at a time. */
export const readLiveMetrics = async (inventory: Inventory, region: string, settings: LiveSettings) => {
  const progress = drawProgress(process.stderr, settings.quiet);
  const session = await openSession(settings.profile, progress.observe);
  const { request, cache, folder } = await openScan(session, inventory, region, settings);
  const settle = onInterrupt(() => {
    progress.end();
    if (folder !== undefined && !settings.quiet) process.stderr.write(KEPT);
  });
  try {
    const { usage, scan } = await session.core.scanUsage(session.aws, request, cache);
    progress.end();
    if (!settings.quiet) tellScan(scan.plan, scan.calls, scan.points);
    return { services: usage, issues: scan.issues as readonly Issue[], assumptions: scan.plan.assumptions };
  } finally {
    progress.end();
    settle();
  }
};
