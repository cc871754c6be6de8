import type { CapacityProblem } from "./capacity-problem.ts";
import { searchBounded } from "./search-bounded.ts";
import { isPair, searchPair } from "./search-pair.ts";
import { candidateOf } from "./strategy-candidate.ts";
import type { StrategySearch } from "./strategy-search.ts";

/** The best strategy within the limits, or undefined where none meets the goal; exact, whichever search runs. */
export const findStrategy: StrategySearch = (problem, limits) => {
  const steady = cheapestSteady(problem);
  if (steady !== -1) {
    const weights = problem.options.map((_, i) => (i === steady ? 1 : 0));
    return candidateOf(problem, { baseOn: 0, base: 0, weights });
  }
  return isPair(problem) ? searchPair(problem, limits) : searchBounded(problem, limits);
};

/** An on-demand provider with room for all that no other undercuts takes every task; -1 where there is none. */
const cheapestSteady = ({ options, spot, exactPrice }: CapacityProblem): number =>
  exactPrice.findIndex(
    (price, i) =>
      spot[i] === false && options[i]?.maxTasks === undefined && exactPrice.every((other) => price.lte(other)),
  );

/** One digit; from four providers on 0 to 4, because the vectors grow with the power of the providers. */
export const defaultMaxWeight = (options: number): number => (options <= 3 ? 9 : 4);
