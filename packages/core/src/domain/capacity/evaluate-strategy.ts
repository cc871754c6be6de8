import { Decimal } from "../units/decimal.ts";
import type { StrategyItem } from "../workload/service.ts";
import type { CapacityOption } from "./capacity-option.ts";
import {
  type AvailabilityCache,
  type CapacityGoal,
  type CapacityProblem,
  monthlyCostOf,
  prepareProblem,
} from "./capacity-problem.ts";
import { splitCounts, splitTasks } from "./split.ts";
import { taskHoursOf, worstOf } from "./strategy-candidate.ts";

/** A strategy with what it costs and how often enough tasks run. */
export interface StrategyEvaluation {
  readonly strategy: readonly StrategyItem[];
  /** Tasks by provider at the profile's shown count. */
  readonly tasks: Readonly<Record<string, number>>;
  /** Tasks by provider on average over the profile. */
  readonly averageTasks: Readonly<Record<string, Decimal>>;
  /** Fewest tasks at any count of the profile, by provider: so many run all the time. */
  readonly steadyTasks: Readonly<Record<string, number>>;
  /** Expected USD a month: Spot tasks cost nothing in hours without Spot capacity. */
  readonly monthlyCost: Decimal;
  /** USD a month if every task ran all the time, as an estimate of the same strategy tells it. */
  readonly uninterruptedMonthlyCost: Decimal;
  /** Share of the time in which the required tasks run, at the worst count. */
  readonly achieved: Decimal;
  /** The count of which `achieved` speaks, and the tasks required there. */
  readonly worstCount: number;
  readonly requiredTasks: number;
}

/** Figures of any strategy under a goal; undefined where it names a provider that is not among the options. */
export const evaluateStrategy = (
  goal: CapacityGoal,
  options: readonly CapacityOption[],
  strategy: readonly StrategyItem[],
  cache?: AvailabilityCache,
): StrategyEvaluation | undefined => {
  const named = strategy.map((item) => options.find((option) => option.capacityProvider === item.capacityProvider));
  const known = named.filter((option) => option !== undefined);
  if (known.length < strategy.length || known.length === 0) return undefined;
  return evaluateIn(prepareProblem(goal, known, cache), strategy);
};

/** The same within a problem that holds every provider of the strategy. */
export const evaluateIn = (problem: CapacityProblem, strategy: readonly StrategyItem[]): StrategyEvaluation => {
  const splits = splitsByCount(problem, strategy);
  const tasksAt = (count: number): readonly number[] => splits.get(count) ?? [];
  const byProvider = <T>(figure: (index: number) => T): Record<string, T> =>
    Object.fromEntries(
      strategy.map(({ capacityProvider }) => [capacityProvider, figure(indexOf(problem, capacityProvider))]),
    );
  const taskHours = taskHoursOf(problem, tasksAt);
  const hours = problem.hours.reduce((a, b) => a + b, 0);
  const { availability, worstCount } = worstOf(problem, tasksAt);
  return {
    strategy,
    tasks: Object.fromEntries(splitTasks(problem.goal.profile.shown, strategy)),
    averageTasks: byProvider((i) => new Decimal(taskHours[i] ?? 0).div(hours)),
    steadyTasks: byProvider((i) => leastOf(splits, i)),
    monthlyCost: monthlyCostOf(problem, taskHours),
    uninterruptedMonthlyCost: monthlyCostOf(
      problem,
      taskHours,
      problem.options.map(({ price }) => price),
    ),
    achieved: new Decimal(availability),
    worstCount,
    requiredTasks: problem.required[problem.counts.indexOf(worstCount)] ?? 0,
  };
};

const indexOf = (problem: CapacityProblem, capacityProvider: string): number =>
  problem.options.findIndex((option) => option.capacityProvider === capacityProvider);

/** Tasks by option at each count, split in the order of the strategy. */
const splitsByCount = (
  problem: CapacityProblem,
  strategy: readonly StrategyItem[],
): ReadonlyMap<number, readonly number[]> => {
  const bases = strategy.map(({ base }) => base);
  const weights = strategy.map(({ weight }) => weight);
  const places = strategy.map(({ capacityProvider }) => indexOf(problem, capacityProvider));
  return new Map(
    problem.counts.map((count) => {
      const tasks: number[] = new Array(problem.options.length).fill(0);
      splitCounts(count, bases, weights).forEach((share, i) => {
        tasks[places[i] ?? 0] = share;
      });
      return [count, tasks];
    }),
  );
};

const leastOf = (splits: ReadonlyMap<number, readonly number[]>, index: number): number => {
  let least = Number.POSITIVE_INFINITY;
  for (const tasks of splits.values()) least = Math.min(least, tasks[index] ?? 0);
  return least;
};
