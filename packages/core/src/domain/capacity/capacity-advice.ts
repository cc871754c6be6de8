import type { Assumption, Reason } from "../issues/issue.ts";
import type { Decimal } from "../units/decimal.ts";
import type { StrategyItem } from "../workload/service.ts";
import type { CapacityOption } from "./capacity-option.ts";
import type { CapacityGoal } from "./capacity-problem.ts";
import type { StrategyEvaluation } from "./evaluate-strategy.ts";
import type { InterruptionModel } from "./interruption.ts";
import type { SavingsPlanPart } from "./savings-plan-part.ts";
import type { SpotFacts, SpotFitness } from "./spot-fitness.ts";
import type { TwoServices } from "./two-services.ts";

/** One service whose strategy is asked for. */
export interface CapacityRequest {
  readonly service: { readonly id: string; readonly name: string; readonly cluster: string };
  readonly goal: CapacityGoal;
  /** Every provider that it could use and that has a price, of any type. */
  readonly options: readonly CapacityOption[];
  /** False keeps the service off Spot, whatever it would save. */
  readonly spotAllowed: boolean;
  /** What decides whether Spot suits it; an unfit service is kept off Spot. */
  readonly facts?: SpotFacts;
  /** Today's strategy; a launch type is a strategy of one provider. */
  readonly today?: readonly StrategyItem[];
  /** Largest weight; by default 9 for up to three providers, 4 beyond. At most 100 for two, 20 for three, 6 for four. */
  readonly maxWeight?: number;
  /** False never recommends a base at weight 0. Default true. */
  readonly zeroWeightBase?: boolean;
  /** False leaves the frontier out. Default true. */
  readonly frontier?: boolean;
  readonly assumptions?: readonly Assumption[];
}

/** How availability was modelled, with the figures of each Spot provider used. */
export interface AvailabilityModel {
  readonly id: "reclaim-groups";
  readonly spot: readonly ({
    readonly capacityProvider: string;
    readonly source: string;
    readonly asOf: string;
  } & InterruptionModel)[];
}

/** The recommended strategy of one service, as the report shows it. Money in USD a month. */
export interface CapacityAdvice {
  readonly id: string;
  readonly name: string;
  readonly cluster: string;
  /** False where no strategy reaches the target; the strategy is empty then and the reasons say why. */
  readonly feasible: boolean;
  readonly strategy: readonly StrategyItem[];
  /** The desired count of `tasks`. */
  readonly count: number;
  readonly tasks: Readonly<Record<string, number>>;
  readonly averageTasks: Readonly<Record<string, Decimal>>;
  readonly monthlyCost: Decimal | null;
  /** The same if every Spot task ran all the time. */
  readonly uninterruptedMonthlyCost: Decimal | null;
  /** Today's cost less this one, negative where the target costs more; null where either is not known. */
  readonly monthlySaving: Decimal | null;
  readonly availability: {
    /** The target, and what the strategy reaches at its worst count. */
    readonly required: Decimal;
    readonly achieved: Decimal | null;
    readonly model: AvailabilityModel;
    readonly worstCount: number | null;
    /** Tasks that must run at the worst count. */
    readonly requiredTasks: number | null;
  };
  /** Today's strategy under the same model; null where there is none or one of its providers has no price. */
  readonly today: StrategyEvaluation | null;
  /** Cost against availability over the recommended type of provider, cheapest first. */
  readonly frontier: readonly StrategyEvaluation[];
  /** Set where two services on different types would cost less than any one strategy. */
  readonly twoServices: TwoServices | null;
  readonly savingsPlan: SavingsPlanPart | null;
  readonly fitness: SpotFitness | null;
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
}
