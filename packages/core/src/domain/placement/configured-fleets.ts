import { fleetTasks } from "../billing/task-hours.ts";
import { splitTasks } from "../capacity/split.ts";
import type { Decimal } from "../units/decimal.ts";
import type { Demand, Service } from "../workload/service.ts";
import type { SharedInfrastructure } from "../workload/shared.ts";
import type { Architecture, TaskShape } from "../workload/task.ts";
import { instanceProvidersOf, type SettledPlacement } from "./assume-placement.ts";
import { acceleratorKey, type PlaceableService } from "./fleet-demand.ts";
import type { InstanceProvider } from "./instance-provider.ts";
import { averageSplit } from "./service-hours.ts";

/** The tasks of a service that one provider has to have room for at once. */
export interface InstancePart {
  readonly provider: InstanceProvider;
  readonly tasks: number;
}

/** A service on container instances. */
export interface InstanceMember {
  readonly service: Service;
  readonly task: TaskShape;
  readonly parts: readonly InstancePart[];
}

/** The instances that one provider starts in a cluster for the services that run on them as configured. */
export interface ConfiguredFleet {
  readonly cluster: string;
  readonly architecture: Architecture;
  readonly provider: InstanceProvider;
  readonly services: readonly PlaceableService[];
}

/** The distinct counts of tasks that a demand asks for at once; undefined where runs overlap as they come. */
export const demandedCounts = (demand: Demand): readonly number[] | undefined => {
  if (demand.kind === "runs") return undefined;
  return demand.kind === "count" ? [demand.tasks] : [...new Set(demand.counts)];
};

/** Parts of a service on instances: for each provider the most of its tasks at any of the counts. */
export const instanceParts = (
  placement: SettledPlacement,
  counts: readonly number[],
  shared: Pick<SharedInfrastructure, "ec2">,
): readonly InstancePart[] => {
  const providers = instanceProvidersOf(placement, shared);
  if (placement.kind !== "instance-strategy") {
    const most = counts.reduce((a, b) => Math.max(a, b), 0);
    return providers.map((provider) => ({ provider, tasks: most }));
  }
  const splits = counts.map((count) => splitTasks(count, placement.items));
  return placement.providers.map((provider) => ({
    provider,
    tasks: splits.reduce((most, split) => Math.max(most, split.get(provider.name) ?? 0), 0),
  }));
};

/** The same of a demand: runs keep the average of their tasks busy, rounded up on each provider. */
export const demandedParts = (
  placement: SettledPlacement,
  demand: Demand,
  hours: Decimal,
  shared: Pick<SharedInfrastructure, "ec2">,
): readonly InstancePart[] => {
  const counts = demandedCounts(demand);
  if (counts !== undefined) return instanceParts(placement, counts, shared);
  if (placement.kind !== "instance-strategy") {
    return instanceParts(placement, [fleetTasks(demand, hours)], shared);
  }
  const split = averageSplit(demand, placement.items, hours);
  return placement.providers.map((provider) => ({
    provider,
    tasks: split.get(provider.name)?.ceil().toNumber() ?? 0,
  }));
};

interface OpenFleet extends ConfiguredFleet {
  readonly services: PlaceableService[];
}

/**
 * The fleets of everything that runs on instances as configured: one by cluster, provider and architecture. Tasks of the
 * launch type EC2 may run on any instance of their cluster, so where its services name one provider alone and that buys
 * as `ec2.purchase` says, they are on its instances. A daemon runs on every instance of its cluster that its kind of
 * provider starts.
 */
export const configuredFleets = (members: readonly InstanceMember[]): readonly ConfiguredFleet[] => {
  const linux = members.filter(({ task }) => task.os === "linux");
  const tasks = linux.filter((member) => !isDaemon(member));
  const hostOf = hostFinder(tasks);
  const fleets = new Map<string, OpenFleet>();
  for (const member of tasks) {
    for (const part of member.parts) {
      if (part.tasks > 0) addTasks(fleets, member, { ...part, provider: hostOf(member, part.provider) });
    }
  }
  for (const member of linux.filter(isDaemon)) addDaemon(fleets, member);
  return [...fleets.values()];
};

const isDaemon = ({ service }: InstanceMember): boolean => service.scheduling === "daemon";

const placeOf = ({ service, task }: InstanceMember): string => JSON.stringify([service.cluster, task.architecture]);

/** Finds the provider on whose instances tasks run: their own, but for launch types that share those of another. */
const hostFinder = (
  members: readonly InstanceMember[],
): ((member: InstanceMember, provider: InstanceProvider) => InstanceProvider) => {
  const named = new Map<string, Map<string, InstanceProvider>>();
  for (const member of members) {
    const place = placeOf(member);
    const here = named.get(place) ?? new Map<string, InstanceProvider>();
    named.set(place, here);
    for (const { provider, tasks } of member.parts) {
      if (tasks > 0 && provider.name !== undefined && isGroup(provider)) here.set(provider.name, provider);
    }
  }
  return (member, provider) => {
    if (provider.name !== undefined || !isGroup(provider)) return provider;
    const [only, ...others] = named.get(placeOf(member))?.values() ?? [];
    return only !== undefined && others.length === 0 && only.purchase === provider.purchase ? only : provider;
  };
};

const isGroup = ({ type }: InstanceProvider): boolean => type === "auto-scaling-group";

const addTasks = (
  fleets: Map<string, OpenFleet>,
  { service, task }: InstanceMember,
  { provider, tasks }: InstancePart,
): void => {
  const { cluster } = service;
  const { architecture } = task;
  const key = JSON.stringify([cluster, provider.type, architecture, provider.name ?? null, acceleratorKey(task)]);
  const fleet = fleets.get(key) ?? { cluster, architecture, provider, services: [] };
  fleet.services.push({ service, task, tasks });
  fleets.set(key, fleet);
};

const addDaemon = (fleets: Map<string, OpenFleet>, member: InstanceMember): void => {
  const { service, task, parts } = member;
  const [own] = parts;
  if (own === undefined) return;
  const beneath = [...fleets.values()].filter(
    ({ cluster, architecture, provider }) =>
      cluster === service.cluster && architecture === task.architecture && provider.type === own.provider.type,
  );
  for (const { services } of beneath) {
    if (!services.some((each) => each.service === service)) services.push({ service, task, tasks: 0 });
  }
  if (beneath.length === 0) addTasks(fleets, member, { ...own, tasks: 0 });
};
