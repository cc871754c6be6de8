import { bestSingleTypes, compareTypes, type SingleTypeFleet } from "./alternatives.ts";
import { assignServices } from "./assign.ts";
import { type ShapeTable, tabulate } from "./fill.ts";
import type { FilledInstances, FleetPlan, FleetResult, Market, PackRequest } from "./fleet.ts";
import { describeGeometry, type Geometry, RESOURCES } from "./geometry.ts";
import type { Bin } from "./greedy.ts";
import { type Guide, startGuide } from "./guide.ts";
import { type FleetDemand, idleSurcharge, resourceBound, roundBound, roundExact } from "./lower-bound.ts";
import { findMisfits } from "./misfits.ts";
import { type Offer, pricedOffers, usefulOffers } from "./offers.ts";
import {
  type Demands,
  isSmall,
  packAlong,
  packDiving,
  packExactly,
  packLike,
  packWithIdle,
  type ZoneBins,
} from "./search.ts";
import { fleetSize, type Settlement, settle } from "./settle.ts";
import { type Layout, singleTypePacker } from "./single-type.ts";
import { spreadOverZones, sumZones, type Zone, zoneCeiling } from "./zones.ts";

/** Everything about a request that no price changes. */
interface Workspace {
  readonly request: PackRequest;
  readonly geometry: Geometry;
  readonly table: ShapeTable;
  readonly zones: readonly Zone[];
  readonly ceiling: readonly number[];
  readonly demand: FleetDemand;
  readonly guide: Guide;
  /** Plans of the markets before, the latest first. */
  readonly plans: ZoneBins[];
  readonly packSingle: (capacity: readonly number[]) => Layout | undefined;
}

const mostPerPort = (geometry: Geometry, demand: readonly number[]): number => {
  const users = new Array<number>(geometry.portCount).fill(0);
  geometry.shapes.forEach((shape, s) => {
    for (const port of shape.ports) users[port] = (users[port] ?? 0) + (demand[s] ?? 0);
  });
  return Math.max(0, ...users);
};

const sumDemand = (geometry: Geometry, azs: number): FleetDemand => {
  const counts = geometry.shapes.map((shape) => shape.members.reduce((total, member) => total + member.count, 0));
  const totals = Array.from({ length: RESOURCES }, (_, k) =>
    geometry.shapes.reduce((total, shape, s) => total + (shape.size[k] ?? 0) * (counts[s] ?? 0), 0),
  );
  const largest = geometry.shapes.flatMap((shape) => shape.members).reduce((most, m) => Math.max(most, m.count), 0);
  return { totals, filled: Math.max(mostPerPort(geometry, counts), Math.min(azs, largest), counts.length > 0 ? 1 : 0) };
};

const prepare = (request: PackRequest): Workspace => {
  const geometry = describeGeometry(request);
  const azs = Math.max(1, request.azs);
  const zones = spreadOverZones(geometry.shapes, azs);
  const ceiling = zoneCeiling(geometry.shapes, azs);
  const table = tabulate(geometry.shapes);
  return {
    request,
    geometry,
    table,
    zones,
    ceiling,
    demand: sumDemand(geometry, azs),
    plans: [],
    guide: startGuide(
      table,
      sumZones(zones),
      ceiling,
      request.effort === "quick" || request.markets.length > FEW_MARKETS,
    ),
    packSingle: singleTypePacker(
      table,
      zones.map((zone) => zone.demand),
    ),
  };
};

/** Up to so many markets are worth more effort each than dozens. */
const FEW_MARKETS = 4;

interface Candidate {
  readonly zones: readonly (readonly Bin[])[];
  readonly settlement: Settlement;
}

const candidate = (zones: readonly (readonly Bin[])[], request: PackRequest): Candidate => ({
  zones,
  settlement: settle(zones.flat(), request),
});

const ofSingleType = (fleet: SingleTypeFleet, request: PackRequest): Candidate =>
  candidate(
    fleet.layout.map((zone) => zone.map((bin) => ({ ...bin, offer: fleet.offer }))),
    request,
  );

const cheapest = (candidates: readonly Candidate[]): Candidate => {
  let best = candidates[0] as Candidate;
  for (const other of candidates) {
    const difference = other.settlement.cost - best.settlement.cost || other.settlement.filled - best.settlement.filled;
    if (difference < 0) best = other;
  }
  return best;
};

const withSurcharge = (offers: readonly Offer[], surcharge: number): readonly Offer[] =>
  surcharge === 0 ? offers : offers.map((offer) => ({ ...offer, price: offer.price + surcharge }));

/** Bins found at surcharged prices, at true ones. */
const atTruePrices = (zones: ZoneBins, offers: readonly Offer[]): ZoneBins => {
  const known = new Map(offers.map((offer) => [offer.id, offer]));
  return zones.map((bins) => bins.map((bin) => ({ ...bin, offer: known.get(bin.offer.id) ?? bin.offer })));
};

interface Found {
  readonly candidates: readonly Candidate[];
  /** Proven lower bound. */
  readonly bound: number;
}

/** Steps of the exact search over idle instances, shared by all markets. */
const IDLE_EFFORT = 30_000_000;

