import { type Assignment, type AssignmentProblem, leastOf, wayOf } from "./assignment.ts";
import { createEvaluator } from "./evaluate.ts";
import { leastTotal, searchExactly } from "./exact.ts";
import { type Choice, dissolveFleets, improveSingly } from "./improve.ts";

/** How many fleets may be priced: a search ends there, so that its result depends on no clock. */
export interface SearchBudget {
  /** For the moves of single items, from each of the best starts. */
  readonly improve: number;
  /** For the search over every choice, beyond the moves. */
  readonly exact: number;
}

/** Items up to which every choice is searched. */
const MOST_EXACT = 12;
const BEST_STARTS = 3;

/** The cheapest choice found, and a proven bound that no choice is below. */
export const solveAssignment = (problem: AssignmentProblem, budget: SearchBudget): Assignment => {
  if (problem.items.length === 0) return { ways: [], cost: 0, lowerBound: 0 };
  const evaluator = createEvaluator(problem);
  const starts = distinct([...problem.starts, ...uniformStarts(problem)])
    .map((ways): Choice => ({ ways, cost: evaluator.total(ways).cost }))
    .sort((a, b) => a.cost - b.cost);
  let best = starts[0] ?? { ways: problem.items.map(() => 0), cost: Number.POSITIVE_INFINITY };
  for (const start of starts.slice(0, BEST_STARTS)) {
    const single = improveSingly(problem, evaluator, start, budget.improve);
    const found = improveSingly(problem, evaluator, dissolveFleets(problem, evaluator, single), budget.improve);
    if (found.cost < best.cost) best = found;
  }
  const floor = leastTotal(problem);
  if (problem.items.length > MOST_EXACT) return { ...best, lowerBound: Math.min(floor, best.cost) };
  const { best: exact, lowerBound } = searchExactly(problem, evaluator, best, budget.exact);
  return { ...exact, lowerBound: Math.min(lowerBound, exact.cost) };
};

const distinct = (starts: readonly (readonly number[])[]): readonly (readonly number[])[] => [
  ...new Map(starts.map((ways) => [ways.join(), ways])).values(),
];

/** Everyone by the cheapest way alone, everyone by the least bound, and for each fleet everyone who may join it there. */
const uniformStarts = (problem: AssignmentProblem): readonly (readonly number[])[] => {
  const cheapest = (item: number, passes: (way: number) => boolean, cost: (way: number) => number): number => {
    const ways = (problem.items[item] ?? []).map((_, way) => way);
    const allowed = ways.filter(passes);
    return (allowed.length > 0 ? allowed : ways).reduce((a, b) => (cost(b) < cost(a) ? b : a));
  };
  const least = (item: number) => (way: number) => leastOf(wayOf(problem, item, way));
  const isAlone = (item: number) => (way: number) => wayOf(problem, item, way).joins.length === 0;
  const each = (choose: (item: number) => number) => problem.items.map((_, item) => choose(item));
  const alone = each((item) => cheapest(item, isAlone(item), least(item)));
  const inFleet = (fleet: number) =>
    each((item) => {
      const joins = (way: number) => wayOf(problem, item, way).joins.some((join) => join.fleet === fleet);
      const some = (problem.items[item] ?? []).some((_, way) => joins(way));
      return some ? cheapest(item, joins, least(item)) : (alone[item] ?? 0);
    });
  return [
    alone,
    each((item) => cheapest(item, () => true, least(item))),
    ...Array.from({ length: problem.fleets }, (_, fleet) => inFleet(fleet)),
  ];
};
