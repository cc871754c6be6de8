import type { StrategyItem } from "../workload/service.ts";
import { type CapacityProblem, monthlyCostOf } from "./capacity-problem.ts";
import { weightedShares } from "./split.ts";

/** A base on one option and a weight for each, before it is known to be any good. */
export interface StrategyShape {
  /** Option that has the base; 0 where `base` is 0. */
  readonly baseOn: number;
  readonly base: number;
  readonly weights: readonly number[];
}

/** A shape with its figures over all counts of a problem. */
export interface StrategyCandidate extends StrategyShape {
  /** Task-hours of the profile by option, whole numbers. */
  readonly taskHours: readonly number[];
  /** Expected USD of those hours, as a float. */
  readonly cost: number;
  /** Lowest availability at any count, and where. */
  readonly availability: number;
  readonly worstCount: number;
}

/** Tasks by option at a count: `splitCounts` of the shape. */
export const tasksOf = ({ baseOn, base, weights }: StrategyShape, count: number): number[] => {
  const based = Math.min(base, count);
  const tasks = weightedShares(count - based, weights);
  tasks[baseOn] = (tasks[baseOn] ?? 0) + based;
  return tasks;
};

/** Task-hours of the profile by option. */
export const taskHoursOf = (problem: CapacityProblem, tasksAt: (count: number) => readonly number[]): number[] => {
  const hours: number[] = problem.options.map(() => 0);
  problem.counts.forEach((count, at) => {
    tasksAt(count).forEach((tasks, i) => {
      hours[i] = (hours[i] ?? 0) + tasks * (problem.hours[at] ?? 0);
    });
  });
  return hours;
};

/** Expected USD of task-hours as a float, for comparing candidates. */
export const costOf = (problem: CapacityProblem, taskHours: readonly number[]): number => {
  let cost = 0;
  for (let i = 0; i < taskHours.length; i += 1) cost += (taskHours[i] ?? 0) * (problem.price[i] ?? 0);
  return cost;
};

/** Lowest availability at any count; the smallest such count where several tie. */
export const worstOf = (
  problem: CapacityProblem,
  tasksAt: (count: number) => readonly number[],
): { readonly availability: number; readonly worstCount: number } => {
  let availability = 1;
  let worstCount = problem.counts[0] ?? 0;
  problem.counts.forEach((count, at) => {
    const here = problem.availability(tasksAt(count), problem.required[at] ?? 0);
    if (here < availability) {
      availability = here;
      worstCount = count;
    }
  });
  return { availability, worstCount };
};

/** Whether no provider is given more tasks than it has room for, at any count. */
export const hasRoom = (problem: CapacityProblem, tasksAt: (count: number) => readonly number[]): boolean =>
  problem.options.every(({ maxTasks }) => maxTasks === undefined) ||
  problem.counts.every((count) =>
    tasksAt(count).every((tasks, i) => tasks <= (problem.options[i]?.maxTasks ?? Number.POSITIVE_INFINITY)),
  );

/** All figures of a shape; `tasksAt` may be a quicker way to its split. */
export const candidateOf = (
  problem: CapacityProblem,
  shape: StrategyShape,
  tasksAt: (count: number) => readonly number[] = (count) => tasksOf(shape, count),
): StrategyCandidate => {
  const taskHours = taskHoursOf(problem, tasksAt);
  return { ...shape, taskHours, cost: costOf(problem, taskHours), ...worstOf(problem, tasksAt) };
};

/**
 * Total order of candidates, best first: expected cost, exactly; then availability, the smaller sum of weights, the
 * smaller base, and the more weight on what is listed first.
 */
export const compareCandidates = (problem: CapacityProblem, a: StrategyCandidate, b: StrategyCandidate): number =>
  compareCost(problem, a, b) || b.availability - a.availability || compareShapes(a, b);

/** The part of the order that looks at the shape alone. */
const compareShapes = (a: StrategyShape, b: StrategyShape): number =>
  weightSum(a) - weightSum(b) || a.base - b.base || compareWeights(a.weights, b.weights) || a.baseOn - b.baseOn;

/** Compares expected cost; figures too close for floats are compared as decimals. */
export const compareCost = (
  problem: CapacityProblem,
  a: { readonly cost: number; readonly taskHours: readonly number[] },
  b: { readonly cost: number; readonly taskHours: readonly number[] },
): number => {
  const difference = a.cost - b.cost;
  if (Math.abs(difference) > 1e-9 * Math.max(a.cost, b.cost)) return difference;
  if (a.taskHours.every((hours, i) => hours === b.taskHours[i])) return 0;
  return monthlyCostOf(problem, a.taskHours).comparedTo(monthlyCostOf(problem, b.taskHours));
};

/** The strategy as ECS takes it: providers that get neither base nor weight are left out. */
export const strategyOf = (problem: CapacityProblem, shape: StrategyShape): StrategyItem[] =>
  problem.options.flatMap(({ capacityProvider }, i) => {
    const base = i === shape.baseOn ? shape.base : 0;
    const weight = shape.weights[i] ?? 0;
    return base + weight === 0 ? [] : [{ capacityProvider, base, weight }];
  });

const weightSum = (shape: StrategyShape): number => shape.weights.reduce((a, b) => a + b, 0);

const compareWeights = (a: readonly number[], b: readonly number[]): number => {
  for (let i = 0; i < a.length; i += 1) {
    const difference = (b[i] ?? 0) - (a[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};
