import { type InstanceService, rootVolumeOnly } from "../../domain/billing/instance-usage.ts";
import type { ProviderType } from "../../domain/capacity/capacity-option.ts";
import { sumLines } from "../../domain/costing/costed-lines.ts";
import type { Assumption, Reason } from "../../domain/issues/issue.ts";
import {
  type ConfiguredFleet,
  configuredFleets,
  type InstanceMember,
  type InstancePart,
} from "../../domain/placement/configured-fleets.ts";
import { judgeFeasibility } from "../../domain/placement/feasibility.ts";
import { billFleet, type FleetBill } from "../../domain/placement/fleet-bill.ts";
import type { PlaceableService } from "../../domain/placement/fleet-demand.ts";
import { type PricedFleet, priceFleets } from "../../domain/placement/fleet-option.ts";
import { fleetSettings, type InstanceProvider } from "../../domain/placement/instance-provider.ts";
import { Decimal } from "../../domain/units/decimal.ts";
import type { Ec2Settings } from "../../domain/workload/shared.ts";
import type { CostContext } from "../context/cost-context.ts";
import { requestOf } from "../estimate/configured-fleets.ts";
import { fleetAssumptions } from "../estimate/fleet-assumptions.ts";
import type { ProviderSpec } from "./settings.ts";
import { type FleetShape, type PriceAnswer, SAVINGS_PLAN } from "./task-hour-prices.ts";

/** A service that could run on instances, with the largest count that its fleet has to hold. */
export interface FleetMember extends PlaceableService {
  /** Types of instance providers that it could use, and the one that it uses today. */
  readonly types: readonly ProviderType[];
  readonly todayType: ProviderType;
  /** What of it each provider of today's strategy on instances has to hold. */
  readonly partsToday: ReadonlyMap<string, InstancePart>;
}

/** Prices of task-hours on the fleets that services share. */
export interface FleetPrices {
  priceOf(member: FleetMember, spec: ProviderSpec): PriceAnswer;
  /** The two families that Spot instances for these tasks are cheapest of. */
  spotFamilies(member: FleetMember): readonly string[];
}

/**
 * Plans fleets when they are asked for, each once: those of today are the ones of an estimate, with every service of the
 * inventory that runs on instances in `running`. Services that could move to a provider share another by cluster and
 * architecture.
 */
export const createFleetPrices = (
  members: readonly FleetMember[],
  running: readonly InstanceMember[],
  context: CostContext,
): FleetPrices => {
  const today = configuredFleets(running);
  const planned = new Map<string, PricedFleet | undefined>();
  const once = (key: readonly unknown[], plan: () => PricedFleet | undefined): PricedFleet | undefined => {
    const text = JSON.stringify(key);
    if (!planned.has(text)) planned.set(text, plan());
    return planned.get(text);
  };
  const fleetOf = (member: FleetMember, spec: ProviderSpec): PricedFleet | undefined => {
    const { purchase, families = [], instanceTypes = [], targetCapacity = null } = spec;
    const alone = blockersOf(member, spec).length === 0 ? null : member.service.id;
    const key = [groupKey(member, spec.type), purchase, families, instanceTypes, targetCapacity, alone];
    return once(key, () => planFleet(groupOf(membersBeside(member, spec, members), spec), spec, context));
  };
  const fleetToday = (member: FleetMember, { provider }: InstancePart, spec: ProviderSpec) => {
    const index = today.findIndex((fleet) => isFleetOf(fleet, member, provider));
    const { families = [] } = spec;
    const host = today[index];
    const asHost = host === undefined ? spec : { ...spec, ...host.provider, families };
    return once(["today", index, families], () => planFleet(host, asHost, context));
  };
  return {
    priceOf: (member, spec) => {
      const part = member.partsToday.get(spec.capacityProvider);
      const blockers = part === undefined ? blockersOf(member, spec) : blockersToday(member, spec);
      if (blockers.length > 0) return { kind: "impossible", reasons: blockers };
      return part === undefined || part.tasks === 0
        ? answerOf(member, member.tasks, spec, fleetOf(member, spec), context)
        : answerOf(member, part.tasks, spec, fleetToday(member, part, spec), context);
    },
    spotFamilies: (member) => familiesOf(member.service.id, fleetOf(member, ANY_SPOT), context),
  };
};

