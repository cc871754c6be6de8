import type { InstanceService } from "../../domain/billing/instance-usage.ts";
import { addLines } from "../../domain/costing/costed-lines.ts";
import type { PricedLines } from "../../domain/costing/line-item.ts";
import type { Issue } from "../../domain/issues/issue.ts";
import { instanceProvidersOf } from "../../domain/placement/assume-placement.ts";
import {
  type ConfiguredFleet,
  configuredFleets,
  demandedParts,
  type InstanceMember,
  instanceParts,
} from "../../domain/placement/configured-fleets.ts";
import { type PlaceableService, placeable } from "../../domain/placement/fleet-demand.ts";
import { type FleetRequest, type PricedFleet, priceFleets } from "../../domain/placement/fleet-option.ts";
import { groupSettings, groupsOfFleets, mostInstances } from "../../domain/placement/group-fleets.ts";
import { idleFleet, instancesAtRest } from "../../domain/placement/idle-groups.ts";
import { fleetSettings } from "../../domain/placement/instance-provider.ts";
import { optionId } from "../../domain/placement/option.ts";
import { ec2Key } from "../../domain/pricing/price-key.ts";
import { reportFleet } from "../../domain/report/fleet-report.ts";
import type { FleetReport } from "../../domain/report/report.ts";
import { acceleratorText } from "../../domain/workload/accelerator.ts";
import type { InstanceGroup } from "../../domain/workload/instance-group.ts";
import type { CostContext } from "../context/cost-context.ts";
import { fleetAssumptions } from "./fleet-assumptions.ts";
import type { ServiceCompute } from "./service-compute.ts";

/** The fleets that container instances make up as configured, and each service's part of them. */
export interface EstimatedFleets {
  readonly reports: readonly FleetReport[];
  readonly parts: ReadonlyMap<string, PricedLines>;
  /** Services of which some tasks are on no fleet that could be planned. */
  readonly unplaced: ReadonlySet<string>;
  /** Instances under each daemon service: its number of tasks. */
  readonly daemonTasks: ReadonlyMap<string, number>;
  /** Instances of groups that no service runs on. */
  readonly idle: readonly PricedLines[];
}

interface FleetSums {
  readonly reports: FleetReport[];
  readonly parts: Map<string, PricedLines>;
  readonly unplaced: Set<string>;
  readonly daemonTasks: Map<string, number>;
  readonly idle: PricedLines[];
}

/**
 * Packs and prices the services that run on EC2 or Managed Instances today: one fleet per cluster, capacity provider and
 * architecture.
 */
export const estimateFleets = (computes: readonly ServiceCompute[], context: CostContext): EstimatedFleets => {
  const sums: FleetSums = { reports: [], parts: new Map(), unplaced: new Set(), daemonTasks: new Map(), idle: [] };
  const { ec2, instanceGroups = [] } = context.inventory.shared;
  const members = membersOf(computes, context);
  for (const member of members) if (isIdle(member)) sums.parts.set(member.service.id, NOTHING);
  const all = configuredFleets(members);
  const groups = groupsOfFleets(all, instanceGroups, context.catalogue);
  for (const configured of all) {
    const group = groups.get(configured);
    const request = { ...requestOf(configured, group), ...context.fleets };
    const own = fleetSettings(ec2, configured.provider);
    const settings = group === undefined ? own : groupSettings(own, group);
    for (const assumption of fleetAssumptions(request, settings)) context.notes.assume(assumption);
    for (const fleet of priceFleets(request, settings, context.hours, context.catalogue)) {
      noteOutcome(fleet, context);
      noteLimit(fleet, context);
      addFleet(sums, fleet, context);
    }
  }
  const used = new Set(groups.values());
  for (const group of instanceGroups) if (!used.has(group)) addIdle(sums, group, context);
  for (const [id, instances] of sums.daemonTasks) if (instances === 0) context.notes.report(noInstances(id));
  return sums;
};

const NOTHING: PricedLines = { lineItems: [], unpriced: [] };

/** Whether no task of it is to run, so that it has no part of any fleet. */
const isIdle = ({ service, parts }: InstanceMember): boolean =>
  service.scheduling !== "daemon" && parts.every(({ tasks }) => tasks === 0);

/** What a fleet of today is planned from. */
export const requestOf = (
  { cluster, architecture, provider, services }: ConfiguredFleet,
  group?: InstanceGroup,
): FleetRequest => {
  const { name, type, purchase } = provider;
  const service: InstanceService = type === "managed-instances" ? type : "ec2";
  const own = name === undefined ? {} : { capacityProvider: name };
  const bought = group?.purchase ?? purchase;
  const found = { cluster, ...own, architecture, services, service, markets: [{ service, purchase: bought }] };
  return group === undefined ? found : { ...found, group };
};

const addFleet = (sums: FleetSums, fleet: PricedFleet, { hours, catalogue }: CostContext): void => {
  const { request, bill, demand } = fleet;
  for (const { service } of request.services) {
    if (bill?.weights.has(service.id) !== true) {
      sums.unplaced.add(service.id);
      continue;
    }
    const before = sums.parts.get(service.id);
    const part = bill.partOf(service.id);
    sums.parts.set(service.id, before === undefined ? part : addLines([before, part]));
  }
  const instances = (bill?.instances ?? []).reduce((total, { count }) => total + count, 0);
  for (const { service } of demand.daemons) {
    sums.daemonTasks.set(service.id, (sums.daemonTasks.get(service.id) ?? 0) + instances);
  }
  const option = { product: request.service, ...fleet.outcome.market, architecture: request.architecture };
  const report = reportFleet(optionId(option, request.architecture), fleet, hours, catalogue);
  if (report !== undefined && report.instances.length > 0) sums.reports.push(report);
};

