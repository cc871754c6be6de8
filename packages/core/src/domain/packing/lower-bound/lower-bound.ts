import { type FleetSettings, fleetSize } from "../model/idle-instances.ts";
import type { Offer } from "../model/offers.ts";
import { priceResources, type ResourcePrices } from "./dual-prices.ts";

/** Demand that any even spread over zones has to serve. */
export interface FleetDemand {
  /** Sums over all tasks: CPU units, MiB, ENIs, GPUs. */
  readonly totals: readonly number[];
  /** At least this many instances hold a task: static host ports, zones. */
  readonly filled: number;
}

/** Idle instances that each filled one brings along, priced at the cheapest offer that holds a task. */
export const idleSurcharge = (offers: readonly Offer[], settings: FleetSettings): number =>
  (Math.min(...offers.map((offer) => offer.price)) * (100 - settings.targetCapacity)) / settings.targetCapacity;

const surcharged = (offers: readonly Offer[], surcharge: number): readonly Offer[] =>
  surcharge === 0 ? offers : offers.map((offer) => ({ ...offer, price: offer.price + surcharge }));

/** Offers that a fleet cheaper than `known` may still contain: buying one costs no more than that on top of the bound. */
const stillPossible = (offers: readonly Offer[], prices: ResourcePrices, known: number): readonly Offer[] =>
  offers.filter((offer) => {
    const worth = offer.capacity.reduce((total, c, k) => total + c * (prices.perUnit[k] ?? 0), prices.perInstance);
    return prices.bound + offer.price - worth < known * (1 + 1e-9);
  });

const ROUNDS = 4;

const tighten = (offers: readonly Offer[], totals: readonly number[], instances: number, known: number): number => {
  let candidates = offers;
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const prices = priceResources(candidates, totals, instances);
    best = Math.max(best, prices.bound);
    const fewer = stillPossible(candidates, prices, known);
    if (fewer.length === 0) return known;
    if (fewer.length === candidates.length) break;
    candidates = fewer;
  }
  return Math.min(best, known);
};

/** Safe integer below a bound computed in floating point: fleets cost whole nano-dollars. */
export const roundBound = (bound: number): number => Math.max(0, Math.ceil(bound * (1 - 1e-9) - 1e-3));

/** The same for sums of whole prices, where rounding is the only error. */
export const roundExact = (bound: number): number => Math.max(0, Math.ceil(bound * (1 - 1e-13) - 1e-3));

/**
 * Lower bound from resource prices on the cost of a fleet, idle instances included; `known` is the cost of a fleet at
 * hand, which rules out offers that only dearer fleets contain.
 */
export const resourceBound = (
  offers: readonly Offer[],
  demand: FleetDemand,
  settings: FleetSettings,
  known: number,
): number => {
  const all = tighten(offers, demand.totals, fleetSize(demand.filled, settings), known);
  const surcharge = idleSurcharge(offers, settings);
  if (surcharge === 0) return roundBound(all);
  return roundBound(Math.max(all, tighten(surcharged(offers, surcharge), demand.totals, demand.filled, known)));
};
