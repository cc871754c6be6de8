import type { InstanceService } from "../../domain/billing/instance-usage.ts";
import { sumLines } from "../../domain/costing/costed-lines.ts";
import type { PricedLines } from "../../domain/costing/line-item.ts";
import { createNotes } from "../../domain/issues/notes.ts";
import { settlePlacement } from "../../domain/placement/assume-placement.ts";
import { judgeFeasibility } from "../../domain/placement/feasibility.ts";
import { type PlaceableService, placeable } from "../../domain/placement/fleet-demand.ts";
import { fleetSettings } from "../../domain/placement/instance-provider.ts";
import { type LeastCost, leastCosts } from "../../domain/placement/least-rates.ts";
import {
  type AssignmentProblem,
  type FleetCost,
  type Joined,
  leastOf,
  type Member,
  type Way,
} from "../../domain/planning/assignment.ts";
import type { Service } from "../../domain/workload/service.ts";
import type { Architecture } from "../../domain/workload/task.ts";
import type { CostContext } from "../context/cost-context.ts";
import { estimateFleets } from "../estimate/configured-fleets.ts";
import { withoutAddresses } from "../estimate/public-addresses.ts";
import { type ServiceCompute, serviceCompute } from "../estimate/service-compute.ts";
import type { ServiceCost } from "../estimate/service-costs.ts";
import { type ClusterFleet, clusterFleets } from "./cluster-fleets.ts";
import type { FargateWays } from "./fargate-ways.ts";
import type { SettledPlanSettings } from "./settings.ts";

/** One way to run a service, as the service would be configured. */
export interface ServiceWay {
  readonly service: Service;
  readonly compute: ServiceCompute;
  readonly way: Way;
}

/** The choice of one cluster. */
export interface ClusterProblem {
  readonly problem: AssignmentProblem;
  /** By service that can be planned, then by way; the first way is today's. */
  readonly ways: readonly (readonly ServiceWay[])[];
  /** The providers that its ways may need. */
  readonly fleets: readonly ClusterFleet[];
}

/** Fleets of one architecture that cost together: those of Auto Scaling groups share tasks of the launch type EC2. */
interface Room {
  readonly architecture: Architecture;
  readonly names: readonly string[];
}

export interface ClusterInput {
  readonly cluster: string;
  readonly costs: readonly ServiceCost[];
  readonly context: CostContext;
  readonly settled: SettledPlanSettings;
  readonly fargate: FargateWays;
  readonly isKept: (service: Service) => boolean;
}

const ARCHITECTURES: readonly Architecture[] = ["x86_64", "arm64"];
/** Tasks up to which a fleet is planned as hard as it can be while the search goes on. */
const MOST_FULL_TASKS = 24;

/** Lays out what each service of a cluster could run on and what that costs. */
export const clusterProblem = (input: ClusterInput): ClusterProblem => {
  const { cluster, costs, settled } = input;
  const quiet: CostContext = { ...input.context, notes: createNotes() };
  const services = costs.map(({ compute }) => compute.service);
  const fleets = clusterFleets(cluster, services, quiet.inventory.shared, settled);
  const shared = { ...quiet.inventory.shared, capacityProviders: providersWith(quiet, fleets) };
  const context: CostContext = { ...quiet, inventory: { ...quiet.inventory, shared } };
  const rooms = roomsOf(fleets);
  const least = leastFinder(fleets, services, context);
  const plannable = costs.filter(({ compute, computeComplete }) => computeComplete && isReplica(compute.service));
  const others = costs.filter((cost) => !plannable.includes(cost)).map(({ compute }) => compute);
  const ways = plannable.map((cost) => serviceWays(cost, input, { fleets, rooms, least, context }));
  const problem: AssignmentProblem = {
    items: ways.map((list) => list.map(({ way }) => way)),
    fleets: rooms.length,
    fleetCost: (room, members) => roomCost(rooms[room], members, ways, others, context),
    starts: [ways.map(() => 0)],
  };
  return { problem, ways, fleets };
};

const isReplica = ({ scheduling, task, demand }: Service): boolean =>
  scheduling === "replica" && task !== undefined && demand !== undefined;

const providersWith = ({ inventory }: CostContext, fleets: readonly ClusterFleet[]) => [
  ...(inventory.shared.capacityProviders ?? []),
  ...fleets.flatMap(({ added }) => added ?? []),
];

