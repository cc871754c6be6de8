import type { CapacityProblem } from "./capacity-problem.ts";
import type { StrategyCandidate, StrategyShape } from "./strategy-candidate.ts";
import { STRATEGY_LIMITS } from "./strategy-rules.ts";

/** Limits of a search. */
export interface SearchLimits {
  /** Largest weight; 9 keeps weights to one digit. */
  readonly maxWeight: number;
  /** Whether a provider may have a base at weight 0. */
  readonly zeroWeightBase: boolean;
}

/** A search returns the first candidate of the total order that meets the goal, or undefined where none does. */
export type StrategySearch = (problem: CapacityProblem, limits: SearchLimits) => StrategyCandidate | undefined;

/** Whether the limits allow a shape. */
export const allowsShape = (shape: StrategyShape, limits: SearchLimits): boolean =>
  shape.base <= STRATEGY_LIMITS.base &&
  (limits.zeroWeightBase || shape.base === 0 || (shape.weights[shape.baseOn] ?? 0) > 0);