/** A group that no service runs on costs what its instances do. */
const addIdle = (sums: FleetSums, group: InstanceGroup, { hours, catalogue, notes }: CostContext): void => {
  const subject = group.address ?? group.name;
  const fleet = idleFleet(group, catalogue, hours);
  if (fleet?.bill === undefined) {
    if (instancesAtRest(group) === 0) return;
    const detail = `the price book has none of its instance types (${group.instanceTypes.join(", ")}) for ${catalogue.region}; it is not included`;
    notes.report({ code: "unknown-instance-type", severity: "warning", subject, detail });
    sums.idle.push({
      lineItems: [],
      unpriced: [
        {
          dimension: ec2Key(group.instanceTypes[0] ?? "", group.purchase),
          quantity: hours.times(instancesAtRest(group)),
        },
      ],
    });
    return;
  }
  const count = instancesAtRest(group);
  const detail = `no service runs on its ${count} instance${count === 1 ? "" : "s"}; they are billed all month`;
  notes.report({ code: "idle-instances", severity: "info", subject, detail });
  sums.idle.push(fleet.bill.lines);
  const id = `ec2-${group.purchase}`;
  const report = reportFleet(id, fleet, hours, catalogue);
  if (report !== undefined) sums.reports.push(report);
};

/** Tells where tasks need more instances than their group runs. */
const noteLimit = ({ request, outcome }: PricedFleet, { notes }: CostContext): void => {
  const most = request.group === undefined ? undefined : mostInstances(request.group);
  if (most === undefined || outcome.kind !== "planned") return;
  const needed = outcome.plan.instances.reduce((total, { count }) => total + count, 0);
  if (needed <= most) return;
  notes.report({
    code: "nothing-fits",
    severity: "warning",
    subject: request.group?.address ?? request.cluster,
    detail: `Its tasks need ${needed} instances, and it runs ${most} at most: so many are priced, and tasks are left over.`,
  });
};

/** What of the services runs on instances; a service without a task there has no part. */
const membersOf = (computes: readonly ServiceCompute[], context: CostContext): readonly InstanceMember[] => {
  const { inventory, hours } = context;
  return computes.flatMap(({ service, placement }) => {
    const isInstances = instanceProvidersOf(placement, inventory.shared).length > 0;
    const item = isInstances ? placeable(service, hours) : undefined;
    if (item === undefined || !runsLinux(item, context)) return [];
    const { demand } = service;
    const isDaemon = service.scheduling === "daemon" || demand === undefined;
    const parts = isDaemon
      ? instanceParts(placement, [], inventory.shared)
      : demandedParts(placement, demand, hours, inventory.shared);
    return [{ service, task: item.task, parts }];
  });
};

const runsLinux = ({ service, task }: PlaceableService, { notes }: CostContext): boolean => {
  if (task.os === "linux") return true;
  notes.report({
    code: "unsupported-platform",
    severity: "error",
    subject: service.id,
    detail: "The price book has Linux instances only, so Windows tasks on container instances are not priced.",
  });
  return false;
};

const noInstances = (subject: string): Issue => ({
  code: "unknown-cost",
  severity: "warning",
  subject,
  detail: "A daemon runs once on every instance, and no other service here says how many instances there are.",
});

const noteOutcome = (fleet: PricedFleet, { notes, catalogue }: CostContext): void => {
  const { request, outcome, unknownTypes } = fleet;
  const { capacityProvider, cluster, architecture } = request;
  for (const name of unknownTypes) {
    notes.report({
      code: "unknown-instance-type",
      severity: "warning",
      subject: name,
      detail: `${typesText(fleet)} ${name}, which the price book does not have for ${catalogue.region}; it is left out.`,
    });
  }
  if (fleet.widened && capacityProvider !== undefined) {
    notes.report({
      code: "unknown-instance-type",
      severity: "warning",
      subject: `${cluster}/${capacityProvider}`,
      detail: `None of the provider's instance types that are known runs tasks for ${architecture}; they are priced on any current ${architecture} type.`,
    });
  }
  if (fleet.demand.accelerator.kind === "not-understood") {
    for (const { service, task } of request.services) {
      const detail = `The task asks for ${acceleratorText(task.gpu, task.accelerator)}, and no instance type is known to have that; it is not priced.`;
      notes.report({ code: "unsupported-platform", severity: "error", subject: service.id, detail });
    }
    return;
  }
  if (outcome.kind === "unpriced") {
    notes.report({
      code: "missing-price",
      severity: "error",
      subject: `${cluster} ${architecture}`,
      detail: `No allowed instance type has a ${outcome.market.purchase} price in ${catalogue.region}; the fleet is not priced.`,
    });
    return;
  }
  for (const [id, reasons] of outcome.unplaceable) {
    notes.report({ code: "nothing-fits", severity: "error", subject: id, detail: reasons.join(" ") });
  }
};

const typesText = ({ request: { capacityProvider } }: PricedFleet): string =>
  capacityProvider === undefined ? "ec2.instanceTypes names" : `Capacity provider ${capacityProvider} is allowed`;