/** Exact search; with idle instances over their number too, or at a surcharge for them, or a credit that they earn back. */
const searchSmall = (work: Workspace, offers: readonly Offer[]): Found => {
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

/** A fleet this close to its bound is good enough. */
const CLOSE = 1.005;

/** Configuration programme, then packing along it. */
const searchLarge = (work: Workspace, offers: readonly Offer[], known: number): Found => {
  const { request, table, demand } = work;
  const surcharge = idleSurcharge(offers, request);
  const priced = withSurcharge(offers, surcharge);
  const guidance = work.guide(priced, surcharge > 0 ? demand.filled : fleetSize(demand.filled, request), known);
  const demands = work.zones.map((zone) => zone.demand);
  const toCandidate = (zones: ZoneBins): Candidate => candidate(atTruePrices(zones, offers), request);
  const likewise = work.plans.map((plan) => packLike(table, priced, plan)).filter((zones) => zones !== undefined);
  const quick = [...packAlong(table, priced, demands, guidance), ...likewise].map(toCandidate);
  const reached = Math.min(known, cheapest(quick).settlement.cost);
  if (reached <= guidance.bound * CLOSE) return { candidates: quick, bound: guidance.bound };
  const dived = packDiving(table, priced, demands, guidance);
  const candidates = dived ? [...quick, toCandidate(dived)] : quick;
  return { candidates, bound: guidance.tighten(Math.min(known, cheapest(candidates).settlement.cost)) };
};

const listInstances = (work: Workspace, { zones, settlement }: Candidate): readonly FilledInstances[] => {
  const numbered = zones.length > 1;
  const filled = zones.flatMap((bins, z) =>
    assignServices(work.geometry.shapes, work.zones[z] as Zone, bins, numbered ? z + 1 : undefined),
  );
  const idle =
    settlement.idle > 0 && settlement.idleOffer
      ? [{ instanceType: settlement.idleOffer.id, count: settlement.idle, tasks: {} }]
      : [];
  return [...filled, ...idle];
};

const utilizationOf = (work: Workspace, instances: readonly FilledInstances[]): FleetPlan["utilization"] => {
  const capacities = new Map(work.geometry.types.map((type) => [type.id, type.capacity]));
  const share = (k: number): number => {
    const total = instances.reduce((sum, i) => sum + i.count * (capacities.get(i.instanceType)?.[k] ?? 0), 0);
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

const MOST_PLANS = 8;
const MOST_BINS = 2_000;

/** Keeps a plan to try in the next markets, unless it is so large that trying takes longer than packing anew. */
const remember = (plans: ZoneBins[], zones: ZoneBins): void => {
  if (zones.reduce((total, bins) => total + bins.length, 0) > MOST_BINS) return;
  plans.unshift(zones);
  plans.length = Math.min(plans.length, MOST_PLANS);
};

const search = (
  work: Workspace,
  offers: readonly Offer[],
  single: Candidate | undefined,
): Found & { best: Candidate } => {
  const start = single ? [single] : [];
  const small = isSmall(work.ceiling) ? searchSmall(work, offers) : undefined;
  const first = [...start, ...(small?.candidates ?? [])];
  const known = first.length > 0 ? cheapest(first).settlement.cost : Number.POSITIVE_INFINITY;
  const exact = roundExact(small?.bound ?? 0);
  if (exact >= known) return { candidates: first, bound: exact, best: cheapest(first) };
  const large = searchLarge(work, offers, known);
  const candidates = [...first, ...large.candidates];
  const best = cheapest(candidates);
  remember(work.plans, best.zones);
  const { cost } = best.settlement;
  const bound = Math.max(exact, roundBound(large.bound), resourceBound(offers, work.demand, work.request, cost));
  return { candidates, bound: Math.min(cost, bound), best };
};

const planFleet = (work: Workspace, market: Market, offers: readonly Offer[]): FleetPlan => {
  const { request, geometry, demand } = work;
  const useful = usefulOffers(offers, geometry.shapes, work.ceiling);
  const singles = bestSingleTypes(offers, geometry.shapes, demand.totals, demand.filled, request, work.packSingle);
  const { best, bound } = search(work, useful, singles[0] && ofSingleType(singles[0], request));
  const { cost } = best.settlement;
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

const solve = (work: Workspace, market: Market): FleetResult => {
  const offers = pricedOffers(work.geometry, market);
  const reserved = new Set(work.request.reservedPorts);
  const fitsAll = work.geometry.shapes.every(
    (shape) =>
      !shape.members.some((member) => member.hostPorts.some((port) => reserved.has(port))) &&
      offers.some(
        (offer) => (offer.capacity[0] ?? 0) > 0 && shape.size.every((need, k) => need <= (offer.capacity[k] ?? 0)),
      ),
  );
  if (!fitsAll) return { market: market.id, feasible: false, misfits: findMisfits(work.request, market) };
  return work.geometry.shapes.length === 0 ? emptyFleet(work, market, offers) : planFleet(work, market, offers);
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
  return request.markets.map((market) => solve(work, market));
};
