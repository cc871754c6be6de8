import { bestSingleTypes, compareTypes, type SingleTypeFleet } from "./alternatives.ts";
import { assignServices } from "./assign.ts";
import { type Configuration, solveConfiguration } from "./configuration-program.ts";
import type { Column, CoveringProgram } from "./covering-program.ts";
import { type ShapeTable, tabulate } from "./fill.ts";
import type { FilledInstances, FleetPlan, FleetResult, Market, PackRequest } from "./fleet.ts";
import { describeGeometry, type Geometry, RESOURCES } from "./geometry.ts";
import type { Bin } from "./greedy.ts";
import { type FleetDemand, resourceBound, roundBound } from "./lower-bound.ts";
import { findMisfits } from "./misfits.ts";
import { type Offer, pricedOffers, usefulOffers } from "./offers.ts";
import { type Packed, packAlong, packZones, surchargesOf } from "./search.ts";
import { fleetSize, type Settlement, settle } from "./settle.ts";
import { type Layout, singleTypePacker } from "./single-type.ts";
import { spreadIsForced, spreadOverZones, type Zone, zoneCeiling } from "./zones.ts";

/** Everything about a request that no price changes. */
interface Workspace {
  readonly request: PackRequest;
  readonly geometry: Geometry;
  readonly table: ShapeTable;
  readonly zones: readonly Zone[];
  readonly forced: boolean;
  readonly ceiling: readonly number[];
  readonly demand: FleetDemand;
  readonly pool: Map<string, Column>;
  readonly previous: { program: CoveringProgram | undefined };
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
  const table = tabulate(geometry.shapes);
  return {
    request,
    geometry,
    table,
    zones,
    forced: spreadIsForced(geometry.shapes, azs),
    ceiling: zoneCeiling(geometry.shapes, azs),
    demand: sumDemand(geometry, azs),
    pool: new Map(),
    previous: { program: undefined },
    packSingle: singleTypePacker(
      table,
      zones.map((zone) => zone.demand),
    ),
  };
};

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

/** Bound from exact searches: surcharged prices leave out what idle instances, or the minimum size, add back. */
const exactBound = (work: Workspace, packed: readonly Packed[]): number => {
  if (!work.forced) return 0;
  const size = fleetSize(work.demand.filled, work.request);
  return Math.max(
    0,
    ...packed.map(({ exact, surcharge }) => (exact === undefined ? 0 : exact + Math.max(0, -surcharge) * size)),
  );
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

const EFFORT = { passes: 60, nodes: 400, tolerance: 0.001 };

const configure = (work: Workspace, offers: readonly Offer[], known: number): Configuration => {
  const demand = work.geometry.shapes.map((_, s) =>
    work.zones.reduce((total, zone) => total + (zone.demand[s] ?? 0), 0),
  );
  const coverage = { demand, ceiling: work.ceiling, instances: fleetSize(work.demand.filled, work.request) };
  const run = { table: work.table, offers, coverage, effort: EFFORT, known };
  const configuration = solveConfiguration(run, work.pool, work.previous.program);
  work.previous.program = configuration.program;
  return configuration;
};

const planFleet = (work: Workspace, market: Market, offers: readonly Offer[]): FleetPlan => {
  const { request, geometry, demand } = work;
  const useful = usefulOffers(offers, geometry.shapes, work.ceiling);
  const demands = work.zones.map((zone) => zone.demand);
  const packed = surchargesOf(useful, request).map((surcharge) => packZones(work.table, useful, demands, surcharge));
  const singles = bestSingleTypes(offers, geometry.shapes, demand.totals, demand.filled, request, work.packSingle);
  const first = cheapest([
    ...packed.map(({ zones }) => candidate(zones, request)),
    ...singles.slice(0, 1).map((fleet) => ofSingleType(fleet, request)),
  ]);
  const exact = roundBound(exactBound(work, packed));
  const configuration = exact >= first.settlement.cost ? undefined : configure(work, useful, first.settlement.cost);
  const best = configuration
    ? cheapest([
        first,
        ...packAlong(work.table, useful, demands, configuration).map((zones) => candidate(zones, request)),
      ])
    : first;
  const { cost } = best.settlement;
  const instances = listInstances(work, best);
  const types = new Set(instances.map((entry) => entry.instanceType));
  const onlyType = types.size === 1 ? [...types][0] : undefined;
  return {
    market: market.id,
    feasible: true,
    instances,
    nanoDollars: cost,
    lowerBound: Math.min(
      cost,
      Math.max(exact, roundBound(configuration?.bound ?? 0), resourceBound(useful, demand, request, cost)),
    ),
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
