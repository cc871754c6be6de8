import { firstWhere } from "./bisect.ts";
import type { CapacityProblem } from "./capacity-problem.ts";
import { candidateOf, compareCandidates, type StrategyCandidate, type StrategyShape } from "./strategy-candidate.ts";
import { STRATEGY_LIMITS } from "./strategy-rules.ts";
import { allowsShape, type StrategySearch } from "./strategy-search.ts";
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
 * tasks, and those rise with a base on demand and fall with a base on Spot: each weight ratio has one base to look at
 * on either side, found by walking the counts once.
 */
export const searchPair: StrategySearch = (problem, limits) => {
  const floors = problem.counts.map((count, at) => fewestOnDemand(problem, count, problem.required[at] ?? 0));
  const leastHours = hoursBound(problem);
  const largest = Math.max(...problem.counts);
  let cheapest: StrategyShape[] = [];
  let fewest = Number.POSITIVE_INFINITY;
  const consider = (shape: StrategyShape): void => {
    const hours = onDemandHours(problem, shape);
    if (hours > fewest || !allowsShape(shape, limits)) return;
    cheapest = hours < fewest ? [shape] : [...cheapest, shape];
    fewest = hours;
  };
  for (const weights of weightVectors(2, limits.maxWeight)) {
    if (meets(problem, floors, { baseOn: 0, base: 0, weights })) {
      consider({ baseOn: 0, base: 0, weights });
      const base = mostSpotBase(problem, floors, weights);
      if (base > 0) consider({ baseOn: 1, base: Math.min(base, STRATEGY_LIMITS.base), weights });
    } else if (leastHours(weights) <= fewest) {
      consider({ baseOn: 0, base: leastBase(problem, floors, weights), weights });
    }
  }
  return cheapest
    .map((shape) => {
      if (shape.baseOn === 1) return leastSpotBase(problem, shape, fewest);
      return steadiest(
        problem,
        shape,
        fewest,
        allowsShape({ ...shape, base: 1 }, limits) ? Math.min(largest, STRATEGY_LIMITS.base) : 0,
      );
    })
    .sort((a, b) => compareCandidates(problem, a, b))[0];
};

/** On-demand tasks at a count, by the split of the strategy (the on-demand provider is listed first). */
export const onDemandTasks = (count: number, { baseOn, base, weights }: StrategyShape): number => {
  const first = weights[0] ?? 0;
  const both = first + (weights[1] ?? 0);
  const based = base < count ? base : count;
  const share = Math.floor((2 * first * (count - based) + both) / (2 * both));
  return baseOn === 0 ? based + share : share;
};

const fewestOnDemand = (problem: CapacityProblem, count: number, required: number): number =>
  firstWhere(0, required, (d) => problem.availability([d, count - d], required) >= problem.goal.target);

const meets = (problem: CapacityProblem, floors: readonly number[], shape: StrategyShape): boolean => {
  for (let at = 0; at < floors.length; at += 1) {
    if (onDemandTasks(problem.counts[at] ?? 0, shape) < (floors[at] ?? 0)) return false;
  }
  return true;
};

/** Smallest base on demand that meets every floor: raised at each count that needs more, never lowered. */
const leastBase = (problem: CapacityProblem, floors: readonly number[], weights: readonly number[]): number => {
  let shape: StrategyShape = { baseOn: 0, base: 0, weights };
  for (let at = 0; at < floors.length; at += 1) {
    const count = problem.counts[at] ?? 0;
    const floor = floors[at] ?? 0;
    if (onDemandTasks(count, shape) >= floor) continue;
    const base = firstWhere(shape.base, count, (b) => onDemandTasks(count, { ...shape, base: b }) >= floor);
    shape = { ...shape, base };
  }
  return shape.base;
};

/** Largest base on Spot that meets every floor, where a base of 0 does. */
const mostSpotBase = (problem: CapacityProblem, floors: readonly number[], weights: readonly number[]): number => {
  let shape: StrategyShape = { baseOn: 1, base: Math.max(...problem.counts), weights };
  for (let at = 0; at < floors.length; at += 1) {
    const count = problem.counts[at] ?? 0;
    const floor = floors[at] ?? 0;
    if (onDemandTasks(count, shape) >= floor) continue;
    const base = firstWhere(0, shape.base, (b) => onDemandTasks(count, { ...shape, base: b }) < floor) - 1;
    shape = { ...shape, base };
  }
  return shape.base;
};

/** The smallest base on Spot that costs no more: it has as many on-demand tasks at every count, or more. */
const leastSpotBase = (problem: CapacityProblem, shape: StrategyShape, hours: number): StrategyCandidate => {
  const base = firstWhere(0, shape.base, (b) => onDemandHours(problem, { ...shape, base: b }) <= hours);
  return pairCandidate(problem, { ...shape, base });
};

/**
 * Of the bases that cost the same, the smallest with the best availability. They differ only at counts that hold for
 * 0 hours.
 */
const steadiest = (
  problem: CapacityProblem,
  shape: StrategyShape,
  hours: number,
  largest: number,
): StrategyCandidate => {
  const at = (base: number): StrategyCandidate => pairCandidate(problem, { ...shape, base });
  if (problem.hours.every((held) => held > 0)) return at(shape.base);
  const dearer = (base: number): boolean => onDemandHours(problem, { ...shape, base: base + 1 }) > hours;
  const last = firstWhere(shape.base, Math.max(shape.base, largest), dearer);
  const { availability } = at(last);
  return at(firstWhere(shape.base, last, (base) => at(base).availability >= availability));
};

const pairCandidate = (problem: CapacityProblem, shape: StrategyShape): StrategyCandidate => {
  const tasks = [0, 0];
  return candidateOf(problem, shape, (count) => {
    tasks[0] = onDemandTasks(count, shape);
    tasks[1] = count - tasks[0];
    return tasks;
  });
};

const onDemandHours = (problem: CapacityProblem, shape: StrategyShape): number => {
  let hours = 0;
  for (let at = 0; at < problem.counts.length; at += 1) {
    const held = problem.hours[at] ?? 0;
    if (held > 0) hours += onDemandTasks(problem.counts[at] ?? 0, shape) * held;
  }
  return hours;
};

/** On-demand hours that no base on demand undercuts: the exact ratio less half a task at every count. */
const hoursBound = (problem: CapacityProblem): ((weights: readonly number[]) => number) => {
  let taskHours = 0;
  let hours = 0;
  problem.counts.forEach((count, at) => {
    taskHours += count * (problem.hours[at] ?? 0);
    hours += problem.hours[at] ?? 0;
  });
  return ([first = 0, second = 0]) => taskHours * (first / (first + second)) * (1 - 1e-9) - hours / 2;
};
