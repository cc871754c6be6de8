import { acceleratorKind } from "../billing/accelerators.ts";
import { hostShareOf } from "../billing/instance-capacity.ts";
import type { FleetPlan } from "../packing/model/request.ts";
import type { InstanceType, PriceCatalogue } from "../pricing/price.ts";
import { ec2Key } from "../pricing/price-key.ts";
import type { Decimal } from "../units/decimal.ts";
import type { InstanceGroup } from "../workload/instance-group.ts";
import { billFleet } from "./fleet-bill.ts";
import type { PricedFleet } from "./fleet-option.ts";
import { flatRate, toNano } from "./type-prices.ts";

/** A group that no service runs on: its instances, idle all month; undefined where its type is not known here. */
export const idleFleet = (
  group: InstanceGroup,
  catalogue: PriceCatalogue,
  hoursPerMonth: Decimal,
): PricedFleet | undefined => {
  const type = typeOfGroup(group, catalogue);
  const count = instancesAtRest(group);
  if (type === undefined || count === 0) return undefined;
  const { cluster = group.name, name, capacityProvider = name, purchase } = group;
  const market = { service: "ec2" as const, purchase };
  const nanoDollars = toNano(flatRate(ec2Key(type.name, purchase), catalogue)?.times(count) ?? hoursPerMonth.times(0));
  const plan: FleetPlan = {
    ...{ market: `ec2/${purchase}`, feasible: true, nanoDollars, lowerBound: nanoDollars },
    instances: [{ instanceType: type.name, count, tasks: {} }],
    ...{ utilization: { cpu: 0, memory: 0 }, alternatives: [] },
  };
  const { architecture } = type;
  const demand = {
    ...{ cluster, architecture, items: [], daemons: [], weights: new Map<string, number>() },
    ...{ host: hostShareOf([]), accelerator: acceleratorKind(undefined) },
  };
  const outfit = {
    volumes: group.volumes,
    label: `idle ${name}`,
    ...(group.mix === undefined ? {} : { mix: group.mix }),
  };
  const bill = billFleet(plan, demand, market, outfit, hoursPerMonth, catalogue);
  const request = { cluster, architecture, services: [], service: "ec2" as const, markets: [market], capacityProvider };
  const outcome = { kind: "planned" as const, market, plan, unplaceable: new Map<string, readonly string[]>() };
  return { request, demand, outcome, bill, unknownTypes: [], widened: false };
};

/** Instances that a group runs where no task asks for any. */
export const instancesAtRest = ({ managed, min, desired }: InstanceGroup): number => (managed ? min : desired);

/** The type that a group starts first: of those that have a price here, the first of its list. */
export const typeOfGroup = ({ instanceTypes }: InstanceGroup, catalogue: PriceCatalogue): InstanceType | undefined =>
  instanceTypes.map((name) => catalogue.instanceType(name)).find((type) => type !== undefined);
