import { type CountProfile, countRange, hourlyCounts, profileOfDemand } from "../../domain/capacity/count-profile.ts";
import { type RequiredTasks, type SpotPermission, spotPermission } from "../../domain/capacity/required-tasks.ts";
import { splitTasks } from "../../domain/capacity/split.ts";
import type { SpotFacts } from "../../domain/capacity/spot-fitness.ts";
import { hourlyTasks } from "../../domain/demand/day-usage.ts";
import type { ServiceUsage } from "../../domain/demand/usage.ts";
import type { Assumption } from "../../domain/issues/issue.ts";
import type { Service, StrategyItem } from "../../domain/workload/service.ts";
import type { SharedInfrastructure } from "../../domain/workload/shared.ts";
import { isSpotSpec, type ServiceProviders } from "./providers.ts";
import type { CapacitySettings } from "./settings.ts";

/** The counts that a service's strategy has to serve: as set, as measured, or as configured; undefined without any. */
export const countsOf = (
  service: Service,
  settings: CapacitySettings,
  usage: ServiceUsage | undefined,
): CountProfile | undefined => {
  const { counts } = settings;
  if (counts !== undefined) return countRange(counts.min, counts.max, shownWithin(service, counts.min, counts.max));
  const measured = measuredCounts(usage);
  if (measured.length > 0) {
    const profile = hourlyCounts(measured);
    return { ...profile, assumptions: [...profile.assumptions, MEASURED] };
  }
  const { demand } = service;
  if (demand === undefined || (demand.kind === "hourly" && demand.counts.length === 0)) return undefined;
  return profileOfDemand(demand);
};

/** The configured count where it lies in the range, else the end of the range. */
const shownWithin = ({ demand }: Service, min: number, max: number): number =>
  demand?.kind === "count" && demand.tasks >= min && demand.tasks <= max ? demand.tasks : max;

const measuredCounts = (usage: ServiceUsage | undefined): readonly number[] =>
  [...(usage?.days.values() ?? [])]
    .sort((a, b) => a.day - b.day)
    .flatMap((day) => hourlyTasks(day).map(({ most }) => most));

const MEASURED: Assumption = {
  code: "counts-measured",
  detail: "Where metrics hold running tasks, each hour counts with the most tasks that ran in it.",
};

/** The largest rise from one hour to the next, or the width of the range: tasks that may have to start at once. */
export const largestRise = ({ demand }: Service, profile: CountProfile): number => {
  if (demand?.kind === "hourly") {
    return demand.counts.reduce((most, count, i) => Math.max(most, count - (demand.counts[i - 1] ?? count)), 1);
  }
  const [first, last] = [profile.points[0]?.count ?? 0, profile.points.at(-1)?.count ?? 0];
  return Math.max(1, last - first);
};

/**
 * What must stay up and whether Spot may be used: as set for all services, else as the service says, else as its
 * strategy shows.
 */
export const permissionOf = (
  service: Service,
  profile: CountProfile,
  providers: ServiceProviders,
  required: RequiredTasks | undefined,
): SpotPermission => {
  const { interruptible, minAvailableTasks } = service;
  const own = spotPermission(interruptible, minAvailableTasks);
  if (required !== undefined && interruptible !== "no") return { required, spotAllowed: true, assumptions: [] };
  const silent = interruptible === "unspecified" && minAvailableTasks === undefined;
  return silent ? (shownByStrategy(profile, providers) ?? own) : own;
};

/** A service that is on Spot today can be: what it keeps on demand at the smallest count is what it needs. */
const shownByStrategy = (profile: CountProfile, { today, specs }: ServiceProviders): SpotPermission | undefined => {
  const spot = new Set(specs.filter(isSpotSpec).map(({ capacityProvider }) => capacityProvider));
  const isUsed = ({ capacityProvider, base, weight }: StrategyItem): boolean =>
    spot.has(capacityProvider) && base + weight > 0;
  if (today === undefined || !today.some(isUsed)) return undefined;
  const split = splitTasks(profile.points[0]?.count ?? 0, today);
  const tasks = [...split].reduce((sum, [provider, count]) => (spot.has(provider) ? sum : sum + count), 0);
  return { required: { kind: "tasks", tasks }, spotAllowed: true, assumptions: [SHOWN_BY_STRATEGY] };
};

const SHOWN_BY_STRATEGY: Assumption = {
  code: "required-as-on-demand-today",
  detail:
    "A service that says neither interruptible nor minAvailableTasks but runs on Spot today is taken to need the tasks that its " +
    "strategy keeps on demand at the smallest count.",
};

/**
 * What decides whether Spot suits the service. Replicas are judged at the largest count, because the required tasks are
 * kept at every other one; a service that needs no task up is not judged by its replicas, and one that says it may be
 * interrupted not by its volumes.
 */
export const spotFactsOf = (
  service: Service,
  profile: CountProfile,
  required: RequiredTasks,
  shared: SharedInfrastructure,
  replaceHours: number | undefined,
): SpotFacts | undefined => {
  const { task } = service;
  if (task === undefined) return undefined;
  const none = required.kind === "tasks" ? required.tasks === 0 : required.share === 0;
  const timeouts = task.containers.flatMap(({ stopTimeoutSeconds }) => stopTimeoutSeconds ?? []);
  const { minimumHealthyPercent } = service;
  const most = profile.points.at(-1)?.count ?? 0;
  return {
    os: task.os,
    scheduling: service.scheduling,
    tasks: none ? Math.max(3, most) : most,
    statefulVolumes: service.interruptible !== "yes" && Number(service.extras.ebsGiBPerTask) > 0,
    ...(timeouts.length === 0 ? {} : { stopTimeoutSeconds: Math.max(...timeouts) }),
    ...(replaceHours === undefined ? {} : { startUpSeconds: Math.round(replaceHours * 3600) }),
    ...(minimumHealthyPercent === undefined ? {} : { minimumHealthyPercent }),
    behindLoadBalancer: shared.loadBalancers.some(({ services }) => services.includes(service.name)),
  };
};
