import type { InstanceService } from "../../domain/billing/instance-usage.ts";
import { judgeFeasibility } from "../../domain/placement/feasibility.ts";
import { acceleratorKey, type PlaceableService, placeable } from "../../domain/placement/fleet-demand.ts";
import { type FleetRequest, type PricedFleet, priceFleets } from "../../domain/placement/fleet-option.ts";
import { LAUNCH_OPTIONS, type LaunchOption, optionId } from "../../domain/placement/option.ts";
import type { Service } from "../../domain/workload/service.ts";
import type { Architecture } from "../../domain/workload/task.ts";
import type { CostContext } from "../context/cost-context.ts";
import { fleetAssumptions } from "../estimate/fleet-assumptions.ts";

/** Fleets of every option by cluster, and which fleet an option of a service belongs to. */
export interface ComparedFleets {
  /** In order of cluster, then option. */
  readonly fleets: readonly { readonly id: string; readonly fleet: PricedFleet }[];
  /** By `fleetKey`. */
  readonly byOption: ReadonlyMap<string, PricedFleet>;
}

/** Key of the fleet that a service is in under an option. */
export const fleetKey = (serviceId: string, optionId: string): string => `${optionId}\n${serviceId}`;

interface Group {
  readonly cluster: string;
  readonly named: Architecture;
  readonly services: PlaceableService[];
}

interface Batch {
  readonly request: FleetRequest;
  readonly ids: readonly string[];
}

/**
 * Prices, for every option on instances, the fleet that the services of a cluster could share: those that name the
 * same architecture and that nothing keeps off that option.
 */
export const compareFleets = (context: CostContext): ComparedFleets => {
  const fleets: { id: string; fleet: PricedFleet }[] = [];
  const byOption = new Map<string, PricedFleet>();
  for (const group of groupServices(context)) {
    for (const { request, ids } of batches(group)) {
      for (const assumption of fleetAssumptions(request, context.inventory.shared.ec2))
        context.notes.assume(assumption);
      const priced = priceFleets(request, context.inventory.shared.ec2, context.hours, context.catalogue);
      priced.forEach((fleet, index) => {
        const id = ids[index] ?? "";
        fleets.push({ id, fleet });
        for (const { service } of request.services) byOption.set(fleetKey(service.id, id), fleet);
      });
    }
  }
  return { fleets, byOption };
};

const groupServices = ({ inventory, hours }: CostContext): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const service of inventory.services) {
    const item = placeable(service, hours);
    if (item === undefined || item.task.os === "windows") continue;
    const named = item.task.architecture;
    const key = JSON.stringify([service.cluster, named, acceleratorKey(item.task)]);
    const group = groups.get(key) ?? { cluster: service.cluster, named, services: [] };
    group.services.push(item);
    groups.set(key, group);
  }
  return [...groups.values()];
};

/** Options that the same services can use are planned together, because packing does not depend on prices. */
const batches = (group: Group): readonly Batch[] => {
  const bySubset = new Map<string, { options: LaunchOption[]; services: PlaceableService[] }>();
  for (const option of LAUNCH_OPTIONS) {
    if (option.product === "fargate") continue;
    const services = group.services.filter((item) => isAllowed(item.service, item, option));
    if (services.length === 0) continue;
    const subset =
      services.length === group.services.length ? "all" : services.map(({ service }) => service.id).join("\n");
    const key = JSON.stringify([option.product, option.architecture, subset]);
    const batch = bySubset.get(key) ?? { options: [], services };
    batch.options.push(option);
    bySubset.set(key, batch);
  }
  return [...bySubset.values()].map(({ options, services }) => toBatch(group, options, services));
};

const isAllowed = (service: Service, { task }: PlaceableService, option: LaunchOption): boolean =>
  judgeFeasibility(service, task, option).blockers.length === 0;

const toBatch = (group: Group, options: readonly LaunchOption[], services: readonly PlaceableService[]): Batch => {
  const first = options[0];
  const architecture = first?.architecture ?? group.named;
  const service: InstanceService = first?.product === "managed-instances" ? "managed-instances" : "ec2";
  return {
    ids: options.map((option) => optionId(option, group.named)),
    request: {
      cluster: group.cluster,
      architecture,
      service,
      services: services.map((item) => ({ ...item, task: { ...item.task, architecture } })),
      markets: options.map(({ purchase }) => ({ service, purchase })),
      effort: "quick",
    },
  };
};
