import type { CapacityAdvice } from "../../domain/capacity/capacity-advice.ts";
import type { CapacityOption } from "../../domain/capacity/capacity-option.ts";
import { isSpot } from "../../domain/capacity/capacity-option.ts";
import { splitTasks } from "../../domain/capacity/split.ts";
import { strategyProblems } from "../../domain/capacity/strategy-rules.ts";
import type { StrategyItem } from "../../domain/workload/service.ts";

type Tasks = Readonly<Record<string, number>>;

/**
 * Of strategies that split a fixed count alike, and so cost and hold the same, the one that keeps its on-demand tasks
 * when the count changes for a while: they become the base, Spot providers share the rest. Today's strategy stays.
 */
export const steadyAdvice = (
  advice: CapacityAdvice,
  options: readonly CapacityOption[],
  maxWeight: number,
): CapacityAdvice => {
  const steady = <T extends { readonly strategy: readonly StrategyItem[]; readonly tasks: Tasks }>(given: T): T => {
    if (sameStrategy(given.strategy, advice.today?.strategy)) return given;
    const strategy = steadyStrategy(given.strategy, given.tasks, advice.count, options, maxWeight);
    return { ...given, strategy, tasks: Object.fromEntries(splitTasks(advice.count, strategy)) };
  };
  return { ...(advice.feasible ? steady(advice) : advice), frontier: advice.frontier.map(steady) };
};

const sameStrategy = (a: readonly StrategyItem[], b: readonly StrategyItem[] | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

const steadyStrategy = (
  strategy: readonly StrategyItem[],
  tasks: Tasks,
  count: number,
  options: readonly CapacityOption[],
  maxWeight: number,
): readonly StrategyItem[] => {
  const used = strategy
    .map(({ capacityProvider }) => ({ capacityProvider, tasks: tasks[capacityProvider] ?? 0 }))
    .filter((item) => item.tasks > 0);
  const spotNames = new Set(options.filter(isSpot).map(({ capacityProvider }) => capacityProvider));
  const spot = used.filter(({ capacityProvider }) => spotNames.has(capacityProvider));
  const onDemand = used.filter(({ capacityProvider }) => !spotNames.has(capacityProvider));
  if (spot.length === 0 || onDemand.length > 1 || used.length < 2) return strategy;
  const divisor = spot.reduce((divided, item) => greatestDivisor(divided, item.tasks), 0);
  const rewritten = [
    ...onDemand.map((item) => ({ capacityProvider: item.capacityProvider, base: item.tasks, weight: 0 })),
    ...spot.map((item) => ({ capacityProvider: item.capacityProvider, base: 0, weight: item.tasks / divisor })),
  ];
  if (rewritten.some(({ weight }) => weight > maxWeight) || strategyProblems(rewritten).length > 0) return strategy;
  const split = splitTasks(count, rewritten);
  return used.every((item) => split.get(item.capacityProvider) === item.tasks) ? rewritten : strategy;
};

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));
