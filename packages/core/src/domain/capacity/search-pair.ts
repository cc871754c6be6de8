import { firstWhere } from "./bisect.ts";
import type { CapacityProblem } from "./capacity-problem.ts";
import { candidateOf, compareCandidates, type StrategyCandidate, type StrategyShape } from "./strategy-candidate.ts";
import { allowsShape, type SearchLimits, type StrategySearch } from "./strategy-search.ts";
import { weightVectors } from "./weight-vectors.ts";

/** Whether `searchPair` is exact here: one on-demand provider, one dearer than the Spot provider beside it, no limits. */
export const isPair = ({ options, spot, price }: CapacityProblem): boolean =>
  options.length === 2 &&
  spot[0] === false &&
  spot[1] === true &&
  (price[0] ?? 0) > (price[1] ?? 0) &&
  options.every(({ maxTasks }) => maxTasks === undefined);

/**
 * The best strategy of one on-demand and one cheaper Spot provider. Availability and cost both rise with the on-demand
 * tasks, and those rise with a base on demand and fall with a base on Spot, so each weight ratio needs one bisection
 * instead of a walk over all bases.
 */
export const searchPair: StrategySearch = (problem, limits) => {
  const floors = problem.counts.map((count, at) => fewestOnDemand(problem, count, problem.required[at] ?? 0));
  const total = problem.counts.reduce((sum, count, at) => sum + count * (problem.hours[at] ?? 0), 0);
  let best: StrategyCandidate | undefined;
  let fewest = total;
  for (const shape of pairShapes(problem, floors, limits)) {
    const hours = onDemandHours(problem, shape);
    if (hours > fewest) continue;
    fewest = hours;
    const candidate = candidateOf(problem, shape, (count) => {
      const onDemand = onDemandTasks(count, shape);
      return [onDemand, count - onDemand];
    });
    if (best === undefined || compareCandidates(problem, candidate, best) < 0) best = candidate;
  }
  return best;
};

/** On-demand tasks at a count, by the split of the strategy (the on-demand provider is listed first). */
export const onDemandTasks = (count: number, shape: StrategyShape): number => {
  const base = Math.min(shape.base, count);
  const [first = 0, second = 0] = shape.weights;
  const weights = first + second;
  const share = Math.floor((2 * first * (count - base) + weights) / (2 * weights));
  return shape.baseOn === 0 ? base + share : share;
};

const fewestOnDemand = (problem: CapacityProblem, count: number, required: number): number =>
  firstWhere(0, required, (d) => problem.availability([d, count - d], required) >= problem.goal.target);

function* pairShapes(
  problem: CapacityProblem,
  floors: readonly number[],
  limits: SearchLimits,
): Generator<StrategyShape> {
  const largest = Math.max(...problem.counts);
  const meets = (shape: StrategyShape): boolean =>
    problem.counts.every((count, at) => onDemandTasks(count, shape) >= (floors[at] ?? 0));
  for (const weights of weightVectors(2, limits.maxWeight)) {
    const onDemand = (base: number): StrategyShape => ({ baseOn: 0, base, weights });
    const onSpot = (base: number): StrategyShape => ({ baseOn: 1, base, weights });
    const base = firstWhere(0, largest, (b) => meets(onDemand(b)));
    if (meets(onDemand(base)) && allowsShape(onDemand(base), limits)) yield onDemand(base);
    if (base > 0 || !allowsShape(onSpot(1), limits)) continue;
    const most = firstWhere(0, largest, (b) => !meets(onSpot(b + 1)));
    const hours = onDemandHours(problem, onSpot(most));
    const least = firstWhere(0, most, (b) => onDemandHours(problem, onSpot(b)) <= hours);
    if (least > 0) yield onSpot(least);
  }
}

const onDemandHours = (problem: CapacityProblem, shape: StrategyShape): number => {
  let hours = 0;
  for (let at = 0; at < problem.counts.length; at += 1) {
    hours += onDemandTasks(problem.counts[at] ?? 0, shape) * (problem.hours[at] ?? 0);
  }
  return hours;
};
