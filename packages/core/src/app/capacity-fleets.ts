import type { InstanceService } from "../domain/billing/instance-usage.ts";
import type { ProviderType } from "../domain/capacity/capacity-option.ts";
import { sumLines } from "../domain/costing/costed-lines.ts";
import type { Assumption, Reason } from "../domain/issues/issue.ts";
import { judgeFeasibility } from "../domain/placement/feasibility.ts";
import { billFleet, type FleetBill } from "../domain/placement/fleet-bill.ts";
import type { PlaceableService } from "../domain/placement/fleet-demand.ts";
import { type PricedFleet, priceFleets } from "../domain/placement/fleet-option.ts";
import { Decimal } from "../domain/units/decimal.ts";
import type { Ec2Settings } from "../domain/workload/shared.ts";
import { type FleetShape, type PriceAnswer, SAVINGS_PLAN } from "./capacity-prices.ts";
import type { ProviderSpec } from "./capacity-settings.ts";
import type { CostContext } from "./cost-context.ts";
import { fleetAssumptions } from "./fleet-assumptions.ts";

/** A service that could run on instances, with the largest count that its fleet has to hold. */
export interface FleetMember extends PlaceableService {
  /** Types of instance providers that it could use, and the one that it uses today. */
  readonly types: readonly ProviderType[];
  readonly todayType: ProviderType;
}

/** Prices of task-hours on the fleets that services share. */
export interface FleetPrices {
  priceOf(member: FleetMember, spec: ProviderSpec): PriceAnswer;
  /** The two families that Spot instances for these tasks are cheapest of. */
  spotFamilies(member: FleetMember): readonly string[];
}

/**
 * Plans fleets when they are asked for, each once: those that run on a product today share one by cluster and
 * architecture, as in an estimate, and those that could move there share another.
 */
export const createFleetPrices = (members: readonly FleetMember[], context: CostContext): FleetPrices => {
  const planned = new Map<string, PricedFleet | undefined>();
  const fleetOf = (member: FleetMember, spec: ProviderSpec): PricedFleet | undefined => {
    const key = JSON.stringify([groupKey(member, spec.type), spec.purchase, spec.families ?? []]);
    if (!planned.has(key)) planned.set(key, planFleet(membersBeside(member, spec, members), spec, context));
    return planned.get(key);
  };
  return {
    priceOf: (member, spec) => answerOf(member, spec, fleetOf(member, spec), context),
    spotFamilies: (member) => familiesOf(member.service.id, fleetOf(member, ANY_SPOT), context),
  };
};

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
      other.types.includes(spec.type) && groupKey(other, spec.type) === key && blockersOf(other, spec).length === 0,
  );
};

const blockersOf = ({ service, task }: FleetMember, { type, purchase }: ProviderSpec) =>
  judgeFeasibility(service, task, { product: productOf(type), purchase, architecture: task.architecture }).blockers;

const planFleet = (
  members: readonly FleetMember[],
  spec: ProviderSpec,
  context: CostContext,
): PricedFleet | undefined => {
  const first = members[0];
  if (first === undefined) return undefined;
  const { ec2 } = context.inventory.shared;
  const service = productOf(spec.type);
  const request = {
    cluster: first.service.cluster,
    architecture: first.task.architecture,
    services: members,
    service,
    markets: [{ service, purchase: spec.purchase }],
  };
  const settings = ofFamilies(ec2, spec.families ?? [], context);
  if (settings === undefined) return undefined;
  for (const assumption of [FLEET_TASK_HOUR, ...fleetAssumptions(request, ec2)]) context.notes.assume(assumption);
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
  spec: ProviderSpec,
  fleet: PricedFleet | undefined,
  context: CostContext,
): PriceAnswer => {
  const blockers = blockersOf(member, spec);
  if (blockers.length > 0) return { kind: "impossible", reasons: blockers };
  const { id } = member.service;
  if (fleet === undefined || fleet.outcome.kind === "unpriced") {
    return { kind: "impossible", reasons: [noPrice(spec)] };
  }
  const misfit = fleet.outcome.misfits.get(id);
  if (misfit !== undefined) {
    return { kind: "impossible", reasons: misfit.map((detail) => ({ code: "nothing-fits", detail })) };
  }
  const part = fleet.bill?.partOf(id);
  if (fleet.bill === undefined || part === undefined || part.lineItems.length === 0) {
    return { kind: "impossible", reasons: [{ code: "no-tasks", detail: "No task of it runs on the fleet." }] };
  }
  if (part.unpriced.length > 0) return { kind: "unpriced", keys: part.unpriced.map(({ dimension }) => dimension) };
  const taskHours = context.hours.times(member.tasks);
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
  const part = billFleet(plan, fleet.demand, covered, rootVolumeGiB, hours, catalogue).partOf(id);
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
