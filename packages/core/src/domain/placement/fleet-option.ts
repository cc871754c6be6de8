import { type InstanceOutfit, type InstanceService, rootVolumeOnly } from "../billing/instance-usage.ts";
import type { PackEffort } from "../packing/model/request.ts";
import type { PriceCatalogue } from "../pricing/price.ts";
import type { Decimal } from "../units/decimal.ts";
import type { InstanceGroup } from "../workload/instance-group.ts";
import type { Ec2Settings } from "../workload/shared.ts";
import { type Architecture, needsAccelerator } from "../workload/task.ts";
import { billFleet, type FleetBill } from "./fleet-bill.ts";
import { type FleetDemand, fleetDemand, type PlaceableService } from "./fleet-demand.ts";
import { fleetTypes } from "./fleet-types.ts";
import { groupSettings, mostInstances, withinGroup } from "./group-fleets.ts";
import { type FleetOutcome, type KnownPlans, planFleets, planOnce } from "./plan-fleets.ts";
import type { FleetMarket } from "./type-prices.ts";

/** Services of one cluster that are to share instances of one architecture, and the markets to price that on. */
export interface FleetRequest {
  readonly cluster: string;
  readonly architecture: Architecture;
  readonly services: readonly PlaceableService[];
  readonly service: InstanceService;
  readonly markets: readonly FleetMarket[];
  /** Name of the capacity provider that starts the instances, where it is one of the user's own. */
  readonly capacityProvider?: string;
  /** The group that keeps the instances, where they are those of today. */
  readonly group?: InstanceGroup;
  /** `quick` where many fleets are only compared. */
  readonly effort?: PackEffort;
  /** Plans that were made before, where the same fleets are priced again and again. */
  readonly known?: KnownPlans;
}

export interface PricedFleet {
  readonly request: FleetRequest;
  readonly demand: FleetDemand;
  readonly outcome: FleetOutcome;
  /** Set where the outcome is a plan. */
  readonly bill?: FleetBill;
  /** Names on the user's list of types that the price book does not know. */
  readonly unknownTypes: readonly string[];
  /** The user's list has no type of this architecture, so all current types stood in. */
  readonly widened: boolean;
}

/**
 * Rules of ECS Managed Instances: AWS scales the fleet, trunking is on where a type supports it.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ManagedInstances.html (checked 2026-11-20)
 */
const managedInstancesSettings = (settings: Ec2Settings): Ec2Settings => ({
  ...settings,
  targetCapacity: 100,
  minInstances: 0,
  eniTrunking: true,
});

const outfitOf = (group: InstanceGroup | undefined, { rootVolumeGiB }: Ec2Settings): InstanceOutfit => {
  if (group === undefined) return rootVolumeOnly(rootVolumeGiB);
  const { volumes, mix } = group;
  return { volumes, ...(mix === undefined ? {} : { mix }) };
};

/** Plans and prices one fleet on each of its markets. */
export const priceFleets = (
  request: FleetRequest,
  ec2: Ec2Settings,
  hoursPerMonth: Decimal,
  catalogue: PriceCatalogue,
): readonly PricedFleet[] => {
  const { group } = request;
  const own = request.service === "ec2" ? ec2 : managedInstancesSettings(ec2);
  const settings = group === undefined ? own : groupSettings(own, group);
  const demand = fleetDemand(request.cluster, request.architecture, request.services, settings);
  const needed = request.services.some(({ task }) => needsAccelerator(task)) ? demand.accelerator : undefined;
  const { types, unknown, widened } = fleetTypes(settings, request.architecture, needed, catalogue);
  const { markets, effort, known } = request;
  const planning = { demand, types, markets, settings, catalogue, hoursPerMonth };
  const wanted = effort === undefined ? planning : { ...planning, effort };
  const outcomes = known === undefined ? planFleets(wanted) : planOnce(wanted, known);
  return outcomes.map((outcome) => {
    const fleet = { request, demand, outcome, unknownTypes: unknown, widened };
    if (outcome.kind !== "planned") return fleet;
    const most = group === undefined ? undefined : mostInstances(group);
    const plan = most === undefined ? outcome.plan : withinGroup(outcome.plan, most);
    const bill = billFleet(plan, demand, outcome.market, outfitOf(group, settings), hoursPerMonth, catalogue);
    return { ...fleet, bill };
  });
};
