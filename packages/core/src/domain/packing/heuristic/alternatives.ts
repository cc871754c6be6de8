import { type FleetSettings, fleetSize } from "../model/idle-instances.ts";
import type { Offer } from "../model/offers.ts";
import type { TypeComparison } from "../model/request.ts";
import { RESOURCES, type Shape, zeros } from "../model/resources.ts";
import { countOf, fewestInstances, type Layout } from "./single-type.ts";

/** A fleet of one type only. */
export interface SingleTypeFleet {
  readonly offer: Offer;
  readonly layout: Layout;
  readonly instances: number;
  /** Nano-dollars per hour. */
  readonly cost: number;
}

/** How many other types a plan is compared with. */
const SHOWN = 5;
const TRIED = 12;

/** The largest need of any shape for each resource: a type that offers it holds each shape. */
const largestNeeds = (shapes: readonly Shape[]): readonly number[] => {
  const largest = zeros();
  for (const { size } of shapes) {
    for (let k = 0; k < RESOURCES; k++) largest[k] = Math.max(largest[k] as number, size[k] as number);
  }
  return largest;
};

const offersAll = (offer: Offer, needs: readonly number[]): boolean =>
  (offer.capacity[0] as number) > 0 && needs.every((need, k) => need <= (offer.capacity[k] as number));

/**
 * The cheapest fleets of one type each: packs types in order of the least they can cost, until no other can be among
 * the best few (or enough were tried).
 */
export const bestSingleTypes = (
  offers: readonly Offer[],
  shapes: readonly Shape[],
  totals: readonly number[],
  filled: number,
  settings: FleetSettings,
  pack: (capacity: readonly number[]) => Layout | undefined,
): readonly SingleTypeFleet[] => {
  const needs = largestNeeds(shapes);
  const estimates = offers
    .filter((offer) => offersAll(offer, needs))
    .map((offer) => ({
      offer,
      least: offer.price * fleetSize(Math.max(filled, fewestInstances(offer, totals)), settings),
    }))
    .sort((a, b) => a.least - b.least || (a.offer.id < b.offer.id ? -1 : 1));
  const fleets: SingleTypeFleet[] = [];
  for (const { offer, least } of estimates.slice(0, TRIED)) {
    if (fleets.length > SHOWN && least >= (fleets[SHOWN]?.cost ?? 0)) break;
    const layout = pack(offer.capacity);
    if (layout === undefined) continue;
    const instances = fleetSize(countOf(layout), settings);
    fleets.push({ offer, layout, instances, cost: instances * offer.price });
    fleets.sort((a, b) => a.cost - b.cost || (a.offer.id < b.offer.id ? -1 : 1));
  }
  return fleets;
};

const RESOURCE_NAMES = ["CPU", "memory", "ENI", "GPU", "host port"] as const;

const shares = (fleet: SingleTypeFleet, totals: readonly number[]): number[] =>
  fleet.offer.capacity.map((c, k) => (c > 0 ? (totals[k] ?? 0) / (c * fleet.instances) : 0));

const percent = (share: number): string => (share * 100).toFixed(0);

const describeWaste = (fleet: SingleTypeFleet, totals: readonly number[]): string => {
  const used = shares(fleet, totals);
  let tightest = 0;
  for (let k = 1; k < RESOURCES; k++) if ((used[k] ?? 0) > (used[tightest] ?? 0)) tightest = k;
  const idle = [0, 1]
    .filter((k) => k !== tightest)
    .map((k) => `${percent(1 - (used[k] ?? 0))} % of ${RESOURCE_NAMES[k] ?? ""} idle`);
  return `${RESOURCE_NAMES[tightest] ?? ""}-bound, ${idle.join(", ")}`;
};

const tooSmallReason = (shapes: readonly Shape[], offer: Offer): string => {
  const units = ["CPU units", "MiB", "ENIs", "GPUs"];
  for (const shape of shapes) {
    for (let k = 0; k < RESOURCES; k++) {
      const need = shape.size[k] ?? 0;
      const has = offer.capacity[k] ?? 0;
      if (need > has) return `does not fit: ${shape.members[0]?.id ?? ""} needs ${need} ${units[k] ?? ""} of ${has}`;
    }
  }
  return "does not fit";
};

/** The best few other types and why they lost: single-type fleets first, then types that cannot hold every task. */
export const compareTypes = (
  fleets: readonly SingleTypeFleet[],
  offers: readonly Offer[],
  shapes: readonly Shape[],
  totals: readonly number[],
  planCost: number,
  onlyType: string | undefined,
): readonly TypeComparison[] => {
  const others = fleets.filter(({ offer }) => offer.id !== onlyType).slice(0, SHOWN);
  const fitting = others.map((fleet) => {
    const more = planCost > 0 ? ((fleet.cost / planCost - 1) * 100).toFixed(1) : "0.0";
    const difference = fleet.cost === planCost ? "same cost" : `+${more} % cost`;
    const reason = `${difference}: ${describeWaste(fleet, totals)}`;
    return { instanceType: fleet.offer.id, nanoDollars: fleet.cost, reason };
  });
  const needs = largestNeeds(shapes);
  const tooSmall = offers
    .filter((offer) => !offersAll(offer, needs))
    .slice(0, SHOWN - fitting.length)
    .map((offer) => ({ instanceType: offer.id, nanoDollars: undefined, reason: tooSmallReason(shapes, offer) }));
  return [...fitting, ...tooSmall];
};
