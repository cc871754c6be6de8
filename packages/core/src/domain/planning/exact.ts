import { type AssignmentProblem, leastOf } from "./assignment.ts";
import type { Evaluator } from "./evaluate.ts";
import type { Choice } from "./improve.ts";

/** What a search over all choices came to. */
export interface ExactResult {
  readonly best: Choice;
  /** Nothing costs less: proven where the search came to its end. */
  readonly lowerBound: number;
}

interface Search {
  readonly problem: AssignmentProblem;
  readonly evaluator: Evaluator;
  /** Items with the most at stake first. */
  readonly order: readonly number[];
  /** By position in the order: the least that the items from there on cost. */
  readonly rest: readonly number[];
  readonly limit: number;
  visits: number;
  best: Choice;
  lowest: number;
  cut: boolean;
}

const leastWay = (problem: AssignmentProblem, item: number): number =>
  Math.min(...(problem.items[item] ?? []).map(leastOf));

/** Sum of the least that each item costs in any company: no choice costs less. */
export const leastTotal = (problem: AssignmentProblem): number =>
  problem.items.reduce((sum, _, item) => sum + leastWay(problem, item), 0);

const TINY = 1e-9;
/** Whole choices that are looked at for each fleet that may be priced. */
const VISITS_FOR_EACH = 20;

/**
 * Searches every choice, depth first, and leaves out what cannot cost less than the best known. Where the budget of
 * priced fleets ends it, the bound is the weaker one of the items by themselves.
 */
export const searchExactly = (
  problem: AssignmentProblem,
  evaluator: Evaluator,
  known: Choice,
  budget: number,
): ExactResult => {
  const spread = (item: number): number => {
    const costs = (problem.items[item] ?? []).map(leastOf).filter(Number.isFinite);
    return Math.max(...costs) - Math.min(...costs);
  };
  const order = problem.items.map((_, item) => item).sort((a, b) => spread(b) - spread(a) || a - b);
  const rest = new Array<number>(order.length + 1).fill(0);
  for (let at = order.length - 1; at >= 0; at -= 1) {
    rest[at] = (rest[at + 1] ?? 0) + leastWay(problem, order[at] ?? 0);
  }
  const limit = evaluator.priced() + budget;
  const search: Search = {
    problem,
    evaluator,
    order,
    rest,
    limit,
    visits: 0,
    best: known,
    lowest: known.cost,
    cut: false,
  };
  descend(search, 0, 0, [...known.ways]);
  const floor = leastTotal(problem);
  return {
    best: search.best,
    lowerBound: search.cut ? floor : Math.max(floor, Math.min(search.lowest, search.best.cost)),
  };
};

const descend = (search: Search, at: number, spent: number, ways: number[]): void => {
  if (search.cut || spent + (search.rest[at] ?? 0) >= search.best.cost - TINY) return;
  const item = search.order[at];
  if (item === undefined) {
    arrive(search, ways);
    return;
  }
  const options = (search.problem.items[item] ?? [])
    .map((way, index) => ({ index, least: leastOf(way) }))
    .sort((a, b) => a.least - b.least || a.index - b.index);
  const taken = ways[item] ?? 0;
  for (const { index, least } of options) {
    ways[item] = index;
    descend(search, at + 1, spent + least, ways);
  }
  ways[item] = taken;
};

const arrive = (search: Search, ways: readonly number[]): void => {
  search.visits += 1;
  if (search.evaluator.priced() >= search.limit || search.visits > VISITS_FOR_EACH * search.limit) {
    search.cut = true;
    return;
  }
  const { cost, atLeast } = search.evaluator.total(ways);
  search.lowest = Math.min(search.lowest, atLeast);
  if (cost < search.best.cost - TINY) search.best = { ways: [...ways], cost };
};
