import { idleSurcharge } from "../lower-bound/lower-bound.ts";
import { fleetSize } from "../model/idle-instances.ts";
import type { Offer } from "../model/offers.ts";
import { type Candidate, candidate, cheapest, type Found } from "./candidate.ts";
import { type Demands, packExactly, packWithIdle } from "./search.ts";
import type { Workspace } from "./workspace.ts";

/** Steps of the exact search over idle instances, shared by all markets. */
const IDLE_EFFORT = 30_000_000;

/** Exact search; with idle instances over their number too, or at a surcharge for them, or a credit that they earn back. */
export const searchSmall = (work: Workspace, offers: readonly Offer[]): Found => {
  const { request, table } = work;
  const demands = work.zones.map((zone) => zone.demand);
  const size = fleetSize(work.demand.filled, request);
  const spread = { shapes: work.geometry.shapes, ceiling: work.ceiling };
  const effort = IDLE_EFFORT / request.markets.length;
  const counted = size > 1 ? packWithIdle(table, offers, demands, request, effort) : undefined;
  const idle = idleSurcharge(offers, request);
  const lowest = Math.min(...offers.map((offer) => offer.price));
  const surcharges = request.minInstances > 1 ? [idle, -lowest / 2, -lowest] : [idle];
  const solved = surcharges.map((surcharge) => {
    const { zones, bound } = packExactly(table, offers, demands, spread, surcharge);
    return { zones, bound: bound === 0 ? 0 : bound + Math.max(0, -surcharge) * size };
  });
  const least = size > work.demand.filled ? leastBesideIdle(work, offers, demands, spread) : undefined;
  const all = [...solved, ...(counted ? [counted] : []), ...(least ? [least] : [])];
  const found = all.map(({ zones }) => candidate(zones, request));
  return {
    candidates: least ? [...found, ...withCheaperIdle(work, offers, demands, spread, cheapest(found))] : found,
    bound: Math.max(...all.map(({ bound }) => bound)),
  };
};

type Spread = Parameters<typeof packExactly>[3];

/** Filled instances at their own prices, and the idle ones that the fewest filled ones bring along, of the cheapest type. */
const leastBesideIdle = (work: Workspace, offers: readonly Offer[], demands: Demands, spread: Spread) => {
  const { zones, bound } = packExactly(work.table, offers, demands, spread, 0);
  // More filled instances never need fewer idle ones for the target capacity; a least number of instances may.
  const { filled } = work.demand;
  const idle = fleetSize(filled, { ...work.request, minInstances: 0 }) - filled;
  return { zones, bound: bound + idle * Math.min(...offers.map((offer) => offer.price)) };
};

const MOST_CUTS = 6;

/** Idle instances are of the cheapest type of the plan: plans without the dearest type, as long as there are any. */
const withCheaperIdle = (
  work: Workspace,
  offers: readonly Offer[],
  demands: Demands,
  spread: Spread,
  start: Candidate,
): Candidate[] => {
  const found: Candidate[] = [];
  let plan = start;
  for (let cut = 0; cut < MOST_CUTS; cut += 1) {
    const dearest = Math.max(...plan.zones.flat().map(({ offer }) => offer.price));
    const cheaper = offers.filter(({ price }) => price < dearest);
    if (!work.geometry.shapes.every(({ size }) => cheaper.some(holds(size)))) break;
    plan = candidate(packExactly(work.table, cheaper, demands, spread, 0).zones, work.request);
    found.push(plan);
  }
  return found;
};

const holds =
  (size: readonly number[]) =>
  (offer: Offer): boolean =>
    size.every((need, k) => need <= (offer.capacity[k] ?? 0));
