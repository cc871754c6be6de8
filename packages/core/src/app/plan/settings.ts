import type { LongestTerm } from "../../domain/ranking/rank-options.ts";
import type { CostSettings } from "../context/cost-context.ts";

/** How much work the moves of a plan may be: `low` leaves out what needs new images or instances. */
export type PlanEffort = "low" | "full";

/** What the caller may set about a plan. */
export interface PlanSettings extends CostSettings {
  /** False keeps every service on the architecture that it names; true unless given. */
  readonly arm64?: boolean;
  /** False keeps every service off Spot capacity; true unless given. */
  readonly spot?: boolean;
  /** Longest commitment in years that the plan may take, 0 for none; 0 unless given. */
  readonly longestTerm?: LongestTerm;
  /** Services to leave as they are, by name or `cluster/name`. */
  readonly keep?: readonly string[];
  readonly effort?: PlanEffort;
  /** Most steps, commitments apart; no limit unless given. */
  readonly moves?: number;
  /** Share of the time, 0 to 1, in which the tasks that must stay run; as in `capacity` unless given. */
  readonly availability?: number;
}

/** The same, with what was not given. */
export interface SettledPlanSettings {
  readonly arm64: boolean;
  readonly spot: boolean;
  readonly longestTerm: LongestTerm;
  readonly keep: readonly string[];
  readonly effort: PlanEffort;
  readonly moves: number | null;
}

export const settlePlanSettings = (settings: PlanSettings): SettledPlanSettings => {
  if (settings.moves !== undefined && !(Number.isInteger(settings.moves) && settings.moves >= 0)) {
    throw new RangeError(`moves is ${settings.moves}: expected a whole number from 0`);
  }
  return {
    arm64: settings.arm64 ?? true,
    spot: settings.spot ?? true,
    longestTerm: settings.longestTerm ?? 0,
    keep: settings.keep ?? [],
    effort: settings.effort ?? "full",
    moves: settings.moves ?? null,
  };
};
