import type { Decimal } from "../units/decimal.ts";
import { type CapacityOption, isSpot } from "./capacity-option.ts";
import type { StrategyEvaluation } from "./evaluate-strategy.ts";

/** What a Compute Savings Plan would save on the on-demand tasks that run all the time. Spot is never covered. */
export interface SavingsPlanPart {
  readonly capacityProvider: string;
  /** On-demand tasks that run at every count. */
  readonly tasks: number;
  /** USD per hour to commit to. */
  readonly hourlyCommitment: Decimal;
  /** USD a month. */
  readonly monthlySaving: Decimal;
}

/** The provider of the strategy on which a plan saves most; null where none runs all the time or no rate is known. */
export const savingsPlanPart = (
  evaluation: StrategyEvaluation,
  options: readonly CapacityOption[],
  hoursPerMonth: Decimal,
): SavingsPlanPart | null => {
  const parts = options.flatMap((option): SavingsPlanPart[] => {
    const tasks = evaluation.steadyTasks[option.capacityProvider] ?? 0;
    if (tasks === 0 || isSpot(option) || option.savingsPlanPrice === undefined) return [];
    const monthlySaving = option.price.minus(option.savingsPlanPrice).times(tasks).times(hoursPerMonth);
    if (monthlySaving.lte(0)) return [];
    const { capacityProvider } = option;
    return [{ capacityProvider, tasks, hourlyCommitment: option.savingsPlanPrice.times(tasks), monthlySaving }];
  });
  return parts.sort((a, b) => b.monthlySaving.comparedTo(a.monthlySaving))[0] ?? null;
};
