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
import { splitTasks } from "./split.ts";
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
  const tasksAt = (count: number): number[] => {
    const split = splitTasks(count, strategy);
    return problem.options.map((option) => split.get(option.capacityProvider) ?? 0);
  };
  const taskHours = taskHoursOf(problem, tasksAt);
  const hours = problem.hours.reduce((a, b) => a + b, 0);
  const { availability, worstCount } = worstOf(problem, tasksAt);
  const averages = strategy.map(({ capacityProvider }) => {
    const index = problem.options.findIndex((option) => option.capacityProvider === capacityProvider);
    return [capacityProvider, new Decimal(taskHours[index] ?? 0).div(hours)] as const;
  });
  return {
    strategy,
    tasks: Object.fromEntries(splitTasks(problem.goal.profile.shown, strategy)),
    averageTasks: Object.fromEntries(averages),
    steadyTasks: leastTasks(problem.counts, strategy),
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

const leastTasks = (counts: readonly number[], strategy: readonly StrategyItem[]): Record<string, number> => {
  const least: Record<string, number> = {};
  for (const count of counts) {
    for (const [provider, tasks] of splitTasks(count, strategy)) {
      least[provider] = Math.min(least[provider] ?? tasks, tasks);
    }
  }
  return least;
};