/** Whether tasks that a provider has of a service are on a fleet: those of a launch type may be on a provider's. */
const isFleetOf = (
  { provider, services }: ConfiguredFleet,
  { service }: FleetMember,
  { name, type }: InstanceProvider,
): boolean =>
  provider.type === type &&
  (name === undefined || provider.name === name) &&
  services.some((each) => each.service.id === service.id);

const ANY_SPOT: ProviderSpec = { capacityProvider: "", type: "auto-scaling-group", purchase: "spot" };

const productOf = (type: ProviderType): InstanceService => (type === "managed-instances" ? type : "ec2");

const groupKey = ({ service, task, todayType }: FleetMember, type: ProviderType): string =>
  JSON.stringify([service.cluster, task.architecture, type, todayType === type]);

const membersBeside = (
  member: FleetMember,
  spec: ProviderSpec,
  members: readonly FleetMember[],
): readonly FleetMember[] => {
  const key = groupKey(member, spec.type);
  return members.filter(
    (other) =>
      other === member ||
      (other.types.includes(spec.type) && groupKey(other, spec.type) === key && blockersOf(other, spec).length === 0),
  );
};

const blockersOf = ({ service, task }: FleetMember, { type, purchase }: ProviderSpec) =>
  judgeFeasibility(service, task, { product: productOf(type), purchase, architecture: task.architecture }).blockers;

/** What runs on a provider already may run there, whatever its settings say. */
const blockersToday = (member: FleetMember, spec: ProviderSpec) =>
  blockersOf(member, spec).filter(({ code }) => code === "windows" || code === "windows-price");

const groupOf = (
  [first, ...others]: readonly FleetMember[],
  { type, purchase }: ProviderSpec,
): ConfiguredFleet | undefined => {
  if (first === undefined || type === "fargate") return undefined;
  const { service, task } = first;
  const provider = { type, purchase, instanceTypes: [] };
  return { cluster: service.cluster, architecture: task.architecture, provider, services: [first, ...others] };
};

const planFleet = (
  group: ConfiguredFleet | undefined,
  spec: ProviderSpec,
  context: CostContext,
): PricedFleet | undefined => {
  if (group === undefined) return undefined;
  const service = productOf(spec.type);
  const request = { ...requestOf(group), service, markets: [{ service, purchase: spec.purchase }] };
  const settings = ofFamilies(fleetSettings(context.inventory.shared.ec2, spec), spec.families ?? [], context);
  if (settings === undefined) return undefined;
  for (const assumption of [FLEET_TASK_HOUR, ...fleetAssumptions(request, settings)]) context.notes.assume(assumption);
  return priceFleets(request, settings, context.hours, context.catalogue)[0];
};

const FLEET_TASK_HOUR: Assumption = {
  code: "fleet-task-hour",
  detail:
    "A task-hour on instances costs the task's share of the fleet that the services of its cluster share at their highest " +
    "counts. A part of the tasks is taken to cost as much for each, and fewer instances to run while fewer tasks do.",
};

/** The settings with the types of some families only; undefined where none of those is allowed. */
const ofFamilies = (
  ec2: Ec2Settings,
  families: readonly string[],
  { catalogue }: CostContext,
): Ec2Settings | undefined => {
  if (families.length === 0) return ec2;
  const instanceTypes = catalogue
    .instanceTypes()
    .filter(({ name, family, bareMetal }) => !bareMetal && families.includes(family) && allows(ec2, name))
    .map(({ name }) => name);
  return instanceTypes.length === 0 ? undefined : { ...ec2, instanceTypes };
};

const allows = ({ instanceTypes }: Ec2Settings, name: string): boolean =>
  instanceTypes.length === 0 || instanceTypes.includes(name);

