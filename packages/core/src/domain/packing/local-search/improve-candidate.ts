import { priceResources } from "../lower-bound/dual-prices.ts";
import type { Bin } from "../model/greedy.ts";
import type { Offer } from "../model/offers.ts";
import { type Candidate, candidate } from "../search/candidate.ts";
import type { Workspace } from "../search/workspace.ts";
import { type FleetState, type Improvement, spreadOf, startState } from "./fleet-state.ts";
import { improve } from "./improve.ts";

/** Alike instances as copies of one. */
const mergeBins = (offers: readonly Offer[], bins: FleetState["bins"][number]): readonly Bin[] => {
  const merged = new Map<string, { offer: Offer; pattern: readonly number[]; copies: number }>();
  for (const { offer, pattern } of bins) {
    const key = `${offer}:${pattern.join()}`;
    const known = merged.get(key);
    if (known) known.copies++;
    else merged.set(key, { offer: offers[offer] as Offer, pattern, copies: 1 });
  }
  return [...merged.values()];
};

/** Pools of up to so many steps are packed exactly. */
const MOST_PAIRS = 4_000;

/** The candidate after destroy and repair; the same one where that found nothing cheaper. */
export const improveCandidate = (
  work: Workspace,
  offers: readonly Offer[],
  start: Candidate,
  values: Float64Array,
  bound: number,
  steps: number,
): Candidate => {
  const base: Improvement = {
    offers,
    shapes: work.geometry.shapes,
    settings: work.request,
    values,
    unitPrices: priceResources(offers, work.demand.totals, work.demand.filled).perUnit,
  };
  const known = new Map(offers.map((offer) => [offer.id, offer]));
  const cheapestHolding = (bin: Bin): Bin => {
    const offer = known.get(bin.offer.id);
    return offer ? { ...bin, offer } : bin;
  };
  const zones = start.zones.map((bins) => bins.map(cheapestHolding));
  if (zones.some((bins) => bins.some((bin) => !known.has(bin.offer.id)))) return start;
  const state = improve(work.table, base, startState(base, zones, start.spread ?? work.zones), {
    steps,
    mostPairs: MOST_PAIRS,
    bound,
  });
  const improved = {
    ...candidate(
      state.bins.map((bins) => mergeBins(offers, bins)),
      work.request,
    ),
    spread: spreadOf(state),
  };
  return improved.resolved.cost < start.resolved.cost ? improved : start;
};
