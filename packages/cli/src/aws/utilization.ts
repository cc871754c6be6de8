import type { Assumption, Inventory, Issue, UsageByService } from "@ecs-cost/core";
import { isLive } from "../flags/inputs-and-metrics.ts";
import type { LiveMetricsFlagValues } from "../flags/live-metrics-flags.ts";
import type { MetricFileSettings } from "../flags/metric-file-flags.ts";
import type { LiveSettings } from "./live-metrics.ts";
import { canPass } from "./service-filter.ts";

/** Utilization by service, whatever it was read from. */
interface Utilization {
  readonly services: UsageByService;
  readonly issues: readonly Issue[];
  readonly assumptions: readonly Assumption[];
}

/** What the flags say about CloudWatch, beside what other flags decide. */
export const liveSettings = (
  flags: LiveMetricsFlagValues,
  rest: {
    readonly days: number;
    readonly filter: string | undefined;
    readonly quiet: boolean;
    readonly files?: MetricFileSettings;
  },
): LiveSettings => ({
  days: rest.days,
  period: flags.period,
  cache: flags.cache,
  ...(flags["cache-dir"] === undefined ? {} : { cacheDir: flags["cache-dir"] }),
  ...(flags.profile === undefined ? {} : { profile: flags.profile }),
  quiet: rest.quiet,
  ...(rest.files === undefined ? {} : { files: rest.files }),
  passes: canPass(rest.filter),
});

/** Reads metric files, or CloudWatch where it is the source; each is loaded only where it is used. */
export const readUtilization = async (
  sources: readonly string[],
  inventory: Inventory,
  region: string,
  live: LiveSettings,
): Promise<Utilization> => {
  if (isLive(sources)) return (await import("./live-metrics.ts")).readLiveMetrics(inventory, region, live);
  const { listMetricSources, readingAssumptions, readingIssues, readMetrics } = await import("@ecs-cost/core/metrics");
  const reading = await readMetrics(listMetricSources(sources), {
    ...live.files,
    services: inventory.services.map((service) => knownService(service, inventory.region)),
  });
  return { services: reading.services, issues: readingIssues(reading), assumptions: readingAssumptions(reading) };
};

/** What metrics are told of a service. */
const knownService = (
  { id, name, task, taskDefinition }: Inventory["services"][number],
  region: string | undefined,
) => {
  const family = taskDefinition?.split("/").at(-1)?.replace(/:\d+$/, "");
  return {
    id,
    name,
    ...(region === undefined ? {} : { region }),
    ...(family === undefined ? {} : { family }),
    ...(task === undefined ? {} : { cpu: task.cpu, memory: task.memory }),
  };
};

const notCounted = (region: string): Issue => ({
  code: "not-read",
  severity: "warning",
  subject: region,
  detail:
    "CloudWatch has no count of running tasks, which it keeps only where Container Insights is on: the counts of the inputs are taken",
});

/** All that strategies need of CloudWatch. */
export const COUNTS = ["tasks"] as const;

/** The same for running tasks alone, which CloudWatch counts only with Container Insights. */
export const readCounts = async (
  sources: readonly string[],
  inventory: Inventory,
  region: string,
  live: LiveSettings,
): Promise<Pick<Utilization, "services" | "issues">> => {
  const { services, issues } = await readUtilization(sources, inventory, region, { ...live, columns: COUNTS });
  const isKnown = !isLive(sources) || issues.length > 0 || hasAny(services);
  return { services, issues: isKnown ? issues : [notCounted(region)] };
};

const hasAny = (services: UsageByService): boolean => {
  for (const name of services.keys()) if (services.get(name) !== undefined) return true;
  return false;
};