const nameOf = ({ provider }: ClusterFleet): string => provider.name ?? provider.type;

const roomsOf = (fleets: readonly ClusterFleet[]): readonly Room[] => {
  const mixes = fleets.some(({ provider }) => provider.name === undefined && provider.type === "auto-scaling-group");
  const groups = fleets.filter(({ provider }) => provider.type === "auto-scaling-group").map(nameOf);
  const joint = mixes ? [groups] : groups.map((name) => [name]);
  const managed = fleets.filter(({ provider }) => provider.type === "managed-instances").map((each) => [nameOf(each)]);
  return [...joint, ...managed].flatMap((names) => ARCHITECTURES.map((architecture) => ({ architecture, names })));
};

interface Frame {
  readonly fleets: readonly ClusterFleet[];
  readonly rooms: readonly Room[];
  readonly least: (fleet: string, service: PlaceableService) => number;
  readonly context: CostContext;
}

const serviceWays = (
  cost: ServiceCost,
  { fargate, settled, isKept, costs }: ClusterInput,
  frame: Frame,
): readonly ServiceWay[] => {
  const { service } = cost.compute;
  const today = wayFor(service, cost, frame);
  if (today === undefined) throw new Error(`No cost of ${service.id} as it is`);
  if (isKept(service)) return [today];
  const isLarge = costs.length > MOST_IN_FULL;
  const architectures = architecturesFor(service, settled);
  const variants: readonly Service[] = [
    ...architectures.flatMap((architecture) => fargate(service, architecture)),
    ...architectures.flatMap((architecture) => onInstances(service, architecture, frame)),
  ].filter((variant) => !isSame(variant, service));
  const ways = variants.flatMap((variant) => wayFor(variant, cost, frame) ?? []);
  return [today, ...(isLarge ? likely(ways) : ways)];
};

/** Services up to which every way is searched. */
const MOST_IN_FULL = 12;
const MOST_LIKELY = 4;

/** The cheapest way alone, and the few on fleets that may cost less than it, by the least that they cost. */
const likely = (ways: readonly ServiceWay[]): readonly ServiceWay[] => {
  const byLeast = [...ways].sort((a, b) => leastOf(a.way) - leastOf(b.way));
  const alone = byLeast.find(({ way }) => way.joins.length === 0);
  const most = alone === undefined ? Number.POSITIVE_INFINITY : leastOf(alone.way);
  const shared = byLeast.filter(({ way }) => way.joins.length > 0 && leastOf(way) < most);
  return [...(alone === undefined ? [] : [alone]), ...shared.slice(0, MOST_LIKELY)];
};

const architecturesFor = ({ task }: Service, { arm64, effort }: SettledPlanSettings): readonly Architecture[] => {
  const named = task?.architecture ?? "x86_64";
  return ARCHITECTURES.filter((each) => each === named || (effort === "full" && (each !== "arm64" || arm64)));
};

const isSame = (a: Service, b: Service): boolean =>
  a.task?.architecture === b.task?.architecture && JSON.stringify(a.placement) === JSON.stringify(b.placement);

const onInstances = (service: Service, architecture: Architecture, { fleets }: Frame): readonly Service[] =>
  fleets.flatMap(({ provider, placement }) => {
    const { task } = service;
    if (task === undefined) return [];
    const product = provider.type === "managed-instances" ? provider.type : "ec2";
    const option = { product, purchase: provider.purchase, architecture } as const;
    if (judgeFeasibility(service, task, option).blockers.length > 0) return [];
    if (provider.purchase === "spot" && service.interruptible !== "yes") return [];
    return [{ ...service, task: { ...task, architecture }, placement }];
  });

const wayFor = (service: Service, cost: ServiceCost, frame: Frame): ServiceWay | undefined => {
  const { context } = frame;
  const compute = serviceCompute(service, context);
  if (!compute.known) return undefined;
  if (compute.lines !== undefined) {
    const total = fullCost(compute.lines);
    return total === undefined
      ? undefined
      : { service, compute, way: { own: total + along(cost.overhead), joins: [] } };
  }
  const joins = joinsOf(service, frame);
  return joins.length === 0
    ? undefined
    : { service, compute, way: { own: along(withoutAddresses(cost.overhead)), joins } };
};

