import { priceResources } from "../packing/lower-bound/dual-prices.ts";
import type { Offer } from "../packing/model/offers.ts";
import { RESOURCES } from "../packing/model/resources.ts";
import type { PriceCatalogue } from "../pricing/price.ts";
import { Decimal } from "../units/decimal.ts";
import type { Ec2Settings } from "../workload/shared.ts";
import { fleetDemand, type PlaceableService } from "./fleet-demand.ts";
import type { FleetRequest } from "./fleet-option.ts";
import { fleetTypes } from "./fleet-types.ts";
import { rootVolumeNanoDollars } from "./plan-fleets.ts";
import { capacitiesOf, pricesOf } from "./type-prices.ts";

/** USD a month that the tasks of a service cost at least on a fleet, in any company. */
export type LeastCost = (service: PlaceableService) => number;

const NANO = 1e9;
/** Keeps what rounding adds below the bound. */
const MARGIN = 1 - 1e-9;

/** Idle instances that managed scaling keeps for each filled one; each costs at least what the cheapest type does. */
const idleShare = (targetCapacity: number): number => 100 / targetCapacity - 1;

/**
 * Prices per CPU unit, MiB, ENI and GPU under which no allowed instance is worth more than it and its part of the idle ones cost:
 * tasks valued at them cost no more on any fleet of the request, whatever else runs on it.
 */
export const leastCosts = (
  request: FleetRequest,
  settings: Ec2Settings,
  hoursPerMonth: Decimal,
  catalogue: PriceCatalogue,
): LeastCost => {
  const demand = fleetDemand(request.cluster, request.architecture, request.services, settings);
  const { types } = fleetTypes(settings, request.architecture, demand.accelerator, catalogue);
  const [market] = request.markets;
  const capacities = capacitiesOf(catalogue, types, settings, demand.host, demand.accelerator);
  const volume = rootVolumeNanoDollars(settings, catalogue, hoursPerMonth);
  const prices = market === undefined ? [] : pricesOf(catalogue, types, market, volume);
  const idle = idleShare(settings.targetCapacity) * Math.min(...prices.flatMap((price) => price ?? []));
  const offers = capacities.flatMap(({ type, cpu, memory, enis, gpus }, index): Offer[] => {
    const price = prices[index];
    return price === undefined || cpu <= 0 || memory <= 0
      ? []
      : [{ id: type, capacity: [cpu, memory, Math.max(0, enis), Math.max(0, gpus), 1], price: price + idle }];
  });
  const totals = new Array<number>(RESOURCES).fill(0);
  const needed = new Map<string, readonly number[]>();
  for (const { id, count, cpu, memory, enis, gpus } of demand.items) {
    const needs = [cpu, memory, enis, gpus];
    needed.set(id, needs);
    needs.forEach((need, k) => {
      totals[k] = (totals[k] ?? 0) + need * count;
    });
  }
  if (offers.length === 0) return () => Number.POSITIVE_INFINITY;
  const { perUnit } = priceResources(offers, totals, 0);
  const hours = new Decimal(hoursPerMonth).toNumber();
  return ({ service, tasks }) => {
    const needs = needed.get(service.id) ?? [];
    const fits = offers.some(({ capacity }) => needs.every((need, k) => need <= (capacity[k] ?? 0)));
    if (!fits) return Number.POSITIVE_INFINITY;
    const perTask = needs.reduce((sum, need, k) => sum + need * (perUnit[k] ?? 0), 0);
    return ((perTask * tasks * hours) / NANO) * MARGIN;
  };
};
