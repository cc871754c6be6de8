import type { StrategyItem } from "../workload/service.ts";
import { firstWhere } from "./bisect.ts";
import { type CapacityOption, isSpot } from "./capacity-option.ts";
import { type AvailabilityCache, type CapacityGoal, prepareProblem } from "./capacity-problem.ts";
import { evaluateIn, type StrategyEvaluation } from "./evaluate-strategy.ts";

/**
 * One service's tasks run as two services, because a strategy cannot mix provider types: the first keeps `tasks`
 * on-demand tasks (fewer while fewer are wanted), the second runs the rest on Spot.
 */
export interface TwoServices {
  readonly onDemand: { readonly capacityProvider: string; readonly tasks: number };
  readonly spot: { readonly capacityProvider: string };
  /** Both together, as though one strategy of base and rest could name them. */
  readonly together: StrategyEvaluation;
}

/** The cheapest two-service way over providers of different types that meets the goal, or undefined. */
export const twoServices = (
  goal: CapacityGoal,
  options: readonly CapacityOption[],
  cache?: AvailabilityCache,
): TwoServices | undefined => {
  const unlimited = options.filter(({ maxTasks }) => maxTasks === undefined);
  const pairs = unlimited
    .filter((option) => !isSpot(option))
    .flatMap((onDemand) =>
      unlimited.filter((spot) => isSpot(spot) && spot.type !== onDemand.type).map((spot) => ({ onDemand, spot })),
    );
  return pairs
    .map(({ onDemand, spot }) => together(goal, onDemand, spot, cache))
    .sort((a, b) => a.together.monthlyCost.comparedTo(b.together.monthlyCost) || compareNames(a, b))[0];
};

const together = (
  goal: CapacityGoal,
  onDemand: CapacityOption,
  spot: CapacityOption,
  cache?: AvailabilityCache,
): TwoServices => {
  const problem = prepareProblem(goal, [onDemand, spot], cache);
  const holds = (base: number): boolean =>
    problem.counts.every((count, at) => {
      const first = Math.min(base, count);
      return problem.availability([first, count - first], problem.required[at] ?? 0) >= goal.target;
    });
  const tasks = firstWhere(0, Math.max(...problem.required), holds);
  const strategy: readonly StrategyItem[] = [
    { capacityProvider: onDemand.capacityProvider, base: tasks, weight: 0 },
    { capacityProvider: spot.capacityProvider, base: 0, weight: 1 },
  ];
  return {
    onDemand: { capacityProvider: onDemand.capacityProvider, tasks },
    spot: { capacityProvider: spot.capacityProvider },
    together: evaluateIn(problem, strategy),
  };
};

const compareNames = (a: TwoServices, b: TwoServices): number => {
  const [left, right] = [a, b].map(({ onDemand, spot }) => `${onDemand.capacityProvider} ${spot.capacityProvider}`);
  return (left ?? "") < (right ?? "") ? -1 : 1;
};