const fullCost = ({ lineItems, unpriced }: PricedLines): number | undefined =>
  unpriced.length > 0 ? undefined : sumLines(lineItems).toNumber();

const along = ({ lineItems }: PricedLines): number => sumLines(lineItems).toNumber();

/** The rooms that the tasks of a service are in, and the least that they cost there. */
const joinsOf = (service: Service, { rooms, least, context, fleets }: Frame): readonly Joined[] => {
  const placement = settlePlacement(service, context.inventory.shared);
  const item = placeable(service, context.hours);
  if (item === undefined) return [];
  const names =
    placement.kind === "launch-type"
      ? [placement.launchType === "EC2" ? "auto-scaling-group" : "managed-instances"]
      : placement.items.map(({ capacityProvider }) => capacityProvider);
  const joined = rooms.flatMap(({ architecture, names: here }, fleet) =>
    architecture === item.task.architecture && names.some((name) => here.includes(name)) ? [{ fleet, here }] : [],
  );
  const bought = fleets.find((each) => names.length === 1 && nameOf(each) === names[0])?.provider.purchase;
  const isAlike = (name: string): boolean =>
    fleets.some((each) => nameOf(each) === name && each.provider.purchase === bought);
  // Tasks of the launch type EC2 may be on the instances of a provider that buys as they do; tasks of several providers
  // cost at least what the cheapest of them asks.
  return joined.map(({ fleet, here }, index) => {
    const considered = placement.kind === "launch-type" ? here.filter(isAlike) : names;
    const atLeast = Math.min(...considered.map((name) => least(name, item)));
    return { fleet, atLeast: index === 0 ? atLeast : 0 };
  });
};

const leastFinder = (
  fleets: readonly ClusterFleet[],
  services: readonly Service[],
  { inventory, hours, catalogue }: CostContext,
): Frame["least"] => {
  const items = services
    .flatMap((service) => placeable(service, hours) ?? [])
    .filter(({ task }) => task.os === "linux");
  const known = new Map<string, LeastCost>();
  return (name, item) => {
    const fleet = fleets.find((each) => nameOf(each) === name);
    if (fleet === undefined) return 0;
    const { architecture } = item.task;
    const key = `${architecture} ${name}`;
    const service: InstanceService = fleet.provider.type === "managed-instances" ? "managed-instances" : "ec2";
    const request = {
      cluster: "",
      architecture,
      service,
      services: items,
      markets: [{ service, purchase: fleet.provider.purchase }],
    };
    const found =
      known.get(key) ?? leastCosts(request, fleetSettings(inventory.shared.ec2, fleet.provider), hours, catalogue);
    known.set(key, found);
    return found(item);
  };
};

const IMPOSSIBLE: FleetCost = { cost: Number.POSITIVE_INFINITY, atLeast: Number.POSITIVE_INFINITY };

/** What a room costs with exactly these members and the daemons of the cluster. */
const roomCost = (
  room: Room | undefined,
  members: readonly Member[],
  ways: readonly (readonly ServiceWay[])[],
  others: readonly ServiceCompute[],
  context: CostContext,
): FleetCost => {
  const computes = members.flatMap(({ item, way }) => ways[item]?.[way]?.compute ?? []);
  const here = others.filter(({ service }) => service.task?.architecture === room?.architecture);
  const tasks = computes.reduce((sum, { service }) => sum + (placeable(service, context.hours)?.tasks ?? 0), 0);
  const known = context.fleets?.known ?? new Map();
  const effort = tasks <= MOST_FULL_TASKS ? {} : ({ effort: "least" } as const);
  const { reports, unplaced } = estimateFleets([...computes, ...here], { ...context, fleets: { known, ...effort } });
  if (computes.some(({ service }) => unplaced.has(service.id))) return IMPOSSIBLE;
  const mine = reports.filter(
    ({ architecture, capacityProvider, id }) =>
      architecture === room?.architecture && room.names.includes(capacityProvider ?? typeOf(id)),
  );
  return {
    cost: mine.reduce((sum, { monthlyCost }) => sum + monthlyCost.toNumber(), 0),
    atLeast: mine.reduce((sum, { lowerBound }) => sum + lowerBound.toNumber(), 0),
  };
};

const typeOf = (id: string): string =>
  id.startsWith("managed-instances") ? "managed-instances" : "auto-scaling-group";
