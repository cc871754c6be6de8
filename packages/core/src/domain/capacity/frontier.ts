import type { CapacityProblem } from "./capacity-problem.ts";
import { withTarget } from "./capacity-problem.ts";
import { evaluateIn, type StrategyEvaluation } from "./evaluate-strategy.ts";
import { findStrategy } from "./find-strategy.ts";
import { type StrategyCandidate, strategyOf } from "./strategy-candidate.ts";
import type { SearchLimits } from "./strategy-search.ts";

/** Availability targets that the frontier is drawn at. */
const FRONTIER_TARGETS: readonly number[] = [0, 0.5, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9995, 0.9999, 1];

/**
 * The cheapest strategy at each rising target, cheapest first. Every point is Pareto-optimal: within the limits none
 * costs less at its availability or more, and none is better at its cost.
 */
export const frontierOf = (
  problem: CapacityProblem,
  limits: SearchLimits,
  targets: readonly number[] = FRONTIER_TARGETS,
): readonly StrategyEvaluation[] => {
  const points: StrategyCandidate[] = [];
  for (const target of [...targets].sort((a, b) => a - b)) {
    const last = points.at(-1);
    // The last point stays the best for every target that it reaches.
    if (last !== undefined && last.availability >= target) continue;
    const found = findStrategy(withTarget(problem, target), limits);
    if (found === undefined) break;
    points.push(found);
  }
  return points.map((point) => evaluateIn(problem, strategyOf(problem, point)));
};
