import { assignServices } from "./assign-tasks.ts";
import { bestSingleTypes, compareTypes } from "./heuristic/alternatives.ts";
import { type Offer, pricedOffers, usefulOffers } from "./model/offers.ts";
import type { FilledInstances, FleetPlan, FleetResult, Market, PackRequest } from "./model/request.ts";
import type { Zone } from "./model/zones.ts";
import { type Candidate, ofSingleType } from "./search/candidate.ts";
import { prepare, type Workspace } from "./search/workspace.ts";
import { searchFleet } from "./search-fleet.ts";
import { findUnplaceable } from "./unplaceable.ts";

const listInstances = (
  work: Workspace,
  { zones, resolved, spread = work.zones }: Candidate,
): readonly FilledInstances[] => {
  const numbered = zones.length > 1;
  const filled = zones.flatMap((bins, z) =>
    assignServices(work.geometry.shapes, spread[z] as Zone, bins, numbered ? z + 1 : undefined),
  );
  const idle =
    resolved.idle > 0 && resolved.idleOffer
      ? [{ instanceType: resolved.idleOffer.id, count: resolved.idle, tasks: {} }]
      : [];
  return [...filled, ...idle];
};

const utilizationOf = (work: Workspace, instances: readonly FilledInstances[]): FleetPlan["utilization"] => {
  const { typeOf } = work.geometry;
  const share = (k: number): number => {
    const total = instances.reduce((sum, i) => sum + i.count * (typeOf.get(i.instanceType)?.capacity[k] ?? 0), 0);
    return total > 0 ? (work.demand.totals[k] ?? 0) / total : 0;
  };
  return { cpu: share(0), memory: share(1) };
};

const emptyFleet = (work: Workspace, market: Market, offers: readonly Offer[]): FleetPlan => {
  const offer = offers[0];
  const count = offer ? work.request.minInstances : 0;
  const cost = count * (offer?.price ?? 0);
  return {
    market: market.id,
    feasible: true,
    instances: offer && count > 0 ? [{ instanceType: offer.id, count, tasks: {} }] : [],
    nanoDollars: cost,
    lowerBound: cost,
    utilization: { cpu: 0, memory: 0 },
    alternatives: [],
  };
};

const planFleet = (work: Workspace, market: Market, offers: readonly Offer[], index: number): FleetPlan => {
  const { request, geometry, demand } = work;
  const useful = usefulOffers(offers, geometry.shapes, work.ceiling);
  const singles = bestSingleTypes(offers, geometry.shapes, demand.totals, demand.filled, request, work.packSingle);
  const { best, bound } = searchFleet(work, useful, singles[0] && ofSingleType(singles[0], request), index);
  const { cost } = best.resolved;
  const instances = listInstances(work, best);
  const types = new Set(instances.map((entry) => entry.instanceType));
  const onlyType = types.size === 1 ? [...types][0] : undefined;
  return {
    market: market.id,
    feasible: true,
    instances,
    nanoDollars: cost,
    lowerBound: bound,
    utilization: utilizationOf(work, instances),
    alternatives: compareTypes(singles, offers, geometry.shapes, demand.totals, cost, onlyType),
  };
};

const solve = (work: Workspace, market: Market, index: number): FleetResult => {
  const offers = pricedOffers(work.geometry, market);
  const reserved = new Set(work.request.reservedPorts);
  const fitsAll = work.geometry.shapes.every(
    (shape) =>
      !shape.members.some((member) => member.hostPorts.some((port) => reserved.has(port))) &&
      offers.some(
        (offer) => (offer.capacity[0] ?? 0) > 0 && shape.size.every((need, k) => need <= (offer.capacity[k] ?? 0)),
      ),
  );
  if (!fitsAll)
    return { market: market.id, feasible: false, unplaceable: findUnplaceable(work.request, work.geometry, market) };
  return work.geometry.shapes.length === 0 ? emptyFleet(work, market, offers) : planFleet(work, market, offers, index);
};

/**
 * The cheapest mix of instance types found for the tasks, in each market, with a proven lower bound on the cost of any.
 * Whole numbers throughout: CPU units, MiB, ENIs, GPUs, nano-dollars per hour.
 *
 * @example
 * // two tasks of 1 vCPU and 2 GB on one instance of 2 vCPUs and 7.5 GB at 0.0864 USD per hour
 * packFleets({ items: [{ id: "api", count: 2, cpu: 1024, memory: 2048, enis: 1, gpus: 0, hostPorts: [] }],
 *   types: [{ type: "m7g.large", cpu: 2048, memory: 7680, enis: 2, gpus: 0 }],
 *   markets: [{ id: "on-demand", nanoDollars: [86_400_000] }],
 *   azs: 1, minInstances: 1, targetCapacity: 100, reservedPorts: [] })[0] // nanoDollars: 86_400_000
 */
export const packFleets = (request: PackRequest): readonly FleetResult[] => {
  const work = prepare(request);
  return request.markets.map((market, index) => solve(work, market, index));
};
