import type { CapacityProblem } from "./capacity-problem.ts";
import { searchBounded } from "./search-bounded.ts";
import { isPair, searchPair } from "./search-pair.ts";
import { candidateOf, type StrategyCandidate } from "./strategy-candidate.ts";
import type { StrategySearch } from "./strategy-search.ts";

/** The best strategy within the limits, or undefined where none meets the goal; exact, whichever search runs. */
export const findStrategy: StrategySearch = (problem, limits) => {
  const alone = cheapestAlone(problem);
  if (alone !== undefined) return alone;
  return isPair(problem) ? searchPair(problem, limits) : searchBounded(problem, limits);
};

/**
 * Every task on the cheapest provider, where that has room and meets the goal. A strategy of the same cost has every task
 * on it too, at every count: whole tasks above a base on it go to it at a smaller count if they do at the largest.
 */
const cheapestAlone = (problem: CapacityProblem): StrategyCandidate | undefined => {
  const { options, exactPrice, spot, counts, goal } = problem;
  const cheapest = exactPrice.findIndex((price, i) =>
    exactPrice.every((other, j) => i === j || price.lt(other) || (j > i && spot[i] === false && price.lte(other))),
  );
  if (cheapest === -1 || options[cheapest]?.maxTasks !== undefined || Math.max(...counts) === 0) return undefined;
  const candidate = candidateOf(problem, {
    baseOn: 0,
    base: 0,
    weights: options.map((_, i) => (i === cheapest ? 1 : 0)),
  });
  return candidate.availability >= goal.target ? candidate : undefined;
};

/** Largest weight that is searched where none is asked for: one digit, and 4 from four providers on. */
export const defaultMaxWeight = (options: number): number => (options <= 3 ? 9 : 4);

/** Largest weight that can be asked for: the vectors to search grow with the power of the providers. */
export const mostMaxWeight = (options: number): number => {
  if (options <= 2) return 100;
  return options === 3 ? 20 : 6;
};
