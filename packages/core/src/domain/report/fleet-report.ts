import { CPU_TO_MEMORY_WEIGHT } from "../costing/task-weight.ts";
import type { PricedFleet } from "../placement/fleet-option.ts";
import type { PriceCatalogue } from "../pricing/price.ts";
import { ec2Key } from "../pricing/price-key.ts";
import { Decimal, ONE, ZERO } from "../units/decimal.ts";
import { atQuantityResolution } from "../units/quantity.ts";
import type { FleetInstances, FleetReport } from "./report.ts";

const NANO = 1e9;

/** A planned and priced fleet as reports show it; undefined where there is no plan. */
export const reportFleet = (
  id: string,
  fleet: PricedFleet,
  hoursPerMonth: Decimal,
  catalogue: PriceCatalogue,
): FleetReport | undefined => {
  const { outcome, bill, request } = fleet;
  if (outcome.kind !== "planned" || bill === undefined) return undefined;
  const names = new Map(request.services.map(({ service }) => [service.id, service.name]));
  const monthlyCost = bill.lines.monthlyCost ?? ZERO;
  const lowerBound = Decimal.min(monthly(outcome.plan.lowerBound, hoursPerMonth), monthlyCost);
  const { cpu, memory } = outcome.plan.utilization;
  return {
    id,
    cluster: request.cluster,
    ...(request.capacityProvider === undefined ? {} : { capacityProvider: request.capacityProvider }),
    architecture: request.architecture,
    services: [...bill.weights.keys()].map((service) => names.get(service) ?? service),
    instances: instancesOf(fleet, names, catalogue),
    monthlyCost,
    lineItems: bill.lines.lineItems,
    lowerBound,
    gap: lowerBound.isZero() ? ZERO : atQuantityResolution(monthlyCost.div(lowerBound).minus(ONE)),
    utilization: { cpu: ratio(cpu), memory: ratio(memory) },
    idleMonthlyCost: idleCost(monthlyCost, cpu, memory),
    alternatives: outcome.plan.alternatives.map(({ instanceType, nanoDollars, reason }) => ({
      instanceType,
      monthlyCost: nanoDollars === undefined ? null : monthly(nanoDollars, hoursPerMonth),
      reason,
    })),
  };
};

const instancesOf = (
  { outcome, bill }: PricedFleet,
  names: ReadonlyMap<string, string>,
  catalogue: PriceCatalogue,
): FleetInstances[] =>
  (bill?.instances ?? []).map(({ instanceType, count, az, tasks }) => {
    const named = Object.fromEntries(Object.entries(tasks).map(([id, n]) => [names.get(id) ?? id, n]));
    const rate = rateOf(ec2Key(instanceType, outcome.market.purchase), catalogue);
    return { instanceType, count, ...(az === undefined ? {} : { az }), tasks: named, rate };
  });

const rateOf = (key: string, catalogue: PriceCatalogue): Decimal => {
  const lookup = catalogue.find(key);
  const rate = lookup.found ? lookup.price.tiers[0]?.rate : undefined;
  if (rate === undefined) throw new Error(`A fleet was planned on a type without a price: ${key}`);
  return new Decimal(rate);
};

const monthly = (nanoDollars: number, hoursPerMonth: Decimal): Decimal =>
  atQuantityResolution(new Decimal(nanoDollars).div(NANO).times(hoursPerMonth));

const ratio = (value: number): Decimal => new Decimal(value).toDecimalPlaces(6);

/** The unfilled part of the fleet, its CPU and memory weighed at 9 : 1. */
const idleCost = (monthlyCost: Decimal, cpu: number, memory: number): Decimal => {
  const filled = new Decimal(cpu)
    .times(CPU_TO_MEMORY_WEIGHT)
    .plus(memory)
    .div(CPU_TO_MEMORY_WEIGHT + 1);
  return atQuantityResolution(monthlyCost.times(ONE.minus(filled)));
};
