import type { CapacityProblem } from "./capacity-problem.ts";
import { baseWindow, onDemandFloors } from "./on-demand-floor.ts";
import { isPair, searchPair } from "./search-pair.ts";
import {
  candidateOf,
  compareCandidates,
  compareCost,
  costOf,
  type StrategyCandidate,
  type StrategyShape,
  taskHoursOf,
  tasksOf,
} from "./strategy-candidate.ts";
import { STRATEGY_LIMITS } from "./strategy-rules.ts";
import { allowsShape, type SearchLimits, type StrategySearch } from "./strategy-search.ts";
import { weightVectors } from "./weight-vectors.ts";

/** Counts that a shape is tried at before its cost is summed. */
const TRIED_FIRST = 8;

/**
 * The best strategy of any providers: the shapes of the enumeration, of which those are skipped unseen that provably
 * cost more than the best so far or have too few tasks on demand, and those first tried at the counts where the last ones failed.
 */
export const searchBounded: StrategySearch = (problem, limits) => {
  const largest = Math.max(...problem.counts);
  const floors = onDemandFloors(problem);
  const baseHours = hoursWithinBase(problem, largest);
  let best = bestPair(problem, limits);
  let hardest: readonly number[] = [];
  const consider = (shape: StrategyShape): void => {
    if (!hardest.every((at) => meetsAt(problem, shape, at))) return;
    const taskHours = taskHoursOf(problem, (count) => tasksOf(shape, count));
    const cost = costOf(problem, taskHours);
    if (best !== undefined && compareCost(problem, { cost, taskHours }, best) > 0) return;
    const failing = problem.counts.findIndex((_, at) => !meetsAt(problem, shape, at));
    if (failing !== -1) hardest = [failing, ...hardest].slice(0, TRIED_FIRST);
    else {
      const candidate = candidateOf(problem, shape);
      if (best === undefined || compareCandidates(problem, candidate, best) < 0) best = candidate;
    }
  };
  const simplestFirst = [...weightVectors(problem.options.length, limits.maxWeight)].sort(
    (a, b) => sumOf(a) - sumOf(b),
  );
  for (const weights of simplestFirst) {
    const bound = costBound(problem, weights, baseHours);
    if (best === undefined || bound(0, 0) <= best.cost) consider({ baseOn: 0, base: 0, weights });
    for (let baseOn = 0; baseOn < problem.options.length; baseOn += 1) {
      if (!allowsShape({ baseOn, base: 1, weights }, limits)) continue;
      const [least, most] = baseWindow(problem, floors, { baseOn, weights });
      for (let base = least; base <= Math.min(most, STRATEGY_LIMITS.base); base += 1) {
        if (best === undefined || bound(baseOn, base) <= best.cost) consider({ baseOn, base, weights });
      }
    }
  }
  return best;
};

/** The best strategy of one on-demand and one Spot provider, if that is quickly found: few others cost less. */
const bestPair = (problem: CapacityProblem, limits: SearchLimits): StrategyCandidate | undefined => {
  const { options, spot } = problem;
  let best: StrategyCandidate | undefined;
  for (const [first, second] of options.flatMap((_, i) => options.map((__, j) => [i, j] as const))) {
    if (spot[first] !== false || spot[second] !== true) continue;
    const pair = pairOf(problem, first, second);
    const found = isPair(pair) ? searchPair(pair, limits) : undefined;
    if (found === undefined) continue;
    const weights = options.map((_, i) => (i === first ? found.weights[0] : i === second ? found.weights[1] : 0) ?? 0);
    const baseOn = found.base === 0 ? 0 : found.baseOn === 0 ? first : second;
    const candidate = candidateOf(problem, { baseOn, base: found.base, weights });
    if (best === undefined || compareCandidates(problem, candidate, best) < 0) best = candidate;
  }
  return best;
};

const pairOf = (problem: CapacityProblem, first: number, second: number): CapacityProblem => {
  const pick = <T>(values: readonly T[]): T[] => values.filter((_, i) => i === first || i === second);
  return {
    ...problem,
    options: pick(problem.options),
    exactPrice: pick(problem.exactPrice),
    price: pick(problem.price),
    spot: pick(problem.spot),
    availability: (tasks, required) => {
      const all: number[] = new Array(problem.options.length).fill(0);
      all[first] = tasks[0] ?? 0;
      all[second] = tasks[1] ?? 0;
      return problem.availability(all, required);
    },
  };
};

const meetsAt = (problem: CapacityProblem, shape: StrategyShape, at: number): boolean => {
  const tasks = tasksOf(shape, problem.counts[at] ?? 0);
  for (let i = 0; i < tasks.length; i += 1) {
    if ((tasks[i] ?? 0) > (problem.options[i]?.maxTasks ?? Number.POSITIVE_INFINITY)) return false;
  }
  return problem.availability(tasks, problem.required[at] ?? 0) >= problem.goal.target;
};

/** Task-hours that a base of 0, 1, 2 ... takes over all counts. */
const hoursWithinBase = (problem: CapacityProblem, largest: number): readonly number[] => {
  const hours = [0];
  for (let base = 1, at = 0, beyond = problem.hours.reduce((a, b) => a + b, 0); base <= largest; base += 1) {
    while ((problem.counts[at] ?? largest) < base) beyond -= problem.hours[at++] ?? 0;
    hours.push((hours[base - 1] ?? 0) + beyond);
  }
  return hours;
};

/**
 * A lower bound of the float cost: the rest is priced at the exact ratio, and whole tasks differ from it by less than
 * one at each provider, half of them upwards.
 */
const costBound = (
  problem: CapacityProblem,
  weights: readonly number[],
  baseHours: readonly number[],
): ((baseOn: number, base: number) => number) => {
  const mean = weights.reduce((sum, weight, i) => sum + weight * (problem.price[i] ?? 0), 0) / sumOf(weights);
  const weighted = problem.price.filter((_, i) => (weights[i] ?? 0) > 0);
  const spread = Math.max(...weighted) - Math.min(...weighted);
  const slack = spread * (weighted.length / 2) * problem.hours.reduce((a, b) => a + b, 0);
  const all = problem.counts.reduce((sum, count, at) => sum + count * (problem.hours[at] ?? 0), 0);
  return (baseOn, base) => {
    const based = baseHours[base] ?? 0;
    const cost = based * (problem.price[baseOn] ?? 0) + (all - based) * mean;
    return (cost - slack) * (1 - 1e-9);
  };
};

const sumOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
