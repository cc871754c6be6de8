import { type FleetSettings, fleetSize } from "../model/idle-instances.ts";
import type { Offer } from "../model/offers.ts";
import type { ShapeTable } from "../model/pattern.ts";
import { drawBins, replaceBins } from "./exchange-bins.ts";
import {
  apply,
  copyState,
  costOf,
  type Exchange,
  type FleetState,
  type Improvement,
  idlePrice,
  type StateBin,
  undo,
} from "./fleet-state.ts";
import { shiftOddTasks } from "./odd-tasks.ts";
import { listPool, poolOf } from "./pools.ts";
import { startRandom } from "./random.ts";
import { startRepacking } from "./repack.ts";
import { startRepairing } from "./repair.ts";

/** How long a fleet is improved. */
export interface ImprovementBudget {
  /** Steps of the exact packing of small pools, at most. */
  readonly steps: number;
  /** Largest pool that is packed exactly, in steps. */
  readonly mostPairs: number;
  /** A fleet that costs no more than this cannot get cheaper: a proven bound. */
  readonly bound: number;
}

/** Steps that choosing instances counts as. */
const MOVE = 300;
/** Most instances that one move packs anew. */
const MOST_BINS = 4;

/** Few instances mostly, many now and then. */
const wanted = (random: () => number, filled: number): number =>
  random() < LARGE_SHARE
    ? 5 + Math.floor(random() * Math.min(filled, LARGE))
    : 2 + Math.floor(random() * (MOST_BINS - 1));
const LARGE_SHARE = 0.4;
const LARGE = 20;

/** Prices that a repacked instance counts at, so that the idle ones it brings along are counted too. */
const surchargedPrices = (base: Improvement, state: FleetState, random: () => number, into: Float64Array): void => {
  const { minInstances, targetCapacity } = base.settings as FleetSettings;
  const lowest = idlePrice(base, state);
  const perInstance = (lowest * (100 - targetCapacity)) / targetCapacity;
  const draw = random();
  // What one filled instance less saves in fractions, nothing, twice that, or where it spares a whole idle instance.
  const whole = lowest * Math.ceil((100 - targetCapacity) / targetCapacity);
  const surcharge = draw < 0.5 ? perInstance : draw < 0.65 ? 0 : draw < 0.8 ? 2 * perInstance : whole;
  const credit = state.filled < minInstances && random() < 0.6 ? lowest * (random() < 0.5 ? 1 : 0.5) : 0;
  base.offers.forEach(({ price }, o) => {
    into[o] = price + surcharge - credit;
  });
};

/** Now and then, where there are idle instances, a cheaper offer than all that the fleet has, as the type of these. */
const drawCheaper = (base: Improvement, state: FleetState, random: () => number): number => {
  if (fleetSize(state.filled, base.settings) <= state.filled || random() < 0.7) return -1;
  const lowest = idlePrice(base, state);
  const cheaper = base.offers.findIndex(({ price }) => price >= lowest);
  return cheaper > 0 ? Math.floor(random() * cheaper) : -1;
};

const drawZone = (state: FleetState, random: () => number): number => {
  let left = random() * state.filled;
  for (let z = 0; z < state.bins.length; z++) {
    left -= (state.bins[z] as StateBin[]).length;
    if (left < 0) return z;
  }
  return state.bins.length - 1;
};

/** Searches one after the other, each from the best fleet so far; even ones count idle instances in fractions. */
const CYCLES = 8;
/** Shares of the price of idle instances that a filled one brings along in these. */
const SHARES = [1, 0, 2, 0.5];
/** Share of the cheapest price by which a move may make a fleet dearer at the start of a cycle. */
const SLACKNESS = 0.35;
/** Larger fleets are only ever made cheaper. */
const MOST_COPIED = 120;

/** What a search makes less: the cost, or one in which idle instances count in fractions. */
const objectiveOf = (base: Improvement, state: FleetState, cycle: number): number => {
  const { targetCapacity } = base.settings;
  if (targetCapacity === 100 || cycle % 2 === 1) return costOf(base, state);
  const perInstance = (idlePrice(base, state) * (100 - targetCapacity)) / targetCapacity;
  return state.prices + (SHARES[(cycle >> 1) % SHARES.length] as number) * perInstance * state.filled;
};

/**
 * Improves a fleet by destroying and repairing parts of it: a few instances, mostly those that cost most beyond the value
 * of their tasks, are packed anew, and odd tasks change zones. Small fleets may get a little dearer on the way. Gives the
 * cheapest fleet on the way. Repeatable.
 */
export const improve = (
  table: ShapeTable,
  base: Improvement,
  start: FleetState,
  budget: ImprovementBudget,
): FleetState => {
  const random = startRandom(0x2545f491);
  const prices = new Float64Array(base.offers.length);
  const { values, unitPrices, offers } = base;
  const repairer = startRepairing(
    table,
    offers,
    values,
    unitPrices,
    startRepacking(table, offers),
    budget.mostPairs,
    random,
  );
  const small = start.filled <= MOST_COPIED;
  const cheapest = (base.offers[0] as Offer).price;
  const cycles = small ? CYCLES : 1;
  let state = start;
  let best = start;
  let bestCost = costOf(base, start);
  let [moves, cycle, objective, tolerance] = [0, small ? 0 : 1, 0, 0];

  const accept = (exchange: Exchange): boolean => {
    apply(base, state, exchange);
    const after = objectiveOf(base, state, cycle);
    if (after <= objective + tolerance) {
      objective = after;
      return true;
    }
    undo(base, state, exchange);
    return false;
  };

  const repackSome = (): void => {
    const bins = state.bins[drawZone(state, random)] as StateBin[];
    const drawn = drawBins(bins, wanted(random, state.filled), random);
    const removed = drawn.map((b) => bins[b] as StateBin);
    const added = repairer.repair(listPool(poolOf(removed)), prices, drawCheaper(base, state, random));
    if (added && accept({ removed, added })) replaceBins(base, bins, drawn, added);
  };

  const move = (share: number): void => {
    tolerance = small ? cheapest * SLACKNESS * (1 - share) * random() : 0;
    surchargedPrices(base, state, random, prices);
    if (state.bins.length > 1 && random() < 0.5)
      shiftOddTasks(base, state, repairer, prices, drawCheaper(base, state, random), accept, random);
    else repackSome();
    const cost = costOf(base, state);
    if (cost >= bestCost) return;
    bestCost = cost;
    best = small ? copyState(state) : state;
  };

  for (let c = 0; c < cycles && bestCost > budget.bound; c++) {
    state = small ? copyState(best) : state;
    cycle = small ? c : 1;
    objective = objectiveOf(base, state, cycle);
    const from = (budget.steps * c) / cycles;
    for (;;) {
      const share = ((moves * MOVE + repairer.spent() - from) * cycles) / budget.steps;
      if (share >= 1 || bestCost <= budget.bound) break;
      moves++;
      move(share);
    }
  }
  return best;
};
