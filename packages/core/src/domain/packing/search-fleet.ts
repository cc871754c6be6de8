import type { ValueCut } from "./column-generation/master-problem.ts";
import { improveCandidate } from "./local-search/improve-candidate.ts";
import { countBound } from "./lower-bound/count-bound.ts";
import { resourceBound, roundBound, roundExact } from "./lower-bound/lower-bound.ts";
import type { Offer } from "./model/offers.ts";
import { type Candidate, cheapest, type Found } from "./search/candidate.ts";
import { budgetOf } from "./search/effort-levels.ts";
import { isSmall } from "./search/search.ts";
import { searchLarge } from "./search/search-large.ts";
import { searchSmall } from "./search/search-small.ts";
import type { Workspace } from "./search/workspace.ts";

const MOST_PLANS = 8;
const MOST_BINS = 2_000;

/** Keeps a plan to try in the next markets, unless it is so large that trying takes longer than packing anew. */
const remember = (work: Workspace, { zones, spread = work.zones }: Candidate): void => {
  if (zones.reduce((total, bins) => total + bins.length, 0) > MOST_BINS) return;
  work.plans.unshift({ zones, spread });
  work.plans.length = Math.min(work.plans.length, MOST_PLANS);
};

/** Fleets of more instances lose little by counting them in fractions. */
const FEW_INSTANCES = 80;

const boundByCounts = (
  { demand, request }: Workspace,
  offers: readonly Offer[],
  cuts: readonly ValueCut[],
  { resolved }: Candidate,
  steps: number,
): number => {
  if (resolved.filled > FEW_INSTANCES) return 0;
  const requirements = [
    ...demand.totals.map((amount, k) => ({ amount, perOffer: offers.map(({ capacity }) => capacity[k] as number) })),
    ...cuts.map(({ amount, most }) => ({
      amount,
      perOffer: offers.map(({ id }) => most.get(id) ?? Number.MAX_SAFE_INTEGER),
    })),
  ];
  return roundBound(countBound(offers, requirements, demand.filled, request, resolved.cost, steps));
};

/** Share of the search that comes before the bound is tightened, which may prove that the rest cannot win. */
const FIRST = 0.25;

const improveAndProve = (
  work: Workspace,
  offers: readonly Offer[],
  start: Candidate,
  large: Found,
  proven: number,
  market: number,
): { readonly best: Candidate; readonly bound: number } => {
  const { values, cuts = [] } = large;
  const simple = Math.max(proven, resourceBound(offers, work.demand, work.request, start.resolved.cost));
  if (values === undefined || start.resolved.cost <= simple) return { best: start, bound: simple };
  const tasks = work.zones.reduce((total, { demand }) => total + demand.reduce((a, b) => a + b, 0), 0);
  const { improvement, counting } = budgetOf(work.effort, tasks, market, start.resolved.cost / simple - 1);
  const early = improveCandidate(work, offers, start, values, simple, improvement * FIRST);
  if (early.resolved.cost <= simple) return { best: early, bound: simple };
  const bound = Math.max(simple, boundByCounts(work, offers, cuts, early, counting));
  return { best: improveCandidate(work, offers, early, values, bound, improvement * (1 - FIRST)), bound };
};

/** The cheapest fleet found in one market and a proven bound: exactly where the fleet is small, else by linear programme and search. */
export const searchFleet = (
  work: Workspace,
  offers: readonly Offer[],
  single: Candidate | undefined,
  market: number,
): { readonly best: Candidate; readonly bound: number } => {
  const singles = single ? [single] : [];
  const small = isSmall(work.ceiling) ? searchSmall(work, offers) : undefined;
  const first = [...singles, ...(small?.candidates ?? [])];
  const known = first.length > 0 ? cheapest(first).resolved.cost : Number.POSITIVE_INFINITY;
  const exact = roundExact(small?.bound ?? 0);
  if (exact >= known) return { bound: exact, best: cheapest(first) };
  const large = searchLarge(work, offers, known);
  const start = cheapest([...first, ...large.candidates]);
  const proven = Math.max(exact, roundBound(large.bound));
  const { best, bound } = improveAndProve(work, offers, start, large, proven, market);
  remember(work, best);
  return { best, bound: Math.min(best.resolved.cost, bound) };
};
