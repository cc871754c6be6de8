import type { CapacityProblem } from "./capacity-problem.ts";
import { searchBounded } from "./search-bounded.ts";
import { isPair, searchPair } from "./search-pair.ts";
import type { StrategyCandidate } from "./strategy-candidate.ts";
import type { SearchLimits } from "./strategy-search.ts";

/** The best strategy within the limits, or undefined where none meets the goal; exact, whichever search runs. */
export const findStrategy = (problem: CapacityProblem, limits: SearchLimits): StrategyCandidate | undefined =>
  isPair(problem) ? searchPair(problem, limits) : searchBounded(problem, limits);

/** One digit; from four providers on 0 to 4, because the vectors grow with the power of the providers. */
export const defaultMaxWeight = (options: number): number => (options <= 3 ? 9 : 4);