/** Families of the instances that hold the service's tasks, then of the others and of those that came next. */
const familiesOf = (id: string, fleet: PricedFleet | undefined, { catalogue }: CostContext): readonly string[] => {
  if (fleet?.outcome.kind !== "planned") return [];
  const { instances, alternatives } = fleet.outcome.plan;
  const own = instances.filter(({ tasks }) => (tasks[id] ?? 0) > 0);
  const types = [...own, ...instances, ...alternatives].map(
    ({ instanceType }) => catalogue.instanceType(instanceType)?.family,
  );
  return [...new Set(types.filter((family) => family !== undefined))].slice(0, 2);
};

const answerOf = (
  member: FleetMember,
  tasks: number,
  spec: ProviderSpec,
  fleet: PricedFleet | undefined,
  context: CostContext,
): PriceAnswer => {
  const { id } = member.service;
  if (fleet === undefined || fleet.outcome.kind === "unpriced") {
    return { kind: "impossible", reasons: [noPrice(spec)] };
  }
  const reasons = fleet.outcome.unplaceable.get(id);
  if (reasons !== undefined) {
    return { kind: "impossible", reasons: reasons.map((detail) => ({ code: "nothing-fits", detail })) };
  }
  const part = fleet.bill?.partOf(id);
  if (fleet.bill === undefined || part === undefined || part.lineItems.length === 0) {
    return { kind: "impossible", reasons: [{ code: "no-tasks", detail: "No task of it runs on the fleet." }] };
  }
  if (part.unpriced.length > 0) return { kind: "unpriced", keys: part.unpriced.map(({ dimension }) => dimension) };
  const taskHours = context.hours.times(tasks);
  const price = {
    taskHour: sumLines(part.lineItems).div(taskHours),
    lineItems: part.lineItems,
    notes: [],
    fleet: shapeOf(fleet.bill, id, context.hours),
    ...(spec.purchase === "on-demand" ? underPlan(fleet, id, taskHours, context) : {}),
  };
  return { kind: "priced", price };
};

const noPrice = ({ purchase, families = [] }: ProviderSpec): Reason => ({
  code: "missing-price",
  detail: `The price book has no ${purchase} price of an allowed instance type${families.length === 0 ? "" : ` of ${families.join(", ")}`} in this region.`,
});

/** The same instances under a Compute Savings Plan, which covers neither fees nor volumes. */
const underPlan = (
  fleet: PricedFleet,
  id: string,
  taskHours: Decimal,
  { inventory, hours, catalogue }: CostContext,
) => {
  if (fleet.outcome.kind !== "planned") return {};
  const { plan, market } = fleet.outcome;
  const { rootVolumeGiB } = inventory.shared.ec2;
  const covered = { ...market, purchase: SAVINGS_PLAN };
  const part = billFleet(plan, fleet.demand, covered, rootVolumeOnly(rootVolumeGiB), hours, catalogue).partOf(id);
  if (part.unpriced.length > 0) return {};
  const committed = part.lineItems.filter(({ dimension }) => dimension.includes(`/${SAVINGS_PLAN}/`));
  return {
    savingsPlan: sumLines(part.lineItems).div(taskHours),
    commitment: sumLines(committed).div(taskHours),
  };
};

const shapeOf = ({ instances, lines }: FleetBill, id: string, hours: Decimal): FleetShape => {
  const filled = instances.filter(({ tasks }) => Object.keys(tasks).length > 0);
  const own = filled.filter(({ tasks }) => (tasks[id] ?? 0) > 0);
  const total = countOf(instances);
  const tasks = own.reduce((sum, { count, tasks: on }) => sum + count * (on[id] ?? 0), 0);
  return {
    instanceTypes: [...new Set(filled.map(({ instanceType }) => instanceType))],
    tasksPerInstance: Math.max(1, Math.floor(tasks / Math.max(1, countOf(own)))),
    instanceHour: (lines.monthlyCost ?? new Decimal(0)).div(hours.times(Math.max(1, total))),
  };
};

const countOf = (instances: readonly { readonly count: number }[]): number =>
  instances.reduce((sum, { count }) => sum + count, 0);
