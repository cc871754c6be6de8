import type { Bin } from "./greedy.ts";
import type { Offer } from "./offers.ts";
import type { PackRequest } from "./request.ts";

/** What the settings ask of the size of a fleet. */
export type FleetSettings = Pick<PackRequest, "minInstances" | "targetCapacity">;

/** Instances of the whole fleet: ceil(filled x 100 / targetCapacity), at least `minInstances`. */
export const fleetSize = (filled: number, settings: FleetSettings): number =>
  Math.max(settings.minInstances, Math.ceil((filled * 100) / settings.targetCapacity));

/** Filled instances of a plan, the idle ones that the settings add, and what all of them cost. */
export interface ResolvedFleet {
  readonly filled: number;
  readonly idle: number;
  /** Type of the idle instances: the cheapest of the plan. */
  readonly idleOffer: Offer | undefined;
  /** Nano-dollars per hour. */
  readonly cost: number;
}

const cheaper = (a: Offer | undefined, b: Offer): Offer =>
  a === undefined || b.price < a.price || (b.price === a.price && b.id < a.id) ? b : a;

/** Adds the idle instances that the settings ask for to filled ones. */
export const resolveIdle = (bins: readonly Bin[], settings: FleetSettings): ResolvedFleet => {
  let filled = 0;
  let cost = 0;
  let idleOffer: Offer | undefined;
  for (const { offer, copies } of bins) {
    filled += copies;
    cost += copies * offer.price;
    idleOffer = cheaper(idleOffer, offer);
  }
  const idle = fleetSize(filled, settings) - filled;
  return { filled, idle, idleOffer, cost: cost + idle * (idleOffer?.price ?? 0) };
};
